"""Hints about a page as a whole: what docs/authors/ states of every page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docskit.checking.proof_reading import tokens_of
from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage

_NAME = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
# Names that are addresses of nothing, or are somebody's habit everywhere.
_NAMED = re.compile(r"(?:readme|index|changelog|contributing|license)\b.*", re.IGNORECASE)


def page_hints(page: AuthorPage) -> list[Problem]:
    """An empty page, one without a title, one with several."""
    body, first = page.front_matter.body, page.front_matter.body_line
    if not body.strip():
        return [
            _hint(
                page.path,
                0,
                "page-empty",
                "这一页是空的。写上内容，或者删掉它；还没写完，就在页首信息里写 draft: true",
                "this page is empty. Write it, delete it, or mark it with draft: true",
            )
        ]
    headings = [
        token for token in tokens_of(body) if token.type == "heading_open" and token.level == 0
    ]
    titles = [token for token in headings if token.tag == "h1"]
    if len(titles) > 1 and titles[1].map:
        return [
            _hint(
                page.path,
                titles[1].map[0] + first,
                "page-titles",
                f"一页只写一个一级标题，这里有 {len(titles)} 个。这一个改成 ##，它下面的也各降一级",
                f"a page has one level-one heading, and this one has {len(titles)}. Make this one "
                "'##', and those below it one level lower",
            )
        ]
    if not headings and not page.front_matter.meta.get("title"):
        return [
            _hint(
                page.path,
                first,
                "page-title",
                "这一页没有标题，目录里只好显示文件名。请在正文最前面写一行 # 标题",
                "this page has no title, and is listed by its file name. Begin it with '# Title'",
            )
        ]
    return []


def name_hints(paths: Iterable[str]) -> list[Problem]:
    """One hint for all source URIs with a part that is not lower-case Latin."""
    odd = [path for path in sorted(paths) if not _is_plain(path)]
    if not odd:
        return []
    more = f"（还有 {len(odd) - 1} 个）" if len(odd) > 1 else ""
    also = f" ({len(odd) - 1} more)" if len(odd) > 1 else ""
    return [
        _hint(
            odd[0],
            0,
            "page-name",
            f"文件和文件夹的名字就是网址，建议用小写英文、数字和连字符，比如 git-start.md{more}",
            f"names of files and folders are addresses: write them like git-start.md{also}",
        )
    ]


def _is_plain(path: str) -> bool:
    return all(_NAME.fullmatch(part) or _NAMED.fullmatch(part) for part in path.split("/"))


def _hint(path: str, line: int, code: str, zh: str, en: str) -> Problem:
    return Problem(path, line, 0, code, Severity.HINT, zh, en)
