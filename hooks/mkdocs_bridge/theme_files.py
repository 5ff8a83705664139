"""Whether the theme has what a page's front matter asks for; a template fails where it has not."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.problem import Problem, Severity
from mkdocs_bridge.author_pages import author_page

_FOLDERS = {"template": "{}", "icon": ".icons/{}.svg"}


def _has(config: MkDocsConfig, name: str) -> bool:
    return ".." not in name and any((Path(d) / name).is_file() for d in config.theme.dirs)


def drop_unknown(page: Page, config: MkDocsConfig) -> list[Problem]:
    """Take a template or an icon that does not exist out of the page's front matter."""
    problems = []
    for key, form in _FOLDERS.items():
        value = page.meta.get(key)
        if value is None or (isinstance(value, str) and _has(config, form.format(value))):
            continue
        del page.meta[key]
        author = author_page(page)
        problems.append(
            Problem(
                author.path,
                author.front_matter.lines.get(key, 0),
                1,
                f"front-matter-{key}",
                # Without its template a page is another page; without its icon it is not.
                Severity.WARNING if key == "template" else Severity.INFO,
                f"没有名叫 '{value}' 的{'模板' if key == 'template' else '图标'}；"
                f"请改正页首信息 '{key}'，或删掉这一行",
                f"there is no {key} called '{value}'; correct the front matter or delete it",
            )
        )
    return problems
