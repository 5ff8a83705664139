"""Each page as a chapter: what works on a screen alone is gone, and links stay in the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import basename
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, SubElement

from docskit.book.book_source import BookPage, BookSource, Entry
from docskit.book.tree import children_first, classes, mend, replace, text_of, tree_of, unwrap
from docskit.book.words import Words, words_of

_HOST = "http://site.invalid/"
"""Stands for the site's root while addresses are worked out."""
_DARK = ("#only-dark", "#gh-dark-mode-only")
_FOR_SCREENS = {"headerlink", "md-code__nav", "unfold", "glossary-filter", "md-annotation"}
_MEDIA = {"video", "audio", "iframe", "object", "embed"}
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*((?:[^()]|\([^()]*\))*)\)")
_SCREEN_RULE = re.compile(r"@media screen\{(?:[^{}]|\{[^{}]*\})*\}")
_SAFE = "/#%=:;$&()+,!?*@'~._-"


@dataclass(frozen=True, slots=True)
class Lost:
    """Something of a page that is not in the book: what it is, and of which page."""

    path: str
    what: str
    target: str


@dataclass(slots=True)
class Chapter:
    """A page or a heading of the navigation; `name` is its file's without an extension."""

    name: str
    title: str
    level: int
    body: Element
    lang: str = ""
    path: str = ""
    ids: set[str] = field(default_factory=set)

    @property
    def is_part(self) -> bool:
        """Whether it is a heading of the navigation without a page of its own."""
        return not self.path


@dataclass(frozen=True, slots=True)
class Book:
    """All chapters in reading order; `pictures` are paths in the site → names in the book."""

    source: BookSource
    words: Words
    chapters: tuple[Chapter, ...]
    pictures: Mapping[str, str]
    lost: tuple[Lost, ...]


def _key(path: str) -> str:
    """One spelling of a page's address: `./`, `x/index.html` and `x/` are alike."""
    path = unquote(path).removeprefix("./")
    return path.removesuffix("index.html").rstrip("/")


def book_of(source: BookSource, picture: Callable[[str], str], frames: Mapping[str, str]) -> Book:
    """Make the chapters.

    `picture` says which extension the picture at a path of the site has (`.png`), '' where there
    is none that a book can show. `frames` says what stands over a block of code, by its class.
    """
    words = words_of(source.locale)
    pages = {_key(page.path): page for page in source.pages}
    homes = {"", source.locale}
    chapters: list[Chapter] = []
    for entry in _listed(source):
        page = pages.get(_key(entry.path)) if entry.path else None
        name = f"c{len(chapters) + 1:04d}"
        # On the site it is called what a menu needs: `Home`.
        title = words.preface if entry.path and _key(entry.path) in homes else entry.title
        if page is None:
            body = Element("div")
            SubElement(body, "h1").text = entry.title
            chapters.append(Chapter(name, entry.title, entry.level, body))
            continue
        body = _article(page, source, words, frames)
        chapter = Chapter(name, title or page.title, entry.level, body, page.lang, page.path)
        chapter.ids = {element.get("id", "") for element in body.iter()} - {""}
        chapters.append(chapter)
    links = _Links(source, {_key(c.path): c for c in chapters if c.path}, words, picture)
    for chapter in chapters:
        links.mend(chapter)
    return Book(source, words, tuple(chapters), links.pictures, tuple(links.lost))


def _listed(source: BookSource) -> Sequence[Entry]:
    """The entries that lead somewhere, each page once."""
    known = {_key(page.path) for page in source.pages}
    kept: list[Entry] = []
    seen: set[str] = set()
    for place, entry in enumerate(source.entries):
        if entry.path:
            if _key(entry.path) in seen or _key(entry.path) not in known:
                continue
            seen.add(_key(entry.path))
            kept.append(entry)
            continue
        below = []
        for other in source.entries[place + 1 :]:
            if other.level <= entry.level:
                break
            below.append(other)
        if any(_key(other.path) in known - seen for other in below if other.path):
            kept.append(entry)
    return kept


