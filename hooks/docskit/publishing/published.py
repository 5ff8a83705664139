"""A page as the world outside of the site sees it: search engines, feeds and programs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from itertools import accumulate
from unicodedata import east_asian_width

from babel.core import get_global

from docskit.html import up_to, without_tags
from docskit.translation import State

LONGEST_DESCRIPTION = 160
"""In Latin letters; a Han character is as wide as two. Search engines show no more."""
_PARAGRAPH = re.compile(r"<p\b(?![^>]*translation-mark)[^>]*>(.*?)</p>", re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？.!?…](?=\s|$|[^\w\s])|[。！？]")


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """One page in one language. URLs are absolute, or empty where the site has no address.

    `src_uri` is the author's file, `path` the URL relative to the site's root. `versions` are
    the addresses of the page in all languages in which it is written, this one among them; empty
    on a fallback page, whose `canonical` is its original's. `section` is the first heading of the
    navigation that the page stands under. `ancestors` are the titles and URLs above it, outermost
    first.
    """

    identity: str
    locale: str
    path: str
    title: str
    description: str
    canonical: str
    state: State
    versions: Mapping[str, str]
    default_locale: str
    written: date | None
    changed: datetime | date | None
    authors: tuple[str, ...]
    section: str
    ancestors: tuple[tuple[str, str], ...]
    stale_sections: tuple[str, ...]
    is_home: bool = False
    is_listed: bool = True
    src_uri: str = ""
    drafted_sections: tuple[str, ...] = ()
    original_locale: str = ""

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Language and URL of each version, and where readers of other languages shall go."""
        # Without the site's own address there is none to name.
        if len(self.versions) < 2 or not all(self.versions.values()):
            return []
        listed = list(self.versions.items())
        if self.default_locale in self.versions:
            listed.append(("x-default", self.versions[self.default_locale]))
        return listed

    @property
    def is_own(self) -> bool:
        """Whether search engines and feeds shall know the page under its own address."""
        return self.is_listed and self.state is not State.MISSING


def description(html: str) -> str:
    """The first sentences of a rendered page, as plain text; '' for a page without a paragraph."""
    for paragraph in _PARAGRAPH.finditer(up_to("</p>", html)[0]):
        text = " ".join(unescape(without_tags(paragraph.group(1))).split())
        if len(text) >= 10:
            return _shortened(text)
    return ""


def _shortened(text: str) -> str:
    widths = accumulate(2 if east_asian_width(character) in "WF" else 1 for character in text)
    room = sum(width <= LONGEST_DESCRIPTION for width in widths)
    if len(text) <= room:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text[:room])]
    if ends and ends[-1] > room // 3:
        return text[: ends[-1]]
    cut = text[: room - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[room // 2 :] else cut) + "…"


def iso(day: datetime | date | None) -> str:
    """ISO 8601; '' for none."""
    return day.isoformat() if day else ""


def head_title(page: PublishedPage, site_name: str) -> str:
    """What a tab and a search result are called."""
    return site_name if page.is_home else f"{page.title} - {site_name}"


def structured_data(page: PublishedPage, site_name: str, site_url: str, language: str) -> str:
    """JSON-LD for a `<script>` element: the page as an article, and the way down to it."""
    about: dict[str, object]
    site = {"@type": "WebSite", "name": site_name, "url": site_url}
    if page.is_home:
        about = {**site, "description": page.description, "inLanguage": language}
    else:
        about = {
            "@type": "TechArticle",
            "headline": page.title,
            "inLanguage": language,
            "url": page.canonical,
            "mainEntityOfPage": page.canonical,
            "isPartOf": site,
            "author": [{"@type": "Person", "name": name} for name in page.authors],
            "datePublished": iso(page.written),
            "dateModified": iso(page.changed or page.written),
        }
        written = page.original_locale or page.default_locale
        original = page.versions.get(written)
        if original and page.locale != written:
            about["translationOfWork"] = {"@type": "TechArticle", "@id": original}
    way = [(site_name, site_url), *page.ancestors, (page.title, page.canonical)]
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(way, 1)
        ],
    }
    graph = [_filled(about)] if page.is_home else [_filled(about), crumbs]
    data = {"@context": "https://schema.org", "@graph": graph}
    # `</script>` in a title must not end the script.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _filled(values: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in values.items() if value}


def _territory(locale: str) -> str:
    """`zh_CN` for `zh`: Open Graph wants a country with each language."""
    likely = get_global("likely_subtags").get(locale.replace("-", "_"), locale)
    parts = likely.replace("-", "_").split("_")
    return f"{parts[0]}_{parts[-1]}" if len(parts) > 1 else locale


def open_graph(page: PublishedPage, site_name: str) -> list[tuple[str, str]]:
    """Property and content of the page's Open Graph elements, picture apart."""
    properties = [
        ("og:type", "website" if page.is_home else "article"),
        ("og:title", page.title),
        ("og:description", page.description),
        ("og:url", page.canonical),
        ("og:site_name", site_name),
        ("og:locale", _territory(page.locale)),
    ]
    properties += [
        ("og:locale:alternate", _territory(locale))
        for locale in page.versions
        if locale != page.locale
    ]
    if not page.is_home:
        properties += [
            ("article:published_time", iso(page.written)),
            ("article:modified_time", iso(page.changed)),
        ]
    return [(name, content) for name, content in properties if content]
