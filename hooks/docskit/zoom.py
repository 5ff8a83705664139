"""Make a page's pictures links to themselves, which a small script opens as a lightbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

# Emoji and pictures that say so stay as they are; so does whatever is a link already.
_NOT_ZOOMED = {"twemoji", "emojione", "gemoji", "off-glb"}


# Whole tags, with `>` allowed inside of quotes; what a browser does not read as tags is
# stepped over. Python's HTML parser finds the same, at thirty times the price.
_TOKEN = re.compile(
    r"""<!--.*?-->|<(script|style|textarea|title)\b.*?</\1\s*>"""
    r"""|<(/?)([a-z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>""",
    re.IGNORECASE | re.DOTALL,
)
_LINKS = {"a", "button"}


class _Attributes(HTMLParser):
    """The attributes of a single tag."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=False)
        self.values: dict[str, str] = {}
        self.feed(tag)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.values = {name: value or "" for name, value in attrs}


def _pictures(html: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, src, alt) of each `img` outside links, as offsets into the page."""
    links = 0
    for match in _TOKEN.finditer(html):
        tag = (match[3] or "").lower()
        if tag in _LINKS and match[2]:
            links = max(links - 1, 0)
        elif tag in _LINKS and not match[0].endswith("/>"):
            links += 1
        elif tag == "img" and not match[2] and not links:
            values = _Attributes(match[0]).values
            if values.get("src") and not _NOT_ZOOMED & set(values.get("class", "").split()):
                yield match.start(), match.end(), values["src"], values.get("alt", "")


def link_pictures(html: str) -> str:
    """Wrap each picture of a rendered page in `<a class="glightbox">` to its own `src`.

    Pictures inside links or buttons, emoji, and those of class `off-glb` are left alone. Not a
    byte outside the new tags changes.
    """
    if "<img" not in html.lower():
        return html
    parts: list[str] = []
    done = 0
    for start, end, src, alt in _pictures(html):
        title = f' data-title="{escape(alt)}"' if alt else ""
        link = f'<a class="glightbox" href="{escape(src)}"{title}>'
        parts += [html[done:start], link, html[start:end], "</a>"]
        done = end
    return "".join(parts) + html[done:]
