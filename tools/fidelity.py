"""Compare what readers see with what authors saw: our pages against CommonMark and GFM.

For each page of a folder the structure (headings by level, list items by depth, tables, code,
pictures, strong, emphasis, quotes, links, rules, text) of the page as this project renders it is
compared with markdown-it-py's. Prints the share of pages that differ, for stock Python-Markdown
and for this project, and the first difference of each.

    make fidelity DIR=folder
"""

from __future__ import annotations

import argparse
import html
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from docskit.author_page import read_author_page
from docskit.dialect import DialectExtension, normalise
from docskit.dialect.parser import bare_heading, math_block
from docskit.dialect.writer import ALERT

# The extensions of mkdocs.yml that decide structure; those that only add to what GitHub
# knows (emoji, keys, mark, links without brackets) would count as differences.
EXTENSIONS: list[str] = [
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.details",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
CONFIG: dict[str, dict[str, Any]] = {
    "pymdownx.betterem": {"punctuation": False},
    "pymdownx.tilde": {"subscript": False},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.superfences": {"preserve_tabs": True},
}
# Formulas, titles that nobody wrote, and notes, which stand where each renderer likes.
_APART = {"admonition-title", "arithmatex", "math", "footnote", "footnotes", "footnotes-sep"} | {
    "footnote-ref",
}
_SPACE = re.compile(r"\s+")


class _InlineState(StateInline):
    """Emphasis next to Chinese punctuation, as authors mean it and Typora shows it."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < len(self.src) else " "
        if not canSplitWord or (before < "\u2e80" and after < "\u2e80"):
            return scanned
        marker = ord(self.src[start])
        open_before = sum(run.marker == marker for run in self.delimiters) // scanned.length % 2
        # What opened before is closed here, unless nothing did.
        closes = bool(open_before) and not before.isspace()
        return Scanned(not closes and not after.isspace(), closes, scanned.length)


def _alerts(state: StateCore) -> None:
    """GitHub shows `[!NOTE]` as a title, which is not the author's text."""
    for before, token in zip([None, None, *state.tokens], state.tokens, strict=False):
        if before and before.type == "blockquote_open" and token.type == "inline":
            token.content = ALERT.sub("", token.content, count=1)


def reference_parser() -> MarkdownIt:
    """CommonMark with GFM's tables, strikethrough, task lists and alerts, and maths."""
    parser = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
        .use(footnote_plugin)
        .use(tasklists_plugin)
    )
    parser.core.ruler.before("inline", "alerts", _alerts)
    # The plugin's rule for blocks writes formulas several times; ours finds the same ones.
    parser.block.ruler.at("math_block", math_block, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.before("heading", "bare_heading", bare_heading, {"alt": ["paragraph"]})
    parser.add_render_rule(
        "bare_heading", lambda _, tokens, i, *__: f"<h{len(tokens[i].markup)}>{tokens[i].content}"
    )
    parser.add_render_rule("raw_math", lambda *_: '<div class="math"></div>')
    parser.inline.State = _InlineState  # type: ignore[attr-defined]
    return parser


@dataclass
class Structure(HTMLParser):
    """The events of a rendered page, in reading order."""

    events: list[str] = field(default_factory=list)
    lists: int = 0
    code: int = 0
    ignore: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []

    def _flush(self) -> None:
        text = _SPACE.sub("", "".join(self._text)).replace("\u200b", "")
        self._text = []
        if text:
            self.events.append(f"text {text}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        if self.ignore or _APART & set(classes):
            self.ignore += tag not in {"br", "img", "input", "hr"}
            return
        if tag == "pre":
            self._flush()
            self.code += 1
        if self.code:
            return
        if tag in {"ul", "ol"}:
            self.lists += 1
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "hr"}:
            self._flush()
            self.events.append(tag)
        elif "admonition" in classes:
            self._flush()
            self.events.append("blockquote")
        elif tag in {"td", "th"}:
            self._flush()
            self.events.append("cell")
        elif tag == "li":
            self._flush()
            self.events.append(f"item {self.lists}")
        elif tag == "img":
            self._flush()
            self.events.append("image")
        elif tag in {"strong", "b", "em", "i", "del", "s", "a", "p", "div", "br"}:
            name = {"b": "strong", "i": "em", "s": "del"}.get(tag, tag)
            if name == "a" and "href" not in values:
                return
            if name in {"p", "div", "br"}:
                self._flush()
            elif name in {"strong", "em", "a", "del"}:
                self._flush()
                self.events.append(name)

    def handle_endtag(self, tag: str) -> None:
        if self.ignore:
            self.ignore -= 1
            return
        if tag == "pre" and self.code:
            self.code -= 1
            code = "".join(self._text).strip("\n")
            self._text = []
            self.events.append("code " + "\n".join(line.rstrip() for line in code.split("\n")))
            return
        if self.code:
            return
        if tag in {"ul", "ol"}:
            self.lists -= 1
        if tag in {"strong", "b", "em", "i", "a", "del", "s"} or re.fullmatch(
            "p|h[1-6]|li|td|th|blockquote|table|ul|ol|div", tag
        ):
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self.ignore:
            self._text.append(data)


def structure(rendered: str) -> list[str]:
    """The events of `rendered`; text that touches is one event."""
    parser = Structure()
    parser.feed(rendered)
    parser.close()
    parser._flush()
    joined: list[str] = []
    for event in parser.events:
        if event.startswith("text ") and joined and joined[-1].startswith("text "):
            joined[-1] += event[5:]
        else:
            joined.append(event)
    return joined


def stock_html(text: str) -> str:
    """The page as MkDocs with the same extensions renders it."""
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=CONFIG)


def own_html(text: str) -> str:
    """The page as this project renders it."""
    extensions: list[Any] = [*EXTENSIONS, DialectExtension()]
    source, _ = normalise(text)
    return markdown.markdown(source, extensions=extensions, extension_configs=CONFIG)


def first_difference(ours: list[str], theirs: list[str]) -> str | None:
    """The first event that is not the same, or None."""
    for one, other in zip([*ours, "end"], [*theirs, "end"], strict=False):
        if one != other:
            return f"{other[:400]!r} → {one[:400]!r}"
    return None


def pages(folder: Path) -> Iterable[tuple[str, str]]:
    """Source URI and body of each Markdown file."""
    for path in sorted(folder.rglob("*.md")):
        if path.is_file() and not any(part.startswith(".") for part in path.parts[1:]):
            name = path.relative_to(folder).as_posix()
            page, _ = read_author_page(path.read_bytes(), name)
            yield name, page.front_matter.body


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quiet", action="store_true", help="only the shares")
    options = parser.parse_args()
    reference = reference_parser()
    total = stock = ours = 0
    size = seconds = 0.0
    for name, text in pages(options.folder):
        total += 1
        expected = structure(reference.render(text))
        stock += first_difference(structure(stock_html(text)), expected) is not None
        started = time.process_time()
        normalise(text)
        seconds += time.process_time() - started
        size += len(text.encode()) / 1024
        difference = first_difference(structure(own_html(text)), expected)
        if difference:
            ours += 1
            if not options.quiet:
                print(f"{name}: {html.unescape(difference)}")
    if not total:
        print(f"{options.folder}: 没有 Markdown 文件", file=sys.stderr)
        return 2
    print(
        f"{options.folder.name}: {total} 页，与作者所见不同："
        f"原样 {stock / total:.1%}，本项目 {ours / total:.1%}（{ours} 页）；"
        f"改写每 9 KB 平均 {seconds / size * 9 * 1000:.1f} ms"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
