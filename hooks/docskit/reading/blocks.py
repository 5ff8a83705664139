"""The blocks of an author's page, for whoever only looks: CommonMark, and `#标题`.

The dialect has a parser of its own, which knows the containers of the site generators.
"""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from docskit.reading.line_scan import atx_heading, is_heading_without_space

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


def heading_without_space(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A rule of markdown-it for `#标题`, which Typora shows as a heading."""
    position = state.bMarks[start] + state.tShift[start]
    # Asked of every line, so without cutting it out.
    if not state.src.startswith("#", position) or state.sCount[start] - state.blkIndent >= 4:
        return False
    is_further_out = silent and state.sCount[start] < state.blkIndent
    if state.level > 1 and not is_further_out:
        # In an item of a list it is a tag: `- #标签`.
        return False
    line = state.src[position : state.eMarks[start]]
    if not is_heading_without_space(line):
        return False
    if silent:
        return True
    level, content = atx_heading(line)
    opening = state.push("heading_open", f"h{level}", 1)
    opening.map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.content = content
    inline.map = [start, start + 1]
    state.push("heading_close", f"h{level}", -1)
    state.line = start + 1
    return True


MARKDOWN = MarkdownIt("commonmark").enable("table")
MARKDOWN.block.__class__ = WholeLines
MARKDOWN.block.ruler.before(
    "heading",
    "heading_without_space",
    heading_without_space,
    {"alt": ["paragraph", "reference", "blockquote", "list"]},
)


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
