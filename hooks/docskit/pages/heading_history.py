"""What the headings of pages were called before, from what git shows of each commit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from docskit.reading import NO_WORDS, atx_heading, heading_of, short_slug

# The oldest first, only commits in which a heading changed, and only the lines that did; whatever
# the user's own configuration says about how differences are shown.
PATCH_ARGUMENTS = (
    "log",
    "--reverse",
    "--relative",
    "--patch",
    "--unified=0",
    "-M",
    "-l5000",
    "--diff-filter=MR",
    r"-G^#{1,6}[[:blank:]]",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-prefix",
    "--format=%x01%H",
)
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@")
# Where the text below has changed too, titles that are less alike are of two sections.
_ALIKE = 0.5


class RenamedHeading(NamedTuple):
    """In a commit, at a path, the heading with the anchor `old` was given the anchor `new`."""

    commit: str
    path: str
    old: str
    new: str


@dataclass(slots=True)
class _Hunk:
    """Changed lines; `after` is the 1-based line of the former file that follows them."""

    start: int
    after: int
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def titles(self) -> list[tuple[str, str]]:
        """Each heading and what it became, of its level; none where anything else has changed."""
        removed, added = (
            [line for line in lines if line.strip()] for lines in (self.removed, self.added)
        )
        if len(removed) != len(added):
            return []
        pairs = list(zip(removed, added, strict=True))
        are_titles = all(
            _HEADING.match(old) and _HEADING.match(new) and _level(old) == _level(new)
            for old, new in pairs
        )
        return pairs if are_titles else []


def _level(line: str) -> int:
    return len(line) - len(line.lstrip("#"))


def _anchor(line: str) -> str:
    heading = heading_of(*atx_heading(line.rstrip()), {})
    return heading.explicit or short_slug(heading.text)


def renamed_headings(patch: Iterable[str]) -> Iterator[RenamedHeading]:
    """The headings of which only the words have changed, from the lines of `PATCH_ARGUMENTS`.

    Where the text right below a heading has changed with it, only if the two are alike.
    """
    commit = path = ""
    hunks: list[_Hunk] = []
    in_hunk = False
    for raw in patch:
        line = raw.rstrip("\r\n")
        if line.startswith(("\x01", "diff --git ")):
            yield from _of_file(commit, path, hunks)
            path, hunks, in_hunk = "", [], False
            commit = line[1:] if line[0] == "\x01" else commit
        elif found := _HUNK.match(line):
            start, count = int(found[1]), int(found[2] or 1)
            # Of lines that were only added, git names the line before.
            hunks.append(_Hunk(start, start + count if count else start + 1))
            in_hunk = True
        elif not in_hunk:
            if line.startswith("+++ "):
                path = line[4:].rstrip("\t")
        elif line.startswith("-"):
            hunks[-1].removed.append(line[1:])
        elif line.startswith("+"):
            hunks[-1].added.append(line[1:])
    yield from _of_file(commit, path, hunks)


def _of_file(commit: str, path: str, hunks: list[_Hunk]) -> Iterator[RenamedHeading]:
    if not path.endswith(".md"):
        return
    seen: set[str] = set()
    for hunk, following in zip(hunks, [*hunks[1:], None], strict=True):
        titles = hunk.titles()
        # A blank line is between a title and its text.
        rewritten = (
            titles
            and following is not None
            and following.start <= hunk.after + 1
            and not following.titles()
        )
        for old_line, new_line in titles:
            old, new = _anchor(old_line), _anchor(new_line)
            alike = not rewritten or SequenceMatcher(None, old, new).ratio() >= _ALIKE
            if old not in {new, NO_WORDS} and old not in seen and alike:
                seen.add(old)
                yield RenamedHeading(commit, path, old, new)


def former_anchors(renamed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Former anchor → present one, through chains, from (old, new) of one page, oldest first."""
    found: dict[str, str] = {}
    for old, new in renamed:
        for former, present in found.items():
            if present == old:
                found[former] = new
        found.pop(new, None)
        found[old] = new
    return found
