"""What state a translation is in, by content: which sections it was made from, and which changed.

A translation's front matter records, for each section of the original, the hash of the text
that it was translated from, under the anchor of the section's heading:

    translated_from:  # make translated
      '-': 1f0c2a9b            # the text before the first heading
      和-docker-打个招呼: 5d3e8f10

Commit dates would be fooled by shallow clones, moved files and touched-up commas.

A section that a machine has drafted and no person has read is noted beside it, by the hash of
the draft's own words: whoever changes them has read them.

    machine_draft:  # make translated
      和-docker-打个招呼: 9a0b1c2d
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from docskit.messages import Problem, Severity, language
from docskit.reading import AuthorPage, Section, split_sections

RECORD = "translated_from"
DRAFTS = "machine_draft"
BEGINNING = "-"  # No anchor is a bare hyphen.
# Stands in a translation wherever a section has still to be translated.
UNTRANSLATED = "<!-- to be translated -->"
UNTRANSLATED_MARK = re.compile(r"<!--\s*to be translated\s*-->", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-f]{8}")


class State(StrEnum):
    """What a page is in one language, the worst last."""

    ORIGINAL = "original"
    CURRENT = "current"
    UNRECORDED = "unrecorded"  # translated, but nobody has said from what
    DRAFTED = "drafted"  # translated, in part by a machine that nobody has checked yet
    STALE = "stale"
    MISSING = "missing"  # readers are shown the original
    ORPHAN = "orphan"


class Kind(StrEnum):
    """What has happened to a section since it was translated."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    UNTRANSLATED = "untranslated"
    DRAFTED = "drafted"  # by a machine, and not read by a person yet


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section of a translation that is not what the original says now.

    `anchor` is the section's on the translation's page, `original_anchor` the one on the
    original's; empty where there is none or where it is not certain. `title` is the heading
    as the translation has it, else the original's.
    """

    kind: Kind
    title: str
    anchor: str
    original_anchor: str


@dataclass(frozen=True, slots=True)
class Translation:
    """The state of one page in one language; `sections` counts those of the original.

    `drafts` are the sections that a machine has written and nobody has read, stale or not.
    """

    state: State
    sections: int = 0
    changes: tuple[SectionChange, ...] = ()
    drafts: tuple[SectionChange, ...] = ()

    @property
    def done(self) -> float:
        """The part of the original's sections, from 0 to 1, that the translation tells truly."""
        if self.state in {State.ORIGINAL, State.CURRENT}:
            return 1.0
        if self.state not in {State.STALE, State.DRAFTED} or not self.sections:
            return 0.0
        wrong = sum(change.kind is not Kind.REMOVED for change in self.changes)
        stale = {change.anchor for change in self.changes}
        wrong += sum(draft.anchor not in stale for draft in self.drafts)
        return max(0.0, 1 - wrong / self.sections)


def original_locale(versions: Mapping[str, AuthorPage], default: str) -> str:
    """The locale in which a page was written first: `default`, where its file does not say else.

    A file in `default` that says that it was translated has another that does not beside it.
    '' for translations of something that is not there.
    """
    written = [locale for locale, page in versions.items() if RECORD not in page.front_matter.meta]
    if default in written or (default in versions and not written):
        return default
    return next(iter(written), "")


def sections_of(page: AuthorPage) -> list[Section]:
    """The sections of an author's page."""
    return split_sections(page.front_matter.body, page.front_matter.body_line)


def record_of(sections: list[Section]) -> dict[str, str]:
    """What a translation made from these sections puts into its front matter."""
    return {section.anchor or BEGINNING: section.hash for section in sections}


def read_record(translation: AuthorPage) -> tuple[dict[str, str] | None, list[Problem]]:
    """The record of a translation; None without a usable one, '' for an unusable hash."""
    recorded = translation.front_matter.meta.get(RECORD)
    line = translation.front_matter.lines.get(RECORD, 1)
    if recorded is None:
        return None, []
    if not isinstance(recorded, Mapping) or not recorded:
        return None, [_bad_record(translation.path, line, str(recorded))]
    record: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value in recorded.items():
        good = isinstance(value, str) and _HASH.fullmatch(value)
        record[str(key)] = str(value) if good else ""
        if not good:
            place = _line_of(translation.source.text, line, str(value))
            problems.append(_bad_record(translation.path, place, str(value)))
    return record, problems


def read_drafts(translation: AuthorPage) -> dict[str, str]:
    """What of a translation is a machine's: hash of the words as drafted → key in the record."""
    noted = translation.front_matter.meta.get(DRAFTS)
    if not isinstance(noted, Mapping):
        return {}
    return {str(value): str(key) for key, value in noted.items()}


def unread_drafts(translation: AuthorPage, sections: list[Section]) -> list[int]:
    """Indices of the translation's own sections that stand as a machine drafted them."""
    noted = read_drafts(translation)
    return [index for index, part in enumerate(sections) if noted and part.hash in noted]


def _line_of(text: str, first: int, value: str) -> int:
    for number, line in enumerate(text.split("\n")[first:], first + 1):
        if value in line:
            return number
    return first


def page_and_language(path: str) -> str:
    """`PAGE=git` for the translation at `git.en.md`, `PAGE=git TO=ja` for `git.ja.md`.

    What `make translate` and `make translated` are to be told; without TO= they take English,
    the first language of a site beside the originals' own.

    >>> page_and_language("docker/a.ja.md")
    'PAGE=docker/a TO=ja'
    """
    name, _, locale = path.removesuffix(".md").rpartition(".")
    if not name or "/" in locale:
        return f"PAGE={path.removesuffix('.md')}"
    return f"PAGE={name}" + (f" TO={locale}" if language(locale) != "en" else "")


