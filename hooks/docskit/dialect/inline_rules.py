"""What stands inside paragraphs, headings and cells: CommonMark, GFM, and authors' habits."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.common.utils import isLinkClose, isLinkOpen
from markdown_it.rules_inline import StateInline, autolink, image
from markdown_it.rules_inline.html_inline import html_inline
from markdown_it.token import Token

from docskit.dialect.emphasis import Inline, pair_close, pair_open
from docskit.dialect.html_tags import is_filtered, is_unknown
from docskit.dialect.slips import PICTURE, TAG, UNDEFINED, Slip, is_slip, spaced_tag

Rule = Callable[[StateInline, bool], bool]

# An address ends at Chinese punctuation, which no author means to be part of it.
_CHINESE_STOPS = "“”‘’（），。；：！？、《》【】…"
_HOST = r"(?:[^\s<>\x00!-,/:;=?@\[-^`{-~]|[-_.])+"
_SCHEME = re.compile(r"(?:https?|ftp)\Z")
_HTTP = re.compile(rf"(?:https?|ftp)://(?P<host>{_HOST})(?P<rest>[^\s<{_CHINESE_STOPS}]*)")
_WWW = re.compile(rf"www\.(?P<host>{_HOST})(?P<rest>[^\s<{_CHINESE_STOPS}]*)")
_HOST_END = re.compile(rf"[{_CHINESE_STOPS}]")
_NAMESPACE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*::")
_BRACKET = re.compile(r"\\.|`+[^`]*`+|%%[^%\n]+%%|https?://[^\s<]+|[\[\]]", re.DOTALL)
_SQUARE = re.compile(r"[\[\]]")
_BEFORE_ADDRESS = " \t\n*_~("
_TRAILING = re.compile(r"[?!.,:*_~'\"]+\Z")
_TRAILING_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_")
_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_EMBED = re.compile(r"!\[\[([^\[\]|\n]+?)(?:\\?\|([^\[\]\n]*))?\]\]")
_WIKI = re.compile(
    r"\[\[([^\[\]|#\n]*)(#[^\[\]|\n]+)?(?:\\?\|([^\[\]\n]+))?\]\]"
    # `[[1]](a.md)` is a link; `[[代理]](proxy server)` is one to a page, and words.
    r"(?!\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'(][^\n]*)?\))"
)
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
_COMMENT = re.compile(r"%%(?!%)(?:(?!%%).)+%%(?!%)", re.DOTALL)
_DISPLAYED = re.compile(r"\$\$(?!\$)[ ]*((?:\\.|[^$\\])+?)[ ]*\$\$(?!\$)", re.DOTALL)
_QUOTED_FORMULA = re.compile(r"\$(`+)(?!`)((?:(?!\1).)+)\1\$", re.DOTALL)
_FORMULA = re.compile(r"\$(?![\s$])((?:\\.|[^$\\`])+?)(?<!\s)\$(?!\$)", re.DOTALL)
# A formula that touches the number behind it, as in `$2$3`, is short and holds no words.
_SHORT_FORMULA = re.compile(r"[-+=<>]|(?:[\w\\{}^+-]*[A-Za-z0-9}])", re.ASCII)
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]+)\]")
# Taken whole, without a second way to read it: an address of many words is read once.
_SPACED = re.compile(r"\(\s*+(?!<)([^()<>\n\"']++)(\"[^\"\n]*+\"|'[^'\n]*+')?\s*+\)")
_GAP = re.compile(r"\S[ \t]+\S+\Z")


def _formula(state: StateInline, silent: bool) -> bool:
    """`$x$`, ``$`x`$`` and `$$x$$`."""
    source, start = state.src, state.pos
    if source[start] != "$":
        return False
    if start and source[start - 1] == "$":
        return False
    closings = _dollars(state)
    if start + 1 > closings:
        return False
    found = _DISPLAYED.match(source, start, state.posMax)
    kind = "formula_displayed" if found else "formula_inline"
    latex = found[1] if found else ""
    if not found:
        found = _QUOTED_FORMULA.match(source, start, state.posMax)
        latex = found[2] if found else ""
    if not found:
        found = _plain_formula(source, start, state.posMax)
        latex = found[1] if found else ""
    if not found:
        return False
    if not silent:
        state.push(kind, "", 0).content = latex
    state.pos = found.end()
    return True


def _dollars(state: StateInline) -> int:
    """Where the last dollar sign of the text is."""
    last = state.env.get("last_dollar")
    if last is None or last[0] is not state.src:
        last = state.env["last_dollar"] = (state.src, state.src.rfind("$"))
    return int(last[1])


def _plain_formula(source: str, start: int, end: int) -> re.Match[str] | None:
    before = source[start - 1] if start else " "
    if before.isascii() and (before.isalnum() or before in "_)}]\\"):
        # A price, a variable, the end of a regular expression.
        return None
    found = _FORMULA.match(source, start, end)
    if not found:
        return None
    after = source[found.end()] if found.end() < end else " "
    if after.isascii() and after.isdigit():
        return found if _SHORT_FORMULA.fullmatch(found[1]) else None
    return None if after.isascii() and (after.isalpha() or after == "_") else found


def _comment(state: StateInline, silent: bool) -> bool:
    """`%%…%%`, which Obsidian does not show."""
    if not state.src.startswith("%%", state.pos):
        return False
    found = _COMMENT.match(state.src, state.pos, state.posMax)
    if not found:
        # None further on either: the first that opens would have reached it.
        run = len(state.src) - len(state.src[state.pos :].lstrip("%")) - state.pos
        if not silent:
            state.append_pending("%" * run)
        state.pos += run
        return True
    state.pos = found.end()
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    """`![[图.png|300]]` and `[[页面#标题|文字]]`, Obsidian's."""
    source, start = state.src, state.pos
    if source.startswith("![[", start):
        found = _EMBED.match(source, start, state.posMax)
        if found and not silent:
            _push_embed(state, found[1].strip(), (found[2] or "").strip())
    elif source.startswith("[[", start):
        found = _WIKI.match(source, start, state.posMax)
        if found and not _is_wiki(found):
            return False
        if found and not silent:
            page, anchor, text = found[1].strip(), found[2] or "", found[3]
            name = page if not page or re.search(r"\.\w{1,5}$", page) else f"{page}.md"
            _push_link(state, name + anchor, text or page or anchor[1:])
    else:
        return False
    if not found:
        return False
    state.pos = found.end()
    return True