def _article(
    page: BookPage, source: BookSource, words: Words, frames: Mapping[str, str]
) -> Element:
    body = tree_of(page.html)
    for element, parent in children_first(body):
        _for_paper(element, parent, words, frames)
    mend(body)
    heading = next((found for found in body.iter() if found.tag == "h1"), None)
    if heading is None:
        heading = Element("h1")
        heading.text = page.title
        body.insert(0, heading)
        heading.tail, body.text = body.text, None
    if page.lang != source.locale:
        note = Element("p", {"class": "original"})
        note.text = words.original
        body.insert(0, note)
    byline = " · ".join(filter(None, [page.authors, page.written]))
    if page.authors and page.authors != source.author and heading in list(body):
        line = Element("p", {"class": "byline"})
        line.text = byline
        body.insert(list(body).index(heading) + 1, line)
    return body


def _for_paper(element: Element, parent: Element, words: Words, frames: Mapping[str, str]) -> None:
    tag, kinds = element.tag, classes(element)
    if tag == "svg":
        _plain_colours(element)
    elif kinds & _FOR_SCREENS or (tag == "img" and element.get("src", "").endswith(_DARK)):
        replace(parent, element)
    elif (tag == "dfn" and "term" in kinds) or (tag == "a" and "glightbox" in kinds):
        unwrap(parent, element)
    elif tag in _MEDIA:
        replace(parent, element, _media(element, parent, words))
    elif tag == "details":
        _open(element)
    elif "tabbed-set" in kinds:
        _show_tabs(element)
    elif "highlighttable" in kinds:
        _hoist_file_name(element, parent)
    elif "highlight" in kinds and tag == "div":
        _frame(element, kinds, words, frames)
    elif "footnote" in kinds and tag == "div":
        element.set("epub:type", "footnotes")
    elif "footnote-ref" in kinds and tag == "a":
        element.set("epub:type", "noteref")
    elif tag == "li" and element.get("id", "").startswith("fn:"):
        element.set("epub:type", "footnote")


def _plain_colours(svg: Element) -> None:
    """Not every reader knows custom properties: each has its light colour beside it."""
    for element in svg.iter():
        if element.tag == "style":
            text = _SCREEN_RULE.sub("", element.text or "")
            element.text = _VARIABLE.sub(r"\1", text)
        for name, value in element.attrib.items():
            if "var(" in value:
                element.set(name, _VARIABLE.sub(r"\1", value))


def _media(element: Element, parent: Element, words: Words) -> Element:
    target = element.get("src") or element.get("data") or ""
    # `<source>` is gone by now; a link to the page is better than none.
    link = Element("a", {"class": "media", "href": target or "#"})
    label = element.get("title") or text_of(element).strip() or basename(urlsplit(target).path)
    link.text = words.media.format(label or urlsplit(target).netloc)
    if parent.tag in {"p", "span", "a", "h1", "h2", "h3"}:
        return link
    paragraph = Element("p")
    paragraph.append(link)
    return paragraph


def _open(details: Element) -> None:
    summary = next((child for child in details if child.tag == "summary"), None)
    details.tag = "div"
    kinds = details.get("class", "")
    details.set("class", f"admonition {kinds}".strip())
    if summary is not None:
        summary.tag = "p"
        summary.set("class", "admonition-title")


def _show_tabs(tabs: Element) -> None:
    labels = [
        text_of(label).strip()
        for found in tabs
        if "tabbed-labels" in classes(found)
        for label in found
    ]
    content = next((child for child in tabs if "tabbed-content" in classes(child)), None)
    if content is None:
        return
    blocks = [block for block in content if "tabbed-block" in classes(block)]
    for label, block in zip(labels, blocks, strict=False):
        heading = Element("p", {"class": "tab-label"})
        heading.text = label
        heading.tail, block.text = block.text, None
        block.insert(0, heading)
    tabs[:] = blocks
    tabs.text = None


def _hoist_file_name(table: Element, parent: Element) -> None:
    """The name of a file stands over the table of its lines, not in it."""
    for row_parent in list(table.iter()):
        for row in list(row_parent):
            name = next((found for found in row.iter() if "filename" in classes(found)), None)
            if row.tag == "tr" and name is not None:
                name.tail = None
                replace(row_parent, row)
                parent.insert(list(parent).index(table), name)


def _frame(block: Element, kinds: set[str], words: Words, frames: Mapping[str, str]) -> None:
    if any("filename" in classes(child) for child in block.iter()):
        return
    label = next((frames[kind] for kind in sorted(kinds) if kind in frames), "")
    if label:
        bar = Element("p", {"class": "frame"})
        bar.text = words.terminal if label == "terminal" else label
        block.insert(0, bar)


