"""How wide the columns of a table want to be, which no style sheet can find out."""

from __future__ import annotations

import re
from html import unescape
from itertools import zip_longest
from math import ceil

from docskit.html import up_to, without_tags

# A table of Markdown; one that its author wrote in HTML is left as it is.
_TABLE = re.compile(r"<table>\s*<thead>.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr>((?:(?!<tr>).)*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<(?P<tag>t[hd])\b[^>]*>(?P<text>(?:(?!<t[hd]\b).)*?)</(?P=tag)>", re.DOTALL)
_HEADER = re.compile(r"<th(?P<attributes>(?:\s[^>]*)?)>")
_NAMELESS = re.compile(r"<th((?:\s[^>]*)?)>\s*</th>")
_BREAK = re.compile(r"<br\s*/?>")
# Below this no column is squeezed.
_SHORT = 3


def _length(cell: str) -> float:
    """The longest line of a cell, in em: Han are one wide, Latin letters about half."""
    lines = (unescape(without_tags(line)).strip() for line in _BREAK.split(cell))
    return max(sum(1 if ch >= "\u2e80" else 0.55 for ch in line) for line in lines)


def _sized(match: re.Match[str]) -> str:
    table = match[0]
    rows = [[_length(cell["text"]) for cell in _CELL.finditer(row)] for row in _ROW.findall(table)]
    if table.count("<table") > 1:
        return table
    lengths = iter([max(column) for column in zip_longest(*rows, fillvalue=0.0)])

    def header(found: re.Match[str]) -> str:
        length = ceil(next(lengths, 0.0))
        given = found["attributes"]
        if length <= _SHORT:
            return found[0]
        style = f'style="--longest:{length}'
        if 'style="' in given:
            return "<th" + given.replace('style="', f"{style};", 1) + ">"
        return f'<th{given} {style}">'

    # An empty header names nothing to a screen reader; the corner above row names is a cell.
    return _NAMELESS.sub(r"<td\1></td>", _HEADER.sub(header, table))


def size_columns(html: str) -> str:
    """Say on each column's header how long its longest cell is: `style="--longest:12"`, in em.

    A browser that has no room makes every column as narrow as its longest word, and Han have
    no words: a sentence would stand one or two characters wide. Style sheets decide the width.
    """
    tables, rest = up_to("</table>", html)
    return _TABLE.sub(_sized, tables) + rest
