"""The navigation's entries for what a page is not in, rendered once for all pages of a folder.

Every page lists all folders of the site: rendered each time, that grows with pages times folders.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.structure.pages import Page


def _first_address(item: Any) -> str:
    while item.children:
        item = item.children[0]
    return str(getattr(item, "url", "") or "")


class NavEntries:
    """What the template of the navigation asks, for one language of one build."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str, bool], str] = {}
        self._items: list[Any] = []

    def forget(self) -> None:
        """A title or an address may be another now."""
        self._known.clear()
        self._items.clear()

    def entry(self, item: Any, page: Page, render: Callable[[Any], str]) -> str:
        """`render(item)`, for an item that is neither `page` nor around it.

        Its address relative to the page is the same for all pages of a folder, unless it lies
        below the page's own.
        """
        address = page.url.rstrip("/")
        if address in {"", "."} or _first_address(item).startswith(address):
            return render(item)
        # `404.html` stands one level higher than `a/` beside it.
        key = id(item), address.rpartition("/")[0], page.url.endswith("/")
        known = self._known.get(key)
        if known is None:
            # Kept, so that no other item gets its id.
            self._items.append(item)
            known = self._known[key] = render(item)
        return known
