"""The files at the site's root, and at that of each language, that the generator writes.

An author's robots.txt is none of them: it is published as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docskit.messages import Problem, Severity
from docskit.pages.addresses import ADDRESSES
from docskit.pages.lost_addresses import LIST

NOT_FOUND, SITEMAP = "404.html", "sitemap.xml"
FEED, LLMS, LLMS_FULL = "feed.xml", "llms.txt", "llms-full.txt"
_OF_THE_SITE = (SITEMAP, ADDRESSES, LIST)
_OF_A_LANGUAGE = (FEED, LLMS, LLMS_FULL, NOT_FOUND)


def generated_names(other_locales: Iterable[str]) -> set[str]:
    """Paths relative to the site's root; `other_locales` are those in folders of their own."""
    folders = ["", *(f"{locale}/" for locale in other_locales)]
    return {*_OF_THE_SITE, *(folder + name for folder in folders for name in _OF_A_LANGUAGE)}


def generated_instead(src_uris: Sequence[str], other_locales: Iterable[str]) -> list[Problem]:
    """A warning for each file of an author's that the generator's own would overwrite."""
    names = generated_names(other_locales)
    return [_generated(uri) for uri in src_uris if uri in names]


def _generated(uri: str) -> Problem:
    return Problem(
        uri,
        0,
        0,
        "generated-name",
        Severity.WARNING,
        f"网站自己会生成 /{uri}，所以没有发布这个文件。请删掉它；"
        "如果是别的内容，请改名，并改好指向它的链接",
        f"the site generates /{uri} itself, and this file is not published; delete it, "
        "or rename it if it holds something else, along with the links to it",
    )
