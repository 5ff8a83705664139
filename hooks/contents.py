"""Give a folder without a home page one that lists what is there."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from mkdocs_bridge.site import add_page, building_locale, is_free


@event_priority(-150)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a home page, after static-i18n has arranged the authors' files."""
    if is_free(files, "index.md"):
        title = "首页" if building_locale(config).startswith("zh") else "Home"
        front_matter = f"---\ntitle: {title}\ntemplate: contents.html\nhide: [toc]\n---\n"
        add_page(files, config, "index.md", front_matter)
    return files
