"""What was wrong with the HTML that an author wrote, and on which line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict, deque

from docskit.html import Kind, Repair, balance
from docskit.messages import Problem, Severity
from docskit.references import without_code

_LONGEST = 60
_WORDS = {
    Kind.STRAY: (
        "stray-tag",
        "{tag} 没有与它配对的另一半，已忽略；请删掉它，或者补上缺的那一半",
        "{tag} has no counterpart and was left out; delete it, or add what is missing",
    ),
    Kind.UNCLOSED: (
        "unclosed-tag",
        "{tag} 没有结尾，已在它所在的段落或整页的末尾替你补上；请在该结束的地方写 </{name}>",
        "{tag} has no end and was ended with what it stands in; write </{name}> where it ends",
    ),
    Kind.TEXT: (
        "tag-as-text",
        "{tag} 没有写完，或者不是 HTML 的标签，已按原样显示成文字；如果是代码，请写进反引号",
        "{tag} is not complete, or no tag of HTML, and is shown as text; if it is code, put it "
        "into backticks",
    ),
    Kind.DOCUMENT: (
        "document-tag",
        "{tag} 是整个网页才有的标签，已忽略；请删掉它",
        "{tag} belongs to a whole document and was left out; delete it",
    ),
    Kind.OTHER_HEADING: (
        "heading-tags-differ",
        "标题以 <{name}> 开头，却以 {tag} 结尾，已按 </{name}> 处理；请改成一致",
        "the heading begins with <{name}> and ends with {tag}; make them agree",
    ),
    Kind.SELF_CLOSED: (
        "self-closed-tag",
        "{tag} 这样写，浏览器并不当作结束，已替你补上 </{name}>；请把它写出来",
        "browsers do not take {tag} as ended, so </{name}> was added; write it out",
    ),
}


def html_problems(
    html: str, repairs: list[Repair], path: str, text: str, first_line: int = 1
) -> list[Problem]:
    """A message for each repair that was made in the article `html`.

    `text` is what the file at the source URI `path` has from the 1-based `first_line` on; a tag
    that is not in it, but in an included file, is told without a line.
    """
    if not repairs:
        return []
    source = without_code(text)
    found: dict[tuple[Kind, str], deque[int]] = defaultdict(deque)
    for repair in balance(source)[1]:
        found[repair.kind, repair.name].append(repair.start)
    problems = []
    occurrences = _Occurrences(html, source)
    feeds = [-1, *(feed.start() for feed in re.finditer("\n", text))]
    for repair in repairs:
        starts = found[repair.kind, repair.name]
        start = starts.popleft() if starts else occurrences.place(repair)
        code, zh, en = _WORDS[repair.kind]
        line = bisect_left(feeds, start)
        tag = " ".join(repair.tag.split())
        tag = tag if len(tag) <= _LONGEST else tag[:_LONGEST] + "…"
        problems.append(
            Problem(
                path,
                line - 1 + first_line if start >= 0 else 0,
                start - feeds[line - 1] if start >= 0 else 0,
                code,
                Severity.INFO,
                zh.format(tag=tag, name=repair.name),
                en.format(tag=tag, name=repair.name),
            )
        )
    return problems


class _Occurrences:
    """Where a tag of the article is written in its source: the first there is the first here."""

    def __init__(self, html: str, source: str) -> None:
        self._html, self._source = html, source
        self._done: dict[str, tuple[int, int]] = {}

    def place(self, repair: Repair) -> int:
        """Where in the source the tag is that `repair` is about; -1 if it is not there.

        To be asked of repairs in their order, so that nothing is searched twice.
        """
        seen, start = self._done.get(repair.tag, (0, -1))
        while (before := self._html.find(repair.tag, seen, repair.start)) >= 0:
            seen, start = before + len(repair.tag), self._following(repair.tag, start)
        here = self._following(repair.tag, start)
        self._done[repair.tag] = seen, start
        return here

    def _following(self, tag: str, start: int) -> int:
        """The next place, or the last one where there is none."""
        found = self._source.find(tag, start + 1)
        return found if found >= 0 else start
