"""Which asterisks, underscores, tildes and equals signs open and close something.

The rule is CommonMark's for delimiter runs, with the amendment for Han of
github.com/tats-u/markdown-cjk-friendly: Chinese punctuation counts as a letter, and a Chinese
character on one side as a space.
"""

from __future__ import annotations

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType


def is_cjk(character: str) -> bool:
    """Whether it is a Chinese, Japanese or Korean letter or mark."""
    return character >= "\u1100" and (
        unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"
    )


def flanks(before: str, after: str, single: bool = False) -> tuple[bool, bool]:
    """Whether a run of asterisks between the two characters can open, and can close.

    A `single` one before a dot, as in `变成了*.gz`, follows CommonMark to the letter.
    """
    stop_before, stop_after = _stops(before), _stops(after)
    if single and after == ".":
        return before.isspace() or unicodedata.category(before)[0] in "PS", not (
            before.isspace() or (stop_before and not is_cjk(before))
        )
    opens = not after.isspace() and (
        not stop_after
        or before.isspace()
        or stop_before
        or (is_cjk(before) and not (single and after == "."))
    )
    closes = not before.isspace() and (
        not stop_before or after.isspace() or stop_after or is_cjk(after)
    )
    return opens, closes


def _stops(character: str) -> bool:
    return not is_cjk(character) and unicodedata.category(character)[0] in "PS"


class _State(StateInline):
    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        source = self.src
        marker, end, most = source[start], start, self.posMax
        while end < most and source[end] == marker:
            end += 1
        before = source[start - 1] if start else " "
        after = source[end] if end < most else " "
        if before < "\u1100" and after < "\u1100":
            return super().scanDelims(start, canSplitWord)
        if not is_cjk(before) and not is_cjk(after):
            return super().scanDelims(start, canSplitWord)
        left, right = flanks(before, after, end - start == 1)
        if canSplitWord:
            return Scanned(left, right, end - start)
        return Scanned(
            left and (not right or isPunctChar(before)),
            right and (not left or isPunctChar(after)),
            end - start,
        )


class Inline(ParserInline):
    """markdown-it's inline parser with this module's rule for delimiter runs."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


_PAIRS = {"~": "del", "=": "mark"}


def pair_open(signs: str) -> object:
    """A rule for runs of exactly two of one of `signs`, as in `~~gone~~` and `==marked==`.

    Other numbers of them are text: `5~10 天`, `a === b`.
    """

    def rule(state: StateInline, silent: bool) -> bool:
        sign = state.src[state.pos]
        if silent or sign not in signs:
            return False
        scanned = state.scanDelims(state.pos, True)
        opens, closes = scanned.can_open, scanned.can_close
        if sign == "=":
            # `a==1.0 b==2.0` compares.
            opens = opens and not _is_word(state.src, state.pos - 1)
            closes = closes and not _is_word(state.src, state.pos + scanned.length)
        token = state.push("text", "", 0)
        token.content = sign * scanned.length
        if scanned.length == 2:
            state.delimiters.append(
                Delimiter(ord(sign), 0, len(state.tokens) - 1, -1, opens, closes)
            )
        state.pos += scanned.length
        return True

    return rule


def _is_word(source: str, position: int) -> bool:
    if not 0 <= position < len(source):
        return False
    character = source[position]
    return character.isascii() and (character.isalnum() or character in "_)]")


def pair_close(state: StateInline) -> None:
    """Make elements of the pairs that markdown-it has matched."""
    nested = (meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)
    for delimiters in (state.delimiters, *nested):
        for delimiter in delimiters:
            tag = _PAIRS.get(chr(delimiter.marker)) if delimiter.end != -1 else None
            if tag is None:
                continue
            closing = delimiters[delimiter.end].token
            for at, kind, nesting in ((delimiter.token, "open", 1), (closing, "close", -1)):
                token = state.tokens[at]
                token.type, token.tag, token.content = f"pair_{kind}", tag, ""
                token.nesting = 1 if nesting == 1 else -1
