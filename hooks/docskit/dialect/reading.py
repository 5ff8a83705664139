"""What CommonMark's parser has read on a page, kept for whoever holds the result against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token


@dataclass(slots=True)
class Reading:
    """The tokens of the page that was converted last (`reading_of` finds it).

    `tokens` are block tokens in the order of the text; `map` is the half-open range of lines that
    a block takes up, 0-based from the first line of what was given to `Markdown.convert`. Beside
    markdown-it's own there are these types: `container_open` and `container_close` (a box, fold,
    tab or `:::` block; `content` is its opening line), `formula` (`content` with its `$$`),
    `footnote` (`info` is its label, `content` its Markdown), `abbreviation`, `markdown_in_html`
    and `foreign` (regions that were left to Python-Markdown). What stands in the body of a
    footnote or of `<div markdown>` follows at the end of `tokens`, with `map` in lines of the page
    as far as they are known.
    """

    tokens: list[Token] = field(default_factory=list)
    parse_inline: Callable[[str], list[Token]] = lambda _: []
    inlines: dict[str, list[Token]] = field(default_factory=dict)

    def children(self, token: Token) -> list[Token]:
        """The inline tokens of an `inline` block token, from the conversion where it has them.

        Beside markdown-it's own: `pair_open`/`pair_close` (`tag` is `del` or `mark`),
        `formula_inline`, `formula_displayed` (`content` is LaTeX), `footnote_ref` (`info` is the
        label) and `foreign`. A `text` token is text, whatever it looks like: a tag in it is one
        that the page speaks of.
        """
        found = self.inlines.get(token.content)
        return self.parse_inline(token.content) if found is None else found

    def blocks(self, *types: str) -> Iterator[Token]:
        """Those of `tokens` that are of one of `types`."""
        return (token for token in self.tokens if token.type in types)
