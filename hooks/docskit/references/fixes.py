"""The certain repairs of a page as changes to its author's file, and nothing else."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from html.parser import HTMLParser

from docskit.messages import Problem
from docskit.pages import SiteTree
from docskit.reading import (
    KEY_LINE,
    AuthorPage,
    Edit,
    Edits,
    Form,
    is_plain_close,
    known_key,
    parse_date,
    read_author_page,
    read_front_matter,
)
from docskit.references.reference_extension import Found
from docskit.references.reference_problems import corrected, places
from docskit.references.reference_targets import Kind, Status, resolve
from docskit.references.source_references import SourceReference


def _spelled(found: Found, place: SourceReference, page: str) -> str | None:
    """What stands in the source instead, None where the form does not take it."""
    new = corrected(found.resolution, found.raw, page)
    if place.form == "wiki" or any(char in new for char in ' \n\t"<>`'):
        return None
    if place.form == "html-unquoted":
        return None if "'" in new or "=" in new else html.escape(new)
    return html.escape(new) if place.form == "html" else new


def reference_edits(page: AuthorPage, found: Iterable[Found], tree: SiteTree) -> Edits:
    """Spans of `page.source.text` where a repaired reference is spelled, and its right spelling.

    A span that two readings would spell differently, as picture and as link, stays as it is.
    """
    # Where one place has several meanings, they all have to agree.
    known = [item for item in found if item.resolution.status is not Status.ELSEWHERE]
    offset = len(page.source.text) - len(page.front_matter.body)
    spellings: dict[tuple[int, int], set[str | None]] = {}
    for item, place in places(known, page):
        if place is None:
            continue
        wrong = item.resolution.status is Status.REPAIRED
        new = _spelled(item, place, page.path) if wrong else None
        if new is not None:
            again = resolve(html.unescape(new), page.path, item.kind, tree)
            if (again.status, again.target) != (Status.EXACT, item.resolution.target):
                new = None
        spellings.setdefault((place.start + offset, place.end + offset), set()).add(new)
    edits = Edits()
    for (start, end), news in sorted(spellings.items(), key=lambda entry: entry[0]):
        new = news.pop() if len(news) == 1 else None
        if new is not None:
            edits.add(Edit(start, end, new))
    return edits


def _line_edits(line: str, start: int, code: str) -> list[Edit]:
    """The changes that one front matter line, beginning at offset `start`, needs."""
    match = KEY_LINE.match(line)
    if not match:
        return []
    rest = line[match.end() :]
    value = rest.strip()
    value_start = start + match.end() + len(rest) - len(rest.lstrip())
    sign = Edit(start + match.start(3), value_start if value else start + match.end(), ": ")
    match code:
        case "front-matter-key":
            name = known_key(match[2].strip())
            key = Edit(start + match.start(2), start + match.end(2), name or "")
            wrong_sign = match[3] == "：" or (value and not rest[0].isspace())
            return [key, sign][: 1 + bool(wrong_sign)] if name else []
        case "front-matter-colon" | "front-matter-space":
            return [sign]
        case "front-matter-date":
            day = parse_date(value.strip("\"'"))
            return [Edit(value_start, value_start + len(value), str(day))] if day else []
        case "front-matter-quotes":
            quoted = json.dumps(value, ensure_ascii=False)
            return [Edit(value_start, value_start + len(value), quoted)]
    return []


def mark_edits(page: AuthorPage) -> Edits:
    """Changes after which front matter stands between `---` on the first line and `---`.

    What is read from it must be looked at again: with other marks it may be more.
    """
    text, span = page.source.text, page.front_matter.span
    edits = Edits()
    if span is None or span.form is not Form.YAML:
        return edits
    if not span.opened:
        edits.add(Edit(0, span.start, "---\n"))
    if not span.closed:
        mark = "---\n" if text[: span.end].endswith("\n") else "\n---\n"
        edits.add(Edit(span.end, span.end, mark))
    elif not is_plain_close(text[span.end : span.after]):
        edits.add(Edit(span.end, span.after, "---\n"))
    return edits


def front_matter_edits(page: AuthorPage, problems: Iterable[Problem]) -> Edits:
    """Changes to the front matter after which it reads the same without a repair.

    Empty where the result would read otherwise.
    """
    text = page.source.text
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    edits = mark_edits(page)
    for problem in problems:
        if 0 < problem.line < len(starts):
            start = starts[problem.line - 1]
            line = text[start : starts[problem.line] - 1]
            for edit in _line_edits(line, start, problem.code):
                if not edits.add(edit):
                    return Edits()
    read, left = read_front_matter(edits.apply(text), page.path)
    # By their repr: YAML's aliases can make a value that contains itself.
    before = page.front_matter
    same = (repr(read.meta), read.body) == (repr(before.meta), before.body)
    fixed = {code for code in (p.code for p in left) if code in _FIXABLE}
    return edits if same and not fixed else Edits()


_FIXABLE = {
    "front-matter-key",
    "front-matter-colon",
    "front-matter-space",
    "front-matter-date",
    "front-matter-quotes",
    "front-matter-open",
    "front-matter-start",
    "front-matter-mark",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What readers get of a file (anything that can be compared), and the references in it."""

    page: object
    found: list[Found]


