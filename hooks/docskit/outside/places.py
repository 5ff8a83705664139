"""Where a page takes its pictures from other hosts, as changes that its file could have."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from docskit.outside.addresses import is_outside, outside_address
from docskit.reading import AuthorPage, Edit, Edits
from docskit.references import Found, Kind, Shown, places

_MOST_TRIES = 64
"""Conversions of a page to find the places that cannot be changed; each costs as much as it is
long, and a page where more are needed has something else wrong with it."""
_DEFINES = re.compile(r"[ \t>]*\[[^\]]+\]:[ \t]*<?")


@dataclass(frozen=True, slots=True)
class OutsidePlace:
    """`source.text[start:end]` spells the picture at `address`; `line` is 1-based in the file.

    `alone` is false where the same spelling is also what a link leads to.
    """

    start: int
    end: int
    line: int
    address: str
    alone: bool = True


def outside_places(page: AuthorPage, found: Iterable[Found]) -> list[OutsidePlace]:
    """Every place in the author's file that spells a picture on another host, in order."""
    elsewhere = [item for item in found if is_outside(item.raw)]
    offset = len(page.source.text) - len(page.front_matter.body)
    addresses: dict[tuple[int, int], set[str | None]] = {}
    lines: dict[tuple[int, int], int] = {}
    for item, place in places(elsewhere, page):
        if place is None or place.form == "wiki":
            continue
        if item.kind is Kind.LINK and place.kind is Kind.MEDIA:
            # `<https://…/a.png>` below the picture, which spells its own address.
            continue
        span = place.start + offset, place.end + offset
        lines[span] = place.line + page.front_matter.body_line - 1
        address = outside_address(item.raw) if item.kind is Kind.MEDIA else None
        addresses.setdefault(span, set()).add(address)
    return [
        OutsidePlace(*span, lines[span], address, len(known) == 1)
        for span, known in sorted(addresses.items())
        for address in known
        if address is not None
    ]


def unplaced(page: AuthorPage, found: Iterable[Found]) -> list[str]:
    """The outside pictures that readers get and that no place of the author's file spells.

    They come from an included file, or are spelled so that where cannot be told.
    """
    media = [item for item in found if item.kind is Kind.MEDIA and outside_address(item.raw)]
    return [item.raw for item, place in places(media, page) if place is None]


def _content(shown: Shown) -> tuple[object, ...]:
    """What readers get apart from where pictures are and how large."""
    content, *rest = shown.page if isinstance(shown.page, tuple) else (shown.page,)
    events: list[object] = []
    for event in content if isinstance(content, list) else [content]:
        if isinstance(event, tuple) and event and event[0] in ("img", "source"):
            words = {name: value for name, value in event[1] if name in ("alt", "title")}
            events.append((event[0], words))
        elif isinstance(event, tuple) and event and event[0] == "a":
            events.append("a")
        else:
            events.append(event)
    return (events, *rest)


def _is_definition(page: AuthorPage, place: OutsidePlace) -> bool:
    text = page.source.text
    line = text[text.rfind("\n", 0, place.start) + 1 : place.start]
    return _DEFINES.fullmatch(line) is not None


def provable(
    page: AuthorPage, places: Iterable[OutsidePlace], show: Callable[[bytes], Shown]
) -> list[OutsidePlace]:
    """Those of `places` where another address changes the picture and nothing else.

    `show` converts the page as if its file had other bytes. Each place is tried with a picture
    that is not there, which no page can have by chance. A definition that nobody uses is one of
    them where another place shows its picture. After many tries the rest is left as it is.
    """
    wanted: list[tuple[object, ...]] = []
    tries = 0

    def proves(some: list[OutsidePlace]) -> bool:
        if not wanted:
            wanted.append(_content(show(page.source.with_edits([], "utf-8"))))
        names = [f"zzz-{number}-zzz.png" for number in range(len(some))]
        new = with_names(page, dict(zip(some, names, strict=True)))
        shown = show(new)
        # A spelling between `<` and `>` has them in a page where nothing is found for it.
        raws = {item.raw.strip("<>") for item in shown.found if item.kind is Kind.MEDIA}
        return _content(shown) == wanted[0] and raws.issuperset(names)

    good: list[OutsidePlace] = []

    def search(some: list[OutsidePlace]) -> None:
        nonlocal tries
        tries += 1
        if not some or tries > _MOST_TRIES:
            return
        if proves([*good, *some]):
            good.extend(some)
        elif len(some) > 1:
            search(some[: len(some) // 2])
            search(some[len(some) // 2 :])

    candidates = [place for place in places if place.alone]
    search(candidates)
    at_home, proven = {place.address for place in good}, set(good)
    for place in candidates:
        # It goes with the others, so that it is right for whoever uses it later.
        if place not in proven and place.address in at_home and _is_definition(page, place):
            shown = show(with_names(page, {place: "zzz-0-zzz.png"}))
            if wanted and _content(shown) == wanted[0]:
                good.append(place)
    return sorted(good, key=lambda place: place.start)


def with_names(page: AuthorPage, names: Mapping[OutsidePlace, str]) -> bytes:
    """The author's file in UTF-8 with another spelling at each place."""
    edits = Edits(Edit(place.start, place.end, name) for place, name in names.items())
    return page.source.with_edits(edits, "utf-8")
