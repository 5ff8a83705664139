"""Tags that are spoken of, not meant: GFM's tag filter, and `List<String>`.

A browser reads an unclosed `<script>` or `<textarea>` to the end of the page, and shows nothing
of a tag that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# https://github.github.com/gfm/#disallowed-raw-html-extension-
_DISALLOWED = frozenset(
    re.findall(
        r"[\w-]+",
        """title textarea style xmp iframe noembed noframes script plaintext""",
    )
)
# What a browser shows nothing of, or moves elsewhere, until it is closed.
_SWALLOWING = frozenset(
    re.findall(
        r"[\w-]+",
        """template noscript select""",
    )
)
_FILTERED = _DISALLOWED | _SWALLOWING
# Complete, these do what they say, in a block of their own and (some) in a sentence.
_WHOLE_IN_BLOCK = _SWALLOWING | {"style", "script", "iframe"}
_WHOLE_IN_LINE = _SWALLOWING | {"iframe"}
_KNOWN = frozenset(
    re.findall(
        r"[\w-]+",
        """a abbr acronym address animate animatemotion animatetransform applet area article aside
audio b base basefont bdi bdo bgsound big blink blockquote body br button canvas caption
center circle cite clippath code col colgroup content data datalist dd defs del desc details
dfn dialog dir div dl dt ellipse em embed fieldset figcaption figure filter font footer
foreignobject form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe
image img input ins isindex kbd keygen label legend li line lineargradient link listing main
map mark marker marquee mask math menu menuitem meta meter mi mn mo mover mrow ms mspace
msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover mfrac mroot mpadded
mphantom menclose merror semantics annotation nav nobr noembed noframes noscript object ol
optgroup option output p param path pattern picture plaintext polygon polyline portal pre
progress q radialgradient rb rect rp rt rtc ruby s samp script search section select set
slot small source spacer span stop strike strong style sub summary sup svg switch symbol
table tbody td template text textarea textpath tfoot th thead time title tr track tspan tt u
ul use var video view wbr xmp""",
    )
)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_TAG_ALONE = r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:\s[^<>]*)?/?)>"
_TAG_OR_COMMENT = re.compile(rf"<!--.*?-->|{_TAG_ALONE}", re.DOTALL)
_TAG = re.compile(_TAG_ALONE)
_BARE = re.compile(r"\s*/?\Z")


def _tags(html: str) -> Iterator[re.Match[str]]:
    """The tags and comments of `html`; behind the last end of one, no comment is looked for."""
    last = html.rfind("-->") + 3 if "-->" in html else 0
    yield from _TAG_OR_COMMENT.finditer(html, 0, last)
    yield from _TAG.finditer(html, last)


@lru_cache(maxsize=16)
def _extent(name: str, source: str) -> tuple[int, int]:
    """Where the first tag that begins such an element is, and the last that ends one; or -1."""
    first = re.search(rf"<{name}\b", source, re.IGNORECASE)
    last = -1
    for end in re.finditer(rf"</{name}\s*>", source, re.IGNORECASE):
        last = end.start()
    return first.start() if first else -1, last


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


def _is_unknown_name(name: str) -> bool:
    return bool(name) and "-" not in name and name not in _KNOWN


def is_filtered(tag: str, source: str, start: int, end: int) -> bool:
    """Whether `tag`, which stands in a sentence at `source[start:end]`, is to be shown as text."""
    name = _name(tag)
    if name not in _FILTERED:
        return False
    if name not in _WHOLE_IN_LINE:
        return True
    first, last = _extent(name, source)
    if tag.startswith("</"):
        return not 0 <= first < start
    return last < end


def is_unknown(tag: str) -> bool:
    """Whether no browser knows `tag`, and nothing about it looks like HTML: `<String>`."""
    return "=" not in tag and _is_unknown_name(_name(tag))


def block_as_shown(html: str) -> tuple[str, list[str]]:
    """A block of raw HTML with what is only spoken of as text, and the unknown tags in it."""
    lowered = html.lower()
    if not any(f"<{name}" in lowered or f"</{name}" in lowered for name in _FILTERED) and all(
        not _is_unknown_name(found["name"].lower()) for found in _tags(html) if found["name"]
    ):
        return html, []
    last_end = {name: lowered.rfind(f"</{name}") for name in _FILTERED}
    first_start = {name: lowered.find(f"<{name}") for name in _FILTERED}
    svg = lowered.find("<svg")
    unknown: list[str] = []
    hidden_until = ""

    def change(found: re.Match[str]) -> str:
        nonlocal hidden_until
        name = (found["name"] or "").lower()
        if not name:
            return found[0]
        if hidden_until:
            # Inside of a script or style, nothing is a tag but its end.
            if found["close"] and name == hidden_until:
                hidden_until = ""
            return found[0]
        if name in _FILTERED:
            whole = name in _WHOLE_IN_BLOCK or (name == "title" and 0 <= svg < found.start())
            if whole and found["close"] and 0 <= first_start[name] < found.start():
                return found[0]
            if whole and not found["close"] and last_end[name] > found.start():
                if name in {"script", "style"}:
                    hidden_until = name
                return found[0]
            return f"&lt;{found[0][1:]}"
        if _is_unknown_name(name) and _BARE.match(found["rest"]):
            unknown.append(found[0])
            return f"&lt;{found[0][1:]}"
        return found[0]

    parts: list[str] = []
    done = 0
    for found in _tags(html):
        parts += [html[done : found.start()], change(found)]
        done = found.end()
    return "".join([*parts, html[done:]]), unknown
