"""Show a page's tags under its title and related pages below it; give each tag a page."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from docskit.messages import in_language
from docskit.publishing import TAGS_PAGE
from mkdocs_bridge.site import (
    add_page,
    building_locale,
    identity,
    is_free,
    log_problems,
    page_tags,
    page_url,
)

_WORDS = {
    "zh": {
        "title": "标签",
        "tag": "标签：{tag}",
        "all": "所有标签",
        "one": "1 页",
        "pages": "{n} 页",
        "related": "相关页面",
        "none": "还没有页面写标签。",
    },
    "en": {
        "title": "Tags",
        "tag": "Tag: {tag}",
        "all": "All tags",
        "one": "1 page",
        "pages": "{n} pages",
        "related": "Related pages",
        "none": "No page has tags yet.",
    },
}


def _words(config: MkDocsConfig) -> dict[str, str]:
    return in_language(_WORDS, building_locale(config))


@event_priority(100)
def _read(files: Files, config: MkDocsConfig) -> Files:
    """Read the tags of every language, once it is known which page is which."""
    log_problems(page_tags.read_tags(files, config), config)
    return files


@event_priority(-150)
def _add(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each tag and one of all, unless an author has written one of that name."""
    log_problems(page_tags.add_tag_pages(files, config, _words(config)["tag"]), config)
    if is_free(files, TAGS_PAGE):
        title = _words(config)["title"]
        text = f"---\ntitle: {title}\ntemplate: tags.html\nhide: [toc]\n---\n# {title}\n"
        file = add_page(files, config, TAGS_PAGE, text)
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return files


on_files = CombinedEvent(_read, _add)


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Give the templates the page's tags and relatives, or a tag's pages, or all tags."""
    words = context["tag_words"] = _words(config)
    found = page_tags.tags_of_language(context["pages"], config)
    name = identity(page.file)
    if page.file.generated_by and name == TAGS_PAGE:
        links = page_tags.tag_links(found.tags.values(), config)
        counts = [len(tag.pages) for tag in found.tags.values()]
        context["all_tags"] = list(zip(links, counts, strict=True))
    elif tag := found.tags.get(page_tags.tag_of_page(page.file)):
        count = len(tag.pages)
        context["tag_pages"] = tag.pages
        context["tag_count"] = words["one"] if count == 1 else words["pages"].format(n=count)
        context["all_tags_url"] = page_url(TAGS_PAGE, config)
    elif not page.file.generated_by:
        context["tags"] = page_tags.tag_links(
            page_tags.names_of_language(config).get(name, ()), config
        )
        beside = (page.previous_page, page.next_page)
        shown = [identity(other.file) for other in beside if other]
        context["related_pages"] = found.relatives.of(name, shown)
