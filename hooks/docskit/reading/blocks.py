"""The blocks of an author's page as CommonMark reads them, for whoever only looks.

The dialect has a parser of its own, which knows the containers of the site generators.
"""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

Environment = dict[str, object]
"""What markdown-it notes of a page beside its tokens: the definitions of its links."""


class WholeLines(ParserBlock):
    """markdown-it's block parser, which fails on raw HTML that ends a text without a line feed."""

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803
    ) -> list[Token] | None:
        """As upstream, of a text whose last line ends."""
        return super().parse(src if src.endswith("\n") else src + "\n", md, env, outTokens)


MARKDOWN = MarkdownIt("commonmark").enable("table")
MARKDOWN.block.__class__ = WholeLines


# The same page is looked at for its headings, its references and its translations in a row.
@lru_cache(maxsize=4)
def block_tokens(text: str) -> tuple[tuple[Token, ...], Environment]:
    """The block tokens of `text`, whose maps are 0-based line ranges with the end excluded.

    Lines end with line feeds only, as `str.split` has them. The words inside of paragraphs
    are not parsed.
    """
    tokens: list[Token] = []
    environment: Environment = {}
    text = text.replace("\r\n", "\n").replace("\r", " ").replace("\0", "\ufffd")
    MARKDOWN.block.parse(text, MARKDOWN, environment, tokens)
    return tuple(tokens), environment
