"""Trees as documents."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from docskit.book.tree import EPUB, XHTML, clean


def document(
    title: str, lang: str, body: Iterable[Element], styles: Iterable[str], kind: str = ""
) -> str:
    """An XHTML document around `body`; `styles` are addresses of style sheets."""
    root = Element("html", {"xmlns": XHTML, "xmlns:epub": EPUB, "lang": lang, "xml:lang": lang})
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "title").text = clean(title)
    for style in styles:
        SubElement(head, "link", rel="stylesheet", type="text/css", href=style)
    inside = SubElement(root, "body", {"epub:type": kind} if kind else {})
    inside.extend(body)
    return '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' + tostring(
        root, encoding="unicode"
    )
