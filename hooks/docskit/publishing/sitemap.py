"""sitemap.xml, with each page's other languages and the day it was really changed."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from docskit.messages import fit
from docskit.publishing.published import PublishedPage, iso

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(pages: Iterable[PublishedPage]) -> str:
    """The sitemap of all languages; pages that only stand in for a translation are left out."""
    root = Element("urlset", {"xmlns": _SITEMAP, "xmlns:xhtml": _XHTML})
    for page in sorted(pages, key=lambda page: (page.locale != page.default_locale, page.path)):
        if not page.is_own or not page.canonical:
            continue
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = page.canonical
        if page.changed or page.written:
            SubElement(entry, "lastmod").text = iso(page.changed or page.written)
        for language, url in page.alternates:
            SubElement(entry, "xhtml:link", rel="alternate", hreflang=language, href=url)
    return to_xml(root)


def to_xml(root: Element) -> str:
    """A document, indented, with its declaration."""
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    # What XML cannot hold would make the whole file unreadable.
    text = fit(text)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
