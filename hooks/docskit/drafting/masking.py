"""What no translator may touch, taken out of a text and put back as it was.

Code, addresses, formulas, HTML, anchors, footnotes' marks and the marks of containers each
become a numbered sign, such as ⟦3⟧. The words of a picture, a link's title and what a raw tag
says in `alt` or `title` stay, for they are to be translated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from docskit.messages import is_eastern
from docskit.references import source_references, without_code

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = (("⟦", "⟧"), ("⟪", "⟫"), ("⦃", "⦄"), ("⟬", "⟭"), ("\ue000", "\ue001"))
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[\w.+-]+(?::|@)[^\s<>]*>")
_SAID = re.compile(r"""\b(?:alt|title)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
_FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$\w])\$(?!\s)[^$\n]+?(?<![\s\\])\$(?![\w$])", re.DOTALL)
_KEPT = re.compile(
    r"<!--(?:(?!<!--).)*?-->"
    # Attribute lists, footnotes, alerts, abbreviations and definitions.
    r"|\{:?[ \t]*(?:[#.][^{}\n]*|[\w-]+=[^{}\n]*)\}"
    r"|\[\^[^\]\n]+\]:?|\[![A-Za-z]+\]"
    r"|^[ \t]*\*\[[^\]\n]+\]:"
    r"|^[ \t>]{0,8}\[(?!\^)[^\]\n]+\]:[ \t]*\S+"
    r"|(?<=\])\[[^\]\n]*\](?!\()"
    # Addresses as they stand, emoji, snippets, and what opens a container.
    r"|https?://[!-~]*[\w/]|(?<![\w:]):[a-z0-9_+-]+:(?![\w:])"
    r"|^[ \t]*-{2,}8<-{2,}.*$"
    r"|^[ \t>]*(?:!!!|\?\?\?\+?|:::+)[ \t]*[\w-]*|^[ \t>]*===[!+]?(?=[ \t])",
    re.MULTILINE | re.DOTALL,
)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` with signs in it; the sign of number n stands for `kept[n - 1]`."""

    text: str
    kept: tuple[str, ...]
    signs: tuple[str, str]


def signs_for(*texts: str) -> tuple[str, str]:
    """A pair of brackets that none of the texts has; the last pair where all are used."""
    for pair in _SIGNS:
        if not any(sign in text for sign in pair for text in texts):
            return pair
    return _SIGNS[-1]


def _code_spans(text: str, blank: str) -> Iterator[tuple[int, int]]:
    """Where there is code: `blank` is `text` with its code made spaces."""
    start = end = -1
    for index, (letter, left) in enumerate(zip(text, blank, strict=True)):
        if letter == left:
            continue
        gap = text[end:index]
        # Lines of one block belong together, two words of code in a sentence need not.
        whole = "\n" in gap and not _line_of(blank, end - 1) and not _line_of(blank, index)
        if start >= 0 and not gap.strip() and ("\n" not in gap or whole):
            end = index + 1
            continue
        if start >= 0:
            yield start, end
        start, end = index, index + 1
    if start >= 0:
        yield start, end


def _line_of(text: str, index: int) -> str:
    return text[text.rfind("\n", 0, index) + 1 : text.find("\n", index) % (len(text) + 1)].strip()


def _tag_spans(tag: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The tag without what it says to readers."""
    last, end = tag.span()
    for said in _SAID.finditer(tag.group()):
        group = 1 if said.group(1) is not None else 2
        if HAN.search(said.group(group)) or said.group(group).strip():
            yield last, tag.start() + said.start(group)
            last = tag.start() + said.end(group)
    yield last, end


def kept_spans(text: str) -> list[tuple[int, int]]:
    """What must not be touched, in order; no two spans overlap."""
    blank = without_code(text)
    spans = list(_code_spans(text, blank))
    spans += [match.span() for match in _KEPT.finditer(blank)]
    spans += [span for tag in _TAG.finditer(blank) for span in _tag_spans(tag)]
    spans += [(reference.start, reference.end) for reference in source_references(text)]
    for formula in _FORMULA.finditer(blank):
        # “$5 和 $6” is no formula.
        if not HAN.search(formula.group()) or "\\" in formula.group():
            spans.append(formula.span())
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def prose(text: str) -> str:
    """The words of a text that are to be translated, on the lines on which they stand."""
    parts: list[str] = []
    last = 0
    for start, end in kept_spans(text):
        parts += [text[last:start], " " + "\n" * text.count("\n", start, end)]
        last = end
    return "".join([*parts, text[last:]])


def has_words(text: str, locale: str) -> bool:
    """Whether there is something to be translated in a text of the original's `locale`.

    A Chinese page's section that is all commands and names has nothing; in English a word is
    not to be told from a name.
    """
    if is_eastern(locale):
        return bool(_EAST.search(text))
    return bool(_LETTER.search(prose(text)))


def mask(text: str, signs: tuple[str, str]) -> Masked:
    """The text with a sign for everything that must not be touched."""
    parts: list[str] = []
    kept: list[str] = []
    last = 0
    for start, end in kept_spans(text):
        kept.append(text[start:end])
        parts += [text[last:start], f"{signs[0]}{len(kept)}{signs[1]}"]
        last = end
    return Masked("".join([*parts, text[last:]]), tuple(kept), signs)


def unmask(answer: str, masked: Masked) -> tuple[str, list[tuple[str, str]]]:
    """The answer with everything back in its place, and what is not there once, in zh and en."""
    opening, closing = map(re.escape, masked.signs)
    sign = re.compile(rf"{opening}\s*(\d+)\s*{closing}")
    found = Counter(int(match.group(1)) for match in sign.finditer(answer))
    complaints = []
    for number, text in enumerate(masked.kept, 1):
        if found[number] != 1:
            shown = " ".join(text.split())[:_SHOWN]
            name = f"{masked.signs[0]}{number}{masked.signs[1]}"
            complaints.append(
                (
                    f"原文里的“{shown}”应当正好出现一次，译文里有 {found[number]} 次",
                    f"{name}, which stands for '{shown}', has to occur exactly once and occurs "
                    f"{found[number]} times",
                )
            )
    unknown = sorted(number for number in found if not 0 < number <= len(masked.kept))
    if unknown:
        complaints.append(
            (f"译文里有不存在的占位符 {unknown}", f"there are no placeholders of numbers {unknown}")
        )

    def back(match: re.Match[str]) -> str:
        number = int(match.group(1))
        return masked.kept[number - 1] if 0 < number <= len(masked.kept) else match.group()

    return sign.sub(back, answer), complaints
