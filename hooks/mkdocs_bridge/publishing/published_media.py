"""From a URL in a finished page to the file that it shows."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from mkdocs_bridge.cache import kept

HOMES = "outside_homes"
"""What is kept with a page: (address as the page has it, site URI, file in the cache) of each
picture of another host that is published with the site."""


def media_path(src: str, page: Page, files: Files) -> Path | None:
    """The file of the picture that `src` means on `page`; None if it is not the site's own."""
    parts = urlsplit(src)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    folder = page.url if page.url.endswith("/") else posixpath.dirname(page.url)
    uri = posixpath.normpath(posixpath.join(unquote(folder), unquote(parts.path)))
    if uri.startswith("assets/outside/"):
        homes = {own: path for own, _, path in kept(page, HOMES, ())}  # type: ignore[attr-defined]
        return Path(homes[src]) if src in homes else None
    # One Files object lives exactly as long as the build of one language.
    known: dict[str, Path] | None = files.__dict__.get("_media_paths")
    if known is None:
        known = files.__dict__["_media_paths"] = {
            file.dest_uri: Path(file.abs_src_path)
            for file in files.media_files()
            if file.abs_src_path
        }
    return known.get(uri)
