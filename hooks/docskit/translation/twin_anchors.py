"""Which anchors of one language's page lead to which headings of another's."""

from __future__ import annotations

from docskit.reading import AuthorPage, Section
from docskit.translation.translation import counterparts, read_record, sections_of


def twin_anchors(own: AuthorPage, twin: AuthorPage, original: AuthorPage | None) -> dict[int, str]:
    """Index of a heading of `own`, from 0, → the anchor of its counterpart on the twin's page.

    `original` is whichever of the two is the other's original, None for two translations.
    """
    own_sections, twin_sections = sections_of(own), sections_of(twin)
    if original is twin:
        pairs = counterparts(twin_sections, own_sections, read_record(own)[0])
        pairs = {own_index: index for index, own_index in pairs.items()}
    else:
        record = read_record(twin)[0] if original is own else None
        pairs = counterparts(own_sections, twin_sections, record)
    headings = _heading_indices(own_sections)
    return {
        headings[index]: twin_sections[other].anchor
        for index, other in pairs.items()
        if index in headings and twin_sections[other].anchor
    }


def outline(page: AuthorPage) -> list[int]:
    """The levels of a page's headings."""
    return [section.heading.level for section in sections_of(page) if section.heading]


def _heading_indices(sections: list[Section]) -> dict[int, int]:
    headed = [index for index, section in enumerate(sections) if section.heading]
    return {index: number for number, index in enumerate(headed)}
