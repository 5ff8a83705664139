"""The dialect as a Python-Markdown extension: another parser, and steps around it."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX

from docskit.dialect.inline_tree import InlineTree
from docskit.dialect.line_ends import LineEnds
from docskit.dialect.notices import Notices
from docskit.dialect.reading import Reading
from docskit.dialect.tree import TreeParser
from docskit.messages import Problem
from docskit.reading import ATTRIBUTES

# What CommonMark's parser does itself; every other inline pattern runs on the text that is left.
_INLINE = frozenset(
    re.findall(
        r"[\w-]+",
        """backtick escape reference link image_link image_reference short_reference short_image_ref
autolink automail linebreak html entity not_strong em_strong em_strong2 strong_em strong_em2
mark tilde insert arithmatex-inline footnote magic-link magic-mail smart_emphasis hardbreak""",
    )
)
# Patterns of this priority and above see a text before links and emphasis do.
_EARLY = 170
_WIDE = re.compile(
    r"(?:&emsp;|&ensp;|&#8195;|&#12288;|&#x3000;|&nbsp;|[\u2003\u2002\u3000\xa0])+[ ]*"
)
_MEASURE = re.compile(r"\d+(?:\.\d+)?(?:in|cm|mm|pt|pc|em|rem|ch|vw|vh)")


def reading_of(md: Markdown) -> Reading:
    """What CommonMark's parser has read on the page that `md` converted last."""
    parser: Any = md.parser
    found: Reading = parser.reading
    return found


class DialectExtension(Extension):
    """Has to be registered after all extensions that add patterns or block processors.

    `begin` says which page comes next; `problems` has what its author should know afterwards.
    `backlink_title` is what the link behind a footnote is called, in the page's language.
    """

    def __init__(self) -> None:
        super().__init__()
        self._notices = Notices()
        self.backlink_title = ""

    def __repr__(self) -> str:
        return "DialectExtension()"

    def begin(self, path: str, first_line: int) -> None:
        """The source URI of the next page, and the line of its file where its text begins."""
        self._notices.begin(path, first_line)

    @property
    def problems(self) -> list[Problem]:
        """What the author of the page should know."""
        return sorted(self._notices.problems)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put `TreeParser` in the place of the block parser that all extensions hold."""
        md.registerExtension(self)
        self._md = md
        parser: Any = md.parser
        parser.__class__ = TreeParser
        if "html_block" in md.preprocessors:
            parser.html_blocks = md.preprocessors["html_block"]
        parser.prepare(self._notices)
        for name in ("html_block", "fenced_raw_block"):
            if name in md.preprocessors:
                md.preprocessors.deregister(name)
        if "fenced_code_block" in md.preprocessors:
            # Its own validators look it up there.
            fences: Any = md.preprocessors["fenced_code_block"]
            fences.run = lambda lines: lines
        md.preprocessors.register(_Clean(md), "normalize_whitespace", 30)
        self._take_over_patterns(md, parser)
        if "indent-highlight" in md.treeprocessors:
            md.treeprocessors.deregister("indent-highlight")
        md.treeprocessors.register(_Indents(md), "dialect-indents", 25)
        inline: Any = md.treeprocessors["inline"]
        inline.run = InlineTree(parser, inline.run).run
        self._take_words_for_words(md)
        self._keep_what_follows_contents(md)
        md.treeprocessors.register(LineEnds(md), "dialect-line-ends", 19)
        # After attr_list (8).
        md.treeprocessors.register(_Measures(md), "dialect-measures", 7.5)
        if parser.footnotes is not None:
            parser.footnotes.unique_ref = _unique_ref(parser.footnotes)
            md.treeprocessors.register(_Notes(md, self), "dialect-notes", 18.5)

    def _take_words_for_words(self, md: Markdown) -> None:
        """Let `attr_list` find attributes only.

        It takes all between the first brace of a line and the last for some, drops `{A,B}`, and
        puts what stands behind a brace at the end of the text.
        """
        if "attr_list" not in md.treeprocessors:
            return
        lists: Any = md.treeprocessors["attr_list"]
        lists.BASE_RE = rf"(?={ATTRIBUTES})\{{:?[ ]*([^{{}}\n]+)\}}"
        lists.HEADER_RE = re.compile(rf"[ ]+{lists.BASE_RE}[ ]*$")
        lists.BLOCK_RE = re.compile(rf"\n[ ]*{lists.BASE_RE}[ ]*$")
        lists.INLINE_RE = re.compile(rf"^{lists.BASE_RE}")

    def _keep_what_follows_contents(self, md: Markdown) -> None:
        """Let `toc` put its list in the place of `[TOC]` only.

        It drops the tail of that paragraph, which is where a code block behind it stands.
        """
        if "toc" not in md.treeprocessors:
            return
        toc: Any = md.treeprocessors["toc"]

        def replace_marker(root: Element, contents: Element) -> None:
            for parent, child in list(toc.iterparent(root)):
                if (child.text or "").strip() == toc.marker and not len(child):
                    own = deepcopy(contents)
                    own.tail = child.tail
                    parent[list(parent).index(child)] = own

        toc.replace_marker = replace_marker

    def _take_over_patterns(self, md: Markdown, parser: TreeParser) -> None:
        patterns: Any = md.inlinePatterns
        if "delimiter" in patterns:
            # Of pymdown-extensions 13 and later, all signs in one pattern.
            delimiter = patterns["delimiter"]
            for sign in "*_=":
                delimiter.remove(sign)
            tilde = delimiter.delimiters.get("~")
            if tilde is not None and not getattr(tilde, "single", False):
                delimiter.remove("~")
            if not delimiter.delimiters:
                patterns.deregister("delimiter")
        for item in list(patterns._priority):
            if item.name in _INLINE:
                patterns.deregister(item.name)
            elif item.priority >= _EARLY:
                pattern = patterns[item.name]
                if hasattr(pattern, "handleMatch"):
                    regex = pattern.getCompiledRegExp()
                    parser.add_early_pattern(item.name, regex, pattern.handleMatch)
                    patterns.deregister(item.name)

    def reset(self) -> None:
        """Forget the page before."""
        parser: Any = self._md.parser
        parser.reset_page()
        if parser.footnotes is not None and self.backlink_title:
            parser.footnotes.setConfig("BACKLINK_TITLE", self.backlink_title)


def _unique_ref(footnotes: Any) -> Callable[..., str]:
    """`FootnoteExtension.unique_ref`, which counts up from one at each reference to a note."""

    def unique_ref(reference: str, found: bool = False) -> str:
        if not found:
            return reference
        count = footnotes.found_refs[reference] = footnotes.found_refs.get(reference, 0) + 1
        if count == 1:
            return reference
        separator = footnotes.get_separator()
        name, rest = reference.split(separator, 1)
        return f"{name}{count}{separator}{rest}"

    return unique_ref


class _Clean(Preprocessor):
    """The marks of Python-Markdown's own are no author's; tabs and spaces are."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).replace(STX, "").replace(ETX, "").replace("\0", "\ufffd")
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


