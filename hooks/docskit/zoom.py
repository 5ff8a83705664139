"""Make a page's pictures links to themselves, which a small script opens as a lightbox."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

# Emoji and pictures that say so stay as they are; so does whatever is a link already.
_NOT_ZOOMED = {"twemoji", "emojione", "gemoji", "off-glb"}


class _Pictures(HTMLParser):
    """Collects (start, end, src, alt) of each `img` outside links, as offsets into the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, int, str, str]] = []
        self._links = 0
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"a", "button"}:
            self._links += 1
        elif tag == "img" and not self._links:
            values = {name: value or "" for name, value in attrs}
            text = self.get_starttag_text()
            if (
                text
                and values.get("src")
                and not _NOT_ZOOMED & set(values.get("class", "").split())
            ):
                line, column = self.getpos()
                start = self._lines[line - 1] + column
                found = (start, start + len(text), values["src"], values.get("alt", ""))
                self.found.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in {"a", "button"}:
            self._links -= 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"a", "button"} and self._links:
            self._links -= 1


def link_pictures(html: str) -> str:
    """Wrap each picture of a rendered page in `<a class="glightbox">` to its own `src`.

    Pictures inside links or buttons, emoji, and those of class `off-glb` are left alone. Not a
    byte outside the new tags changes.
    """
    if "<img" not in html.lower():
        return html
    parts: list[str] = []
    done = 0
    for start, end, src, alt in _Pictures(html).found:
        title = f' data-title="{escape(alt)}"' if alt else ""
        link = f'<a class="glightbox" href="{escape(src)}"{title}>'
        parts += [html[done:start], link, html[start:end], "</a>"]
        done = end
    return "".join(parts) + html[done:]