def _is_wiki(found: re.Match[str]) -> bool:
    page, anchor, text = found[1].strip(), found[2], found[3]
    if page.lower() == "toc" and not anchor:
        return False
    # `[[Prototype]]` and shell's `[[ -f x ]]` are more often themselves than links.
    return bool((page or anchor) and (not found[0].isascii() or anchor or text))


def _push_embed(state: StateInline, path: str, size: str) -> None:
    if not _PICTURE.search(path):
        _push_link(state, path, path)
        return
    width = re.fullmatch(r"(\d+)(?:x\d+)?", size)
    token = state.push("image", "img", 0)
    token.attrs = {"src": path, "alt": "" if width else size}
    token.content = "" if width else size
    token.children = []
    if width:
        token.attrs["width"] = width[1]


def _push_link(state: StateInline, address: str, text: str, automatic: bool = False) -> None:
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": address}
    if automatic:
        token.info = "auto"
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)


def _footnote(is_defined: Callable[[str], bool]) -> Rule:
    """`[^1]` where there is such a note; others stay text."""

    def rule(state: StateInline, silent: bool) -> bool:
        if not state.src.startswith("[^", state.pos):
            return False
        found = _FOOTNOTE.match(state.src, state.pos, state.posMax)
        if not found:
            return False
        if not is_defined(found[1]):
            state.env.setdefault("undefined_notes", []).append(found[1])
            return False
        if silent:
            # It may stand in the text of a link.
            return False
        token = state.push("footnote_ref", "", 0)
        token.content, token.info = found[0], found[1]
        state.pos = found.end()
        return True

    return rule


def _image(state: StateInline, silent: bool) -> bool:
    """A picture; `![^1]` is an exclamation mark before a note."""
    return not state.src.startswith("![^", state.pos) and image(state, silent)


def _autolink(state: StateInline, silent: bool) -> bool:
    """`<https://example.org>`; `<std::string>` is a name of C++, not an address."""
    if state.src[state.pos] != "<" or _NAMESPACE.match(state.src, state.pos):
        return False
    return autolink(state, silent)


def _html(state: StateInline, silent: bool) -> bool:
    """A tag, unless it is only spoken of: then it is text."""
    if state.src[state.pos] != "<":
        return False
    level, start = state.linkLevel, state.pos
    if not html_inline(state, silent):
        return False
    if silent:
        return True
    token = state.tokens[-1]
    if is_filtered(token.content, state.src, start, state.pos):
        token.type = "text"
    elif is_unknown(token.content):
        token.type = "text"
        state.env.setdefault("unknown_tags", []).append(token.content)
    # `</a>` without a beginning ends no link.
    state.linkLevel = level if token.type == "text" else max(0, state.linkLevel)
    return True


