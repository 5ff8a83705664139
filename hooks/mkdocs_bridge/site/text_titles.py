"""Titles are text: from MkDocs, which hands out some of them as HTML, to the theme's templates.

MkDocs takes a page's title from its front matter, its navigation or its file's name as text,
and from its first heading as HTML; Material prints all of them as they are. So here the
heading's becomes text as well, and a template escapes whatever is a title or a site's name.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from jinja2 import Environment
from jinja2.ext import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from docskit.html import Html, headings_of, html_of, text_of
from docskit.messages import in_language
from docskit.pages import canonical
from docskit.publishing import title_of
from mkdocs_bridge.site.languages import building_locale, depend_on_language, identity

HOME = {"zh": "首页", "en": "Home"}
"""What a home page is called that says nothing itself."""
# Not `toc_item.title`, which is HTML, nor what has a filter already.
_RAW = re.compile(
    r"\{\{(?P<left>-?\s*)(?P<name>(?:page(?:\.(?:previous_page|next_page))?\.(?:meta\.)?|nav_item\."
    r"|ref\.)title|config\.(?:site_name|repo_name))(?P<right>\s*-?)\}\}"
)


class TextTitles(Extension):
    """Jinja extension: `{{ page.title }}` is escaped, whichever template prints it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with titles as the text that they are."""
        if not (name or "").endswith(".html"):
            return source
        return _RAW.sub(r"{{\g<left>\g<name> | string | e\g<right>}}", source)


def escape_titles(env: Environment) -> None:
    """Call it in `on_env`, before any template is compiled."""
    env.add_extension(TextTitles)


def take_title(page: Page, html: str | None) -> None:
    """Let the page be called by its first heading, of which MkDocs has the HTML."""
    page._title_from_render = text_of(Html(html)) if html else None


def is_named_by_author(page: Page) -> bool:
    """Whether front matter or navigation says what the page is called."""
    return "title" in page.meta or page.__dict__.get("title") is not None


def name_page(page: Page, html: Html, config: MkDocsConfig) -> None:
    """Call the page by the heading of its article `html` that names it, wherever it stands.

    MkDocs looks at the very first element only. A folder's page without any heading is called
    as its folder is, not 'Index'.
    """
    if page._title_from_render:
        return
    folder, name = posixpath.split(canonical(identity(page.file)))
    title = title_of(html)
    if not title and name == "index.md":
        title = posixpath.basename(folder).replace("-", " ").replace("_", " ")
        title = title.capitalize() if title == title.lower() else title
        if not title:
            depend_on_language(page, config)
            title = in_language(HOME, building_locale(config))
    page._title_from_render = title or None


def mend_headings(page: Page, html: Html) -> None:
    """Name page and sections by what the finished article `html` shows of their headings.

    MkDocs has read them before `C++ <vector>` became text, and dropped the tag; of a formula
    it has the LaTeX.
    """
    found = headings_of(html)
    if page._title_from_render and found and found[0][0] == "h1" and found[0][2]:
        page._title_from_render = found[0][2]
    names = {anchor: html_of(text) for _, anchor, text in found if anchor}
    _rename(page.toc, names)


def _rename(links: Iterable[AnchorLink], names: dict[str, Html]) -> None:
    for link in links:
        link.title = names.get(link.id, link.title)
        _rename(link.children, names)
