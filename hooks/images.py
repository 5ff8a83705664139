"""Give pictures their size, loading hints and captions."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.images import Size, dress_images, image_size
from mkdocs_bridge.author_pages import author_page
from mkdocs_bridge.page_build import depend_on_file
from mkdocs_bridge.published_media import media_path
from mkdocs_bridge.report import report


def on_page_content(html: str, page: Page, files: Files, **_: Any) -> str:
    """Dress the pictures of the finished content, whose addresses are final."""
    if "<img" not in html.lower():
        return html

    def size_of(src: str) -> Size | None:
        path = media_path(src, page, files)
        if path is None:
            return None
        depend_on_file(page, path)
        return image_size(path)

    html, problems = dress_images(html, size_of, author_page(page).source.text, page.file.src_uri)
    report(problems, page)
    return html