def _bad_record(path: str, line: int, value: str) -> Problem:
    which = page_and_language(path)
    return Problem(
        path,
        line,
        0,
        "translation-record",
        Severity.WARNING,
        f"'{RECORD}' 里的 '{value}' 不是原文的指纹（8 位十六进制）。"
        f"译文核对好以后运行 make translated {which}，它会重新写好",
        f"'{value}' in '{RECORD}' is no fingerprint of the original (8 hexadecimal digits); "
        f"check the translation, then run make translated {which}",
    )


def _levels(sections: list[Section]) -> list[int]:
    return [section.heading.level if section.heading else 0 for section in sections]


def compare(original: AuthorPage, translation: AuthorPage) -> tuple[Translation, list[Problem]]:
    """The state of a translation beside its original; problems are in the translation."""
    record, problems = read_record(translation)
    originals, own = sections_of(original), sections_of(translation)
    pairs = counterparts(originals, own, record)
    if not pairs and own and originals:
        problems.append(_other_headings(original, translation, len(originals), len(own)))
    changes: list[SectionChange] = []
    todo = {index for index, part in enumerate(own) if UNTRANSLATED_MARK.search(part.source)}
    sources = matched(record, originals) if record is not None else {}
    for index, section in enumerate(originals):
        own_index = pairs.get(index)
        part = None if own_index is None else own[own_index]
        if own_index in todo:
            changes.append(_change(Kind.UNTRANSLATED, part, section))
        elif record is not None and index not in sources:
            changes.append(_change(Kind.ADDED, part, section))
        elif record is not None and record[sources[index]] not in {"", section.hash}:
            changes.append(_change(Kind.CHANGED, part, section))
    for index, section in enumerate(own):
        if index in pairs.values():
            continue
        if index in todo:
            changes.append(_change(Kind.UNTRANSLATED, section, None))
        elif record and _recorded_key(record, own, index) not in {"", *sources.values()}:
            changes.append(_change(Kind.REMOVED, section, None))
    origins = {own_index: index for index, own_index in pairs.items()}
    drafts = tuple(
        _change(
            Kind.DRAFTED,
            own[own_index],
            originals[origins[own_index]] if own_index in origins else None,
        )
        for own_index in unread_drafts(translation, own)
    )
    fine = State.UNRECORDED if record is None else State.CURRENT
    state = State.STALE if changes else State.DRAFTED if drafts else fine
    return Translation(state, len(originals), tuple(changes), drafts), problems


def _change(kind: Kind, own: Section | None, original: Section | None) -> SectionChange:
    named = next((part.heading for part in (own, original) if part and part.heading), None)
    return SectionChange(
        kind,
        named.text if named else "",
        own.anchor if own else "",
        original.anchor if original else "",
    )


def _other_headings(original: AuthorPage, own: AuthorPage, number: int, own_number: int) -> Problem:
    return Problem(
        own.path,
        own.front_matter.body_line,
        0,
        "translation-headings",
        Severity.HINT,
        f"译文有 {own_number} 节，原文 {original.path} 有 {number} 节，对不上号，"
        "切换语言时只能回到页首。请让两边的标题一一对应",
        f"the translation has {own_number} sections and its original {original.path} has {number}; "
        "they do not match, so switching languages leads to the top of the page. "
        "Give both pages the same headings",
    )


def matched(record: Mapping[str, str], sections: list[Section]) -> dict[int, str]:
    """Index of a section of the original now → the key under which it was recorded.

    By the same words wherever they stand now, then by the same heading, then by standing
    between the same neighbours, which is what a heading does that was reworded.
    """
    keys = [section.anchor or BEGINNING for section in sections]
    found = {
        index: key
        for index, (key, section) in enumerate(zip(keys, sections, strict=True))
        if record.get(key) == section.hash
    }
    free = [key for key in record if key not in found.values()]
    for index, section in enumerate(sections):
        moved = next((key for key in free if record[key] == section.hash), None)
        if index not in found and moved is not None:
            found[index] = moved
            free.remove(moved)
    for index, key in enumerate(keys):
        if index not in found and key in free:
            found[index] = key
            free.remove(key)
    matcher = SequenceMatcher(None, list(record), keys, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "replace" and end - start == new_end - new_start:
            for key, index in zip(list(record)[start:end], range(new_start, new_end), strict=True):
                if index not in found and key in free:
                    found[index] = key
                    free.remove(key)
    return found


def _recorded_key(record: Mapping[str, str], own: list[Section], index: int) -> str:
    """The key of the section from which `own[index]` was made; '' where that is not certain."""
    whole = len(record) == len(own) and (BEGINNING in record) == (own[0].heading is None)
    return list(record)[index] if whole else ""


def counterparts(
    original: list[Section], translation: list[Section], record: Mapping[str, str] | None
) -> dict[int, int]:
    """Index of a section of the original → index of the same section of the translation.

    Certain ones only: by the same outline, or, where the translation still has as many
    sections as it was recorded to be made from, by that. Where both are known they must agree.
    """
    by_outline = _levels(original) == _levels(translation)
    if not record or not translation or not _recorded_key(record, translation, 0):
        return {index: index for index in range(len(original))} if by_outline else {}
    places = {
        _recorded_key(record, translation, own_index): own_index
        for own_index in range(len(translation))
    }
    return {
        index: places[key]
        for index, key in matched(record, original).items()
        if not by_outline or places[key] == index
    }
