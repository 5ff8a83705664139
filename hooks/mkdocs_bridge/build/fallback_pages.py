"""A page that stands in for its translation says what it says in its own language.

It was converted for that language a moment ago, with the same source, the same anchors, the
same pictures and the same problems. What differs is where its addresses lead from; and where
anything else could differ, the page is converted again.
"""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from docskit.references import Found, Kind, Status, rewrite_html
from docskit.translation import State, Translation
from mkdocs_bridge.cache import KIND

Answers = dict[tuple[str, ...], str]
Ask = Callable[..., str]
_SHARED = "assets/"
"""Where the site's own steps put what they make, once for all languages."""


class OtherwiseError(Exception):
    """The page may look otherwise in the other language."""


def _asked_again(
    answers: Answers, page: Page, answerers: Mapping[str, Ask]
) -> tuple[Answers, dict[str, str]]:
    """What the page would be told now, and from the URL of each file to what it is now.

    It must be the same file wherever it asked for one, and the same answer to all else.
    """
    now: Answers = {}
    targets: dict[str, str] = {}
    for (kind, *question), answer in answers.items():
        if kind not in answerers:
            raise OtherwiseError(kind)
        found = now[kind, *question] = answerers[kind](page, *question)
        if kind == KIND:
            (uri, url, inclusion), (uri_now, url_now, inclusion_now) = _facts(answer), _facts(found)
            if (uri, inclusion) != (uri_now, inclusion_now):
                raise OtherwiseError(f"{kind} {question}")
            if answer:
                targets[url] = url_now
        elif found != answer:
            raise OtherwiseError(f"{kind} {question}")
    return now, targets


def _facts(answer: str) -> tuple[str, str, str]:
    """Source URI, URL and inclusion of a file as `watched_files.described` gives them."""
    if not answer:
        return "", "", ""
    uri, url, inclusion, _ = ast.literal_eval(answer)
    return uri, url, inclusion


class _Addresses:
    """The addresses of a page at the URL `here`, led on from the URL `there`.

    `targets` leads from the URL of each file that the page asked for to its URL in the other
    language; all are relative to the site's root. `missing` are addresses that lead nowhere and
    stay as they were written.
    """

    def __init__(
        self, here: str, there: str, targets: Mapping[str, str], missing: set[str]
    ) -> None:
        self._here, self._there = here, there
        self._missing = missing
        self._known: dict[str, str] = {}
        for target, other in targets.items():
            old, new = get_relative_url(target, here), get_relative_url(other, there)
            if self._known.setdefault(old, new) != new:
                raise OtherwiseError(f"two addresses for {old}")

    def led(self, value: str, _kind: Kind | None = None) -> str | None:
        """The address in the stand-in; None where it is the same everywhere."""
        parts = urlsplit(value)
        if not parts.path or parts.scheme or parts.netloc or parts.path.startswith("/"):
            return None
        if not value.startswith(parts.path):
            raise OtherwiseError(value)
        led = self._known.get(parts.path)
        if value in self._missing:
            if led is not None:
                raise OtherwiseError(value)
            return None
        led = led or self._shared(parts.path)
        return led + value[len(parts.path) :]

    def _shared(self, path: str) -> str:
        folder = self._here if self._here.endswith("/") else posixpath.dirname(self._here)
        target = posixpath.normpath(posixpath.join(folder, path))
        if not target.startswith(_SHARED) or get_relative_url(target, self._here) != path:
            raise OtherwiseError(path)
        return get_relative_url(target, self._there)


def shown_again(
    page: Page,
    original: File,
    row: tuple[dict[str, Any], dict[str, object], Answers],
    answerers: Mapping[str, Ask],
) -> tuple[dict[str, Any], dict[str, object], Answers]:
    """`row` of the page's own language, as the conversion of `page` would have left it.

    `row` is what conversion left on the page, what hooks kept and what was asked; `original` is
    the page's file in its own language. Raises `OtherwiseError` where the two could differ in
    more than addresses.
    """
    values, kept, answers = row
    content, fragments = values.get("content"), kept.get("fragments")
    state = kept.get("translation")
    if (
        not isinstance(content, str)
        or not isinstance(fragments, list)
        or kept.get("outside_homes")
        or not isinstance(state, Translation)
        or state.state is not State.ORIGINAL
    ):
        raise OtherwiseError("kept otherwise")
    now, targets = _asked_again(answers, page, answerers)
    missing = {
        found.raw
        for found in kept.get("references") or ()  # type: ignore[attr-defined]
        if isinstance(found, Found) and found.resolution.status is Status.MISSING
    }
    addresses = _Addresses(
        original.url, page.file.url, {original.url: page.file.url, **targets}, missing
    )
    return (
        {**values, "content": rewrite_html(content, addresses.led)},
        {
            **kept,
            "fragments": sorted({addresses.led(value) or value for value in fragments}),
            "translation": Translation(State.MISSING),
        },
        now,
    )
