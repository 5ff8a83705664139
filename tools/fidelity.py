"""Compare what readers see with what authors saw: our pages against CommonMark and GFM.

For each page of a folder the structure (headings by level, list items by depth and number, tables
with their alignment, code, pictures, strong, emphasis, quotes, links, rules, paragraphs, breaks,
text) of the page as this project renders it is
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
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import markdown
from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.tasklists import tasklists_plugin
from mkdocs.config import load_config

from command import Arguments, folder_of_pages, guarded
from docskit.author_page import read_author_page
from docskit.dialect import DialectExtension, normalise
from docskit.dialect.emphasis import flanks, is_cjk
from docskit.dialect.parser import bare_heading, math_block
from docskit.dialect.writer import ALERT

# Formulas, titles that nobody wrote, and notes, which stand where each renderer likes.
_APART = {"arithmatex", "math", "footnote", "footnotes", "footnotes-sep", "footnote-ref"} | {
    "admonition-title",
    "headerlink",
    "filename",
    "tabbed-labels",
}
_ATTRIBUTES = re.compile(r"(?<=\))\{:? ?(?:[.#]\w|\w+=)[^{}\n]*\}")
# From $5 to $10 is no formula, to GitHub at least, nor is $GOROOT beside `$HOME`.
_PRICE = re.compile(r"(?<!\$)\$(?=\d[^$]*\$\d|[^$`]*`)")
_SHOWN = re.compile(r"(?:https?://|www\.)\S+")
_TAB = re.compile(r'^( *)===[!+]* (?=")', re.MULTILINE)
CONTAINERS = {"tip", "note", "info", "warning", "danger", "details", "important"}
_SPACE = re.compile(r"\s+")
# GitHub has neither: Typora's marks and the theme's keys.
_MARKS = re.compile(r"==(?=\S)(.+?)(?<=\S)==")


class _InlineState(StateInline):
    """Emphasis beside Han, which CommonMark's rule for words between spaces does not fit.

    The rule is that of github.com/tats-u/markdown-cjk-friendly: Chinese punctuation counts as
    a letter, and a Chinese letter on one side as a space.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < len(self.src) else " "
        if not is_cjk(before) and not is_cjk(after):
            return scanned
        left, right = flanks(before, after, scanned.length == 1)
        if canSplitWord:
            return Scanned(left, right, scanned.length)
        return Scanned(
            left and (not right or isPunctChar(before)),
            right and (not left or isPunctChar(after)),
            scanned.length,
        )


def _price(state: StateInline, silent: bool) -> bool:
    if not _PRICE.match(state.src, state.pos):
        return False
    if not silent:
        state.pending += "$"
    state.pos += 1
    return True


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _InlineState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


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
        .use(dollarmath_plugin, allow_space=False, allow_digits=True, double_inline=True)
        .use(footnote_plugin, inline=False)
        .use(tasklists_plugin)
        .use(admon_plugin)
        .use(gfm_autolink_plugin)
    )
    # Material's and VuePress' boxes are no CommonMark, and what their authors see all the same.
    for name in (*CONTAINERS, "center"):
        parser.use(container_plugin, name)
    # The text of an address is the address as it was written.
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.core.ruler.before("inline", "alerts", _alerts)
    parser.inline.ruler.before("math_inline", "price", _price)
    # The plugin's rule for blocks writes formulas several times; ours finds the same ones.
    parser.block.ruler.at("math_block", math_block, {"alt": ["paragraph", "blockquote", "list"]})
    parser.block.ruler.before("heading", "bare_heading", bare_heading, {"alt": ["paragraph"]})
    parser.add_render_rule(
        "bare_heading", lambda _, tokens, i, *__: f"<h{len(tokens[i].markup)}>{tokens[i].content}"
    )
    parser.add_render_rule("raw_math", lambda *_: '<div class="math"></div>')
    parser.inline.__class__ = _Inline
    return parser


