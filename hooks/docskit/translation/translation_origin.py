"""Which original a translation was made from, when file names no longer say it."""

from __future__ import annotations

from collections.abc import Iterable

from docskit.reading import AuthorPage
from docskit.translation.translation import read_record, sections_of


def likely_original(translation: AuthorPage, candidates: Iterable[AuthorPage]) -> str | None:
    """Source URI of the candidate that has the most of the recorded sections, None for none."""
    recorded = set((read_record(translation)[0] or {}).values()) - {""}
    best, most = None, 0
    if recorded:
        for page in candidates:
            shared = len(recorded.intersection(section.hash for section in sections_of(page)))
            if shared > most:
                best, most = page.path, shared
    return best
