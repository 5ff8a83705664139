"""Putting drafts into a translation, so that every other section keeps its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from docskit.drafting.selection import Selection
from docskit.drafting.translation_draft import draft, with_record
from docskit.reading import (
    AuthorPage,
    Edit,
    Edits,
    Form,
    Section,
    read_author_page,
    read_front_matter,
)
from docskit.translation import (
    BEGINNING,
    counterparts,
    matched,
    read_drafts,
    read_record,
    record_of,
    sections_of,
    unread_drafts,
)


def draft_hash(text: str) -> str:
    """The hash under which a drafted section is known as a machine's."""
    return Section(None, 1, text, "").hash


def spliced(
    selection: Selection, drafts: Mapping[int, str], unread: Iterable[int] | None = None
) -> bytes | None:
    """The translation's file with the drafts, by number of their unit, in it.

    `unread` are the numbers of those that no person has read: all of them, unless it says else.
    None where it cannot be written so that all else stays as it is and the drafts are known
    for what they are.
    """
    by_index = {u.index: drafts[u.number] for u in selection.units if u.number in drafts}
    fields = {u.field: drafts[u.number] for u in selection.units if u.field and u.number in drafts}
    by_index.pop(-1, None)
    numbers = set(drafts if unread is None else unread)
    noted = {unit.index for unit in selection.units if unit.number in numbers} & by_index.keys()
    if selection.translation is None:
        return _new_page(selection, by_index, fields, noted)
    return _into(selection.original, selection.translation, by_index, noted)


def _new_page(
    selection: Selection, drafts: Mapping[int, str], fields: Mapping[str, str], unread: set[int]
) -> bytes | None:
    original = selection.original
    if original.source.damaged:
        return None
    sections = sections_of(original)
    keys = list(record_of(sections))
    noted = {keys[index]: draft_hash(drafts[index]) for index in sorted(unread)}
    text = draft(original, drafts, noted, selection.written)
    if text is None:
        return None
    text = _with_fields(text, fields)
    data = text.encode()
    own = sections_of(read_author_page(data, original.path)[0])
    return data if len(own) == len(sections) else None


def _with_fields(text: str, fields: Mapping[str, str]) -> str:
    """The text with other values in its front matter; what has another form stays."""
    for name, value in fields.items():
        before = read_front_matter(text, "")[0]
        line = before.lines.get(name)
        if line is None or before.span is None or before.span.form is not Form.YAML:
            continue
        lines = text.split("\n")
        if not re.match(rf"{name}\s*:\s*\S", lines[line - 1]):
            continue
        lines[line - 1] = f"{name}: {json.dumps(value.strip(), ensure_ascii=False)}"
        changed = "\n".join(lines)
        after = read_front_matter(changed, "")[0]
        if after.meta == {**before.meta, name: value.strip()} and after.body == before.body:
            text = changed
    return text


def _into(
    original: AuthorPage, translation: AuthorPage, drafts: Mapping[int, str], unread: set[int]
) -> bytes | None:
    source = translation.source
    record = read_record(translation)[0]
    if source.damaged or not drafts or record is None:
        return None
    theirs, own = sections_of(original), sections_of(translation)
    pairs = counterparts(theirs, own, record)
    offsets = _offsets(translation, own)
    edits: list[Edit] = []
    inserted: dict[int, list[str]] = {}
    for index in sorted(drafts):
        mine = pairs.get(index)
        if mine is None:
            before = max((pairs[other] for other in pairs if other < index), default=-1)
            inserted.setdefault(before, []).append(drafts[index])
            continue
        part = own[mine].source
        lead = len(part) - len(part.lstrip("\n"))
        end = len(part.rstrip())
        edits.append(Edit(offsets[mine] + lead, offsets[mine] + end, drafts[index].strip("\n")))
    edits += [_insertion(translation, own, offsets, place, inserted[place]) for place in inserted]
    replaced = {pairs[index] for index in drafts if index in pairs}
    new_record, new_drafts = _records(theirs, own, record, drafts, pairs, translation, unread)
    head = with_record(translation, new_record, new_drafts)
    if head is None:
        return None
    for edit in edits:
        if not head.add(edit):
            return None
    try:
        data = source.with_edits(head)
    except UnicodeEncodeError:
        data = source.with_edits(head, "utf-8")
    # Looked at again: what was not asked for has to be there as it was, and in its order.
    after = sections_of(read_author_page(data, translation.path)[0])
    kept = [part.source.rstrip() for index, part in enumerate(own) if index not in replaced]
    new = [part.source.rstrip() for part in after]
    if len(after) != len(own) + sum(map(len, inserted.values())) or not _in_order(kept, new):
        return None
    return data


