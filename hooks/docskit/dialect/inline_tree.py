"""Elements from inline tokens: what the `inline` tree processor did, on a finished tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString
from markdown_it.token import Token

from docskit.dialect.block_rules import DEEPEST
from docskit.dialect.slips import media_kind

if TYPE_CHECKING:
    from docskit.dialect.tree import TreeParser

# Text without any of these is shown as it stands.
_SPECIAL = re.compile(r"[\\`*_\[<&~={$\n%@:]|www[.]")
_ENTITY = re.compile(r"&(?=#[0-9]+;|#x[0-9a-f]+;|[0-9a-z]+;)", re.IGNORECASE)
_CLOSED_HEADING = re.compile(r"#(?=#*[ ]+\{)")
# `12:30:45` and `a:b:c` hold no emoji.
_NO_EMOJI = re.compile(r"(?<=[0-9A-Za-z]):(?=[\w+-]+:)|(?<=[\w+-]):(?=[0-9A-Za-z])", re.ASCII)
_AMPERSAND = f"{AMP_SUBSTITUTE}amp;"


def _escaped(sign: str) -> str:
    return f"{STX}{ord(sign)}{ETX}"


def shown(text: str) -> str:
    """`text` so that nothing that runs later takes it for anything else."""
    if "&" in text:
        text = _ENTITY.sub(_AMPERSAND, text)
    if "# {" in text:
        text = _CLOSED_HEADING.sub(_escaped("#"), text)
    if ":" in text:
        text = _NO_EMOJI.sub(_escaped(":"), text)
    return text


def _attribute(value: object) -> str:
    text = str(value)
    return _ENTITY.sub(_AMPERSAND, text) if "&" in text else text


def plain(tokens: Sequence[Token]) -> str:
    """The text of inline tokens, as for the description of a picture."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "image":
            parts.append(plain(token.children or []))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif token.type in {"text", "text_special", "code_inline", "html_inline"}:
            parts.append(token.content)
    return "".join(parts)


def _path(parents: dict[Element, Element], element: Element) -> list[str]:
    path: list[str] = []
    above: Element | None = element
    while above is not None:
        path.append(above.tag.lower())
        above = parents.get(above)
    return path[::-1]


def _flat_where_too_deep(tokens: Sequence[Token]) -> tuple[Sequence[Token], int]:
    """`tokens` with emphasis beyond `DEEPEST` levels as its signs; on which line it begins, or -1.

    Whoever walks the tree afterwards does so by recursion, and Python ends that at some hundreds.
    """
    depth = line = 0
    deep = -1
    kept: list[Token] = []
    is_flat: list[bool] = []
    for token in tokens:
        line += token.type in {"softbreak", "hardbreak"}
        if token.nesting == 1:
            is_flat.append(depth >= DEEPEST and token.type != "link_open")
            depth += not is_flat[-1]
            flat = is_flat[-1]
            deep = line if flat and deep < 0 else deep
        elif token.nesting == -1:
            flat = is_flat.pop()
            depth -= not flat
        else:
            flat = False
        kept.append(Token("text", "", 0, content=_signs(token)) if flat else token)
    return (kept, deep) if deep >= 0 else (tokens, -1)


def _signs(token: Token) -> str:
    return token.markup or {"del": "~~", "mark": "=="}[token.tag]


