"""Anchors of headings: short, readable, and the same after another heading is inserted.

An anchor is made of the heading's own words. Only where a page has the same words twice do
the headings above tell them apart, for all of them alike, so that none depends on which
comes first. Numbers that an author counts headings with (`3. `, `二、`) are left out while
the rest is enough: they change with every insertion.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HAN = "\u3400-\u9fff\uf900-\ufaff\u3005\u3007"
# Characters of an anchor: an address that is sent on stays on one line of a chat.
LONGEST = 60
NO_WORDS = "section"
"""The anchor of a heading that has no word in it."""
# Characters of a heading that are looked at, five times what is kept of them.
_READ = 300

_NAMES = {"c++": "cpp", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
_NAME = re.compile(r"(?<![\w.])(?:c\+\+|c#|f#|\.net)(?!\w)", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=[a-z])['’](?=[a-z])")
_FIGURE_SPACE = re.compile(rf"(?<=[{HAN}])\s+(?=\d)|(?<=\d)\s+(?=[{HAN}])")
_SCRIPT_EDGE = re.compile(rf"(?<=[{HAN}])(?=[a-z])|(?<=[a-z])(?=[{HAN}])")
_BETWEEN_WORDS = re.compile(r"(?:\W|(?<![^\W_])_+|_+(?![^\W_]))+")
_SAID_TWICE = re.compile(r"(?<![^-])([^-]+)(?:-\1)+(?![^-])")
_ORDINAL = re.compile(
    r"""^\s*(?:
        \d+(?:\.\d+)*\s*[.、．)）:：]\s*(?!\d)   # 1.  1、  1.2)
      | \d+(?:\.\d+)+\s+                         # 1.2 Title
      | [（(][\d一二三四五六七八九十]+[)）]\s*      # （1）
      | [一二三四五六七八九十]+[、.．:：]\s*
      | 第[\d一二三四五六七八九十百]+[章节部分篇步课]+[、.．:：\s]+
    )(?=.*\w)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it is read: level 1 to 6, text without markup, an author's own id."""

    level: int
    text: str
    explicit: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The id of a heading, and shorter ones that lead to it as well."""

    id: str
    aliases: tuple[str, ...] = ()


def slug(text: str) -> str:
    """Words in lower case, joined by hyphens; Han stays Han, and no spacing shows.

    Empty where the text has no word in it.
    """
    # The rest of a heading that goes on and on decides nothing, and costs its square.
    words = unicodedata.normalize("NFKC", text[:_READ]).lower()
    words = _NAME.sub(lambda name: f" {_NAMES[name.group()]} ", words)
    words = _APOSTROPHE.sub("", words)
    words = _SCRIPT_EDGE.sub("-", _FIGURE_SPACE.sub("", words))
    # `Image (Image)` and the like, which translated terms leave behind.
    words = _SAID_TWICE.sub(r"\1", _BETWEEN_WORDS.sub("-", words).strip("-"))
    if len(words) > LONGEST:
        cut = words[: LONGEST + 1].rfind("-")
        words = words[: cut if cut > LONGEST // 2 else LONGEST].strip("-")
    return words


def short_slug(text: str) -> str:
    """`slug` without the number that the heading is counted with; 'section' for no words.

    >>> short_slug("3.1 安装 Docker Desktop")
    '安装-docker-desktop'
    """
    return slug(_ORDINAL.sub("", text[:_READ])) or slug(text) or NO_WORDS


def anchors(headings: Sequence[Heading], taken: Iterable[str] = ()) -> list[Anchor]:
    """One anchor for each heading of a page, all different, none of them in `taken`.

    An author's own id is kept as it stands. Of headings with the same words, the first
    answers to the words alone too, so that links from before there were two still work.
    """
    used = {heading.explicit for heading in headings if heading.explicit} | set(taken)
    shorts = [short_slug(heading.text) for heading in headings]
    ids = [heading.explicit for heading in headings]
    counts = Counter(short for short, own in zip(shorts, ids, strict=True) if not own)
    for index, short in enumerate(shorts):
        if not ids[index] and counts[short] == 1 and short not in used:
            ids[index] = short
            used.add(short)
    groups: dict[str, list[int]] = {}
    for index, short in enumerate(shorts):
        if not ids[index]:
            groups.setdefault(short, []).append(index)
    aliases: dict[int, str] = {}
    places = _places(headings, shorts) if groups else []
    for short, group in groups.items():
        names = _told_apart(headings, shorts, places, group, used)
        for index, name in zip(group, names, strict=True):
            ids[index] = name
        used.update(ids[index] for index in group)
        if short not in used:
            aliases[group[0]] = short
            used.add(short)
    return [
        Anchor(name, (aliases[index],) if index in aliases else ())
        for index, name in enumerate(ids)
    ]


def _told_apart(
    headings: Sequence[Heading],
    shorts: Sequence[str],
    places: Sequence[_Place],
    group: Sequence[int],
    used: set[str],
) -> list[str]:
    """Names for headings with the same words: for each the first that is like no other's."""
    above = [places[index].above for index in group]
    before = [places[index].before for index in group]
    short = shorts[group[0]]
    ways = [
        [slug(headings[index].text) for index in group],
        ["-".join([*path[-1:], short]) for path in above],
        ["-".join([*path, short]) for path in above],
        ["-".join([*path, *sibling, short]) for path, sibling in zip(above, before, strict=True)],
    ]
    names = [""] * len(group)
    # The words alone stay free for the alias, unless the page's own outline gives them.
    own = {short} if len(group) > 1 else set()
    for way in ways:
        counts = Counter(name for place, name in enumerate(way) if not names[place])
        for place, name in enumerate(way):
            bare = name == short and way is not ways[0] and not above[place]
            free = name not in used and (bare or name not in own)
            if not names[place] and counts[name] == 1 and free:
                names[place] = name
                own.add(name)
    reached: dict[str, int] = {}
    for place, name in enumerate(ways[1]):
        if not names[place]:
            number = reached.get(name, 1)
            numbered = name if number == 1 else f"{name}-{number}"
            while numbered in used or numbered in own:
                number += 1
                numbered = f"{name}-{number}"
            reached[name] = number
            names[place] = numbered
        own.add(names[place])
    return names


@dataclass(frozen=True, slots=True)
class _Place:
    """The words of the headings that enclose one, outermost first, without the page's title.

    `before` has those of the nearest sibling above that has other words, if there is one.
    """

    above: tuple[str, ...]
    before: tuple[str, ...]


def _places(headings: Sequence[Heading], shorts: Sequence[str]) -> list[_Place]:
    found: list[_Place] = []
    enclosing: list[tuple[int, str]] = []
    # Level → words of the last sibling, and of the last that has other words than that one.
    siblings: dict[int, tuple[str, tuple[str, ...]]] = {}
    for heading, short in zip(headings, shorts, strict=True):
        while enclosing and enclosing[-1][0] >= heading.level:
            enclosing.pop()
        siblings = {level: last for level, last in siblings.items() if level <= heading.level}
        above = tuple(words for level, words in enclosing if level > 1)
        before: tuple[str, ...] = ()
        if heading.level in siblings:
            last, other = siblings[heading.level]
            before = other if last == short else (last,)
        found.append(_Place(above, before))
        siblings[heading.level] = (short, before)
        enclosing.append((heading.level, short))
    return found