def _in_order(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(any(text == other for other in rest) for text in wanted)


def _offsets(page: AuthorPage, sections: list[Section]) -> list[int]:
    """Where each section begins in the page's text."""
    body = page.front_matter.body
    position = len(page.source.text) - len(body)
    # Empty lines before the first heading are no section.
    position += len(body) - sum(len(part.source) for part in sections)
    offsets = []
    for part in sections:
        offsets.append(position)
        position += len(part.source)
    return offsets


def _insertion(
    page: AuthorPage, own: list[Section], offsets: list[int], after: int, texts: list[str]
) -> Edit:
    """New sections after one of the translation's own; -1 for before the first."""
    new = "\n\n".join(text.strip("\n") for text in texts)
    if after < 0:
        place = offsets[0] if offsets else len(page.source.text)
    else:
        place = offsets[after] + len(own[after].source)
    above = page.source.text[:place]
    ends = len(above) - len(above.rstrip("\n"))
    lead = "\n" * max(0, 2 - ends) if above else ""
    return Edit(place, place, lead + new + ("\n\n" if place < len(page.source.text) else "\n"))


def _records(
    theirs: list[Section],
    own: list[Section],
    record: dict[str, str],
    drafts: Mapping[int, str],
    pairs: Mapping[int, int],
    translation: AuthorPage,
    unread_now: set[int],
) -> tuple[dict[str, str], dict[str, str]]:
    """What the translation was made from now, in its own order, and what nobody has read."""
    keys = list(record_of(theirs))
    origins = matched(record, theirs)
    entries = [[key, value] for key, value in record.items()]
    places = {key: place for place, (key, _) in enumerate(entries)}
    names: dict[int, str] = {}
    for index, key in origins.items():
        if keys[index] != key and keys[index] not in record:
            entries[places[key]][0] = keys[index]
        names[index] = entries[places[key]][0]
        if index in drafts:
            entries[places[key]][1] = theirs[index].hash
    for index in sorted(set(drafts) - set(origins)):
        names[index] = keys[index]
        before = [names[other] for other in sorted(names) if other < index]
        at = next((n + 1 for n, (key, _) in enumerate(entries) if before[-1:] == [key]), 0)
        entries.insert(at, [keys[index], theirs[index].hash])
    unread = unread_drafts(translation, own)
    index_of = {mine: index for index, mine in pairs.items()}
    noted = {
        names.get(index_of.get(mine, -1), own[mine].anchor or BEGINNING): own[mine].hash
        for mine in unread
        if index_of.get(mine) not in drafts
    }
    noted |= {names[index]: draft_hash(drafts[index]) for index in unread_now}
    order = [key for key, _ in entries]
    # In the record's order: one section after the other gives the same file as all at once.
    sorted_notes = sorted(noted, key=lambda key: order.index(key) if key in order else len(order))
    return dict(entries), {key: noted[key] for key in sorted_notes}


def section_named(name: str, original: AuthorPage, translation: AuthorPage) -> int | None:
    """Index of the translation's section that a person means by its heading or anchor.

    The original's heading and anchor will do; `-` and 页首 are what stands before the first.
    """
    theirs, own = sections_of(original), sections_of(translation)
    for index, part in enumerate(own):
        if name in _names(part):
            return index
    pairs = counterparts(theirs, own, read_record(translation)[0])
    found = (pairs.get(index) for index, part in enumerate(theirs) if name in _names(part))
    return next((index for index in found if index is not None), None)


def _names(section: Section) -> set[str]:
    if section.heading is None:
        return {BEGINNING, "页首"}
    return {section.heading.text, section.anchor, f"#{section.anchor}"}


def section_read(original: AuthorPage, translation: AuthorPage, mine: int) -> Edits | None:
    """The changes that record one section of a translation as read and current.

    None where it is not certain which section of the original it was made from.
    """
    theirs, own = sections_of(original), sections_of(translation)
    record = read_record(translation)[0]
    if record is None:
        return None
    pairs = counterparts(theirs, own, record)
    index = next((index for index, place in pairs.items() if place == mine), None)
    key = None if index is None else matched(record, theirs).get(index)
    if index is None or key is None:
        return None
    name = record_key = list(record_of(theirs))[index]
    if record_key != key and record_key in record:
        name = key
    new = {
        (name if old == key else old): (theirs[index].hash if old == key else value)
        for old, value in record.items()
    }
    unread = set(unread_drafts(translation, own)) - {mine}
    hashes = {own[place].hash for place in unread}
    noted = {key: value for value, key in read_drafts(translation).items() if value in hashes}
    return with_record(translation, new, noted)