@dataclass
class Structure(HTMLParser):
    """The events of a rendered page, in reading order."""

    events: list[str] = field(default_factory=list)
    # Of each list that is open, the number before that of its next item; None for bullets.
    lists: list[int | None] = field(default_factory=list)
    code: int = 0
    ignore: int = 0
    titled: bool = False
    address: str | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []
        # What the next text begins, a paragraph or a line; forgotten if there is none in it.
        self._begun = ""

    def _flush(self) -> None:
        text = _MARKS.sub(r"\1", _SPACE.sub("", "".join(self._text)).replace("\u200b", ""))
        self._text = []
        if text:
            self.events += [*filter(None, [self._begun]), f"text {text}"]
            self._begun = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = values.get("class", "").split()
        if "twemoji" in classes:
            self._text.append(values.get("title", ""))
        if tag == "summary" and self.titled:
            self.titled = False
            self.ignore += 1
            return
        if self.ignore or "twemoji" in classes or _APART & set(classes):
            self.ignore += tag not in {"br", "img", "input", "hr"}
            return
        if tag == "pre":
            self._flush()
            self.code += 1
        if self.code:
            return
        if tag in {"ul", "ol"}:
            self.lists.append(int(values.get("start") or 1) - 1 if tag == "ol" else None)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "hr"}:
            self._flush()
            self.events.append(tag)
        elif (CONTAINERS | {"admonition", "tabbed-block"}) & set(classes) or (
            tag == "details" and classes
        ):
            self._flush()
            self.events.append("blockquote")
            self.titled = tag == "details"
        elif tag in {"td", "th"}:
            self._flush()
            aligned = re.search(r"text-align:\s*(\w+)", values.get("style", ""))
            self.events.append(f"cell {aligned[1] if aligned else values.get('align', '')}")
        elif tag == "li":
            self._flush()
            number = ""
            if self.lists and self.lists[-1] is not None:
                self.lists[-1] += 1
                number = f" {self.lists[-1]}."
            self.events.append(f"item {len(self.lists)}{number}")
        elif tag == "img":
            self._flush()
            self.events.append("image")
        elif tag in {"strong", "b", "em", "i", "del", "s", "a", "p", "div", "br"}:
            name = {"b": "strong", "i": "em", "s": "del"}.get(tag, tag)
            if name == "a" and "href" not in values:
                return
            if name in {"p", "div", "br"}:
                self._flush()
                if name == "br" and self.events and self.events[-1].startswith("text "):
                    self._begun = "line"
                elif name == "p" and not self.lists:
                    self._begun = "paragraph"
            elif name == "a":
                self._flush()
                self.address = values["href"]
            elif name in {"strong", "em", "del"}:
                self._flush()
                self.events.append(name)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

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
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        if tag == "a" and self.address is not None:
            # An address that shows itself may be a link or not, as each renderer likes.
            shown = "".join(self._text).strip()
            if not (unquote(self.address).endswith(unquote(shown)) or _SHOWN.fullmatch(shown)):
                self.events.append("a")
            self.address = None
        if tag in {"strong", "b", "em", "i", "a", "del", "s"}:
            self._flush()
        elif re.fullmatch("p|h[1-6]|li|td|th|blockquote|table|ul|ol|div", tag):
            self._flush()
            self._begun = ""

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


@cache
def _configured() -> tuple[list[str], dict[str, Any]]:
    config = load_config(str(Path(__file__).resolve().parent.parent / "mkdocs.yml"))
    # What a fence or a snippet holds is not for Markdown to say.
    names = [name for name in config.markdown_extensions if name != "pymdownx.snippets"]
    return names, {name: config.mdx_configs.get(name, {}) for name in names}


@cache
def _markdown(own: bool) -> markdown.Markdown:
    names, configs = _configured()
    extensions: list[Any] = [*names, *([DialectExtension()] if own else [])]
    return markdown.Markdown(extensions=extensions, extension_configs=configs)


def stock_html(text: str) -> str:
    """The page as MkDocs renders it with the extensions of mkdocs.yml."""
    return _markdown(own=False).reset().convert(text)


def own_html(text: str) -> str:
    """The page as this project renders it."""
    return _markdown(own=True).reset().convert(normalise(text)[0])


def _without_own_syntax(text: str) -> str:
    """`text` with what CommonMark has no words for said in those that it has."""
    return _ATTRIBUTES.sub("", _TAB.sub(r"\1!!! tab ", text))


_SPACED = re.compile(r"""\]\((?!\S+\s+["'(])([^()<>\n]*[^()<>\s][ \t]+[^()<>\n]*)\)""")
_TABLE_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


def as_meant(text: str) -> str:
    """`text` with what GitHub cannot read, and this project can, in words that GitHub has.

    Addresses with spaces, pipes in the code of a table, Markdown straight below a line of HTML.
    """
    lines = text.split("\n")
    code: set[int] = set()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        start, end = token.map or (0, 0)
        if token.type in {"fence", "code_block"}:
            code.update(range(start, end))
        elif token.type == "html_block":
            for line in range(start, end - 1):
                below = lines[line + 1].strip()
                if lines[line].rstrip().endswith(">") and below and not below.startswith("<"):
                    lines[line] += "\n"
    for line in set(range(len(lines))) - code:
        if "](" in lines[line]:
            lines[line] = _SPACED.sub(r"](<\1>)", lines[line])
        if lines[line].lstrip().startswith("|"):
            lines[line] = _TABLE_CODE.sub(
                lambda found: re.sub(r"(?<!\\)\|", r"\|", found[0]), lines[line]
            )
    return "\n".join(lines)


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


def main(arguments: list[str]) -> int:
    parser = Arguments(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quiet", action="store_true", help="only the shares")
    options = parser.parse_args(arguments)
    folder_of_pages(str(options.folder), "DIR")
    reference = reference_parser()
    total = stock = ours = meant = 0
    size = seconds = 0.0
    for name, text in pages(options.folder):
        total += 1
        expected = structure(reference.render(_without_own_syntax(text)))
        stock += first_difference(structure(stock_html(text)), expected) is not None
        started = time.process_time()
        normalise(text)
        seconds += time.process_time() - started
        size += len(text.encode()) / 1024
        shown = structure(own_html(text))
        difference = first_difference(shown, expected)
        if difference:
            ours += 1
            again = structure(reference.render(_without_own_syntax(as_meant(text))))
            understood = first_difference(shown, again) is None
            meant += understood
            if not options.quiet:
                print(f"{name}: {'（作者的本意）' * understood}{html.unescape(difference)}")
    if not total:
        print(f"{options.folder}: 没有 Markdown 文件", file=sys.stderr)
        return 2
    print(
        f"{options.folder.name}: {total} 页，与作者所见不同："
        f"原样 {stock / total:.1%}，本项目 {ours / total:.1%}（{ours} 页"
        + f"，其中 {meant} 页是 GitHub 读不懂、本项目读得懂的写法"
        * bool(meant)
        + "）；"
        f"改写每 9 KB 平均 {seconds / size * 9 * 1000:.1f} ms"
    )
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
