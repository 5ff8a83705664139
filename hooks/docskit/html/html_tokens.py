"""Where a browser sees tags and comments in HTML, and which names it treats in a special way.

The rules are those of the tokenizer of html.spec.whatwg.org (13.2.5), but for one: what has a
`<` outside of quotes within it is no tag here. Whoever uses this shows such a one as text.
"""

from __future__ import annotations

import re

WHITE_SPACE = _WS = r"\t\n\f\r "
_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|[^{_WS}>"'<][^{_WS}><]*+|(?=>))"""
_ATTRIBUTE = (
    rf"(?:=|[^{_WS}/>=<])[^{_WS}/>=<]*+"
    rf"(?:[{_WS}]*+=[{_WS}]*+{_VALUE}|(?![{_WS}]*+=))"
)
# No author writes a thousand attributes; the bound keeps time linear whatever is written.
TAG = re.compile(rf"<(/?)([a-zA-Z][^{_WS}/><]*+)((?:[{_WS}/]++|{_ATTRIBUTE}){{0,1000}})>")
COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)
CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_SLASH_IN_VALUE = re.compile(rf"[^{_WS}/>=][{_WS}]*+=[{_WS}]*+(?:[^{_WS}\"'>][^{_WS}>]*)?/$")


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


VOID = _names(
    "area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    "source track wbr"
)
# What is in them is text to a browser, up to their end tag.
RAW = _names("script style textarea title xmp iframe noembed noframes noscript plaintext")
# They belong to the whole document, or change it: a page's article has none.
DOCUMENT = _names("html head body frameset")
# Elements with an end that the specification lets authors leave out.
OPTIONAL_END = _names(
    "p li dt dd option optgroup rb rp rt rtc caption colgroup tbody td tfoot th thead tr"
)
# The elements whose end is theirs as well.
END_IMPLIED = {
    **dict.fromkeys(["li"], frozenset({"ul", "ol", "menu"})),
    **dict.fromkeys(["dt", "dd"], frozenset({"dl"})),
    **dict.fromkeys(["option", "optgroup"], _names("select optgroup option datalist")),
    **dict.fromkeys(["td", "th"], frozenset({"tr"})),
    "tr": frozenset({"tbody", "thead", "tfoot", "table"}),
    **dict.fromkeys(["tbody", "thead", "tfoot", "colgroup", "caption"], frozenset({"table"})),
    **dict.fromkeys(["rb", "rp", "rt", "rtc"], _names("ruby rb rp rt rtc")),
    "p": _names("li td th dd div blockquote section article aside details center"),
}
# And those that end where another of their kind begins.
STARTS_ANEW = {
    "li": frozenset({"li"}),
    **dict.fromkeys(["dt", "dd"], frozenset({"dt", "dd"})),
}
# What has to be the innermost open element where one of these begins.
TABLE_CONTEXTS = {
    **dict.fromkeys(["td", "th"], _names("tr tbody thead tfoot table")),
    "tr": _names("tbody thead tfoot table"),
    **dict.fromkeys(
        _names("caption colgroup tbody thead tfoot table"),
        frozenset({"table"}),
    ),
}
TABLE_PARTS = _names("caption colgroup tbody td tfoot th thead tr")
HEADINGS = _names("h1 h2 h3 h4 h5 h6")
# "special" in 13.2.4.2: the end tag of another element does not reach beyond them.
SPECIAL = (
    _names(
        "address applet area article aside blockquote button caption center col colgroup dd "
        "details dialog dir div dl dt fieldset figcaption figure footer form header hgroup li "
        "listing main marquee menu nav object ol p pre search section select summary table tbody "
        "td template tfoot th thead tr ul"
    )
    | HEADINGS
    | VOID
    | RAW
)
# "in scope": no end tag reaches beyond them.
BARRIERS = _names("applet caption marquee object select table td th")
# Where one of these is left open, a browser does not show what follows it.
HIDING = _names("audio canvas datalist dialog meter object picture progress video applet map")
FORMATTING = _names(
    "abbr b big center cite code del dfn em font i ins kbd mark q s samp small strike strong sub "
    "sup tt u var"
)
# Without an attribute they show nothing, or do nothing.
EMPTY_ALONE = HIDING | _names(
    "a area button embed fieldset form img input label link meta param source track"
)
# Where a block's tag is a word, if it is not closed.
SENTENCES = HEADINGS | _names("p td th dt summary a em strong")
_PHRASES = _names(
    "a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label legend "
    "mark math nobr output q rb rp rt rtc ruby s samp slot small span strike strong sub sup svg "
    "time tt u var"
)
KNOWN = SPECIAL | HIDING | DOCUMENT | OPTIONAL_END | _PHRASES | _names("optgroup option")
# A start tag of these ends an `<svg>` or `<math>` that it stands in (13.2.6.5).
BREAKOUT = _names(
    "b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i "
    "img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul "
    "var"
)
# HTML again inside of `<svg>` or `<math>`.
INTEGRATION = {
    "svg": frozenset({"foreignobject", "desc", "title"}),
    "math": frozenset({"mi", "mo", "mn", "ms", "mtext"}),
}


def is_self_closed(attributes: str) -> bool:
    """Whether `attributes`, all of a tag behind its name, end with a `/` that is in no value."""
    return attributes.endswith("/") and not _SLASH_IN_VALUE.search(attributes)
