"""The whole book as one document with numbered pages, for a browser to print."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement

from docskit.book.chapters import Book, Chapter
from docskit.book.epub import colophon, contents
from docskit.book.xhtml import document

_HEADING = re.compile(r"h([1-6])")
_CHAPTER_LINK = re.compile(r"(c\d+)\.xhtml(?:#(.*))?", re.DOTALL)


def paper(book: Book, styles: list[str], mark: str, numbers: Mapping[str, int]) -> str:
    """The document, beside which the pictures lie under their names.

    `mark` is the address of the site's mark, or empty. `numbers` has the page on which each
    chapter begins, by its name: empty when it is printed for the first time.
    """
    source = book.source
    parts = [_cover(book, mark), _contents(book, numbers)]
    parts += [_section(chapter, book) for chapter in book.chapters]
    text = document(source.title, source.locale, parts, styles)
    author = f'<meta name="author" content="{_attribute(source.author)}" />'
    return text.replace("</title>", f"</title>{author}<style>{_running_heads(book)}</style>", 1)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _running_heads(book: Book) -> str:
    """Each chapter's pages have a name of their own, and its title at their head."""
    rules = []
    book_title = _css(book.source.title)
    for chapter in book.chapters:
        if not chapter.is_part:
            title = _css(_short(chapter.title))
            rules.append(f"@page {chapter.name} {{ @top-right {{ content: {title} }} }}")
            rules.append(f"@page {chapter.name} {{ @top-left {{ content: {book_title} }} }}")
    return "\n".join(rules)


def _css(text: str) -> str:
    """A string of CSS: whatever could end it, or the element around it, as a number."""
    return '"' + re.sub(r'[\x00-\x1f"\\<>&]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _short(title: str) -> str:
    return title if len(title) <= 40 else f"{title[:39]}…"


def _cover(book: Book, mark: str) -> Element:
    source = book.source
    cover = Element("section", {"class": "cover"})
    if mark:
        SubElement(cover, "img", {"class": "cover-mark"}, src=mark, alt="")
    SubElement(cover, "p", {"class": "cover-title"}).text = source.title
    if source.subtitle:
        SubElement(cover, "p", {"class": "cover-subtitle"}).text = source.subtitle
    foot = SubElement(cover, "div", {"class": "cover-foot"})
    if source.author and source.author not in source.title:
        SubElement(foot, "p").text = source.author
    foot.extend(colophon(book))
    return cover


def _contents(book: Book, numbers: Mapping[str, int]) -> Element:
    section = Element("section", {"class": "contents"})
    SubElement(section, "h1", {"id": "contents", "class": "h1"}).text = book.words.contents
    lists = contents(book, lambda chapter: f"#{chapter.name}")
    for link in list(lists.iter("a")):
        title = Element("span", {"class": "line-title"})
        title.text, link.text = link.text, None
        link.append(title)
        SubElement(link, "span", {"class": "line-dots"})
        number = numbers.get(link.get("href", "").removeprefix("#"))
        SubElement(link, "span", {"class": "line-page"}).text = str(number) if number else "000"
    section.append(lists)
    return section


def _section(chapter: Chapter, book: Book) -> Element:
    section = Element(
        "section",
        {"class": "part"}
        if chapter.is_part
        else {"class": "chapter", "style": f"page: {chapter.name}"},
    )
    if chapter.lang and chapter.lang != book.source.locale:
        section.set("lang", chapter.lang)
        section.set("xml:lang", chapter.lang)
    section.set("id", chapter.name)
    body = copy.deepcopy(chapter.body)
    drawn: set[Element] = set()
    for element in body.iter():
        if element in drawn:
            continue
        if element.tag == "svg":
            drawn.update(element.iter())
            _own_ids(element, chapter.name)
            continue
        if element.get("id"):
            element.set("id", f"{chapter.name}-{element.get('id')}")
        found = _CHAPTER_LINK.fullmatch(element.get("href", ""))
        if found:
            element.set("href", f"#{found[1]}-{found[2]}" if found[2] else f"#{found[1]}")
        heading = _HEADING.fullmatch(str(element.tag))
        if heading:
            # The outline of a PDF has the levels of the headings.
            element.set("class", f"{element.get('class', '')} {element.tag}".strip())
            element.tag = f"h{min(6, int(heading[1]) + chapter.level)}"
    section.append(body)
    return section


def _own_ids(svg: Element, prefix: str) -> None:
    """The same drawing may stand in two chapters."""
    names = {element.get("id", "") for element in svg.iter()} - {""}
    if not names:
        return
    # A colour may look like an id: `#add`.
    reference = re.compile(f"#({'|'.join(map(re.escape, names))})(?![\\w-])")
    for element in svg.iter():
        if element.tag == "style" and element.text:
            element.text = reference.sub(rf"#{prefix}-\1", element.text)
        for name, value in element.attrib.items():
            if name in {"id", "aria-labelledby", "aria-describedby"}:
                element.set(name, " ".join(f"{prefix}-{word}" for word in value.split()))
            elif "#" in value:
                element.set(name, reference.sub(rf"#{prefix}-\1", value))