def _slip(state: StateInline, silent: bool) -> bool:
    """A picture or a tag that is one only for its author."""
    source, start = state.src, state.pos
    sign = source[start]
    if sign == "<":
        tag = TAG.match(source, start, state.posMax)
        spaced = spaced_tag(tag[0]) if tag else ""
        if not tag or not HTML_TAG_RE.fullmatch(spaced):
            return False
        if not silent:
            state.push("html_inline", "", 0).content = spaced
            state.env.setdefault("slips", []).append(Slip(tag[0], spaced))
        state.pos = tag.end()
        return True
    if sign not in "!\uff01":
        return False
    found = PICTURE.match(source, start, state.posMax)
    if found and is_slip(found):
        if not silent:
            token = state.push("image", "img", 0)
            token.attrs = {"src": found["address"].strip(), "alt": ""}
            token.content, token.children = found["alt"], []
            read = f"![{found['alt']}]({found['address'].strip()})"
            state.env.setdefault("slips", []).append(Slip(found[0], read))
        state.pos = found.end()
        return True
    undefined = UNDEFINED.match(source, start, state.posMax)
    if undefined and not silent:
        # CommonMark has looked already.
        state.env.setdefault("slips", []).append(Slip(undefined[0], ""))
    return False


# -- addresses without any sign around them -------------------------------------------------------


def _address(state: StateInline, silent: bool) -> bool:
    """GFM's extended autolinks; an address may also stand straight behind Han."""
    source, at = state.src, state.pos
    if silent or state.linkLevel > 0:
        return False
    sign, start = source[at], at
    if sign == ":":
        scheme = _SCHEME.search(state.pending[-5:]) if source.startswith("://", at) else None
        if not scheme:
            return False
        start = at - len(scheme[0])
        found = _HTTP.match(source, start, state.posMax)
    elif sign == "w":
        found = _WWW.match(source, start, state.posMax)
    else:
        return False
    if not found:
        return False
    before = source[start - 1] if start else " "
    if sign == ":":
        if before.isascii() and before.isalpha():
            return False
    elif before not in _BEFORE_ADDRESS and not (before >= "\u2014" and not before.isspace()):
        return False
    if _in_bracket(state, start):
        return False
    host, text = found["host"], found[0]
    stop = _HOST_END.search(host)
    if stop:
        text = text[: found.start("host") - start + stop.start()]
        host = host[: stop.start()]
    if not _is_host(host):
        return False
    text = _without_trailing(text)
    if len(text) <= found.start("host") - start:
        return False
    if start < at:
        state.pending = state.pending[: start - at]
    _push_link(state, f"http://{text}" if sign == "w" else text, text, automatic=True)
    state.pos = start + len(text)
    return True


def _in_bracket(state: StateInline, position: int) -> bool:
    """Whether a square bracket is open at `position`: GitHub looks for no address in there."""
    cached = state.env.get("brackets")
    if cached is None or cached[0] is not state.src:
        places, depths, depth = [0], [0], 0
        for found in _BRACKET.finditer(state.src):
            # An address is one, and what stands in it no bracket, where none is open.
            if found[0] in "[]" or (found[0].startswith("http") and depth):
                for bracket in _SQUARE.finditer(state.src, *found.span()):
                    depth = depth + 1 if bracket[0] == "[" else max(0, depth - 1)
                    places.append(bracket.start())
                    depths.append(depth)
        cached = state.env["brackets"] = (state.src, places, depths)
    _, places, depths = cached
    return bool(depths[bisect_right(places, position) - 1])


def _is_host(host: str) -> bool:
    return bool(host) and not any("_" in label for label in host.split(".")[-2:])


def _without_trailing(text: str) -> str:
    """`text` without the punctuation at its end that belongs to the sentence."""
    opened = closed = -1
    while True:
        shorter = _TRAILING.sub("", text)
        if shorter.endswith(";"):
            entity = _TRAILING_ENTITY.search(shorter)
            shorter = shorter[: entity.start()] if entity else shorter[:-1]
        elif shorter.endswith(")"):
            if opened < 0:
                opened, closed = shorter.count("("), shorter.count(")")
            if closed > opened:
                shorter, closed = shorter[:-1], closed - 1
        if shorter == text:
            return text
        if "(" in text[len(shorter) :]:
            opened = -1
        text = shorter


def _mails(state: StateInline) -> None:
    """`a@example.org` in what is left as text."""
    if "@" not in state.src:
        return
    tokens: list[Token] = []
    in_link = 0
    for token in state.tokens:
        if token.type in {"link_open", "link_close"}:
            in_link += token.nesting
        elif token.type == "html_inline":
            in_link = max(0, in_link + isLinkOpen(token.content) - isLinkClose(token.content))
        if token.type != "text" or in_link or "@" not in token.content:
            tokens.append(token)
            continue
        tokens += _with_mails(token)
    state.tokens[:] = tokens


