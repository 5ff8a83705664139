"""Long pages of one token: those that were once slow, and random ones.

A page is `before`, then `token` again and again, then `after`; shapes are what authors put a token
into: a list, a table, a title in quotes.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder import REPOSITORY

_SIGNS = "`*_~=$[](){}<>!#|+-:\\&@%^\"'/.,;?0a \n\t"
_WIDE = "，。、；：？！（）【】「」《》“”‘’…—·～￥\u3000字é"
_SHAPES = (
    ("- ", ""), ("> ", ""), ("| ", " |\n|-|\n| a |"), ("# ", ""), ("a ", " b"), ("1. ", ""),
    ("<div>", "</div>"), ("!!! note\n\n    ", ""), ("[a]: ", ""), ("[", "](b)"), ("**", "**"),
    ('<p title="', '">'), ("[^1]: ", "\n\na[^1]"), ("- a\n  - ", ""), ("term\n: ", ""),
)  # fmt: skip


@dataclass(frozen=True)
class LongPage:
    """A page that is as long as one likes."""

    token: str
    before: str = ""
    after: str = ""

    def text(self, size: int) -> str:
        """Of `size` bytes in UTF-8, and what stands around."""
        body = self.token * (size // len(self.token.encode()) + 1)
        return self.before + body.encode()[:size].decode("utf-8", "ignore") + self.after


def known() -> list[LongPage]:
    """Those that were slow at some time: tests/cases/slow_tokens.jsonl."""
    text = (REPOSITORY / "tests/cases/slow_tokens.jsonl").read_text(encoding="utf-8")
    found = [json.loads(line) for line in text.splitlines()]
    return [LongPage(line) if isinstance(line, str) else LongPage(*line) for line in found]


def drawn(seed: int, count: int) -> Iterator[LongPage]:
    """`count` random ones: two to four signs, bare, on lines of their own, or in some shape."""
    chance = random.Random(seed)
    for _ in range(count):
        signs = (chance.choice(_SIGNS if chance.random() < 0.85 else _WIDE) for _ in "1234")
        token = "".join(signs)[: chance.randint(2, 4)]
        before, after = chance.choice(_SHAPES) if chance.random() < 0.6 else ("", "")
        match chance.randrange(4):
            case 0:
                yield LongPage(f"{before}{token}{after}\n")
            case 1:
                yield LongPage(f"{before}{token}{after}\n\n")
            case _:
                yield LongPage(token, before, after)
