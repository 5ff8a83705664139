"""What authors write inside paragraphs and headings that Python-Markdown does not know."""

from __future__ import annotations

import re
from collections.abc import Callable

from docskit.dialect.emphasis import escape_lone_stars

# An HTML tag or an address in angle brackets, as CommonMark defines them.
_TAG = (
    r"</?[a-zA-Z][a-zA-Z0-9-]*"
    r"(?:\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|<(?:(?:https?|ftps?|mailto|tel):|[a-zA-Z][a-zA-Z0-9+.-]{1,31}://)[^\s<>]*>|<!--(?:.|\n)*?-->"
)
_KEPT = re.compile(
    r"(?<![`\\])(?P<tick>`+)(?!`)(?:.|\n)*?(?<!`)(?P=tick)(?!`)"
    r"|\$\$(?:.|\n)*?\$\$|(?<![\\$])\$(?![\s$])(?!\d[^$]*\$\d)(?:\\(?:.|\n)|[^$\\])*?(?<![\s\\])\$|"
    # A tag behind a backslash is text, but not where that backslash is itself escaped.
    rf"(?:(?<!\\)|(?<=[^\\]\\\\))(?:{_TAG})"
)
# `$$x$$` within a line, or code, where it is none.
_DISPLAYED = re.compile(
    r"(?<![`\\])(`+)(?!`)(?:.|\n)*?(?<!`)\1(?!`)"
    r"|(?<![\\$])\$\$(?!\$)[ ]*((?:[^$\n\\]|\\.)+?)[ ]*\$\$(?!\$)"
)
# An address that Python-Markdown would drop as a tag that it does not know.
_FOREIGN = re.compile(
    r"\A<((?!(?:https?|ftp|mailto):)(?:tel:|[a-zA-Z][a-zA-Z0-9+.-]*://)[^\s<>]*)>\Z"
)
_EMBED = re.compile(r"!\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
_WIKI = re.compile(r"(?<!!)\[\[([^\[\]|#\n]*)(#[^\[\]|\n]+)?(?:\|([^\[\]\n]+))?\]\](?!\()")
_ANGLED = re.compile(r"[\s()]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)
# CommonMark lets a backslash escape these too; Python-Markdown would show the backslash.
_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\([\"%&',/:;<=?@^|~])")
# pymdown-extensions swallow a backslash before a space, which CommonMark shows.
_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)*)\\(?= )")
# An address ends at Chinese punctuation, which no author means to be part of it.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9_(<\"'=\[/])(https?://[^\s<>\"'“”‘’（），。；：！？、《》【】…]+)(?=[“”‘’（），。；：！？、《》【】…])"
)
_DOLLAR = re.compile(r"(?<!\\)\$")
# Python-Markdown takes `<model_name>` for a tag; CommonMark has no such tag and shows it.
_NO_TAG = re.compile(r"<(?=/?[a-zA-Z][^<>@ \n]*(?: [^<>\n]*)?>)")
# `attr_list` takes `区域 {A,B,C}` for attributes and drops it; only ids, classes and values are.
_NO_ATTRIBUTES = re.compile(r"\{(?![-+~>=:#.])([^{}\n#.=]*)\}")
_HEADING = re.compile(r"^[ \t]*(#{1,6})(?!\#)", re.MULTILINE)


def _anchor(address: re.Match[str]) -> str:
    shown = re.sub(r"[*_~=^:]", lambda sign: f"&#{ord(sign[0])};", address[1])
    return '<a href="{}">{}</a>'.format(address[1].replace('"', "%22"), shown)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` applied to all but inline code, maths and HTML tags."""
    parts: list[str] = []
    done = 0
    for kept in _KEPT.finditer(text):
        parts += [change(text[done : kept.start()]), _FOREIGN.sub(_anchor, kept.group())]
        done = kept.end()
    return "".join(parts) + change(text[done:]) if done else change(text)


def _bare(text: str) -> str:
    """`text` outside of code with escapes and angle brackets that are no tags as entities."""
    if "\\" in text:
        text = _ESCAPE.sub(lambda escape: f"{escape[1]}&#{ord(escape[2])};", text)
        text = _BACKSLASH.sub(r"\1&#92;", text)
    if "<" in text:
        text = _NO_TAG.sub("&lt;", text)
    text = _dollars(_ADDRESS.sub(r"<\1>", text))
    return _NO_ATTRIBUTES.sub(r"&#123;\1}", text) if "{" in text else text


def _dollars(text: str) -> str:
    """`text`, which holds no formula, with dollar signs that do not look like one."""
    return _DOLLAR.sub("&#36;", text) if text.count("$") > 1 else text


def _one_dollar(match: re.Match[str]) -> str:
    return f"${match[2]}$" if match[2] else match[0]


def _target(path: str) -> str:
    return f"<{path}>" if _ANGLED.search(path) else path


def _embed(match: re.Match[str]) -> str:
    path, size = match[1].strip(), (match[2] or "").strip()
    if not _PICTURE.search(path):
        return f"[{path}]({_target(path)})"
    width = re.match(r"(\d+)(?:x\d+)?$", size)
    caption = "" if width else size
    return f"![{caption}]({_target(path)})" + (f'{{ width="{width[1]}" }}' if width else "")


def _wiki(match: re.Match[str]) -> str:
    page, anchor, text = match[1].strip(), match[2] or "", match[3]
    if (not page and not anchor) or (match.group().isascii() and not anchor and not text):
        # `[[Prototype]]` and shell's `[[ -f x ]]` are more often themselves than links.
        return match.group()
    name = page if not page or re.search(r"\.\w{1,5}$", page) else f"{page}.md"
    return f"[{text or page or anchor[1:]}]({_target(name + anchor)})"


def obsidian(text: str) -> str:
    """`![[图.png|300]]` and `[[页面#标题|文字]]` as the links that they are."""
    if "[[" not in text:
        return text
    return outside_code(text, lambda part: _WIKI.sub(_wiki, _EMBED.sub(_embed, part)))


def table_cells(row: str) -> str:
    """A row of a table; its backslashes stay, since they keep pipes inside cells."""
    row = _DISPLAYED.sub(_one_dollar, obsidian(row))
    if not re.search(r"[<{$]|\\&", row):
        return row
    return outside_code(
        row,
        lambda part: _NO_ATTRIBUTES.sub(
            r"&#123;\1}",
            _NO_TAG.sub("&lt;", _dollars(part.replace("\\<", "&lt;").replace("\\&", "&amp;"))),
        ),
    )


def heading(text: str) -> str:
    """A heading's text, which Python-Markdown shows as its author wrote it."""
    text = _DISPLAYED.sub(_one_dollar, obsidian(text)) if "$$" in text else obsidian(text)
    if "*" in text:
        text = escape_lone_stars(text, _KEPT)
    return outside_code(text, _bare) if re.search(r"[\\<{$]|://", text) else text


def paragraph(text: str) -> str:
    """A paragraph that Python-Markdown reads as one."""
    text = heading(text)
    if "#" in text:
        # Python-Markdown makes a heading of `#include` and `#1`; the author's editor does not.
        text = _HEADING.sub(lambda heading: heading.group().replace("#", "\\#", 1), text)
    if text.strip().lower() == "[toc]":
        return "[TOC]"
    return text
