"""An EPUB 3: a zip with the chapters, and three small files that say what is in it.

No library: EbookLib is under the AGPL, and reads each chapter again as HTML 4, which spells
`viewBox` in small letters.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from docskit.book.chapters import Book, Chapter
from docskit.book.pictures import MEDIA_TYPES, drawing
from docskit.book.xhtml import document

_STYLE = "book.css"
_COVER = "cover.png"
# Times before 1980 do not fit, and the same pages make the same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_CONTAINER = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="book/package.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def epub(book: Book, style: str, read: Callable[[str], bytes], cover: bytes = b"") -> bytes:
    """The file's bytes.

    `style` is the style sheet, `read` gives the picture at a path of the site, and `cover` is a
    PNG, or empty for a cover of words.
    """
    files: dict[str, bytes] = {_STYLE: style.encode()}
    if cover:
        files[_COVER] = cover
    pages = {"cover": _cover_page(book, bool(cover)), "nav": _nav(book)}
    pages |= {chapter.name: _chapter(chapter, book) for chapter in book.chapters}
    for name, text in pages.items():
        files[f"{name}.xhtml"] = text.encode()
    for path, name in book.pictures.items():
        content = read(path)
        files[name] = drawing(content) if name.endswith(".svg") else content
    files["package.opf"] = _package(book, files).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        # The first, and not compressed: by these bytes a reader knows the format.
        _write(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        _write(archive, "META-INF/container.xml", _CONTAINER.encode())
        for name in sorted(files):
            _write(archive, f"book/{name}", files[name])
    return out.getvalue()


def _write(
    archive: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _chapter(chapter: Chapter, book: Book) -> str:
    kind = "part" if chapter.is_part else "chapter"
    section = Element("section", {"epub:type": kind, "class": kind})
    if chapter.lang and chapter.lang != book.source.locale:
        section.set("lang", chapter.lang)
        section.set("xml:lang", chapter.lang)
    section.append(chapter.body)
    return document(chapter.title, book.source.locale, [section], [_STYLE], "bodymatter")


def _cover_page(book: Book, has_picture: bool) -> str:
    source = book.source
    section = Element("section", {"class": "cover", "epub:type": "cover"})
    if has_picture:
        SubElement(section, "img", {"class": "cover-picture"}, src=_COVER, alt=source.title)
    else:
        SubElement(section, "h1").text = source.title
        for line in (source.subtitle, source.author):
            if line:
                SubElement(section, "p").text = line
    return document(source.title, source.locale, [section], [_STYLE], "frontmatter")


def _nav(book: Book) -> str:
    words, source = book.words, book.source
    toc = Element("nav", {"epub:type": "toc", "id": "toc", "role": "doc-toc"})
    SubElement(toc, "h1").text = words.contents
    toc.append(contents(book, lambda chapter: f"{chapter.name}.xhtml"))
    marks = Element("nav", {"epub:type": "landmarks", "hidden": "hidden"})
    items = SubElement(marks, "ol")
    first = book.chapters[0].name if book.chapters else "cover"
    for kind, name, label in (
        ("cover", "cover", words.cover),
        ("toc", "nav", words.contents),
        ("bodymatter", first, words.begin),
    ):
        link = SubElement(SubElement(items, "li"), "a", {"epub:type": kind})
        link.set("href", f"{name}.xhtml" + ("#toc" if kind == "toc" else ""))
        link.text = label
    return document(words.contents, source.locale, [toc, *colophon(book), marks], [_STYLE])


def contents(book: Book, address: Callable[[Chapter], str]) -> Element:
    """The chapters as lists within lists; a level that is left out makes none."""
    root = Element("ol")
    # (level of the list's own items, list)
    open_lists: list[tuple[int, Element]] = [(-1, root)]
    for chapter in book.chapters:
        while len(open_lists) > 1 and open_lists[-1][0] > chapter.level:
            open_lists.pop()
        level, items = open_lists[-1]
        if chapter.level > level >= 0 and len(items):
            items = SubElement(items[-1], "ol")
            open_lists.append((chapter.level, items))
        elif level < 0:
            open_lists[-1] = (chapter.level, items)
        item = SubElement(items, "li")
        if chapter.is_part:
            item.set("class", "part-line")
        link = SubElement(item, "a", href=address(chapter))
        link.text = chapter.title
    return root


def colophon(book: Book) -> list[Element]:
    """Where the newest version is, of what day this one is, and under which terms."""
    source, words = book.source, book.words
    lines = []
    if source.site_url:
        line = Element("p", {"class": "colophon"})
        line.text = f"{words.newest} "
        SubElement(line, "a", href=source.site_url).text = source.site_url
        lines.append(line)
    for text in (words.made.format(source.changed) if source.changed else "", source.rights):
        if text:
            line = Element("p", {"class": "colophon"})
            line.text = text
            lines.append(line)
    return lines


def _package(book: Book, files: Iterable[str]) -> str:
    source = book.source
    root = Element(
        "package",
        {
            "xmlns": "http://www.idpf.org/2007/opf",
            "version": "3.0",
            "unique-identifier": "id",
            "xml:lang": source.locale,
        },
    )
    about = SubElement(root, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    known = source.site_url or source.title
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"{known}#{source.locale}")
    SubElement(about, "dc:identifier", id="id").text = f"urn:uuid:{number}"
    for name, value in (
        ("title", source.title),
        ("language", source.locale),
        ("creator", source.author),
        ("description", source.subtitle),
        ("rights", source.rights),
        ("source", source.site_url),
    ):
        if value:
            SubElement(about, f"dc:{name}").text = value
    moment = f"{source.changed or '2000-01-01'}T00:00:00Z"
    SubElement(about, "meta", property="dcterms:modified").text = moment
    manifest = SubElement(root, "manifest")
    holding = {f"{chapter.name}.xhtml": _holds(chapter) for chapter in book.chapters}
    for name in sorted(files):
        properties = {"nav.xhtml": "nav", _COVER: "cover-image"}.get(name, holding.get(name, ""))
        extension = name[name.rindex(".") :]
        item = SubElement(
            manifest,
            "item",
            {
                "id": name.replace("/", "-"),
                "href": name,
                "media-type": {".xhtml": "application/xhtml+xml", ".css": "text/css"}.get(extension)
                or MEDIA_TYPES[extension],
            },
        )
        if properties:
            item.set("properties", properties)
    spine = SubElement(root, "spine")
    for name in ("cover", "nav", *(chapter.name for chapter in book.chapters)):
        SubElement(spine, "itemref", idref=f"{name}.xhtml")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="unicode")


def _holds(chapter: Chapter) -> str:
    tags = {element.tag for element in chapter.body.iter()}
    found = [name for tag, name in (("math", "mathml"), ("svg", "svg")) if tag in tags]
    return " ".join(found)
