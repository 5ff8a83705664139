"""Say which links lead to a heading that is not there, or is spelled otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage
from docskit.references import source_references


@dataclass(frozen=True, slots=True)
class FragmentLink:
    """A link whose fragment (without '#') is no id of `target`, the source URI of a page.

    `found` is the id of the heading it means; else `near` has ids of similar ones.
    """

    fragment: str
    target: str
    found: str | None
    near: tuple[str, ...]


def _words(link: FragmentLink, written: str) -> tuple[str, Severity, str, str]:
    if link.found is not None:
        return (
            "anchor-spelling",
            Severity.INFO,
            f"锚点 '#{written}' 已当作 '#{link.found}'；请改成 '#{link.found}'",
            f"the anchor '#{written}' was read as '#{link.found}'; write '#{link.found}'",
        )
    zh = f"页面 '{link.target}' 里没有标题 '#{written}'"
    en = f"'{link.target}' has no heading '#{written}'"
    if written.startswith("^"):
        zh = f"'#{written}' 是 Obsidian 的块引用，网站上到不了那一段。请改成链接到那一段的标题"
        en = f"'#{written}' is a block of Obsidian's, which has no address. Link to its heading"
    elif link.near:
        near = [f"'#{identifier}'" for identifier in link.near]
        zh += f"。是不是 {' 或 '.join(near)}？"
        en += f". Did you mean {' or '.join(near)}?"
    else:
        zh += "。请检查那个标题现在叫什么"
        en += ". Check what that heading is called now"
    return "anchor-missing", Severity.WARNING, zh, en


def fragment_problems(
    links: Iterable[FragmentLink], page: AuthorPage, target_of: Callable[[str], str]
) -> list[Problem]:
    """One problem for each place where the author's body spells such a fragment.

    `target_of` tells the source URI that an author's address without its fragment leads to.
    """
    spelled: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    wanted = {unquote(link.fragment) for link in links}
    for reference in source_references(page.front_matter.body):
        path, mark, fragment = reference.value.partition("#")
        if mark and unquote(fragment) in wanted:
            place = (reference.line, reference.column + len(path), fragment)
            target = target_of(path) if path else page.path
            spelled.setdefault((unquote(fragment), target), []).append(place)
    first = page.front_matter.body_line - 1
    problems = []
    for link in dict.fromkeys(links):
        # Without a place the author did not write it: a link that an extension has made.
        for line, column, written in spelled.get((unquote(link.fragment), link.target), []):
            code, severity, zh, en = _words(link, written)
            problems.append(Problem(page.path, line + first, column, code, severity, zh, en))
    return problems