class InlineTree:
    """Parses what text there is in a tree, and then lets the other extensions see what is left.

    `run_patterns` is Python-Markdown's own `InlineProcessor.run`.
    """

    def __init__(self, parser: TreeParser, run_patterns: Callable[..., Any]) -> None:
        self._parser = parser
        self._run_patterns = run_patterns

    def run(self, root: Element, ancestors: list[str] | None = None) -> Element:
        """Parse all text that is no `AtomicString`, whoever left it there."""
        self._each_text(root, self._parsed)
        patterns: Any = self._parser.md.inlinePatterns
        regexes = [pattern.getCompiledRegExp() for pattern in patterns]
        if regexes:
            outside = [*(ancestors or ()), root.tag] if ancestors else []
            parents: dict[Element, Element] = {}

            def with_patterns(text: str, _: int, element: Element) -> Element | None:
                if isinstance(text, AtomicString):
                    return None
                if not any(regex.search(text) for regex in regexes):
                    return None
                if not parents:
                    parents.update({child: parent for parent in root.iter() for child in parent})
                path = [*outside, *_path(parents, element)]
                box = Element("div")
                SubElement(box, "span").text = text
                self._run_patterns(box, path)
                return box[0]

            self._each_text(root, with_patterns)
        return root

    def _each_text(
        self, root: Element, make: Callable[[str, int, Element], Element | None]
    ) -> None:
        """Put what `make` makes of a text, the line and the element around it in its place."""
        line = 0
        stack = [root]
        lines = self._parser.lines
        while stack:
            element = stack.pop()
            line = lines.get(element, line)
            children = list(element)
            stack.extend(reversed(children))
            changed: list[Element] | None = None
            if element.text and element is not root:
                made = make(element.text, line, element)
                if made is not None:
                    element.text = made.text
                    changed = list(made)
            for index, child in enumerate(children):
                made = make(child.tail, line, element) if child.tail else None
                if made is not None:
                    if changed is None:
                        changed = children[:index]
                    changed.append(child)
                    child.tail = made.text
                    changed += list(made)
                elif changed is not None:
                    changed.append(child)
            if changed is not None:
                element[:] = changed

    def _parsed(self, text: str, line: int, _: Element) -> Element | None:
        if isinstance(text, AtomicString) or not _SPECIAL.search(text):
            return None
        parser = self._parser
        tokens = parser.reading.inlines[text] = parser.parse_inline(text)
        environment = parser.environment
        for tag in environment.pop("unknown_tags", ()):
            parser.problems.unknown_tag(line + text[: text.find(tag)].count("\n"), tag)
        for label in environment.pop("undefined_notes", ()):
            place = text.find(f"[^{label}]")
            parser.problems.undefined_note(line + text[:place].count("\n"), label)
        for slip in environment.pop("slips", ()):
            place = text.find(slip.written)
            parser.problems.slip(line + text[:place].count("\n"), slip)
        flat, deep = _flat_where_too_deep(tokens)
        if deep >= 0:
            parser.problems.emphasis_too_deep(line + deep)
        made = Element("span")
        self._build(made, flat)
        return made

    def _build(self, parent: Element, tokens: Sequence[Token]) -> None:
        parser: Any = self._parser
        stash = parser.md.htmlStash
        stack: list[Element] = []
        last: Element | None = None
        buffer: list[str] = []

        def flush() -> None:
            if buffer:
                text = "".join(buffer)
                buffer.clear()
                if last is None:
                    parent.text = (parent.text or "") + text
                else:
                    last.tail = (last.tail or "") + text

        for token in tokens:
            kind = token.type
            made: Element | str | None = None
            if kind == "text":
                buffer.append(shown(token.content))
                continue
            if kind == "softbreak":
                buffer.append("\n")
                continue
            if kind == "text_special":
                buffer.append(_special(token))
                continue
            if kind == "html_inline":
                buffer.append(stash.store(token.content))
                continue
            if kind == "code_inline":
                made = parser.fences.inline(token.content)
            elif kind == "footnote_ref":
                match = parser.notes_pattern.getCompiledRegExp().match(token.content)
                made = parser.notes_pattern.handleMatch(match, token.content)[0]
            elif kind == "foreign":
                made = token.meta["made"]
            elif kind.startswith("formula_"):
                made = Element("span", {"class": "arithmatex"})
                made.text = AtomicString(f"\\({token.content}\\)")
            elif kind == "hardbreak":
                made = Element("br")
            elif kind == "image":
                attributes = {name: _attribute(value) for name, value in token.attrs.items()}
                alt = plain(token.children) if token.children else token.content
                made = _media(attributes, alt)
            elif token.nesting == 1:
                flush()
                stack.append(parent)
                attributes = {name: _attribute(value) for name, value in token.attrs.items()}
                parent = SubElement(parent, token.tag, attributes)
                last = None
                continue
            elif token.nesting == -1:
                flush()
                last, parent = parent, stack.pop()
                continue
            if isinstance(made, str):
                buffer.append(made)
            elif made is not None:
                flush()
                parent.append(made)
                last = made
        flush()


def _media(attributes: dict[str, str], alt: str) -> Element:
    """A picture, or what else is shown for a file that is none: a player, or a link."""
    address = attributes.get("src", "")
    kind = media_kind(address)
    if kind == "image":
        return Element("img", {**attributes, "alt": _attribute(alt)})
    rest = {name: value for name, value in attributes.items() if name not in {"src", "alt"}}
    if kind == "document":
        made = Element("a", {"href": address, **rest})
        made.text = AtomicString(alt or unquote(address.rpartition("/")[2]))
        return made
    label = {"aria-label": _attribute(alt)} if alt else {}
    made = Element(kind, {"src": address, "controls": "controls", **label, **rest})
    made.set("preload", "metadata")
    return made


def _special(token: Token) -> str:
    content = token.content
    if token.info == "escape" and len(content) == 1 and content != "&":
        return _escaped(content)
    return "".join(
        _AMPERSAND if sign == "&" else _escaped(sign) if sign in "{:" else sign for sign in content
    )
