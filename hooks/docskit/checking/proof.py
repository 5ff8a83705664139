"""Prove that all of a page has arrived: what CommonMark reads in it is in the finished article.

Words are compared without what stands between them, block by block and in order, since so
much is added on the way (spaces beside Han, permalinks, captions). What a step of this site
moves or draws on purpose (notes, formulas, diagrams, emoji) is left out of the reading.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from docskit.checking.proof_reading import Piece, Reading, Reference
from docskit.html import Html, tag_depths
from docskit.messages import Problem, Severity

_BETWEEN = re.compile(r"[\W_]+")
_NEAR = 300
"""Letters that may stand between two blocks: an added title, a caption, a list of languages."""
_LONG = 16
_MOST_TAKEN_BACK = 20
_MOST_TRIES = 100
_MEDIA = "img, video, audio, iframe, embed, object, picture, .video-card"
_LONGEST = 40
_DRAWN = re.compile(
    r"<math data-latex=\"(?P<latex>[^\"]*)\".*?</math>"
    r"|<(?P<name>script|style|svg|template)\b.*?</(?P=name)>",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lost:
    """A piece or a reference that has not arrived.

    `after` is how many letters of the article come before its place.
    """

    what: Piece | Reference
    after: int
    is_shown: bool = False  # its words have arrived, but not as what they are


def _letters(text: str) -> str:
    return _BETWEEN.sub("", text)


@dataclass(frozen=True, slots=True)
class _Leap:
    """A piece found far on; where to go on without it, and what had been found before."""

    piece: Piece
    index: int
    place: int
    missing: int
    waiting: tuple[Piece, ...]


class _Article:
    def __init__(self, html: Html) -> None:
        tree = LexborHTMLParser(f"<article>{_readable(html)}</article>")
        tree.strip_tags(["script", "style", "math", "svg", "template"], recursive=True)
        for node in tree.css("a.headerlink"):
            node.decompose()
        root = tree.css_first("article")
        self.letters = _letters(root.text() if root else "")
        self.headings = [_letters(node.text()) for node in tree.css("h1, h2, h3, h4, h5, h6")]
        self.links = [_letters(node.text()) for node in tree.css("a[href]")]
        # One in another is in its text, and thousands in each other would be read again and again.
        self.code = [
            _letters(node.text())
            for node in tree.css("pre")
            if node.parent is None or node.parent.tag != "pre"
        ]
        self.media = 0
        self.names: Counter[str] = Counter()
        for node in tree.css(_MEDIA):
            address = node.attributes.get("src") or node.attributes.get("data") or ""
            self.media += 1
            self.names[_name(address)] += 1


def _readable(html: Html) -> str:
    """`html` of the same length, with the LaTeX of each formula in the place of its MathML."""

    def blank(found: re.Match[str]) -> str:
        latex = found["latex"] or ""
        start = (found.start("latex") if found["latex"] else found.end()) - found.start()
        return " " * start + latex + " " * (len(found[0]) - start - len(latex))

    return _DRAWN.sub(blank, html)


def _name(address: str) -> str:
    name = posixpath.basename(unquote(urlsplit(address).path) if address else "")
    # A translation has pictures of its own: `a.en.png` for `a.png`.
    return name.partition(".")[0].casefold()


def lost(reading: Reading, html: Html) -> list[Lost]:
    """What of the reading of a page is not in its finished article, in order."""
    article = _Article(html)
    found = _lost_words(reading, article)
    told = {id(item.what) for item in found}
    found += _lost_headings_and_code(reading, article, told)
    found += _lost_references(reading, article, {item.what.line for item in found})
    return sorted(found, key=lambda item: item.what.line)


def _lost_words(reading: Reading, article: _Article) -> list[Lost]:
    letters, place = article.letters, 0
    missing: list[Lost] = []
    waiting: list[Piece] = []
    leap: _Leap | None = None
    taken_back = index = 0
    while index < len(reading.pieces):
        piece = reading.pieces[index]
        index += 1
        own = "".join(piece.words)
        if not own:
            continue
        if piece.kind == "drawn":
            place = place + len(own) if letters.startswith(own, place) else place
            continue
        if piece.kind in {"note", "title"}:
            if own not in letters and not _is_anywhere(piece.words, letters, 3 * len(own) + _NEAR):
                missing.append(Lost(piece, len(letters)))
            continue
        if piece.whole != own and letters.startswith(piece.whole, place) and piece.whole:
            own = piece.whole
        at = letters.find(own, place, place + len(own) + _NEAR)
        if at < 0 and len(own) < _LONG and letters.find(own, place) >= 0:
            # Somewhere further on: whether it is this one, the next long piece tells.
            waiting.append(piece)
            continue
        limit = place + 3 * len(own) + 2 * _NEAR
        spread = None
        if at != place and len(own) >= _LONG:
            # What stands first with a formula in it, before what reads alike further on.
            spread = _in_order(piece.words, letters, place, at if at >= 0 else limit)
        is_far = spread is None and at < 0
        if is_far:
            at = letters.find(own, place)
        if is_far and at < 0:
            spread = _in_order(piece.words, letters, place, limit)
            if spread is None:
                if leap and own in letters[leap.place : place] and taken_back < _MOST_TAKEN_BACK:
                    # Passed over: what was found far on was something that reads alike.
                    taken_back += 1
                    waiting[:] = leap.waiting
                    missing = [*missing[: leap.missing], Lost(leap.piece, leap.place)]
                    place, index, leap = leap.place, leap.index, None
                elif piece.kind not in {"indented", "html"} or own not in letters:
                    missing.append(Lost(piece, place))
                continue
        if is_far and at >= 0:
            leap = _Leap(piece, index, place, len(missing), tuple(waiting))
        at, end = spread or (at, at + len(own))
        missing += _settled(waiting, letters, place, at)
        place = end
    return missing + _settled(waiting, letters, place, len(letters))


def _settled(waiting: list[Piece], letters: str, place: int, end: int) -> list[Lost]:
    """Those short pieces that are not between two places."""
    missing = []
    for piece in waiting:
        at = letters.find("".join(piece.words), place, end)
        if at < 0:
            missing.append(Lost(piece, place))
        else:
            place = at + len("".join(piece.words))
    waiting.clear()
    return missing


def _in_order(words: tuple[str, ...], letters: str, start: int, end: int) -> tuple[int, int] | None:
    """From where to where the words stand with something between them."""
    first, place = -1, start
    for word in words:
        at = letters.find(word, place, end)
        if at < 0:
            return None
        first = at if first < 0 else first
        place = at + len(word)
    return first, place


def _is_anywhere(words: tuple[str, ...], letters: str, most: int) -> bool:
    """Whether the words stand somewhere with at most so many letters from first to last."""
    place = letters.find(words[0])
    for _ in range(_MOST_TRIES):
        if place < 0:
            return False
        if _in_order(words, letters, place, place + most):
            return True
        place = letters.find(words[0], place + 1)
    return False


def _lost_headings_and_code(reading: Reading, article: _Article, told: set[int]) -> list[Lost]:
    missing = []
    for kind, there in (("heading", article.headings), ("code", article.code)):
        left = Counter(there)
        for piece in reading.pieces:
            own = "".join(piece.words)
            if piece.kind != kind or not own or id(piece) in told:
                continue
            match = own if left[own] else next((text for text in left if _holds(text, own)), "")
            if match and left[match] > 0:
                left[match] -= kind == "heading"
            elif not any(_in_order(piece.words, text, 0, len(text)) for text in there):
                missing.append(Lost(piece, 0, is_shown=True))
    return missing


def _holds(text: str, own: str) -> bool:
    return own in text


def _lost_references(reading: Reading, article: _Article, lines: set[int]) -> list[Lost]:
    missing: list[Lost] = []
    images = [item for item in reading.references if item.kind == "image"]
    short = len(images) - article.media
    if short > 0:
        names = Counter(article.names)
        for image in images:
            if names[_name(image.address)] > 0:
                names[_name(image.address)] -= 1
            elif short > 0:
                short -= 1
                missing.append(Lost(image, len(article.letters)))
    left = Counter(article.links)
    for link in reading.references:
        own = "".join(link.words)
        if link.kind != "link" or not own or link.line in lines:
            continue
        if left[own] > 0:
            left[own] -= 1
        elif not any(_in_order(link.words, text, 0, len(text)) for text in article.links):
            missing.append(Lost(link, len(article.letters), is_shown=own in article.letters))
    return missing


def with_lost(html: Html, missing: list[Lost]) -> Html:
    """The article with a plain rendering of what is not in it, where it would stand."""
    wanted = [item for item in missing if not item.is_shown or isinstance(item.what, Reference)]
    if not wanted:
        return html
    places = _places(html)
    parts: list[str] = []
    done = 0
    for item in sorted(wanted, key=lambda item: item.after):
        place = next((at for letters, at in places if letters >= item.after), len(html))
        parts += [html[done:place], _plain(item.what)]
        done = place
    return Html("".join([*parts, html[done:]]))


def _places(html: Html) -> list[tuple[int, int]]:
    """How many letters there are before each place between two blocks of the article."""
    places = [(0, 0)]
    letters = done = 0
    shown = _readable(html)
    for start, end, depth in tag_depths(html):
        letters += len(_letters(unescape(shown[done:start])))
        done = end
        if depth == 0:
            places.append((letters, end))
    return places


def _plain(what: Piece | Reference) -> str:
    if isinstance(what, Reference):
        text = " ".join(what.words)
        return f'\n<p class="recovered">{escape(f"{text} ({what.address})".strip())}</p>\n'
    if what.kind in {"code", "indented"}:
        return f'\n<pre class="recovered"><code>{escape(what.plain)}</code></pre>\n'
    if what.kind == "heading":
        return f'\n<h2 class="recovered">{escape(what.plain)}</h2>\n'
    return f'\n<p class="recovered">{escape(what.plain)}</p>\n'


_NAMES = {
    "text": ("文字", "text"),
    "title": ("标题", "title"),
    "note": ("脚注", "footnote"),
    "html": ("HTML", "HTML"),
    "heading": ("标题", "heading"),
    "code": ("代码", "code"),
    "indented": ("代码", "code"),
    "image": ("图片", "picture"),
    "link": ("链接", "link"),
}


def proof_problems(missing: list[Lost], path: str, first_line: int) -> list[Problem]:
    """A warning for each, in the file at the source URI `path` whose text begins at a line."""
    problems = []
    for item in missing:
        zh, en = _NAMES[item.what.kind]
        plain = item.what.plain if isinstance(item.what, Piece) else item.what.address
        excerpt = " ".join(plain.split())
        excerpt = excerpt if len(excerpt) <= _LONGEST else excerpt[:_LONGEST] + "…"
        if item.is_shown and isinstance(item.what, Piece):
            done = f"没有成为{zh}，只显示成了文字", f"has become plain text and is no {en}"
        else:
            done = "丢了，已按原文补上", "got lost on the way to the page and is shown as written"
        problems.append(
            Problem(
                path,
                item.what.line + first_line,
                0,
                "not-arrived",
                Severity.WARNING,
                f"这里的{zh}“{excerpt}”在生成网页时{done[0]}。请换一种更简单的写法，"
                "并把这一页发给维护者",
                f"the {en} “{excerpt}” {done[1]}; "
                "write it in a simpler way, and send the page to the maintainers",
            )
        )
    return problems
