"""Boxes, folds, tabs and callouts: their opening lines in the words of Python-Markdown."""

from __future__ import annotations

import re

from docskit.dialect.block_rules import OPENS_FENCED

# `> [!NOTE]`, GitHub's, and `> [!tip]- 标题`, Obsidian's.
CALLOUT = re.compile(r"\[!([\w-]+)\]([-+]?)[ \t]*([^\n]*)(?:\n|$)")
# Material's kinds of box.
_KINDS = frozenset(
    re.findall(
        r"[\w-]+",
        """note abstract summary tldr info todo tip hint important success check done question help
faq warning caution attention failure fail missing danger error bug example snippet quote cite""",
    )
)
# Those of VuePress, Docusaurus and Obsidian.
_SAME = {
    "details": "note",
    "hint": "tip",
    "error": "danger",
    "demo": "example",
    "secondary": "note",
    "tldr": "abstract",
    "summary": "abstract",
    "todo": "info",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "attention": "warning",
    "fail": "failure",
    "missing": "failure",
    "cite": "quote",
}
_PLACES = {"inline", "end", "annotate"}
_SIDES = {"center", "left", "right"}
_UNQUOTED = re.compile(r"(!!!|\?\?\?\+?)[ \t]*([\w-]+)[ \t]+([^\"“].*)$")
_CURLY = re.compile(r"“([^“”]*)”[ \t]*$")
_ATTRIBUTE = re.compile(r"\{([^{}]*)\}")


def callout_head(kind: str, fold: str, title: str) -> str:
    """The opening line of the box that a callout is."""
    kind = kind.lower()
    known = kind if kind in _KINDS else "note"
    known = "info" if kind == "todo" else known
    marker = {"-": "???", "+": "???+"}.get(fold, "!!!")
    shown = title.strip()
    if not shown and (fold or known != kind):
        shown = kind.capitalize() if known != kind else ""
    return f"{marker} {known}" + (f' "{shown}"' if shown else "")


def indented_head(line: str) -> str:
    """`!!! note 标题` with the quotes that Python-Markdown wants around a title."""
    line = _CURLY.sub(r'"\1"', line)
    found = _UNQUOTED.match(line)
    if not found:
        return line
    rest = found[3].strip()
    if set(rest.split('"')[0].split()) <= _PLACES:
        return line
    return f'{found[1]} {found[2]} "{rest}"'


def fenced_head(line: str) -> tuple[str, str]:
    """The opening line of a box for `::: tip 标题`, or an empty one and the class of a `div`."""
    found = OPENS_FENCED.match(line)
    if not found:
        return "", ""
    kind, rest = found[2].lower(), found[3].strip()
    attributes = _ATTRIBUTE.search(rest)
    if attributes:
        titled = re.search(r'title="([^"]*)"', attributes[1])
        named = re.match(r"\.([\w-]+)", attributes[1].strip())
        rest = titled[1] if titled else _ATTRIBUTE.sub("", rest).strip()
        kind = kind or (named[1].lower() if named else "")
    if kind not in _KINDS and kind not in _SAME:
        return "", kind
    title = rest.strip("[]").replace('"', "'")
    marker = "???" if kind == "details" else "!!!"
    shown = kind if kind in _KINDS else _SAME[kind]
    return f"{marker} {_SAME.get(kind, shown)}" + (f' "{title}"' if title else ""), ""


def plain_attributes(kind: str) -> dict[str, str]:
    """The attributes of a container of a theme's own, or of a plugin's."""
    if kind in _SIDES:
        return {"style": f"text-align: {kind}"}
    return {"class": kind} if kind == "steps" else {}