def _with_mails(token: Token) -> list[Token]:
    text, found, done = token.content, [], 0
    at = text.find("@")
    while at >= 0:
        start = at
        while start > done and text[start - 1] in _LOCAL:
            start -= 1
        domain = _DOMAIN.match(text, at + 1)
        name = domain[0] if domain else ""
        after = text.find("@", at + 1)
        if start < at and name and name[-1].isalpha() and after != at + 1 + len(name):
            if text.endswith("mailto:", done, start):
                start -= len("mailto:")
            address = text[start : at + 1 + len(name)]
            href = address if address.startswith("mailto:") else f"mailto:{address}"
            opening = Token("link_open", "a", 1, attrs={"href": href}, info="auto")
            pieces = [
                Token("text", "", 0, content=text[done:start]),
                opening,
                Token("text", "", 0, content=address),
                Token("link_close", "a", -1),
            ]
            found += pieces if start > done else pieces[1:]
            done = at + 1 + len(name)
        at = after
    return [*found, Token("text", "", 0, content=text[done:])] if found else [token]


def _spaced_destination(state: StateInline, silent: bool) -> bool:
    """`![a](my picture.png)`: with spaces, which CommonMark wants in angle brackets."""
    source, start = state.src, state.pos
    picture = source.startswith("![", start)
    if not picture and source[start] != "[":
        return False
    label = start + picture
    end = state.md.helpers.parseLinkLabel(state, label, not picture)
    if end < 0 or not source.startswith("(", end + 1):
        return False
    found = _SPACED.match(source, end + 1, state.posMax)
    if not found or (found[2] and found[1][-1] not in " \t"):
        return False
    address, title = found[1].strip(), (found[2] or "")[1:-1]
    if not _GAP.search(address):
        return False
    if not silent:
        text = source[label + 1 : end]
        if picture:
            token = state.push("image", "img", 0)
            token.attrs = {"src": address, "alt": ""}
            token.content = text
            token.children = []
            state.md.inline.parse(text, state.md, state.env, token.children)
        else:
            token = state.push("link_open", "a", 1)
            token.attrs = {"href": address}
            after = state.posMax
            state.pos, state.posMax = label + 1, end
            state.linkLevel += 1
            state.md.inline.tokenize(state)
            state.linkLevel -= 1
            state.posMax = after
            state.push("link_close", "a", -1)
        if title:
            token.attrs["title"] = title
    state.pos = found.end()
    return True


def foreign(regex: re.Pattern[str], handle: Callable[..., tuple[Any, Any, Any]]) -> Rule:
    """A rule for an inline pattern of a Python-Markdown extension that must win over emphasis."""

    def rule(state: StateInline, silent: bool) -> bool:
        match = regex.match(state.src, state.pos, state.posMax)
        if not match:
            return False
        made, start, end = handle(match, state.src)
        if made is None or start != state.pos or end is None or end <= start:
            return False
        if not silent:
            state.push("foreign", "", 0).meta = {"made": made}
        state.pos = end
        return True

    return rule


def add_literal_rules(parser: MarkdownIt, formulas: bool = True) -> None:
    """Give `parser` the rules for what is no Markdown: formulas, tags that are text, comments."""
    ruler = parser.inline.ruler
    ruler.at("autolink", _autolink)
    ruler.at("html_inline", _html)
    if formulas:
        ruler.before("escape", "formula", _formula)
    ruler.before("escape", "comment", _comment)


def add_inline_rules(
    parser: MarkdownIt,
    patterns: frozenset[str],
    is_note: Callable[[str], bool],
    marks: bool,
) -> None:
    """Give `parser` the rules for the inline patterns that Python-Markdown's extensions have."""
    parser.inline.__class__ = Inline
    inline = parser.inline
    inline.add_terminator_char("w")
    ruler = inline.ruler
    ruler.disable(["strikethrough", "linkify"], True)
    inline.ruler2.disable(["strikethrough"], True)
    add_literal_rules(parser, "arithmatex-inline" in patterns)
    ruler.before("emphasis", "pairs", pair_open("~=" if marks else "~"))  # type: ignore[arg-type]
    inline.ruler2.before("emphasis", "pairs", pair_close)
    ruler.at("image", _image)
    if "footnote" in patterns:
        ruler.after("link", "footnote_ref", _footnote(is_note))
    ruler.before("link", "wiki", _wiki)
    inline.add_terminator_char("\uff01")
    # Before addresses with spaces, which would reach over `![图](a.png）` to the next bracket.
    ruler.after("image", "slip", _slip)
    ruler.after("slip", "spaced_destination", _spaced_destination)
    ruler.push("address", _address)
    inline.ruler2.push("mails", _mails)
