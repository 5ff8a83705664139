"""The glossary under the finger: the first mention of a term in a section carries its note."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape, unescape

from docskit.html import HEADINGS, VOID, up_to, walk
from docskit.translation import Term

# A reader of these does not expect a note, or cannot have one: it would be within a link, a
# button, a title or a picture, or change what is copied.
_NAMES = (
    "a abbr audio button code dfn figcaption kbd label math nav object pre samp select summary "
    "svg th video"
)
_CLOSED = HEADINGS | frozenset(_NAMES.split())
# Its own attributes say it: titles of boxes, permalinks, captions, and translation marks.
_CLOSED_BY = re.compile(
    r'\bclass="[^"]*\b(?:admonition-title|caption|footnote-backref|translation-mark)\b'
    r"|\bdata-search-exclude\b|\blang="
)
_PIECE = re.compile(
    r"<(?P<shut>!--|(?:script|style|textarea|title)\b)"
    r"|<(?P<closes>/?)(?P<name>[a-zA-Z][\w-]*+)(?P<rest>[^<>\"']*+"
    r"(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*)>"
    r"|(?P<text>[^<]+)"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


class TermNotes:
    """The terms of one language, found together."""

    def __init__(self, terms: Iterable[Term], locale: str) -> None:
        self._chinese = locale.startswith("zh")
        self._notes: dict[str, str] = {}
        passed_over: set[str] = set()
        for term in terms:
            name = term.zh if self._chinese else term.en
            note = term.note_zh if self._chinese else term.note_en
            if note:
                self._notes.setdefault(name.lower(), self._say(term, note))
            else:
                passed_over.add(name.lower())
            passed_over.update(word.lower() for word in term.unless)
        words = sorted({*self._notes, *passed_over}, key=len, reverse=True)
        # Without terms, what is found nowhere.
        expression = "|".join(map(self._one, words)) or r"(?!)"
        self._pattern = re.compile(expression, re.IGNORECASE)

    def _say(self, term: Term, note: str) -> str:
        note = note.replace("`", "")
        if self._chinese:
            return f"{term.zh}（{term.en}）：{note}"
        return f"{term.en} ({term.zh}): {note}"

    def _one(self, word: str) -> str:
        if _HAN.search(word):
            return re.escape(escape(word))
        return rf"(?<![\w./-]){re.escape(escape(word))}(?:e?s)?(?![\w/-]|\.\w)"

    def within(self, html: str) -> str:
        """`html` with each term's first mention in a section as `<dfn title="…" tabindex="0">`.

        A section begins at each `<h2>`. Its words stay the same, and so does everything else.
        Code, headings, links, table heads, captions and passages in another language have none.
        """
        if not self._notes:
            return html
        seen: set[str] = set()
        parts: list[str] = []
        done = closed = 0
        # The names of the open elements whose content is left alone.
        inside: list[str] = []
        tagged, _ = up_to(">", html)
        for match, end in walk(_PIECE, tagged):
            name = (match["name"] or "").lower()
            if name == "h2" and not match["closes"]:
                seen.clear()
            if match["text"]:
                if not closed:
                    parts += [html[done : match.start()], *self._noted(match["text"], seen)]
                    done = end
            elif not name or name in VOID:
                continue
            elif inside:
                # Only elements of the same name matter for where it ends.
                if name == inside[0]:
                    closed += -1 if match["closes"] else 1
                    if not closed:
                        inside.clear()
            elif not match["closes"] and (name in _CLOSED or _CLOSED_BY.search(match["rest"])):
                inside.append(name)
                closed = 1
        return "".join(parts) + html[done:]

    def _noted(self, text: str, seen: set[str]) -> Iterator[str]:
        done = 0
        for match in self._pattern.finditer(text):
            word = unescape(match[0]).lower()
            note = self._notes.get(word)
            if note is None and word.isascii():
                note = self._notes.get(_singular(word, self._notes))
            if note is None or note in seen:
                continue
            seen.add(note)
            yield text[done : match.start()]
            yield f'<dfn class="term" tabindex="0" title="{escape(note)}">{match[0]}</dfn>'
            done = match.end()
        yield text[done:]


@lru_cache(maxsize=32)
def notes_of(terms: tuple[Term, ...], locale: str) -> TermNotes:
    """One for all pages that have these terms in this language."""
    return TermNotes(terms, locale)


def _singular(word: str, known: dict[str, str]) -> str:
    return next((stem for stem in (word[:-1], word[:-2]) if stem in known), "")


def terms_of(path: str, terms: Iterable[Term]) -> list[Term]:
    """The terms that mean in the page at source URI `path` what the glossary says of them.

    A scope such as `docker` is a page or a folder of that name, at any depth, and `-ci` one
    where it is not meant. A term that names no place is meant everywhere.
    """
    names = {name.split(".", 1)[0] for name in path.split("/")}
    return [term for term in terms if _is_meant(names, term.scope)]


def _is_meant(names: set[str], scope: tuple[str, ...]) -> bool:
    but = {name[1:] for name in scope if name.startswith("-")}
    only = {name for name in scope if not name.startswith("-")}
    return not names & but and (not only or bool(names & only))
