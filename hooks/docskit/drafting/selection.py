"""What of one page has to be drafted: the sections that are missing or no longer true."""

from __future__ import annotations

from dataclasses import dataclass

from docskit.drafting.masking import Masked, has_words, mask, signs_for
from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage, Section
from docskit.translation import (
    UNTRANSLATED,
    UNTRANSLATED_MARK,
    counterparts,
    matched,
    page_and_language,
    read_record,
    sections_of,
)

FIELDS = ("title", "description")
"""What of the front matter readers see in their own language."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece to be drafted: a section of the original, or a value of its front matter.

    `index` is the section's in the original, -1 for a value of the key `field`. `line` is its
    1-based line in the original's file.
    """

    number: int
    index: int
    field: str
    title: str
    line: int
    hash: str
    source: str
    masked: Masked


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be drafted of a page, and what cannot be and why.

    `locale` is the translation's, `written` the original's.
    """

    original: AuthorPage
    translation: AuthorPage | None
    locale: str
    units: tuple[Unit, ...]
    problems: tuple[Problem, ...]
    written: str = "zh"


def select(
    original: AuthorPage, translation: AuthorPage | None, locale: str, written: str = "zh"
) -> Selection:
    """The sections of `original` that have to be drafted in `locale`."""
    sections = sections_of(original)
    problems: list[Problem] = []
    if translation is None:
        indices = [n for n, part in enumerate(sections) if has_words(part.source, written)]
        fields = [name for name in FIELDS if _value(original, name, written)]
    else:
        indices, problems = _stale(original, translation, sections)
        fields = []
    signs = signs_for(original.source.text, translation.source.text if translation else "")
    units: list[Unit] = []
    for name in fields:
        value = _value(original, name, written)
        line = original.front_matter.lines.get(name, 1)
        digest = Section(None, line, value, "").hash
        number = len(units) + 1
        units.append(Unit(number, -1, name, name, line, digest, value, Masked(value, (), signs)))
    for index in indices:
        part = sections[index]
        title = part.heading.text if part.heading else ""
        source = part.source.strip("\n")
        masked = mask(source, signs)
        number = len(units) + 1
        lead = len(part.source) - len(part.source.lstrip("\n"))
        unit = Unit(number, index, "", title, part.line + lead, part.hash, source, masked)
        units.append(unit)
    return Selection(original, translation, locale, tuple(units), tuple(problems), written)


def _value(page: AuthorPage, name: str, written: str) -> str:
    value = page.front_matter.meta.get(name)
    good = isinstance(value, str) and "\n" not in value and has_words(value, written)
    return str(value) if good else ""


def _stale(
    original: AuthorPage, translation: AuthorPage, sections: list[Section]
) -> tuple[list[int], list[Problem]]:
    record = read_record(translation)[0]
    own = sections_of(translation)
    pairs = counterparts(sections, own, record)
    todo = {index for index, part in enumerate(own) if UNTRANSLATED_MARK.search(part.source)}
    if record is None:
        return [], [_unrecorded(translation)]
    sources = matched(record, sections)
    indices, problems = [], []
    for index, section in enumerate(sections):
        known = index in sources
        changed = known and record[sources[index]] not in {"", section.hash}
        if known and changed and index not in pairs:
            problems.append(_unmatched(original, translation, section))
        elif not known or changed or pairs.get(index) in todo:
            indices.append(index)
    return indices, problems


def _unrecorded(translation: AuthorPage) -> Problem:
    which = page_and_language(translation.path)
    return Problem(
        translation.path,
        1,
        0,
        "draft-unrecorded",
        Severity.INFO,
        "没有记下这份译文译自哪一版原文，不知道哪几节过期了，没有起草；"
        f"核对以后运行 make translated {which}",
        "nobody has recorded what this was translated from, so nothing is known to be stale and "
        f"nothing was drafted; check it, then run make translated {which}",
    )


def _unmatched(original: AuthorPage, translation: AuthorPage, section: Section) -> Problem:
    title = section.heading.text if section.heading else ""
    return Problem(
        original.path,
        section.line,
        0,
        "draft-unmatched",
        Severity.WARNING,
        f"“{title}”这一节改过，但是在 {translation.path} 里找不到对应的一节，没有起草。"
        f"让两边的标题一一对应，或者在译文的那一节里写上一行 {UNTRANSLATED}",
        f"section '{title}' has changed and has no certain counterpart in {translation.path}, so "
        f"it was not drafted; give both pages the same headings, or put {UNTRANSLATED} there",
    )
