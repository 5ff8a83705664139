"""An entry of the navigation that was rendered for one page is what another page would have got."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest
from mkdocs.utils import get_relative_url

from mkdocs_bridge.build.nav_entries import NavEntries


@dataclass
class Item:
    url: str
    children: list[Item] = field(default_factory=list)


def _first(item: Item) -> str:
    return _first(item.children[0]) if item.children else item.url


def _urls(chance: random.Random, directory_urls: bool) -> list[str]:
    found = {"./", "404.html"} if directory_urls else {"index.html", "404.html"}
    for _ in range(12):
        path = "/".join(
            chance.choice(["a", "b", "ab", "v1.2", "甲"]) for _ in range(chance.randint(1, 4))
        )
        found.add(f"{path}/" if directory_urls else f"{path}{chance.choice(['', '/index'])}.html")
    return sorted(found)


@pytest.mark.parametrize("directory_urls", [True, False])
def test_what_is_known_is_what_would_be_rendered(directory_urls: bool) -> None:
    chance, asked, rendered = random.Random(5), 0, 0
    for _ in range(200):
        urls, entries = _urls(chance, directory_urls), NavEntries()
        items = [Item(url) for url in urls]
        items += [Item("", [Item(url), Item("x/")]) for url in urls] + [Item("https://a.b/")]
        pages: list[Any] = [Item(url) for url in urls]
        for page in pages:
            for item in items:

                def render(item: Any, page: Any = page) -> str:
                    nonlocal rendered
                    rendered += 1
                    url = _first(item)
                    return url if "://" in url else get_relative_url(url, page.url)

                asked += 1
                assert entries.entry(item, page, render) == render(item), (item, page)
    # One of each two was to compare with.
    assert rendered - asked < 0.9 * asked


def test_what_has_changed_is_rendered_anew() -> None:
    entries, item, page = NavEntries(), Item("b/"), Item("a/")
    said = iter("甲乙丙")
    render = lambda _: next(said)  # noqa: E731
    assert [entries.entry(item, page, render) for _ in "12"] == ["甲", "甲"]  # type: ignore[arg-type]
    entries.forget()
    assert entries.entry(item, page, render) == "乙"  # type: ignore[arg-type]
