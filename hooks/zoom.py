"""Let a reader enlarge pictures.

The look is GLightbox's, from mkdocs-glightbox's package; the plugin itself is not used,
because it parses and writes anew every whole page and loads its script on all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mkdocs_glightbox
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from docskit.zoom import link_pictures

_FOLDER = Path(mkdocs_glightbox.__file__).parent / "glightbox"
_ASSETS = {"css": "assets/stylesheets", "js": "assets/javascripts"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish GLightbox's two files, which the site's script loads when they are needed."""
    for kind, folder in _ASSETS.items():
        name = f"glightbox.min.{kind}"
        uri = f"{folder}/{name}"
        if uri not in files.src_uris:
            files.append(File.generated(config, uri, abs_src_path=str(_FOLDER / name)))
    return files


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Link each picture to itself, unless the page says `glightbox: false`."""
    return html if page.meta.get("glightbox") is False else link_pictures(html)
