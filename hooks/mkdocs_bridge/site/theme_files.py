"""Whether the theme has what a page's front matter asks for; a template fails where it has not."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.messages import Problem, Severity
from docskit.reading import excerpt
from mkdocs_bridge.site.author_pages import author_page


def page_templates(config: MkDocsConfig) -> set[str]:
    """The templates that are a whole page: no partials, and none that MkDocs renders itself."""
    files = (path for folder in config.theme.dirs for path in Path(folder).glob("*.html"))
    return {path.name for path in files} - set(config.theme.static_templates)


def _has_icon(config: MkDocsConfig, name: str) -> bool:
    path = f".icons/{name}.svg"
    try:
        return ".." not in path and any((Path(d) / path).is_file() for d in config.theme.dirs)
    except (OSError, ValueError):
        # Too long for a name, or none at all.
        return False


def _problem(page: Page, key: str, severity: Severity, zh: str, en: str) -> Problem:
    author = author_page(page)
    line = author.front_matter.lines.get(key, 0)
    return Problem(author.path, line, 1, f"front-matter-{key}", severity, zh, en)


def drop_unknown(page: Page, config: MkDocsConfig) -> list[Problem]:
    """Take a template or an icon that does not exist out of the page's front matter."""
    problems = []
    template, icon = page.meta.get("template"), page.meta.get("icon")
    if template is not None and template not in (known := page_templates(config)):
        del page.meta["template"]
        near = get_close_matches(str(template), known, n=1, cutoff=0.6)
        shown = excerpt(template)
        problems.append(
            _problem(
                page,
                "template",
                # Without its template a page is another page; without its icon it is not.
                Severity.WARNING,
                f"没有名叫 '{shown}' 的页面模板"
                + (f"，是不是 '{near[0]}'？" if near else "。")
                + "请改正页首信息 'template'，或删掉这一行",
                f"there is no page template called '{shown}'"
                + (f", is it '{near[0]}'?" if near else ";")
                + " correct the front matter or delete it",
            )
        )
    if icon is not None and not (isinstance(icon, str) and _has_icon(config, icon)):
        del page.meta["icon"]
        shown = excerpt(icon)
        problems.append(
            _problem(
                page,
                "icon",
                Severity.INFO,
                f"没有名叫 '{shown}' 的图标；请改正页首信息 'icon'，或删掉这一行",
                f"there is no icon called '{shown}'; correct the front matter or delete it",
            )
        )
    return problems
