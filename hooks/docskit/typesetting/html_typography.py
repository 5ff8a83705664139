"""What a page's finished HTML needs so that style sheets can set it well."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

from docskit.html import up_to, walk, without_tags

# Code is shown as it stands; so is what a program reads.
_OPAQUE = re.compile(r"<(?P<shut>!--|(?:pre|code|script|style|textarea|math)\b)", re.IGNORECASE)
_LINK = re.compile(r"<a\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\s(?P<name>[\w-]+)\s*=\s*(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)'|(?P<c>[^\s>"']+))"""
)
_HEADING = re.compile(
    r"<(?P<tag>h[1-6])(?P<attributes>[^>]*)>(?P<text>(?:(?!<h[1-6]).)*?)"
    r'(?P<end><a class="headerlink|</(?P=tag)>)',
    re.DOTALL,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAUSE = re.compile(r"[\s，。、：；？！…—（）“”《》]+")
# Stretches of Han up to this long fit into a line of any phone, even in a page's title.
_PHRASE = 12
# A command of this many characters fits into a line of any phone, and need not be broken.
_WHOLE_CODE = 20
_INLINE_CODE = re.compile(r"<code>([^<]*)</code>")
# Browsers break lines after hyphens and slashes, and between any two Han: `-|v`, `dst=/|work`,
# `镜|像`. A command breaks at spaces and commas, as long as its words are short.
_WORD_OF_CODE = re.compile(r"[^\s,]+,?")
_BREAKS = re.compile(r"[-/?](?=.)|[\u3400-\u9fff]{2}")
_LONGEST_WORD = 24
# Emphasis with whatever stands in it, also code; so it is looked for in the whole page. What is
# longer than this is no emphasis but a tag that its author forgot to close. (Not `}+`, which
# Python reads wrong before 3.11.5.)
_EMPHASIS = re.compile(
    r"<(?P<shut>!--|(?:pre|script|style|textarea|math)\b)|"
    r"<(?P<tag>em|i|cite|var|dfn)>(?P<text>(?:[^<]|<(?!/?(?P=tag)>)){1,2000}?)</(?P=tag)>",
    re.DOTALL,
)


def _attribute(match: re.Match[str]) -> str:
    return unescape(match["a"] or match["b"] or match["c"] or "")


def _is_elsewhere(href: str, host: str) -> bool:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https", ""} and bool(parts.netloc) and parts.netloc != host


def _marked(match: re.Match[str], host: str) -> str:
    attributes = {found["name"].lower(): found for found in _ATTRIBUTE.finditer(match[0])}
    if "href" not in attributes or not _is_elsewhere(_attribute(attributes["href"]), host):
        return match[0]
    tag = match[0]
    for name, words in (("class", ["external"]), ("rel", ["external", "noopener"])):
        given = attributes.get(name)
        if given is None:
            tag = f'{tag[:-1]} {name}="{" ".join(words)}">'
            continue
        old = _attribute(given).split()
        new = " ".join([*old, *(word for word in words if word not in old)])
        tag = tag.replace(given[0], f' {name}="{new}"', 1)
    return tag


def _emphasised(match: re.Match[str]) -> str:
    if match["tag"] is None or not _HAN.search(without_tags(match["text"])):
        return match[0]
    return f'<{match["tag"]} class="han">{match["text"]}</{match["tag"]}>'


def _phrased(match: re.Match[str]) -> str:
    text = unescape(without_tags(match["text"]))
    longest = max(map(len, _PAUSE.split(text)))
    if longest > _PHRASE or not _HAN.search(text) or "class=" in match["attributes"]:
        return match[0]
    return f'<{match["tag"]}{match["attributes"]} class="phrases">{match["text"]}{match["end"]}'


def _code(html: str) -> str:
    code = _INLINE_CODE.fullmatch(html)
    if code is None:
        return html
    if len(unescape(code[1])) <= _WHOLE_CODE:
        return f'<code class="whole">{code[1]}</code>'
    return f"<code>{_WORD_OF_CODE.sub(_whole_word, code[1])}</code>"


def _whole_word(match: re.Match[str]) -> str:
    word = match[0]
    if not _BREAKS.search(word) or len(unescape(word)) > _LONGEST_WORD:
        return word
    return f'<span class="whole">{word}</span>'


def mark_up_typography(html: str, host: str) -> str:
    """Mark links to other hosts than `host`, and emphasis in Han, which have no italics.

    Links get `class="external" rel="external noopener"` beside what the author gave them.
    What should stay in one line of inline code gets `class="whole"`; no word of code changes.
    A heading that can be broken at its marks and spaces alone gets `class="phrases"`.
    """

    def dressed(part: str) -> str:
        tagged, rest = up_to(">", part)
        return _LINK.sub(lambda match: _marked(match, host), tagged) + rest

    html = _between_opaque(html, dressed, _code)
    parts: list[str] = []
    done = 0
    for match, end in walk(_EMPHASIS, html):
        if match["shut"] is None:
            parts += [html[done : match.start()], _emphasised(match)]
            done = end
    tagged, rest = up_to(">", "".join(parts) + html[done:])
    return _HEADING.sub(_phrased, tagged) + rest


def _between_opaque(
    html: str, change: Callable[[str], str], change_opaque: Callable[[str], str]
) -> str:
    parts: list[str] = []
    done = 0
    for match, end in walk(_OPAQUE, html):
        parts += [change(html[done : match.start()]), change_opaque(html[match.start() : end])]
        done = end
    return "".join(parts) + change(html[done:])


# Han with the marks and spaces between them.
_ZI = r"\u3400-\u9fff\uf900-\ufaff"
_RUN = rf"[{_ZI}](?:[{_ZI}\u3000-\u303f\uff01-\uff65 ]*[{_ZI}\u3000-\u303f\uff01-\uff65])?"
# Possessive: an unclosed tag with many attributes would be tried in every way of reading them.
_TAG_OR_RUN = re.compile(
    r"<(?P<shut>svg\b)|"  # a span would end the picture
    rf"""<[a-zA-Z/][^<>=]*+(?:=(?:\s*+"[^"]*+"|\s*+'[^']*+'|)[^<>=]*+)*+(?P<end>>?)|(?P<run>{_RUN})"""
)


def mark_han(html: str, language: str) -> str:
    """Say of Han in a page of another language what language it is, for voices and fonts.

    `language` is a tag such as `zh-CN`. Code and attributes stay as they are.
    """
    if not _HAN.search(html):
        return html

    def marked(part: str) -> str:
        parts: list[str] = []
        done = 0
        for match, end in walk(_TAG_OR_RUN, part):
            if match["run"]:
                parts += [part[done : match.start()], f'<span lang="{language}">', match["run"]]
                parts.append("</span>")
                done = end
        return "".join(parts) + part[done:]

    return _between_opaque(html, marked, lambda part: part)
