"""What a page says, section by section, as plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

# Commands and short examples are read as they stand; after that many characters of code in a
# section only some new words count, so that listings do not outweigh the prose in the
# reader's download.
VERBATIM_CODE = 300
FURTHER_WORDS = 20
# On both sides of code, so that a result shows it as code: one byte, which no author types.
CODE = "\x7f"
# No reader types more of an address.
LONGEST_WORD = 60

_UNSEEN = re.compile(
    r"<!--.*?-->"
    r"|<(script|style|object|annotation|template)\b.*?</\1\s*>"
    r'|<a\b[^>]*\bclass="headerlink".*?</a>',
    re.DOTALL | re.IGNORECASE,
)
# Only headings and listings matter to what is a section, and nearly all of a page's tags are
# others: they go first, unless one says that it is not to be found.
_PLAIN = r"(?:\s[^<>\"']*+(?:\"[^<>\"]*\"[^<>\"']*+)*+)?>"
_WITHIN_WORDS = re.compile(rf"</?(?:a|span|em|strong|kbd){_PLAIN}")
_BETWEEN_WORDS = re.compile(
    rf"</?(?:p|li|ul|ol|table|thead|tbody|tr|td|th|div|figure|figcaption|blockquote|img|br|hr){_PLAIN}"
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(r"\bid\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_EXCLUDED = re.compile(r"\bdata-search-exclude\b|\bclass=\"[^\"]*\b(?:linenos|linenodiv)\b")
_HEADING = re.compile(r"h[1-6]$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9_]{2,}|[\u3400-\u9fff]+")
_LONG = re.compile(rf"([!-~]{{{LONGEST_WORD}}})[!-~]+")
_INLINE = re.compile(
    "(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|math|mi|mn|mo|mrow|msub"
    "|msup|mtext|q|s|samp|semantics|small|span|strong|sub|sup|time|tt|u|var|wbr)$"
)
_VOID = re.compile("(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$")


class Section(NamedTuple):
    """A heading and the text below it, up to the next heading.

    `anchor` is the heading's id, empty for what stands at the top of the page; `other` is what
    the page's other languages call it, where they use other words.
    """

    anchor: str
    heading: str
    text: str
    other: str = ""


@dataclass(slots=True)
class _Open:
    """A section that is still being read."""

    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    code: int = 0
    excluded: bool = False

    def close(self) -> Section:
        heading = _plain(self.heading).replace(CODE, "")
        return Section(self.anchor, heading, _plain(self.text))


def _plain(pieces: list[str]) -> str:
    return " ".join(_LONG.sub(r"\1", unescape("".join(pieces))).split())


def _listing(code: str, section: _Open) -> str:
    """The start of `code`, cut at a line, and those words of the rest that are new."""
    room = max(0, VERBATIM_CODE - section.code)
    cut = len(code) if len(code) <= room else max(0, code.rfind("\n", 0, room))
    section.code += cut
    seen = set(_WORD.findall(code[:cut])) | section.words
    words = [word for word in dict.fromkeys(_WORD.findall(code[cut:])) if word not in seen]
    words = words[: max(0, FURTHER_WORDS - len(section.words))]
    section.words.update(words)
    shown = f"{CODE}{code[:cut]}{CODE}" if code[:cut].strip() else ""
    return f" {shown} {' '.join(words)} "


def sections(html: str) -> list[Section]:
    """Divide a page's rendered content at its headings; the first section is the page's top.

    A function of `html` alone. Elements with `data-search-exclude` are left out; on a
    heading the attribute leaves out its section.
    """
    html = _UNSEEN.sub("", html.replace(CODE, ""))
    if "data-search-exclude" not in html and "linenos" not in html:
        html = _BETWEEN_WORDS.sub(" ", _WITHIN_WORDS.sub("", html))
    done = [_Open("")]
    stack: list[str] = []
    skip = heading = code = 0  # depth of the element that began it, 0 for none
    listing: list[str] = []
    end = 0
    for tag in _TAG.finditer(html):
        current = done[-1]
        data = html[end : tag.start()]
        end = tag.end()
        if data and not skip:
            (listing if code else current.heading if heading else current.text).append(data)
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name == "code" and not skip and not code:
            (current.heading if heading else current.text).append(CODE)
        if not _INLINE.match(name) and not skip:
            (listing if code else current.heading if heading else current.text).append(
                "\n" if code else " "
            )
        if _VOID.match(name) or attributes.endswith("/"):
            continue
        if not closing:
            stack.append(name)
            depth = len(stack)
            if skip:
                continue
            if _HEADING.match(name) and not code:
                found = _ATTRIBUTE.search(attributes)
                if found:
                    anchor = "" if name == "h1" and len(done) == 1 else found[1] or found[2] or ""
                    if anchor:
                        done.append(_Open(unescape(anchor)))
                    done[-1].excluded = bool(_EXCLUDED.search(attributes))
                    heading = depth
            elif _EXCLUDED.search(attributes):
                skip = depth
            elif name == "pre" and not code:
                code = depth
        elif name in stack:
            while stack.pop() != name:
                pass
            depth = len(stack)
            if code > depth:
                code = 0
                current.text.append(_listing("".join(listing).strip("\n"), current))
                listing.clear()
            heading = 0 if heading > depth else heading
            skip = 0 if skip > depth else skip
    if not skip:
        done[-1].text.append(html[end:])
    return [section.close() for section in done if not section.excluded]
