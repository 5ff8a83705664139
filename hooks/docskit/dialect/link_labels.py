"""Where the label of a link ends, found once for every bracket of a text.

markdown-it looks for the `]` of each `[` by itself, and goes through the rest of the text again
where there is none: 100 KB of `[` take minutes. Each search here leaves what it has learned of
the brackets on its way; the answers are those of markdown_it.helpers.parseLinkLabel.
"""

from __future__ import annotations

from types import SimpleNamespace

from markdown_it import MarkdownIt, helpers
from markdown_it.rules_inline import StateInline

_Ends = dict[tuple[int, int], tuple[int, bool]]


def parse_link_label(state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: N803
    """The place of the `]` that belongs to the `[` at `start`, -1 where none does.

    With `disableNested`, none does to a bracket with a link in it.
    """
    if state.src.find("]", start + 1, state.posMax) < 0:
        return -1
    known = _known(state)
    found = known.get((start, state.posMax))
    if found is None:
        found = _search(state, start, known)
    end, holds_link = found
    return -1 if holds_link and disableNested else end


def _known(state: StateInline) -> _Ends:
    """What was found in this text: by place and by where the part that is parsed ends."""
    cached = state.env.get("labels")
    if cached is None or cached[0] is not state:
        cached = state.env["labels"] = (state, {})
    ends: _Ends = cached[1]
    return ends


def _search(state: StateInline, start: int, known: _Ends) -> tuple[int, bool]:
    before, most = state.pos, state.posMax
    # The brackets that are open, from the outermost, and whether there is a link in each.
    opened, links = [start], [False]
    state.pos = start + 1
    while state.pos < most:
        place = state.pos
        sign = state.src[place]
        if sign == "]":
            holds_link = links.pop()
            known[opened.pop(), most] = (place, holds_link)
            if not opened:
                break
            links[-1] = links[-1] or holds_link
            state.pos += 1
            continue
        state.md.inline.skipToken(state)
        if sign != "[":
            continue
        if state.pos > place + 1:
            links[-1] = True
            continue
        inner = known.get((place, most))
        if inner is None:
            opened.append(place)
            links.append(False)
        elif inner[0] < 0:
            # It never ends, and so does nothing around it.
            break
        else:
            links[-1] = links[-1] or inner[1]
            state.pos = inner[0] + 1
    for place in opened:
        known[place, most] = (-1, False)
    state.pos = before
    return known[start, most]


def use_known_labels(parser: MarkdownIt) -> None:
    """Let the rules of `parser` for links and pictures ask `parse_link_label`."""
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=helpers.parseLinkDestination,
        parseLinkLabel=parse_link_label,
        parseLinkTitle=helpers.parseLinkTitle,
    )
