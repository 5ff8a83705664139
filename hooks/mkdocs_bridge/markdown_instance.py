"""`Page.render` with one Markdown instance for many pages.

MkDocs makes an instance, with all its extensions, for every page. `Markdown.reset` is what
Python-Markdown offers for using one again; extensions follow it.
"""

from __future__ import annotations

import html
import logging
import re
from functools import lru_cache
from typing import Any

import markdown
from markdown.inlinepatterns import InlineProcessor as InlinePattern
from markdown.inlinepatterns import Pattern
from markdown.util import INLINE_PLACEHOLDER, AtomicString
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import (
    Page,
    _ExtractAnchorsTreeprocessor,
    _ExtractTitleTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from docskit.problem import Problem, Severity
from mkdocs_bridge import unclosed_html
from mkdocs_bridge.report import report
from mkdocs_bridge.text_titles import take_title

# The characters of what stands in a text for an element that is found in it.
_MARK = frozenset(INLINE_PLACEHOLDER % "0123456789")

_pages_log = logging.getLogger("mkdocs.structure.pages")


def _not_converted(page: Page, error: Exception) -> Problem:
    deep = isinstance(error, RecursionError)
    return Problem(
        page.file.src_uri,
        0,
        0,
        "not-converted",
        Severity.WARNING,
        "嵌套得太深，无法排版，先按原文显示；请减少列表或引用的层数"
        if deep
        else f"无法排版（{type(error).__name__}: {error}），先按原文显示；请把这一页发给维护者",
        "nested too deeply to be converted, shown as written; use fewer levels"
        if deep
        else f"cannot be converted ({type(error).__name__}: {error}), shown as written",
    )


def _regex(pattern: Any) -> re.Pattern[str] | None:
    """What finds the first match of an inline pattern; None where only itself can tell."""
    if not isinstance(pattern, InlinePattern):
        return None
    if type(pattern).getCompiledRegExp is not Pattern.getCompiledRegExp:
        return None
    found: re.Pattern[str] = pattern.getCompiledRegExp()
    return found


def _required(sequence: Any, ignore_case: bool) -> frozenset[str] | None:
    """Characters one of which is in whatever the parsed regular expression matches."""
    found: list[frozenset[str]] = []
    for operator, value in sequence:
        match str(operator):
            case "LITERAL":
                if not (ignore_case and chr(value).isalpha()):
                    found.append(frozenset(chr(value)))
            case "IN" if all(str(kind) == "LITERAL" for kind, _ in value):
                if not ignore_case:
                    found.append(frozenset(chr(code) for _, code in value))
            case "SUBPATTERN":
                flags = re.IGNORECASE & (value[1] & ~value[2])
                found += filter(None, [_required(value[3], ignore_case or bool(flags))])
            case "ATOMIC_GROUP":
                found += filter(None, [_required(value, ignore_case)])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                if value[0]:
                    found += filter(None, [_required(value[2], ignore_case)])
            case "BRANCH":
                ways = [_required(way, ignore_case) for way in value[1]]
                if all(ways):
                    found.append(frozenset().union(*filter(None, ways)))
    return min(found, key=lambda some: (" " in some, bool(some & _MARK), len(some)), default=None)


@lru_cache
def required_characters(pattern: str, flags: int) -> frozenset[str] | None:
    """Characters one of which is in whatever the regular expression matches; None if unknown."""
    # The standard library has no public parser of regular expressions.
    parser: Any = getattr(re, "_parser", None)
    return _required(parser.parse(pattern, flags), bool(flags & re.I)) if parser else None


def quicken(md: markdown.Markdown) -> None:
    """Let Python-Markdown pass over the inline patterns that a text does not contain.

    It asks each of twenty patterns about each piece of text, through a generator and a
    function; nearly all have nothing to say, and most could be known to by the characters that
    the text has. The loop is its own `__handleInline`.
    """
    inline: Any = md.treeprocessors["inline"]
    run, apply = inline.run, inline._InlineProcessor__applyPattern
    table: list[tuple[Any, re.Pattern[str] | None]] = []
    always: set[int] = set()
    by_character: dict[str, set[int]] = {}
    by_mark: set[int] = set()

    def handle(data: str, index: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        start = at = 0
        asked = always.union(*map(by_character.get, by_character.keys() & set(data)))  # type: ignore[arg-type]
        order, marked = sorted(asked), False
        while at < len(order):
            candidate = order[at]
            at += 1
            if candidate < index:
                continue
            if candidate > index:
                index, start = candidate, 0
            pattern, regex = table[index]
            while regex is None or regex.search(data, start) is not None:
                data, matched, start = apply(pattern, data, index, start)
                if not matched:
                    break
                if not marked:
                    # What is found leaves a mark in the text, and nothing else that is new.
                    marked = True
                    order = sorted(asked | by_mark)
                    at = order.index(candidate) + 1
        return data

    def run_with_table(tree: Any, ancestors: list[str] | None = None) -> Any:
        table.clear()
        always.clear()
        by_character.clear()
        for number, pattern in enumerate(inline.inlinePatterns):
            regex = _regex(pattern)
            table.append((pattern, regex))
            required = required_characters(regex.pattern, regex.flags) if regex else None
            for character in required or ():
                by_character.setdefault(character, set()).add(number)
            if not required:
                always.add(number)
        by_mark.clear()
        by_mark.update(*(by_character.get(character, ()) for character in _MARK))
        return run(tree, ancestors)

    inline._InlineProcessor__handleInline = handle
    inline.run = run_with_table


class Converter:
    """Converts the pages of one language of one build."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config = config
        self._files = files
        self._markdown: markdown.Markdown | None = None

    def render(self, page: Page) -> None:
        """Do what `Page.render` does."""
        md, self._markdown = self._markdown, None
        if md is None:
            unclosed_html.install()
            md = markdown.Markdown(
                extensions=self._config["markdown_extensions"],
                extension_configs=self._config["mdx_configs"] or {},
            )
            quicken(md)
        else:
            md.reset()
            # Not every extension empties what `toc` leaves when a page has no heading.
            if hasattr(md, "toc_tokens"):
                md.toc_tokens = []
        raw_html = _RawHTMLPreprocessor()
        anchors = _ExtractAnchorsTreeprocessor(page.file, self._files, self._config)
        links = _RelativePathTreeprocessor(page.file, self._files, self._config)
        title = _ExtractTitleTreeprocessor()
        for processor in (raw_html, anchors, links, title):
            processor._register(md)
        try:
            page.content = md.convert(page.markdown or "")
        except Exception as error:  # an author's page must not end a build or a preview
            page.content = f"<pre>{html.escape(page.markdown or '')}</pre>"
            report([_not_converted(page, error)], page)
            return
        page.toc = get_toc(getattr(md, "toc_tokens", []))
        take_title(page, title.title)
        page.present_anchor_ids = anchors.present_anchor_ids | raw_html.present_anchor_ids
        if _pages_log.getEffectiveLevel() > logging.DEBUG:
            page.links_to_anchors = links.links_to_anchors
        # An instance that raised is not used again.
        self._markdown = md
