"""Which pages lead to which, and what that is worth."""

from __future__ import annotations

import pytest

from docskit.search import link_boosts, links


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("../volume/", ["docker/volume/"]),
        ("../volume/#use", ["docker/volume/"]),
        ("../volume/?a=b#use", ["docker/volume/"]),
        ("../../", [""]),
        ("../../en/a&amp;b/", ["en/a&b/"]),
        ("#here", []),
        ("./", []),
        ("https://example.com/volume/", []),
        ("mailto:a@example.com", []),
    ],
)
def test_links(href: str, found: list[str]) -> None:
    html = f'<p><a class="x" href="{href}">y</a> <a href="{href}">z</a></p>'
    assert links(html, "docker/image/") == found


def test_a_page_counts_the_more_the_more_pages_lead_to_it() -> None:
    boosts = link_boosts([["a/", "b/"], ["a/"], []])
    assert 1 < boosts["b/"] < boosts["a/"] < 2
    assert "c/" not in boosts
