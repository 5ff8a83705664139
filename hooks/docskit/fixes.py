"""The certain repairs of a page as changes to its author's file, and nothing else."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from itertools import pairwise

from docskit.author_page import AuthorPage, read_author_page
from docskit.dates import parse_date
from docskit.front_matter import KEY_LINE, read_front_matter
from docskit.front_matter_schema import known_key
from docskit.problem import Problem
from docskit.reference_extension import Found
from docskit.reference_problems import corrected, places
from docskit.references import Kind, Status, resolve
from docskit.site_tree import SiteTree
from docskit.source_references import SourceReference

Edit = tuple[int, int, str]


def _spelled(found: Found, place: SourceReference, page: str) -> str | None:
    """What stands in the source instead, None where the form does not take it."""
    new = corrected(found.resolution, found.raw, page)
    if place.form == "wiki" or any(char in new for char in ' \n\t"<>`'):
        return None
    if place.form == "html-unquoted":
        return None if "'" in new or "=" in new else html.escape(new)
    return html.escape(new) if place.form == "html" else new


def reference_edits(page: AuthorPage, found: Iterable[Found], tree: SiteTree) -> list[Edit]:
    """Spans of `page.source.text` where a repaired reference is spelled, and its right spelling."""
    repaired = [item for item in found if item.resolution.status is Status.REPAIRED]
    body = page.front_matter.body
    offset = len(page.source.text) - len(body)
    edits = []
    for item, place in places(repaired, page):
        new = _spelled(item, place, page.path) if place else None
        if place is None or new is None:
            continue
        again = resolve(html.unescape(new), page.path, item.kind, tree)
        if (again.status, again.target) == (Status.EXACT, item.resolution.target):
            edits.append((place.start + offset, place.end + offset, new))
    return edits


def _line_edit(line: str, start: int, code: str) -> Edit | None:
    """The change that one front matter line, beginning at offset `start`, needs."""
    match = KEY_LINE.match(line)
    if not match:
        return None
    value = line[match.end() :].strip()
    key_start, key_end = start + match.start(2), start + match.end(2)
    value_start = start + match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip())
    match code:
        case "front-matter-key":
            name = known_key(match[2].strip())
            return (key_start, key_end, name) if name else None
        case "front-matter-colon" | "front-matter-space":
            return (start + match.start(3), value_start if value else start + match.end(), ": ")
        case "front-matter-date":
            day = parse_date(value.strip("\"'"))
            return (value_start, value_start + len(value), str(day)) if day else None
        case "front-matter-quotes":
            quoted = json.dumps(value, ensure_ascii=False)
            return value_start, value_start + len(value), quoted
    return None


def front_matter_edits(page: AuthorPage, problems: Iterable[Problem]) -> list[Edit]:
    """Changes to the front matter after which it reads the same without a repair.

    Empty where the result would read otherwise.
    """
    text = page.source.text
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    edits: set[Edit] = set()
    for problem in problems:
        if problem.code == "front-matter-start":
            edits.add((0, 0, "---\n"))
        elif problem.code == "front-matter-open" and problem.line < len(starts):
            place = min(starts[problem.line], len(text))
            edits.add((place, place, "---\n" if text[:place].endswith("\n") else "\n---\n"))
        elif 0 < problem.line < len(starts):
            start = starts[problem.line - 1]
            edit = _line_edit(text[start : starts[problem.line] - 1], start, problem.code)
            if edit:
                edits.add(edit)
    ordered = sorted(edits)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        return []
    new = apply_edits(text, ordered)
    read, left = read_front_matter(new, page.path)
    # By their repr: YAML's aliases can make a value that contains itself.
    before = page.front_matter
    same = (repr(read.meta), read.body) == (repr(before.meta), before.body)
    fixed = {code for code in (p.code for p in left) if code in _FIXABLE}
    return ordered if same and not fixed else []


_FIXABLE = {
    "front-matter-key",
    "front-matter-colon",
    "front-matter-space",
    "front-matter-date",
    "front-matter-quotes",
    "front-matter-open",
    "front-matter-start",
}


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with each span replaced; spans do not overlap."""
    parts: list[str] = []
    last = 0
    for start, end, new in sorted(edits):
        parts += [text[last:start], new]
        last = end
    return "".join([*parts, text[last:]])


def fixed_bytes(data: bytes, path: str, found: Iterable[Found], tree: SiteTree) -> bytes:
    """The author's file in UTF-8 with every certain repair; the same bytes if there is none."""
    page, problems = read_author_page(data, path)
    source = page.source
    if source.damaged:
        return data
    edits = [*front_matter_edits(page, problems), *reference_edits(page, found, tree)]
    fixed = source.with_edits(edits) if edits else data
    # What does not come out as it went in was not in that encoding after all.
    if source.encoding != "utf-8" and source.with_edits([]) == data:
        fixed = fixed.removeprefix(source.bom).decode(source.encoding).encode()
    return fixed


def remote_media(found: Iterable[Found]) -> list[Found]:
    """Pictures and media that a page takes from other hosts."""
    return [
        item
        for item in found
        if item.kind is Kind.MEDIA and item.raw.lower().startswith(("http:", "https:", "//"))
    ]
