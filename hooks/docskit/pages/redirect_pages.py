"""Pages at addresses that a page had once, which lead to where it is now."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote

from docskit.messages import Problem, Severity, in_language
from docskit.pages.page_names import output
from docskit.pages.site_tree import is_index

_WORDS = {
    "zh": ("这一页换了地址", "去新的地址", "。", "："),
    "en": ("This page has moved", "Go to its new address", ". ", ": "),
}
_LONGEST_NAME = 240


def destination(identity: str, folder: str, directory_urls: bool) -> str:
    """Where the page `identity` (`git/first.md`) is published, from the site's root.

    `folder` is the language's: '' or 'en/'. The path is not quoted.
    """
    return folder + output(identity, directory_urls)


def moved_identities(moves: Mapping[str, str], identity_of: Callable[[str], str]) -> dict[str, str]:
    """Former identity → present one, from former and present source URIs of pages.

    What a page's original did counts before what its translations did.
    """
    found: dict[str, str] = {}
    by_origin = sorted(moves.items(), key=lambda move: (identity_of(move[0]) != move[0], move))
    for old, new in by_origin:
        if old.endswith(".md") and new.endswith(".md"):
            former, present = identity_of(old), identity_of(new)
            if former != present:
                found.setdefault(former, present)
    return found


def successors(
    gone: Iterable[str], existing: Collection[str], moves: Mapping[str, str]
) -> dict[str, str]:
    """Identity of a page that was deleted → the page that a reader is best shown instead.

    The first page of its folder, or of the folder that most of its neighbours have gone to by
    `moves` (former identity → present one), else the same of the folders above. Never the
    home page, which is no answer.
    """
    first: dict[str, str] = {}
    for identity in sorted(existing):
        folder = str(PurePosixPath(identity).parent)
        if is_index(identity) and folder != ".":
            first[folder] = identity
    went: dict[str, Counter[str]] = {}
    for old, new in moves.items():
        target = str(PurePosixPath(new).parent)
        for above in PurePosixPath(old).parents:
            went.setdefault(str(above), Counter())[target] += 1
    found: dict[str, str] = {}
    for identity in gone:
        for above in list(PurePosixPath(identity).parents)[:-1]:
            places = went.get(str(above), Counter()).most_common(1)
            folders = [str(above), *(place for place, _ in places)]
            if page := next((first[one] for one in folders if one in first), None):
                found[identity] = page
                break
    return found


def alias_destinations(
    aliases: object, path: str, directory_urls: bool
) -> tuple[list[str], list[Problem]]:
    """The files that `aliases` in the front matter of `path` asks for, from the site's root."""
    listed: Iterable[object] = aliases if isinstance(aliases, list) else [aliases]
    found: list[str] = []
    problems: list[Problem] = []
    for alias in listed:
        text = unquote(str(alias)).strip() if isinstance(alias, str) else ""
        bare = text.strip("/")
        parts = bare.split("/")
        odd = "://" in text or "?" in text or "#" in text or {"..", "."} & set(parts)
        # No folder has a name of more bytes than 255, nor one with this in it.
        too_long = any(len(part.encode(errors="replace")) > _LONGEST_NAME for part in parts)
        if not bare or odd or too_long or not bare.isprintable():
            problems.append(_not_an_address(path, alias))
        elif bare.endswith(".md"):
            found.append(destination(bare, "", directory_urls))
        elif bare.endswith((".html", ".htm")):
            found.append(bare)
        else:
            found.append(f"{bare}/index.html")
    return found, problems


def _not_an_address(path: str, alias: object) -> Problem:
    shown = " ".join(str(alias).split())[:80]
    return Problem(
        path,
        0,
        0,
        "alias-address",
        Severity.WARNING,
        f"aliases 里的“{shown}”不是站内的旧地址。请写成 old/page 这样，不带网站的地址，"
        "也不带 ? 和 #",
        f"'{shown}' in `aliases` is no former address on this site; write it like "
        "old/page, without the site's own address, `?` and `#`",
    )


def redirect_page(url: str, canonical: str, title: str, locale: str) -> str:
    """The page at an old address. `url` is the new one, relative to it and quoted.

    A script keeps what stands behind `#` and `?`; without scripts the refresh leads to the
    page's top.
    """
    moved, go, stop, colon = in_language(_WORDS, locale)
    script = json.dumps(url).replace("<", "\\u003c")
    link = f'<link rel="canonical" href="{escape(canonical)}">' if canonical else ""
    return (
        f'<!doctype html>\n<html lang="{escape(locale)}"><meta charset="utf-8">'
        f"<title>{escape(moved + colon + title)}</title>{link}"
        '<meta name="robots" content="noindex">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        # First, or the refresh would go to the top of the page.
        f"<script>location.replace({script}+location.search+location.hash)</script>"
        f'<meta http-equiv="refresh" content="0; url={escape(url)}">'
        f'<p>{moved}{stop}<a href="{escape(url)}">{go}{colon}{escape(title)}</a></p></html>\n'
    )
