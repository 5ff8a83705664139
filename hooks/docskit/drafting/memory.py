"""Former translations of sections that say again what they said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docskit.drafting.selection import Selection, Unit
from docskit.reading import AuthorPage, split_sections
from docskit.translation import (
    UNTRANSLATED_MARK,
    counterparts,
    matched,
    read_record,
    sections_of,
    unread_drafts,
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A former translation; `unread` is whether it was a machine's, read by nobody."""

    text: str
    unread: bool


def remember(
    selection: Selection, former: Iterable[tuple[AuthorPage, AuthorPage]]
) -> dict[int, Remembered]:
    """Number of a unit → its translation in one of the `former` versions, the newest first.

    `former` are originals with the translation that stood beside each. Only one that recorded
    the very words, while they were the original's, counts: a translation that was edited before
    its record was, says something else.
    """
    found: dict[int, Remembered] = {}
    for original, translation in former:
        wanted = [unit for unit in selection.units if unit.number not in found]
        if not wanted:
            break
        for unit in wanted:
            text = (
                _value(unit, original, translation)
                if unit.field
                else _section(unit, original, translation)
            )
            if text is not None:
                found[unit.number] = text
    return found


def _value(unit: Unit, original: AuthorPage, translation: AuthorPage) -> Remembered | None:
    value = translation.front_matter.meta.get(unit.field)
    same = original.front_matter.meta.get(unit.field) == unit.source
    one_line = isinstance(value, str) and value.strip() and "\n" not in value
    return Remembered(str(value), unread=False) if same and one_line else None


def _section(unit: Unit, original: AuthorPage, translation: AuthorPage) -> Remembered | None:
    record = read_record(translation)[0]
    if record is None or unit.hash not in record.values():
        return None
    theirs, own = sections_of(original), sections_of(translation)
    pairs, keys = counterparts(theirs, own, record), matched(record, theirs)
    for index, section in enumerate(theirs):
        if section.hash != unit.hash or index not in pairs or index not in keys:
            continue
        text = own[pairs[index]].source.strip("\n")
        if record[keys[index]] == unit.hash and _fits(text, unit):
            return Remembered(text, pairs[index] in unread_drafts(translation, own))
    return None


def _fits(text: str, unit: Unit) -> bool:
    levels = [
        [part.heading.level if part.heading else 0 for part in split_sections(whole)]
        for whole in (text, unit.source)
    ]
    return levels[0] == levels[1] and not UNTRANSLATED_MARK.search(text)