class _Events(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.events: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(tag)

    def handle_data(self, data: str) -> None:
        self.events.append([data])

    def handle_comment(self, data: str) -> None:
        self.events.append({data})

    def handle_decl(self, decl: str) -> None:
        self.events.append({decl})

    def handle_pi(self, data: str) -> None:
        self.events.append({data})

    def unknown_decl(self, data: str) -> None:
        self.events.append({data})


def as_read(page_html: str) -> list[object]:
    """What a browser reads: `SRC=a.png` and `src="a.png"` are the same to it."""
    parser = _Events()
    parser.feed(page_html)
    parser.close()
    return parser.events


Group = list[Edit]
"""Changes that are made together or not at all."""


def _written(page: AuthorPage, groups: Iterable[Group]) -> bytes:
    return page.source.with_edits([edit for group in groups for edit in group], "utf-8")


def _proven(groups: list[Group], good: list[Group], proves: Callable[[list[Group]], bool]) -> None:
    """Add to `good` those of `groups` that `proves` takes beside what is there already."""
    if not groups:
        return
    if proves([*good, *groups]):
        good += groups
    elif len(groups) > 1:
        half = len(groups) // 2
        _proven(groups[:half], good, proves)
        _proven(groups[half:], good, proves)


# Repairs that uncover the next: a head that was not read as one, and the keys in it.
_ROUNDS = 5


def _always(_: Problem) -> bool:
    return True


def fixed_bytes(
    data: bytes,
    path: str,
    found: list[Found],
    tree: SiteTree,
    show: Callable[[bytes], Shown],
    counts: Callable[[Problem], bool] = _always,
) -> bytes:
    """The author's file in UTF-8 with every certain repair; the same bytes if there is none.

    `show` converts the page as if its file, at the source URI `path`, had these bytes. Only
    repairs after which readers get the very same page are certain: where an address stands in
    the source is found by other means than the page is made by. A problem of front matter that
    does not count stays as it is.
    """
    wanted: Shown | None = None
    for _ in range(_ROUNDS):
        page, problems = read_author_page(data, path)
        # What does not come out as it went in was not in that encoding after all.
        if page.source.damaged or page.source.with_edits([]) != data:
            return data
        head = list(front_matter_edits(page, filter(counts, problems)))
        groups = [[edit] for edit in reference_edits(page, found, tree)]
        groups = [head, *groups] if head else groups
        if not groups and page.source.encoding == "utf-8":
            return data
        wanted = show(data) if wanted is None else wanted
        good: list[Group] = []
        _proven(groups, good, partial(_is_shown, page, wanted.page, show))
        fixed = _written(page, good)
        if fixed == data:
            return data
        # A repair may uncover the next.
        data, found = fixed, show(fixed).found
    return data


def _is_shown(
    page: AuthorPage, wanted: object, show: Callable[[bytes], Shown], groups: list[Group]
) -> bool:
    return show(_written(page, groups)).page == wanted


def remote_media(found: Iterable[Found]) -> list[Found]:
    """Pictures and media that a page takes from other hosts."""
    return [
        item
        for item in found
        if item.kind is Kind.MEDIA and item.raw.lower().startswith(("http:", "https:", "//"))
    ]
