"""Let a reader enlarge pictures.

The look is GLightbox's, from mkdocs-glightbox's package; the plugin itself is not used,
because it parses and writes anew every whole page and loads its script on all of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.pictures import link_pictures
from mkdocs_bridge.site import package_file, publish

_FILES = {
    "glightbox.min.css": "assets/stylesheets",
    "glightbox.min.js": "assets/javascripts",
}


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Link each picture to itself, unless the page says `glightbox: false`."""
    return html if page.meta.get("glightbox") is False else link_pictures(html)


def on_post_build(config: MkDocsConfig) -> None:
    """Publish the two files that overrides/assets/javascripts/zoom.js loads when asked."""
    for name, folder in _FILES.items():
        source = package_file("mkdocs-glightbox", f"glightbox/{name}")
        publish(source, Path(config.site_dir) / folder / name)