class _Indents(Treeprocessor):
    """A paragraph that begins with wide spaces is one whose first line is indented."""

    def run(self, root: Element) -> None:
        for paragraph in root.iter("p"):
            wide = _WIDE.match(paragraph.text or "")
            if wide and paragraph.text and wide.end() < len(paragraph.text):
                paragraph.text = paragraph.text[wide.end() :]
                classes = [*paragraph.get("class", "").split(), "han-indent"]
                paragraph.set("class", " ".join(classes))


class _Measures(Treeprocessor):
    """`{width="5.76in"}`, pandoc's: HTML's own attribute takes pixels and percents only."""

    def run(self, root: Element) -> None:
        for picture in root.iter("img"):
            style = picture.get("style", "")
            for name in ("width", "height"):
                if _MEASURE.fullmatch(picture.get(name, "")):
                    style = f"{style};{name}:{picture.attrib.pop(name)}".lstrip(";")
            if style:
                picture.set("style", style)


class _Notes(Treeprocessor):
    """Tells of notes that nothing refers to, and takes them out."""

    def __init__(self, md: Markdown, extension: DialectExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, root: Element) -> None:
        parser: Any = self.md.parser
        used = set(parser.footnotes.footnote_order)
        unused = {
            parser.footnotes.makeFootnoteId(label)
            for label in parser.footnotes.footnotes
            if label not in used
        }
        if not unused:
            return
        for token in parser.reading.blocks("footnote"):
            if token.info not in used:
                self._extension._notices.unused_note(token.map[0] if token.map else 0, token.info)
        # As on GitHub, which shows no note that nothing refers to.
        for parent in list(root.iter()):
            for notes in parent.findall("div[@class='footnote']"):
                items = notes.find("ol")
                for item in list(items) if items is not None else ():
                    if item.get("id") in unused and items is not None:
                        items.remove(item)
                if items is not None and not len(items):
                    parent.remove(notes)
