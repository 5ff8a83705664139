"""Long blocks of code show their beginning, and the rest when the reader asks for it."""

from __future__ import annotations

import re

from docskit.html import up_to
from docskit.messages import in_language

LONGEST = 40
"""Lines that are shown as they are; content.css shows 24 of a longer one. To fold a few away
helps nobody."""

_UNFOLD = {"zh": "展开全部 {} 行", "en": "Show all {} lines"}
_BLOCK = re.compile(
    r'<div class="(?P<classes>[^"]*\bhighlight)">(?P<head>(?:<span class="filename">[^<]*</span>)?)'
    r"(?P<code><pre>(?:[^<]|<(?!/pre>))*</pre>)</div>"
)


def fold_long_code(html: str, locale: str) -> str:
    """Give each block of more than `LONGEST` lines a box to tick that shows all of it.

    Neither script nor a click is needed to search, copy or print what is folded away. Blocks in
    tables with line numbers stay as they are.
    """

    def folded(block: re.Match[str]) -> str:
        lines = block["code"].rstrip().removesuffix("</code></pre>").rstrip("\n").count("\n") + 1
        if lines <= LONGEST:
            return block[0]
        said = in_language(_UNFOLD, locale).format(lines)
        return (
            f'<div class="{block["classes"]} long">{block["head"]}{block["code"]}'
            f'<label class="unfold" data-search-exclude><input type="checkbox">{said}</label></div>'
        )

    blocks, rest = up_to("</pre></div>", html)
    return _BLOCK.sub(folded, blocks) + rest
