"""Name those who have written a page below it, and thank everybody on a page of its own."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page

from docskit.messages import in_language
from docskit.publishing import CONTRIBUTORS_PAGE, all_contributors, people_of
from mkdocs_bridge.site import (
    add_page,
    building_locale,
    history_of_build,
    identity,
    is_free,
    page_url,
)

_WORDS = {
    "zh": {
        "title": "贡献者",
        "text": "谢谢每一位写过、改过、译过这里的人。",
        "by": "参与这一页的人",
        "pages": "{n} 页",
        "join": "、",
        "colon": "：",
        "nobody": "这里没有提交历史，所以列不出名字。",
    },
    "en": {
        "title": "Contributors",
        "text": "Thank you to everyone who has written, changed or translated a page.",
        "by": "People who worked on this page",
        "pages": "{n} pages",
        "join": ", ",
        "colon": ": ",
        "nobody": "There is no history of commits here, so no names can be listed.",
    },
}


def _words(config: MkDocsConfig) -> dict[str, str]:
    return in_language(_WORDS, building_locale(config))


@event_priority(-150)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of all, unless an author has written one of that name."""
    if is_free(files, CONTRIBUTORS_PAGE):
        words = _words(config)
        text = f"---\ntitle: {words['title']}\ntemplate: contributors.html\nhide: [toc]\n---\n"
        file = add_page(
            files, config, CONTRIBUTORS_PAGE, f"{text}# {words['title']}\n\n{words['text']}\n"
        )
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return files


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Give the templates the names."""
    people = history_of_build(config).people
    words = _words(config)
    if page.file.generated_by and identity(page.file) == CONTRIBUTORS_PAGE:
        names = all_contributors(
            people[file.src_uri] for file in context["pages"] if file.src_uri in people
        )
        context["everybody"] = [
            {"name": one.name, "pages": words["pages"].format(n=one.pages)} for one in names
        ]
        context["contributor_words"] = words
        return
    found = people_of(people.get(page.file.src_uri, {}))
    if found and not page.is_homepage:
        context["contributors"] = {
            "names": words["join"].join(found),
            "by": words["by"],
            "colon": words["colon"],
            "url": page_url(CONTRIBUTORS_PAGE, config),
        }
