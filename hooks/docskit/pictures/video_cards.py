"""Videos of other sites as cards: a title and a sign to play, and nothing asked of anyone.

A card is a link to the video's page, and so it stays on paper, without script and in a reader's
own program. overrides/assets/javascripts/video.js puts the player in its place when a reader
asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from docskit.html import Tag, tags, without_tags
from docskit.messages import in_language
from docskit.outside import Video, is_outside, video_of
from docskit.reading import Edit, Edits

_TAGS = frozenset({"iframe", "a", "img", "p", "li"})
_MENTIONED = re.compile(r"bilibili|b23\.tv|youtu", re.IGNORECASE)
# Between the lines of a paragraph.
_BETWEEN = re.compile(r"\s*(?:<br\s*/?>\s*)*", re.IGNORECASE)
# What the sites' own "copy the code" gives every video.
_NO_TITLE = {
    "youtube video player",
    "youtube video",
    "youtube player",
    "bilibili video player",
    "bilibili player",
    "bilibili",
    "video",
    "视频",
    "哔哩哔哩播放器",
}
_PIXELS = re.compile(r"(\d{1,5})(?:\.\d+)?(?:px)?", re.IGNORECASE)
_RATIO = re.compile(r"aspect-ratio\s*:\s*([\d.]{1,8})\s*(?:/\s*([\d.]{1,8}))?\s*(?:;|\Z)", re.I)
_PLACED = re.compile(r"(?:^|;)\s*position\s*:\s*(?:absolute|fixed)", re.IGNORECASE)
# Pixels that a card with a title and a button needs; narrower frames stay frames.
_NARROWEST = 240
_SRC = re.compile(r"""(\ssrc\s*=\s*["']?\s*)(?=//)""", re.IGNORECASE)
_WORDS = {
    "zh": {
        "bilibili.com": "哔哩哔哩视频",
        "youtube.com": "YouTube 视频",
        "part": "，第 {} 集",
        "play": "点击播放，从 {} 加载",
        "watch": "在 {} 上看",
    },
    "en": {
        "bilibili.com": "Bilibili video",
        "youtube.com": "YouTube video",
        "part": ", part {}",
        "play": "Click to play, loaded from {}",
        "watch": "Watch on {}",
    },
}


class _Cards:
    def __init__(self, locale: str, in_place: bool) -> None:
        self._words = in_language(_WORDS, locale)
        self._in_place = in_place

    def name(self, video: Video, *, with_ident: bool) -> str:
        """What a video without a title is called."""
        part = self._words["part"].format(video.part) if video.part else ""
        return self._words[video.site] + (f" {video.ident}" if with_ident else "") + part

    def card(
        self, video: Video, title: str, *, href: str = "", below: str = "", frame: str = ""
    ) -> str:
        """`title` and `below` are HTML, `frame` what the frame's own tag says of its place."""
        there = self._words["watch"].format(video.site)
        said = self._words["play"].format(video.player_site) if self._in_place else there
        player = ""
        if self._in_place:
            player = f' data-player="{escape(video.player)}" data-watch="{escape(there)}"'
        address = f'<span class="video-address">{below}</span>' if below else ""
        shape = frame or (
            ' style="aspect-ratio: 9 / 16; max-width: 320px"' if video.portrait else ""
        )
        return (
            f'<span class="video"{shape}>'
            f'<a class="video-card" href="{escape(href or video.watch)}"{player}>'
            f'<span class="video-title">{title}</span>{address}'
            f'<span class="video-note" data-search-exclude>{said}</span></a></span>'
        )


def _pixels(value: str) -> float:
    found = _PIXELS.fullmatch(value.strip())
    return float(found[1]) if found else 0.0


def _frame(attributes: dict[str, str]) -> str:
    """The attributes that keep a frame's place and shape."""
    style = attributes.get("style", "")
    rules: list[str] = []
    if _PLACED.search(style):
        # It fills a box that its author has made for it.
        rules = [style.strip().rstrip(";"), "aspect-ratio: auto", "max-width: none"]
    else:
        width, height = (_pixels(attributes.get(name, "")) for name in ("width", "height"))
        ratio = _RATIO.search(style)
        if ratio:
            rules.append(f"aspect-ratio: {ratio[1]} / {ratio[2] or 1}")
        elif width and height:
            rules.append(f"aspect-ratio: {width:g} / {height:g}")
        if width and width >= _NARROWEST:
            rules.append(f"max-width: {width:g}px")
    own = f' id="{escape(attributes["id"])}"' if attributes.get("id") else ""
    return own + (f' style="{escape("; ".join(rules))}"' if rules else "")


def _other_frame(tag: Tag, attributes: dict[str, str]) -> str:
    """The tag of a frame that stays one: by https, and asked for when it comes near."""
    text = _SRC.sub(r"\1https:", tag.text, count=1)
    if "loading" not in attributes:
        end = re.search(r"\s*/?>$", text)
        at = end.start() if end else len(text)
        text = f'{text[:at]} loading="lazy"{text[at:]}'
    return text


def _lines(inner: str) -> list[tuple[dict[str, str], str]] | None:
    """The links of a paragraph that has nothing but links, one a line; None for any other."""
    found: list[tuple[dict[str, str], str]] = []
    position = 0
    opened: Tag | None = None
    if not inner.lstrip().startswith("<a"):
        return None
    for tag in tags(inner, frozenset({"a"})):
        if not tag.closes and opened is None:
            between = _BETWEEN.fullmatch(inner, position, tag.start)
            if between is None or (found and not between[0].strip() and "\n" not in between[0]):
                return None
            opened = tag
        elif tag.closes and opened is not None:
            found.append((opened.attributes(), inner[opened.end : tag.start]))
            opened, position = None, tag.end
        else:
            return None
    whole = opened is None and _BETWEEN.fullmatch(inner, position) is not None
    return found if found and whole else None


def _is_bare(text: str, href: str) -> bool:
    plain = unescape(without_tags(text)).strip()
    return not plain or "://" in plain or plain.rstrip("/") in href


def _edits(html: str, cards: _Cards) -> Iterator[Edit]:
    links = 0
    frame: Tag | None = None
    paragraph: Tag | None = None
    item_start = -1
    for tag in tags(html, _TAGS):
        if frame is not None:
            # What is in a frame is text, up to its end tag.
            if tag.name == "iframe" and tag.closes:
                yield from _of_frame(frame, tag, links, cards)
                frame = None
        elif tag.name == "iframe" and not tag.closes:
            frame = tag
        elif tag.name == "a":
            links = max(0, links + (-1 if tag.closes else 1))
        elif tag.name == "li" and not tag.closes:
            item_start = tag.end
        elif tag.name == "img" and not links:
            attributes = tag.attributes()
            video = video_of(attributes.get("src", ""))
            if video is not None:
                alt = attributes.get("alt", "").strip()
                title = escape(alt or cards.name(video, with_ident=True), quote=False)
                card = cards.card(video, title, href=attributes["src"])
                yield Edit(tag.start, tag.end, card)
        elif tag.name == "p" and not tag.closes:
            begins_item = item_start >= 0 and not html[item_start : tag.start].strip()
            paragraph, item_start = None if begins_item else tag, -1
        elif tag.name == "p" and paragraph is not None:
            yield from _of_paragraph(html, paragraph, tag, cards)
            paragraph = None


def _of_frame(frame: Tag, end: Tag, links: int, cards: _Cards) -> Iterator[Edit]:
    attributes = frame.attributes()
    src = attributes.get("src", "")
    if not is_outside(src) or "srcdoc" in attributes:
        return
    video = video_of(src)
    if video is None or links:
        yield Edit(frame.start, frame.end, _other_frame(frame, attributes))
        return
    title = (attributes.get("title") or attributes.get("aria-label") or "").strip()
    if title.casefold() in _NO_TITLE:
        title = ""
    shown = escape(title or cards.name(video, with_ident=True), quote=False)
    yield Edit(frame.start, end.end, cards.card(video, shown, frame=_frame(attributes)))


def _of_paragraph(html: str, start: Tag, end: Tag, cards: _Cards) -> Iterator[Edit]:
    found = _lines(html[start.end : end.start])
    if found is None:
        return
    made: list[str] = []
    for attributes, text in found:
        href = attributes.get("href", "")
        video = video_of(href)
        # A picture that leads to a video is what its author wants to be seen.
        if video is None or "<img" in text.lower():
            return
        if _is_bare(text, href):
            title = attributes.get("title", "").strip() or cards.name(video, with_ident=False)
            made.append(cards.card(video, escape(title, quote=False), href=href, below=text))
        else:
            made.append(cards.card(video, text, href=href))
    yield Edit(start.end, end.start, "\n".join(made))


def with_video_cards(html: str, locale: str, *, in_place: bool) -> str:
    """The finished content with a card for each video of Bilibili and YouTube.

    That is a frame that plays one, wherever it stands; a picture whose address is a video's; and
    a paragraph that has nothing but links to videos, one on each line. A link in running text, in
    a table or at the beginning of a list's item stays a link. Frames of other sites stay, by
    https and lazily. `in_place` is false where no player can be loaded: the card is a link then.
    """
    if "<iframe" not in html.lower() and not _MENTIONED.search(html):
        return html
    edits = Edits()
    for edit in _edits(html, _Cards(locale, in_place)):
        edits.add(edit)
    return edits.apply(html)
