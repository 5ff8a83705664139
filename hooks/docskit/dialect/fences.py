"""Code: what stands behind a fence, and pymdown-extensions' own formatters for the rest.

Nothing of superfences is subclassed, but some of what is used here is not documented:
`clear`, `get_hl_settings`, `parse_options`, `handle_attrs`, `formatter` and the attributes that
they leave, and inlinehilite's `get_settings` and `handle_code`. `tests/unit/test_contracts.py`
fails by name when one of them changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import code_escape
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from pymdownx.superfences import RE_NESTED_FENCE_START

_WORD = re.compile(r"[ \t]*\.?(?P<language>[^\s{}\[\]\"'=:]+(?<!:))?")
_PART = re.compile(
    r"[ \t]*(?:"
    r"(?P<key>[A-Za-z_:][\w:-]*)=(?P<value>\"[^\"]*\"|'[^']*'|\{[^{}]*\}|[^\s\"'{}]+)"
    r"|\{(?P<braces>[^{}]*)\}"
    r"|\[(?P<label>[^\[\]]*)\]"
    r"|(?P<word>:?[^\s{}\[\]]+)"
    r"|(?P<sign>.))"
)
_LINES = re.compile(r"\d+(?:-\d+)?(?:[ \t]*,[ \t]*\d+(?:-\d+)?)*\Z")
_LANGUAGE = re.compile(r"[\w#.+-]+\Z")
_NUMBERED = frozenset(
    "showlinenumbers linenums linenos numberlines line-numbers :line-numbers".split()  # noqa: SIM905
)
_TITLE = {"title", "filename", "file", "name"}
# `// [!code ++]`, VitePress'.
_MARK = re.compile(
    r"[ \t]*(?://|#|--|;|%|<!--|/\*|\"|')[ \t]*"
    r"\[!code[ \t]+(?P<kind>\+\+|--|highlight|hl|focus|warning|error)(?::(?P<count>\d+))?\]"
    r"[ \t]*(?:-->|\*/)?[ \t]*$"
)
_MARKED = {
    "++": "diff-add",
    "--": "diff-remove",
    "highlight": "",
    "hl": "",
    "focus": "focus",
    "warning": "warning",
    "error": "error",
}
_INLINE_LANGUAGE = re.compile(r"(?::{3,}|#!)([\w#.+-]+)\s+")


@dataclass(slots=True)
class Info:
    """What an author wrote behind a fence, as far as any generator has words for it.

    `attributes` is the inside of `{…}` where that is Python-Markdown's list of attributes.
    """

    language: str = ""
    title: str = ""
    label: str = ""
    lines: list[str] = field(default_factory=list)
    start: str = ""
    attributes: str = ""


@lru_cache(maxsize=256)
def read_info(info: str) -> Info:
    """Read the info string of a fence; words that nobody knows are passed over."""
    first = _WORD.match(info)
    found = Info()
    position = 0
    if first and first["language"]:
        found.language = first["language"] if _LANGUAGE.match(first["language"]) else ""
        position = first.end()
    for part in _PART.finditer(info, position):
        if part["key"]:
            _option(found, part["key"].lower(), part["value"].strip("\"'{}"))
        elif part["braces"] is not None:
            inside = part["braces"].strip()
            if _LINES.match(inside):
                found.lines += re.split(r"[ \t]*,[ \t]*", inside)
            elif not found.attributes and (inside.startswith((".", "#", ":")) or "=" in inside):
                found.attributes = inside.lstrip(":")
        elif part["label"] is not None:
            found.label = part["label"].strip()
        elif part["word"]:
            word = part["word"].lower()
            if word.partition("=")[0] in _NUMBERED:
                found.start = word.partition("=")[2] or "1"
    return found


def glued_end(content: str, markup: str) -> int:
    """The 0-based line of a fence's content that ends with its closing sign, behind code; or -1.

    Exports of CSDN have `}```: no end to CommonMark, and meant as one.
    """
    for index, line in enumerate(content.split("\n")):
        before = line.rstrip().removesuffix(markup)
        if before != line.rstrip() and before.strip() and markup[0] not in before:
            return index
    return -1


def _option(found: Info, key: str, value: str) -> None:
    if key in _TITLE:
        found.title = value
    elif key in {"hl_lines", "highlight"} and re.fullmatch(r"[\d\s,-]+", value):
        found.lines += value.replace(",", " ").split()
    elif key in {"linenums", "showlinenumbers", "startline", ":line-numbers", "start"}:
        found.start = value if re.match(r"\d", value) else "1"


def _headers(info: str, read: Info, lines: list[str]) -> list[str]:
    """Lines that superfences may understand, the fullest first."""
    options = ""
    title = read.title or read.label
    if title:
        options += " title={0}{1}{0}".format("'" if '"' in title else '"', title)
    if lines:
        options += f' hl_lines="{" ".join(lines)}"'
    if read.start:
        options += f' linenums="{read.start}"'
    language = read.language
    headers = [f"{language}{options}", language, ""]
    if read.attributes:
        headers.insert(0, f"{language} {{ {read.attributes}{options} }}".lstrip())
    elif "=" in info and not lines and not title:
        # A custom fence may have options of its own.
        headers.insert(0, info)
    return headers


class Fences:
    """Writes code blocks with the formatters of the page's superfences and inlinehilite."""

    def __init__(self, md: Markdown) -> None:
        self._md = md
        self._superfences: Any = None
        self._inline: Any = None
        if "fenced_code_block" in md.preprocessors:
            processor = md.preprocessors["fenced_code_block"]
            self._superfences = processor if hasattr(processor, "parse_options") else None
        if "backtick" in md.inlinePatterns:
            pattern = md.inlinePatterns["backtick"]
            self._inline = pattern if hasattr(pattern, "handle_code") else None

    def block(self, info: str, code: str) -> str:
        """The HTML of a block of code."""
        read = read_info(info)
        code = code.removesuffix("\n")
        lines = list(read.lines)
        kinds: dict[int, str] = {}
        if "[!code" in code:
            code, kinds = _marks(code)
            lines = [*lines, *map(str, sorted(kinds))]
        html = self._formatted(info, read, code, lines)
        return _with_kinds(html, lines, kinds) if kinds else html

    def _formatted(self, info: str, read: Info, code: str, lines: list[str]) -> str:
        fences = self._superfences
        if fences is None:
            return f"<pre><code>{code_escape(code)}\n</code></pre>"
        fences.get_hl_settings()
        for header in _headers(info, read, lines):
            match = RE_NESTED_FENCE_START.match(f"```{header}")
            if not match:
                continue
            fences.clear()
            fences.line_count = code.count("\n") + 1
            try:
                attributes = match.groupdict().get("attrs")
                understood = (
                    fences.handle_attrs(match) if attributes else fences.parse_options(match)
                )
                if understood and fences.formatter is not None:
                    html: str = fences.formatter(
                        src=code,
                        language=fences.lang,
                        md=self._md,
                        options=fences.options,
                        classes=fences.classes,
                        id_value=fences.id,
                        attrs=fences.attrs,
                    )
                    return html
            except Exception:  # noqa: S112 - a formatter may fail at what an author wrote
                continue
        return f"<pre><code>{code_escape(code)}\n</code></pre>"

    def inline(self, code: str) -> str | Element:
        """Inline code; `#!python x` is coloured as Python."""
        if self._inline is None:
            element = Element("code")
            element.text = self._md.htmlStash.store(code_escape(code))
            return element
        language = ""
        named = _INLINE_LANGUAGE.match(code) if code[:2] in {"#!", "::"} else None
        if named and _is_language(named[1]):
            language, code = named[1], code[named.end() :]
        self._inline.get_settings()
        made: str | Element = self._inline.handle_code(language, code)
        return made


