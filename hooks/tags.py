"""Show a page's tags under its title, related pages below it, and all tags on a page."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from docskit.tags import PAGE, related_pages
from mkdocs_bridge.generated import add_page, is_free
from mkdocs_bridge.languages import building_locale, identity
from mkdocs_bridge.page_tags import tag_links, tags_of_language

_WORDS = {
    "zh": {"title": "标签", "related": "相关页面", "none": "还没有页面写标签。"},
    "en": {"title": "Tags", "related": "Related pages", "none": "No page has tags yet."},
}


def _words(config: MkDocsConfig) -> dict[str, str]:
    return _WORDS["zh" if building_locale(config).startswith("zh") else "en"]


@event_priority(-150)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of all tags, unless an author has written one of that name."""
    if is_free(files, PAGE):
        title = _words(config)["title"]
        text = f"---\ntitle: {title}\ntemplate: tags.html\nhide: [toc]\n---\n# {title}\n"
        file = add_page(files, config, PAGE, text)
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Give the templates the page's tags and relatives, or all tags."""
    files = context["pages"]
    context["tag_words"] = _words(config)
    if page.file.generated_by and identity(page.file) == PAGE:
        context["all_tags"] = tags_of_language(files, config).tags
        return
    found = tags_of_language(files, config)
    own = found.pages.get(identity(page.file))
    if own is None:
        return
    context["tags"] = tag_links(own.tags, config)
    context["related_pages"] = related_pages(own, found.tags, len(files))
