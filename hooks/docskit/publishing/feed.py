"""An Atom feed of one language: pages that are new or have changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from xml.etree.ElementTree import Element, SubElement

from docskit.messages import in_language
from docskit.publishing.published import PublishedPage
from docskit.publishing.sitemap import to_xml
from docskit.translation import State

ENTRIES = 30
_ATOM = "http://www.w3.org/2005/Atom"
_LABELS = {
    "zh": {"stale": "译文已过期", "unrecorded": "译文未核对", "drafted": "机器起草的译文"},
    "en": {
        "stale": "outdated translation",
        "unrecorded": "translation not verified",
        "drafted": "machine draft",
    },
}


def atom(
    pages: Iterable[PublishedPage],
    *,
    title: str,
    subtitle: str,
    home: str,
    address: str,
    author: str,
    language: str,
) -> str:
    """The feed for the URL `address`; pages without a date of their own are left out."""
    dated = [(moment, page) for page in pages if page.is_own and (moment := _moment(page))]
    dated.sort(key=lambda item: (item[0], item[1].path), reverse=True)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    SubElement(root, "id").text = address
    SubElement(root, "title").text = title
    if subtitle:
        SubElement(root, "subtitle").text = subtitle
    SubElement(root, "link", rel="self", type="application/atom+xml", href=address)
    SubElement(root, "link", rel="alternate", type="text/html", href=home)
    # Atom wants a moment here even of a feed without entries.
    newest = dated[0][0] if dated else datetime(1970, 1, 1, tzinfo=UTC)
    SubElement(root, "updated").text = newest.isoformat()
    SubElement(SubElement(root, "author"), "name").text = author or title
    for moment, page in dated[:ENTRIES]:
        root.append(_entry(page, moment, language))
    return to_xml(root)


def _entry(page: PublishedPage, moment: datetime, language: str) -> Element:
    entry = Element("entry")
    SubElement(entry, "id").text = page.canonical
    SubElement(entry, "title").text = page.title
    SubElement(entry, "link", rel="alternate", type="text/html", href=page.canonical)
    for other, url in page.versions.items():
        if other != page.locale:
            SubElement(entry, "link", rel="alternate", hreflang=other, href=url)
    if page.written:
        SubElement(entry, "published").text = _as_moment(page.written).isoformat()
    SubElement(entry, "updated").text = moment.isoformat()
    for name in page.authors:
        SubElement(SubElement(entry, "author"), "name").text = name
    if page.state in {State.STALE, State.UNRECORDED, State.DRAFTED}:
        labels = in_language(_LABELS, language)
        SubElement(entry, "category", term=str(page.state), label=labels[page.state])
    SubElement(entry, "summary").text = page.description
    return entry


def _moment(page: PublishedPage) -> datetime | None:
    days = [_as_moment(day) for day in (page.changed, page.written) if day]
    return max(days, default=None)


def _as_moment(day: date | datetime) -> datetime:
    """A day begins at midnight UTC; so does a moment without a time zone lie in UTC."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
