"""Give a folder without a home page one that lists what is there."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

from docskit.messages import in_language
from mkdocs_bridge.site import HOME, add_page, building_locale, is_free


@event_priority(-150)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a home page, after static-i18n has arranged the authors' files."""
    if is_free(files, "index.md"):
        title = in_language(HOME, building_locale(config))
        front_matter = f"---\ntitle: {title}\ntemplate: contents.html\nhide: [toc]\n---\n"
        add_page(files, config, "index.md", front_matter)
    return files
