"""Make a page's pictures links to themselves, which a small script opens as a lightbox."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from docskit.html import tags
from docskit.outside import is_outside

# Emoji and pictures that say so stay as they are; so does whatever is a link already.
_NOT_ZOOMED = {"twemoji", "emojione", "gemoji", "off-glb"}

_LINKS = {"a", "button"}
_TAGS = frozenset(_LINKS | {"img"})


def _pictures(html: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, src, alt) of each `img` outside links, as offsets into the page."""
    links = 0
    for tag in tags(html, _TAGS):
        if tag.name in _LINKS and tag.closes:
            links = max(links - 1, 0)
        elif tag.name in _LINKS and not tag.is_empty:
            links += 1
        elif tag.name == "img" and not tag.closes and not links:
            values = tag.attributes()
            if values.get("src") and not _NOT_ZOOMED & set(values.get("class", "").split()):
                yield tag.start, tag.end, values["src"], values.get("alt", "")


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
        if is_outside(src):
            # The lightbox would ask for it with a Referer, which many hosts refuse.
            link = f'<a class="outside" href="{escape(src)}" rel="noreferrer">'
        parts += [html[done:start], link, html[start:end], "</a>"]
        done = end
    return "".join(parts) + html[done:]
