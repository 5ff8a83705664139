"""Which pages lead to which, and what that is worth."""

from __future__ import annotations

from docskit.search import link_boosts


def test_a_page_counts_the_more_the_more_pages_lead_to_it() -> None:
    boosts = link_boosts([["a", "b"], ["a"], []])
    assert 1 < boosts["b"] < boosts["a"] < 2
    assert "c" not in boosts
