"""What a page's sections are called in its other languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docskit.headings import ALIAS_CLASS
from docskit.reading import AuthorPage
from docskit.search.sections import Section
from docskit.translation import sections_of

# A heading leads to its counterparts' anchors as well: docskit/headings/anchor_extension.py.
_ALIAS = rf'<span class="{ALIAS_CLASS}" id="([^"]*)"></span>'
_ALIASED = re.compile(rf'<h[1-6]\b[^>]*?\bid="([^"]*)"[^>]*>((?:{_ALIAS})+)')
_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W_]+")


def with_other_names(
    found: Sequence[Section], html: str, twins: Iterable[AuthorPage]
) -> list[Section]:
    """The sections of `html`, each with what the headings that share its anchor say elsewhere.

    Names that only repeat the section's own words are left out.
    """
    names = [_names(twin) for twin in twins]
    if not names:
        return list(found)
    anchors = {own: re.findall(_ALIAS, aliases) for own, aliases, _ in _ALIASED.findall(html)}
    named = []
    for section in found:
        keys = [section.anchor, *anchors.get(section.anchor, ())]
        others = [next((own[key] for key in keys if key in own), "") for own in names]
        new = [other for other in others if not _words(other) <= _words(section.heading)]
        named.append(section._replace(other=" ".join(new)))
    return named


def _names(page: AuthorPage) -> dict[str, str]:
    """Anchor → heading; the page's title has no anchor."""
    headed = [(section.anchor, section.heading) for section in sections_of(page)]
    headings = [(anchor, heading) for anchor, heading in headed if heading]
    first = next((heading.text for _, heading in headings if heading.level == 1), "")
    title = str(page.front_matter.meta.get("title") or first)
    return {anchor: heading.text for anchor, heading in headings} | {"": title}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
