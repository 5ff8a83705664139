"""GitHub's way to show one picture by day and another by night.

`<picture><source media="(prefers-color-scheme: dark)" srcset="dark.png"><img src="light.png">
</picture>` asks the reader's system. A page that the reader can switch asks the page.
"""

from __future__ import annotations

import re
from html import escape

from docskit.html import Tag, tags

_PICTURE = re.compile(r"<picture\b[^<>]*>(?P<inside>.*?)</picture\s*>", re.DOTALL | re.IGNORECASE)
_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)", re.IGNORECASE)
_SRC = re.compile(r"""(\ssrc\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_TAGS = frozenset({"source", "img"})


def _shown_in(image: Tag, address: str, scheme: str) -> str:
    """The tag with another address, which the style sheet hides in the other scheme."""
    new = escape(f"{address.partition('#')[0]}#only-{scheme}")
    return _SRC.sub(lambda match: f'{match[1]}"{new}"', image.text, count=1)


def _two_pictures(match: re.Match[str]) -> str:
    found = list(tags(match["inside"], _TAGS))
    images = [tag for tag in found if tag.name == "img"]
    addresses: dict[str, str] = {}
    for source in (tag for tag in found if tag.name == "source"):
        values = source.attributes()
        scheme = _SCHEME.fullmatch(values.get("media", "").strip())
        candidates = values.get("srcset", "").split()
        if not scheme or len(candidates) != 1:
            # It chooses by something else as well, which an `img` cannot say.
            return match[0]
        addresses.setdefault(scheme[1].lower(), candidates[0])
    if len(images) != 1 or not addresses or not images[0].attributes().get("src"):
        return match[0]
    own = images[0].attributes()["src"]
    return "".join(
        _shown_in(images[0], addresses.get(scheme, own), scheme) for scheme in ("light", "dark")
    )


def pictures_for_schemes(html: str) -> str:
    """Each `picture` that differs by the system's scheme alone, as one `img` for each scheme.

    The style sheets show the one whose `src` ends in the page's scheme: `#only-light`,
    `#only-dark`. Every other `picture` stays as it is.
    """
    return _PICTURE.sub(_two_pictures, html) if "<picture" in html.lower() else html
