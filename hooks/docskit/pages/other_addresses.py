"""Addresses that pages have elsewhere: Docusaurus' `slug`, Hexo's `permalink`, `01-` in names.

They are none of this site's, where an address comes from the file's name; but the links of
those who move here lead to them.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote

from docskit.pages.draft_pages import HEAD
from docskit.pages.site_tree import is_index, is_page, loose
from docskit.reading import read_author_page

_NAMES = ("slug", "permalink", "abbrlink", "urlname", "url", "id")
_MAYBE = re.compile(rb"(?m)^[ \t\"']*(?:" + "|".join(_NAMES).encode() + rb")[\"']?[ \t]*:")
# `01-`, which Docusaurus and VuePress leave out of an address.
_NUMBER = re.compile(r"(?:(?<=/)|^)\d{1,3}[-_. ]+(?=\w)")
_ENDING = re.compile(r"(?:/?index)?(?:\.html?|\.mdx?)?$", re.IGNORECASE)
_MOST_BEFORE = 2
"""Parts that may stand before an address in a link: a language, and the folder of a plugin."""


def said_addresses(data: bytes, src_uri: str) -> list[str]:
    """The addresses that the front matter of a file claims, without slashes around them."""
    if not _MAYBE.search(data[:HEAD]):
        return []
    meta = read_author_page(data, src_uri)[0].front_matter.meta
    folder = posixpath.dirname(src_uri)
    found: list[str] = []
    for name in _NAMES:
        value = meta.get(name)
        if not isinstance(value, str | int) or isinstance(value, bool):
            continue
        said = str(value).strip()
        if not said.strip("/") or ":" in said or (name == "id" and said.isdecimal()):
            # `:year/:title` is a pattern, `https://…` another site's, `1` a row of a table.
            continue
        found.append(_plain(said))
        if not said.startswith("/"):
            found.append(_plain(posixpath.join(folder, said)))
    return [address for address in dict.fromkeys(found) if address]


def other_addresses(said: Mapping[str, Iterable[str]], uris: Iterable[str]) -> dict[str, list[str]]:
    """Address → source URIs of the pages that have it; `said` is what each page claims."""
    found: dict[str, list[str]] = defaultdict(list)
    for uri, addresses in sorted(said.items()):
        for address in addresses:
            found[loose(address)].append(uri)
    for uri in sorted(uris):
        if is_page(uri) and _NUMBER.search(uri):
            named = posixpath.dirname(uri) if is_index(uri) else posixpath.splitext(uri)[0]
            address = loose(_NUMBER.sub("", named))
            if address and uri not in found[address]:
                found[address].append(uri)
    return {address: pages for address, pages in found.items() if pages}


def readings(path: str, page: str) -> Iterator[str]:
    """The addresses that a link with this path, in a page at a source URI, may mean."""
    joined = posixpath.join(posixpath.dirname(page), path)
    bare = re.sub(r"^(?:\.{0,2}/)+", "", path)
    for text in (bare if path.startswith("/") else posixpath.normpath(joined), bare):
        parts = _plain(text).split("/")
        for before in range(min(_MOST_BEFORE, len(parts) - 1) + 1):
            address = "/".join(parts[before:])
            yield from dict.fromkeys((loose(address), loose(_NUMBER.sub("", address))))


def _plain(address: str) -> str:
    return _ENDING.sub("", unquote(address).split("#")[0].strip("/ "))
