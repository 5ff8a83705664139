"""Gives the headings of a converted page their anchors, and those of its twins as well."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.extensions.toc import strip_tags, unescape
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from docskit.reading import Anchor, Heading, anchors, short_slug

ALIAS_CLASS = "anchor-alias"
_HEADING = re.compile(r"h[1-6]", re.IGNORECASE)
_RAW_HEADING = re.compile(
    r"<(?P<tag>h[1-6])(?P<rest>(?=[\s>])(?![^<>]*\bid\s*=)[^<>]*)>"
    r"(?P<inside>(?:(?!</?h[1-6]\b).)*)(?=</(?P=tag)\s*>)",
    re.IGNORECASE | re.DOTALL,
)
_RAW_ID = re.compile(r"""\b(?:id|name)\s*=\s*["']?([^\s"'>]+)""", re.IGNORECASE)


def headings_of(root: Element) -> Iterator[Element]:
    for element in root.iter():
        if isinstance(element.tag, str) and _HEADING.fullmatch(element.tag):
            yield element


class AnchorExtension(Extension):
    """One for all pages; `outline` and `twins` are set before each page is converted.

    `outline` has the levels of the headings at the top of the page's source, and for each
    twin `twins` has the id that shall lead to a heading too, by that heading's index there.
    Where the conversion has found other headings than the source promised, none does.
    `former` leads from an anchor that one of the page's headings had before to the one that it
    has now; `twins_former` has the same of each twin. They never replace an id that is there.
    `link_title` says in the page's language what the link beside a heading is for.
    `found` holds the page's own levels and ids afterwards, and `raw` the ids that were given to
    headings of raw HTML, which otherwise have none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.outline: Sequence[int] = ()
        self.twins: Sequence[Mapping[int, str]] = ()
        self.former: Mapping[str, str] = {}
        self.twins_former: Sequence[Mapping[str, str]] = ()
        self.link_title = ""
        self.found: list[tuple[int, str]] = []
        self.raw: set[str] = set()

    def __repr__(self) -> str:
        return "AnchorExtension()"

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.registerExtension(self)
        # After attr_list (8), which sets the authors' own ids, and before toc (5).
        md.treeprocessors.register(_Ids(md, self), "anchor_ids", 6)
        # After toc, which takes its titles from the headings, and before MkDocs collects
        # the ids, both at 5 as well: equals run in the order of registration.
        md.treeprocessors.register(_Aliases(md, self), "anchor_aliases", 5)

    def reset(self) -> None:
        self.given: list[tuple[Element, Anchor]] = []


class _Ids(Treeprocessor):
    def __init__(self, md: Markdown, extension: AnchorExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        elements = list(headings_of(root))
        headings = [
            Heading(int(element.tag[1]), self._text(element), element.get("id", ""))
            for element in elements
        ]
        others = {element.get("id", "") for element in root.iter()} - {""}
        given = anchors(headings, others - {heading.explicit for heading in headings})
        for element, anchor in zip(elements, given, strict=True):
            element.set("id", anchor.id)
        self.extension.given = list(zip(elements, given, strict=True))
        self._name_raw_headings(others | {name for a in given for name in (a.id, *a.aliases)})

    def _name_raw_headings(self, used: set[str]) -> None:
        """Give an id to headings of raw HTML; the first of several with the same words has it."""
        raw = self.extension.raw = set()
        blocks = self.md.htmlStash.rawHtmlBlocks
        texts = [block for block in blocks if isinstance(block, str)]
        if not any("<h" in text or "<H" in text for text in texts):
            return
        used |= {name for text in texts for name in _RAW_ID.findall(text)}

        def named(heading: re.Match[str]) -> str:
            name = short_slug(html.unescape(strip_tags(heading["inside"])))
            if name in used:
                return heading[0]
            used.add(name)
            raw.add(name)
            return (
                f'<{heading["tag"]} id="{html.escape(name)}"{heading["rest"]}>{heading["inside"]}'
            )

        for number, block in enumerate(blocks):
            if isinstance(block, str):
                blocks[number] = _RAW_HEADING.sub(named, block)

    def _text(self, element: Element) -> str:
        def raw(match: re.Match[str]) -> str:
            block = self.md.htmlStash.rawHtmlBlocks[int(match.group(1))]
            text = block if isinstance(block, str) else "".join(block.itertext())
            return strip_tags(text)

        words = "".join(self._words(element))
        text = unescape(HTML_PLACEHOLDER_RE.sub(raw, words))
        return html.unescape(text.replace("\x02amp\x03", "&"))

    def _words(self, element: Element) -> Iterator[str]:
        if element.tag == "sup" and element.get("id", "").startswith("fnref"):
            return
        yield element.text or ""
        for child in element:
            yield from self._words(child)
            yield child.tail or ""


class _Aliases(Treeprocessor):
    def __init__(self, md: Markdown, extension: AnchorExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        given = self.extension.given
        # Sections are what stands at the top: a heading in a note has no twin.
        children = set(root)
        top = [(element, anchor) for element, anchor in given if element in children]
        self.extension.found = [(int(element.tag[1]), anchor.id) for element, anchor in top]
        for link in root.iter("a"):
            if self.extension.link_title and link.get("class") == "headerlink":
                link.set("title", self.extension.link_title)
        used = {element.get("id") for element in root.iter()}
        wanted = [(element, alias) for element, anchor in given for alias in anchor.aliases]
        if [level for level, _ in self.extension.found] == list(self.extension.outline):
            for twin in self.extension.twins:
                wanted += [(top[index][0], twin_id) for index, twin_id in twin.items()]
            former = self._of_former_titles(given, top)
        else:
            former = self._of_former_titles(given, [])
        for element, alias in [*wanted, *former]:
            if alias not in used:
                used.add(alias)
                _put_first(element, alias)

    def _of_former_titles(
        self, given: list[tuple[Element, Anchor]], top: list[tuple[Element, Anchor]]
    ) -> Iterator[tuple[Element, str]]:
        """Headings and the ids that they, or their counterparts, had before."""
        known = {alias: element for element, anchor in given for alias in anchor.aliases}
        known |= {anchor.id: element for element, anchor in given}
        for old, new in self.extension.former.items():
            if new in known:
                yield known[new], old
        if not top:
            return
        twins = zip(self.extension.twins, self.extension.twins_former, strict=False)
        for twin, former in twins:
            indices = {twin_id: index for index, twin_id in twin.items()}
            for old, new in former.items():
                if new in indices:
                    yield top[indices[new]][0], old


def _put_first(heading: Element, alias: str) -> None:
    mark = Element("span", {"class": ALIAS_CLASS, "id": alias})
    mark.tail, heading.text = heading.text, None
    heading.insert(0, mark)
