"""Which pages of the site a page leads to: what many lead to is more often what is looked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from math import log1p
from urllib.parse import urljoin

# What a link from one more page is worth, of the score: tools/FIGURES.md.
_LINKED = 0.15
_LINK = re.compile(r"<a\s[^>]*?\bhref=\"([^\":#?]+)(?=[\"#?])")


def links(html: str, url: str) -> list[str]:
    """The addresses to which the content of the page at `url` leads, each once.

    Page URLs, relative to the site's root as `url` is. Those with a scheme are left out.
    """
    found = {urljoin(f"/{url}", unescape(href)).lstrip("/") for href in _LINK.findall(html)}
    return sorted(found - {url})


def link_boosts(links_of_pages: Iterable[Iterable[str]]) -> dict[str, float]:
    """Page URL → by what to multiply the page's score, for those that other pages lead to."""
    counts = Counter(url for links in links_of_pages for url in links)
    return {url: round(1 + _LINKED * log1p(count), 2) for url, count in counts.items()}
