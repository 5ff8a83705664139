"""GFM's tables, with a pipe in the code of a cell as its author meant it.

GitHub splits cells before it looks for code, so a row with `` `a|b` `` has a cell too many, of
which it drops the last. Where a row fits its head once code is left whole, code is left whole.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import table as gfm_table

_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^`](?:.*?[^`])?\1(?!`)")
_PIPE = re.compile(r"(?<!\\)\|")


def _cells(row: str) -> int:
    row = row.strip(" \t")
    closed = row.endswith("|") and not row.endswith("\\|")
    return len(_PIPE.findall(row)) + 1 - row.startswith("|") - closed


def _whole_code(line: str, width: int) -> str:
    """The row with the pipes in its code escaped, if it has `width` cells then."""
    if "`" not in line or _cells(line) <= width:
        return line
    whole = _CODE.sub(lambda code: _PIPE.sub(r"\\|", code[0]), line)
    return whole if _cells(whole) == width else line


_RULE = re.compile(r"[ \t]*(?=[^\n]*[|:])\|?[ \t]*:?-+:?[ \t]*\|?[ \t]*\Z")


def _rows(state: StateBlock, start: int, end: int) -> list[str]:
    begins, stops, shifts = state.bMarks, state.eMarks, state.tShift
    return [state.src[begins[line] + shifts[line] : stops[line]] for line in range(start, end)]


def _rule(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _is_one_column(state: StateBlock, start: int, end: int) -> bool:
    """Whether a head without a pipe stands above a rule with one, which markdown-it overlooks."""
    if start + 2 > end or state.sCount[start + 1] < state.blkIndent:
        return False
    if state.is_code_block(start + 1):
        return False
    begin, stop = state.bMarks[start + 1] + state.tShift[start + 1], state.eMarks[start + 1]
    if begin >= stop or state.src[begin] not in "|:-":
        return False
    head, rule = _rows(state, start, start + 2)
    return bool(_RULE.match(rule)) and "|" not in head


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for tables, on rows whose code has its pipes escaped where that makes them fit."""
    if start + 1 < end and not _rule(state, start + 1).strip("- \t"):
        # That is a heading, underlined.
        return False
    one_column = _is_one_column(state, start, end) and not state.is_code_block(start)
    found = one_column or gfm_table(state, start, end, True)
    if silent or not found:
        return found
    last = start
    while last < end and not state.isEmpty(last):
        last += 1
        if last < end and _rule(state, last).strip(" \t") == "|":
            end = last
    rows = _rows(state, start, last)
    width = 1 if one_column else _cells(rows[0])
    head = [f"|{rows[0]}|", f"|{rows[1].strip(' |')}|"] if one_column else rows[:2]
    whole = [*head, *(_whole_code(row, width) for row in rows[2:])]
    if whole == rows:
        return gfm_table(state, start, last, False)
    begins, stops, shifts = state.bMarks, state.eMarks, state.tShift
    saved = state.src, begins[start:last], stops[start:last], shifts[start:last]
    offset = 0
    for line, row in zip(range(start, last), whole, strict=True):
        begins[line], stops[line], shifts[line] = offset, offset + len(row), 0
        offset += len(row) + 1
    state.src = "\n".join(whole)
    try:
        return gfm_table(state, start, last, False)
    finally:
        state.src, begins[start:last], stops[start:last], shifts[start:last] = saved