class _Links:
    """Where addresses lead in the book, and which pictures it needs."""

    def __init__(
        self,
        source: BookSource,
        chapters: Mapping[str, Chapter],
        words: Words,
        picture: Callable[[str], str],
    ) -> None:
        self.pictures: dict[str, str] = {}
        self.lost: list[Lost] = []
        self._source, self._chapters, self._words = source, chapters, words
        self._picture = picture

    def mend(self, chapter: Chapter) -> None:
        """Give every link and picture of a chapter an address that works in the book."""
        for element, parent in children_first(chapter.body):
            if element.tag == "a":
                self._link(element, parent, chapter)
            elif element.tag == "img":
                self._image(element, parent, chapter)
            elif element.tag == "svg":
                self._drawing(element, chapter)

    def _inside(self, address: str, chapter: Chapter) -> tuple[str | None, str]:
        """(path in the site or None for elsewhere, the absolute address)."""
        try:
            whole = urljoin(_HOST + chapter.path.removeprefix("./"), address.strip())
            urlsplit(whole).port  # noqa: B018
        except ValueError:
            return None, ""
        own = self._source.site_url
        if own and whole.startswith(own):
            whole = _HOST + whole[len(own) :]
        if whole.startswith(_HOST):
            path = whole[len(_HOST) :]
            return path, (own + path if own else "")
        return None, whole

    def _link(self, link: Element, parent: Element, chapter: Chapter) -> None:
        given = link.get("href", "")
        path, address = self._inside(given, chapter)
        if path is not None:
            page, _, fragment = path.partition("#")
            target = self._chapters.get(_key(page.partition("?")[0]))
            if target is not None:
                fragment = unquote(fragment)
                anchored = f"#{fragment}" if fragment in target.ids else ""
                link.set("href", f"{target.name}.xhtml{anchored}")
                return
        address = _quoted(address)
        if address:
            link.set("href", address)
            return
        # Nowhere that a book can lead to: the words stay.
        if given and path is None:
            self.lost.append(Lost(chapter.path, "link", given))
        link.attrib.pop("href", None)
        unwrap(parent, link)

    def _image(self, image: Element, parent: Element, chapter: Chapter) -> None:
        given = image.get("src", "")
        path, address = self._inside(given, chapter)
        image.set("alt", image.get("alt", ""))
        if path is not None:
            path = unquote(re.split(r"[?#]", path)[0])
            extension = self._picture(path)
            if extension:
                number = len(self.pictures) + 1
                image.set(
                    "src", self.pictures.setdefault(path, f"pictures/{number:04d}{extension}")
                )
                return
        elif given.startswith("data:image/"):
            return
        self.lost.append(Lost(chapter.path, "picture", given))
        words = self._words.picture.format(image.get("alt") or basename(urlsplit(address).path))
        if _quoted(address) and parent.tag != "a":
            link = Element("a", {"href": _quoted(address)})
        else:
            link = Element("span")
        link.set("class", "missing")
        link.text = words
        replace(parent, image, link)

    def _drawing(self, svg: Element, chapter: Chapter) -> None:
        for element in svg.iter():
            for name in ("href", "xlink:href"):
                value = element.get(name, "")
                if value and not value.startswith(("#", "data:")):
                    _, address = self._inside(value, chapter)
                    if element.tag == "a" and _quoted(address):
                        element.set(name, _quoted(address))
                    else:
                        del element.attrib[name]


def _quoted(address: str) -> str:
    """An address in ASCII, with nothing in it that an address must not have; '' for none."""
    parts = urlsplit(address)
    if parts.scheme in {"mailto", "tel"}:
        return quote(address, safe=_SAFE)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return ""
    try:
        host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    except UnicodeError:
        return ""
    if not re.fullmatch(r"[\w.~@:%\[\]-]+", host):
        return ""
    rest = quote(parts._replace(scheme="", netloc="").geturl(), safe=_SAFE)
    rest = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", rest)
    before, mark, fragment = rest.partition("#")
    return f"{parts.scheme}://{host}{before}{mark}{fragment.replace('#', '%23')}"
