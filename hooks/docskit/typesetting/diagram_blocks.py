"""Mermaid diagrams of a page, put into it as SVG."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape, unescape

from docskit.messages import Problem, Severity, digest, in_language

# What superfences makes of a fence, and what authors write as HTML.
_DIAGRAM = re.compile(
    r"<(?P<tag>pre|div)\b[^>]*\sclass=[\"']?(?:[^\"'>]*\s)?mermaid(?:[\s\"'][^>]*)?>"
    r"(?:\s*<code>)?(?P<code>.*?)(?:</code>\s*)?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE,
)
# Change it with anything in `diagram_drawing` that changes a drawing: they are kept by it.
RECIPE = 2
# The id that mermaidx gives, and a drawing bears until a page gives it one of its own.
ID = "my-svg"
_OLD_ID = re.compile(rf"(?<=[\"#]){ID}")
_TITLE = re.compile(r"^\s*accTitle\s*:\s*(.+)$", re.MULTILINE)
_KIND = re.compile(r"^\s*([A-Za-z]+)", re.MULTILINE)
_PREAMBLE = re.compile(r"\A\s*(?:---\n.*?\n---\s*\n|%%[^\n]*\n|\s*\n)*", re.DOTALL)
# What a screen reader calls a diagram that its author gave no accTitle.
_NAMES = {
    "zh": {
        "sequencediagram": "时序图",
        "statediagram": "状态图",
        "classdiagram": "类图",
        "erdiagram": "实体关系图",
        "gantt": "甘特图",
        "pie": "饼图",
        "mindmap": "思维导图",
        "timeline": "时间线",
        "gitgraph": "Git 提交图",
        "journey": "用户旅程图",
        "flowchart": "流程图",
        "graph": "流程图",
        "": "图",
    },
    "en": {
        "sequencediagram": "Sequence diagram",
        "statediagram": "State diagram",
        "classdiagram": "Class diagram",
        "erdiagram": "Entity-relationship diagram",
        "gantt": "Gantt chart",
        "pie": "Pie chart",
        "mindmap": "Mind map",
        "timeline": "Timeline",
        "gitgraph": "Git graph",
        "journey": "User journey",
        "flowchart": "Flowchart",
        "graph": "Flowchart",
        "": "Diagram",
    },
}


class DiagramError(ValueError):
    """Mermaid cannot draw it; the text is Mermaid's own reason, in English."""


def with_id(drawing: str, own: str) -> str:
    """The drawing with `own` in place of the id that all drawings have."""
    return _OLD_ID.sub(own, drawing)


def diagram_name(code: str, locale: str) -> str:
    """The author's accTitle, or the kind of diagram in the language of `locale`."""
    title = _TITLE.search(code)
    if title:
        return title[1].strip()
    names = in_language(_NAMES, locale)
    kind = _KIND.match(code, _PREAMBLE.match(code).end())  # type: ignore[union-attr]
    return names.get(kind[1].lower() if kind else "", names[""])


def _failed(path: str, line: int, reason: str) -> Problem:
    reason = " ".join(reason.split())
    reason = reason if len(reason) <= 160 else f"{reason[:159]}…"
    return Problem(
        path,
        line,
        0,
        "broken-diagram",
        Severity.WARNING,
        f"这张 Mermaid 图画不出来，页面上显示的是源码。请检查语法，Mermaid 说：{reason}",
        f"This Mermaid diagram cannot be drawn, and the page shows its source. Check its "
        f"syntax; Mermaid says: {reason}",
    )


def _line(source: str, code: str, start: int) -> tuple[int, int]:
    """The 1-based line of the code's first words in `source` after `start`; 0 if not found."""
    first = next((line.strip() for line in code.splitlines() if line.strip()), "")
    place = source.find(first, start) if first else -1
    if place < 0:
        return 0, start
    return source.count("\n", 0, place) + 1, place + len(first)


def draw_diagrams(
    html: str,
    draw: Callable[[Sequence[str]], Sequence[str | DiagramError]],
    source: str,
    path: str,
    locale: str,
) -> tuple[str, list[Problem]]:
    """Replace the diagrams of a converted page by what `draw` makes of their code.

    `source` is the author's file at the source URI `path`. A diagram that cannot be drawn is
    shown as its code, and reported with its line.
    """
    # The pattern tries every tag of the page; most pages do not even have the word.
    places = list(_DIAGRAM.finditer(html)) if "mermaid" in html.lower() else []
    if not places:
        return html, []
    codes = [unescape(place["code"]).strip("\n") + "\n" for place in places]
    parts: list[str] = []
    problems: list[Problem] = []
    end = offset = 0
    drawings = draw(codes)
    for number, (place, code, drawing) in enumerate(zip(places, codes, drawings, strict=True)):
        parts.append(html[end : place.start()])
        end = place.end()
        line, offset = _line(source, code, offset)
        if isinstance(drawing, DiagramError):
            problems.append(_failed(path, line, str(drawing)))
            parts.append(f'<pre class="diagram-source"><code>{escape(code)}</code></pre>')
            continue
        # The same diagram twice on a page is two elements with ids of their own.
        own = f"diagram-{digest(code.encode()).hex()[:8]}-{number + 1}"
        name = escape(diagram_name(code, locale))
        svg = with_id(drawing, own).replace("<svg ", f'<svg aria-label="{name}" ', 1)
        parts.append(f'<div class="diagram">{svg}</div>')
    return "".join(parts) + html[end:], problems