@lru_cache(maxsize=256)
def _is_language(name: str) -> bool:
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return False
    return True


def _marks(code: str) -> tuple[str, dict[int, str]]:
    """The code without VitePress' marks, and the class of each marked line (1-based)."""
    lines: list[str] = []
    kinds: dict[int, str] = {}
    for line in code.split("\n"):
        mark = _MARK.search(line)
        if not mark:
            lines.append(line)
            continue
        kind, count = _MARKED[mark["kind"]], int(mark["count"] or 1)
        rest = line[: mark.start()]
        if rest.strip():
            lines.append(rest)
            first = len(lines)
        else:
            first = len(lines) + 1
        kinds.update(dict.fromkeys(range(first, first + count), kind))
    return "\n".join(lines), {line: kind for line, kind in kinds.items() if line <= len(lines)}


def _with_kinds(html: str, lines: list[str], kinds: dict[int, str]) -> str:
    marked: list[int] = []
    for part in lines:
        first, _, last = part.partition("-")
        marked += range(int(first), int(last or first) + 1)
    order = iter(sorted(set(marked)))

    def classed(_: re.Match[str]) -> str:
        kind = kinds.get(next(order, 0), "")
        return f'<span class="hll {kind}">' if kind else '<span class="hll">'

    html = re.sub(r'<span class="hll">', classed, html)
    if "focus" in kinds.values():
        html = re.sub(r'class="([^"]*\bhighlight\b)', r'class="\1 has-focus', html, count=1)
    return html
