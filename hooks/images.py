"""Give pictures their size, loading hints and captions, and smaller copies to choose from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.outside import is_outside
from docskit.pictures import (
    Candidates,
    DamagedPictureError,
    Size,
    dress_images,
    image_size,
    is_unreadable,
    mark_captions,
    pictures_for_schemes,
)
from mkdocs_bridge.cache import depend_on_file, keep, kept
from mkdocs_bridge.publishing import media_path
from mkdocs_bridge.site import author_page, is_last_language, report
from mkdocs_bridge.stores import OutsideOf, PictureStore, Variant

_serving: list[bool] = [False]


def on_startup(command: str, **_: Any) -> None:
    """Note whether pages are for a preview, which is to be fast and needs no small pictures."""
    _serving[:] = [command == "serve"]


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Dress the pictures of the finished content, whose addresses are final."""
    html = mark_captions(pictures_for_schemes(html))
    if "<img" not in html.lower():
        return html
    store, outside = PictureStore(config), OutsideOf(page, config)
    used: list[tuple[str, str, int]] = []
    sizes: dict[Path, Size | None] = {}

    def size_of(src: str) -> Size | None:
        if is_outside(src):
            return outside.size(src)
        path = media_path(src, page, files)
        if path is None:
            return None
        depend_on_file(page, path)
        sizes[path] = image_size(path)
        return sizes[path]

    def candidates_of(src: str) -> Candidates | None:
        path = media_path(src, page, files)
        if path is None or sizes[path] is None or _serving[0]:
            return None if path and is_unreadable(path, sizes[path]) else []
        try:
            variants = store.variants(path)
        except DamagedPictureError:
            return None
        except OSError:
            return []
        used.extend((found.source, found.content, found.width) for found in variants)
        return [(found.address(page.url), found.width) for found in variants]

    source = author_page(page).source.text
    uri = page.file.src_uri
    html, problems = dress_images(html, size_of, candidates_of, source, uri, outside.is_secure)
    keep(page, "pictures", used)
    report(problems, page)
    return html


def on_env(env: Any, config: MkDocsConfig, files: Files) -> Any:
    """Publish the copies that the pages of this language name."""
    store = PictureStore(config)
    pages = [file.page for file in files.documentation_pages() if file.page is not None]
    used: set[tuple[str, str, int]] = set()
    for page in pages:
        used.update(kept(page, "pictures", ()))  # type: ignore[arg-type]
    for source, content, width in sorted(used):
        store.publish(Variant(source, content, width))
    return env


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    """Keep the cache bounded."""
    if is_last_language(config) and not _serving[0]:
        PictureStore(config).forget_old()
