"""Mermaid diagrams as SVG, drawn without a browser and coloured for both schemes.

`mermaidx` runs Mermaid itself in QuickJS. It measures text with one Latin font, in which a Han
character is a narrow box, so that labels would be cut; here such characters are one em wide.

Import it only to draw: QuickJS starts a thread when it is loaded, and a process with threads
is not forked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from unicodedata import combining, east_asian_width
from xml.etree import ElementTree

from mermaidx.engines._common import MermaidRenderError, TextMeasurer
from mermaidx.engines.quickjs_engine import Engine

from docskit.typesetting.diagram_blocks import ID, DiagramError

# Labels are SVG text: it cannot be cut by its box, and readers, feeds and paper have it too.
_CONFIG = {
    "htmlLabels": False,
    "securityLevel": "strict",
    "fontFamily": "inherit",
    "flowchart": {"htmlLabels": False, "useMaxWidth": True},
    "class": {"htmlLabels": False},
    "state": {"htmlLabels": False},
    "journey": {"textPlacement": "tspan", "sectionColours": ["currentColor"]},
    "gantt": {
        "useWidth": 760,
        "fontSize": 13,
        "sectionFontSize": 13,
        "leftPadding": 100,
        "axisFormat": "%m-%d",
    },
    # Jitter of shapes by chance would make two drawings of one.
    "handDrawnSeed": 1,
    "timeline": {"textPlacement": "tspan"},
}
# Commits of a `gitGraph` are named by chance; both schemes and every build draw the same one.
_SAME_CHANCE = (
    "(() => { let state = 1; Math.random = () =>"
    " ((state = (state * 16807) % 2147483647) - 1) / 2147483646; })()"
)
# How much of a Han character's em stands above the base line.
_ABOVE = 0.88
# The colours of overrides/assets/stylesheets/colours.css: paper, mist, ink, ink-soft, line, brand.
_SCHEMES = {
    "light": ("#ffffff", "#f4f7fb", "#1d2b4a", "#4d5b78", "#dfe5ef", "#1b5fb8", "#ebf1f9"),
    "dark": ("#121722", "#1a2130", "#e2e8f3", "#a7b3c9", "#2a3347", "#8ab8ff", "#1d2637"),
}
# Slices, branches and sections, which are told apart by colour: grounds for letters in ink.
_SERIES = {
    "light": [
        "#dbe8f8",
        "#d5efe9",
        "#fbe8c4",
        "#f8dcdc",
        "#e4defa",
        "#dcefd5",
        "#f7dbea",
        "#e2e7f0",
    ],
    "dark": [
        "#24395c",
        "#1d4a45",
        "#55431a",
        "#5a2c2f",
        "#3a3262",
        "#2b4a2a",
        "#56304a",
        "#333c4f",
    ],
}
_COLOUR = re.compile(
    r"(#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\([^()]*\)|\b(?:black|white|[a-z]*gr[ae]y|[a-z]*blue"
    r"|red|green|yellow|navy|none|transparent)\b)"
)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_SVG = "{http://www.w3.org/2000/svg}"
_REFERENCE = re.compile(r"#([^)\s\"']+)")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
# A share of the natural width; about 10 pixels a character.
_SMALLEST = 0.65
# Where Mermaid relies on labels that are HTML, or sets white letters on whatever ground.
_OWN_RULES = (
    f"#{ID} .section-root .label text{{text-anchor:middle}}"
    # A line does not run through its own label.
    f"#{ID} .edgeLabel text{{paint-order:stroke;stroke:var(--paper,#fff);stroke-width:5px;"
    f"stroke-linejoin:round}}"
    f"#{ID} .edgeLabel rect{{opacity:0.9;fill:var(--paper,#fff)}}"
    f"#{ID} text.task,#{ID} text.journey-section{{fill:currentColor}}"
)
_UNSAFE = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)


class _Measurer(TextMeasurer):  # type: ignore[misc]
    """Widths of text in which what is full-width in Unicode takes one em."""

    def _wide(self, text: str, size: object) -> tuple[str, float]:
        rest = "".join(c for c in text if not _is_wide(c))
        return rest, (len(text) - len(rest)) * float(size or 16)  # type: ignore[arg-type]

    def width(self, text: str, size: object, family: str, weight: str, style: str) -> float:
        rest, wide = self._wide(text or "", size)
        return float(super().width(rest, size, family, weight, style)) + wide

    def full(
        self, text: str, size: object, family: str, weight: str, style: str
    ) -> dict[str, float]:
        rest, wide = self._wide(text or "", size)
        found: dict[str, float] = dict(super().full(rest, size, family, weight, style))
        found["width"] += wide
        return found

    def glyphs(
        self, text: str, size: object, family: str, weight: str, style: str
    ) -> list[list[float]]:
        """`[pen, left, right, top, bottom]` of each glyph with an outline, in pixels, down."""
        boxes: list[list[float]] = []
        pen, em = 0.0, float(size or 16)  # type: ignore[arg-type]
        for run in re.findall(r"[\x20-\x7e]+|.", text or "", re.DOTALL):
            if _is_wide(run[0]):
                boxes.append([pen, 0.0, em, -_ABOVE * em, (1 - _ABOVE) * em])
                pen += em
                continue
            glyphs = super().glyphs(run, size, family, weight, style)
            boxes.extend([pen + box[0], *box[1:]] for box in glyphs)
            pen += float(super().width(run, size, family, weight, style))
        return boxes


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WF" and not combining(character)


class _Engine(Engine):  # type: ignore[misc]
    def _init_context(self) -> None:
        super()._init_context()
        self._measurer = _Measurer()

    def _build_context(self) -> object:
        context = super()._build_context()
        context.eval(_SAME_CHANCE)
        return context

    def in_both_schemes(self, code: str) -> tuple[str, str]:
        """The diagram drawn for light and for dark; raises `MermaidRenderError`."""
        drawn: tuple[str, str] = self._executor.submit(self._in_both_schemes, code).result()
        return drawn

    def _in_both_schemes(self, code: str) -> tuple[str, str]:
        light = self._in_scheme(code, "light")
        # A context takes as long as a drawing. Most kinds draw the same again in a used one;
        # some number their parts on, and get another.
        self._ctx_used = False
        self._ctx.eval(_SAME_CHANCE)
        dark = self._in_scheme(code, "dark")
        return light, dark if _alike(light, dark) else self._in_scheme(code, "dark")

    def _in_scheme(self, code: str, scheme: str) -> str:
        config = {**_CONFIG, "themeVariables": _theme(scheme)}
        return str(self._render_svg_sync(code, "base", config, None))


def _theme(scheme: str) -> dict[str, object]:
    paper, mist, ink, soft, line, brand, wash = _SCHEMES[scheme]
    series = _SERIES[scheme]
    many = {
        **{f"pie{n + 1}": series[n % len(series)] for n in range(12)},
        **{f"cScale{n}": series[n % len(series)] for n in range(12)},
        **{f"cScaleLabel{n}": ink for n in range(12)},
        **{f"fillType{n}": series[n % len(series)] for n in range(8)},
        **{f"git{n}": series[n % len(series)] for n in range(8)},
        **{f"gitBranchLabel{n}": ink for n in range(8)},
    }
    return {
        **many,
        "darkMode": scheme == "dark",
        "fontFamily": "inherit",
        "fontSize": "15px",
        "background": paper,
        "mainBkg": wash,
        "primaryColor": wash,
        "primaryTextColor": ink,
        "primaryBorderColor": brand,
        "secondaryColor": mist,
        "secondaryTextColor": ink,
        "secondaryBorderColor": line,
        "tertiaryColor": mist,
        "tertiaryTextColor": ink,
        "tertiaryBorderColor": line,
        "lineColor": soft,
        "textColor": ink,
        "titleColor": ink,
        "edgeLabelBackground": paper,
        "clusterBkg": mist,
        "clusterBorder": line,
        "noteBkgColor": mist,
        "noteTextColor": ink,
        "noteBorderColor": line,
        "actorLineColor": line,
        "labelBoxBkgColor": mist,
        "activationBkgColor": mist,
        "pieStrokeColor": paper,
        "pieOuterStrokeColor": line,
        "pieTitleTextColor": ink,
        "pieSectionTextColor": ink,
        "pieLegendTextColor": ink,
    }


def draw_all(codes: Sequence[str]) -> list[str | DiagramError]:
    """Each diagram as one `<svg>`, or why Mermaid refuses it; half a second to a second
    each.

    Ids in it begin with `ID`. What differs between the schemes is a custom property, so that
    the page's `data-md-color-scheme` chooses.
    """
    engine = _Engine()
    engine.start()
    try:
        return [_draw(engine, code) for code in codes]
    finally:
        # Its thread would keep the build from forking.
        engine.close()


def _draw(engine: _Engine, code: str) -> str | DiagramError:
    try:
        light, dark = engine.in_both_schemes(code)
    except MermaidRenderError as error:
        return DiagramError(str(error))
    return _lean(_for_both(light, dark))


def _alike(light: str, dark: str) -> bool:
    return _COLOUR.split(light)[::2] == _COLOUR.split(dark)[::2]


def _for_both(light: str, dark: str) -> str:
    """One drawing of two that differ in colours only; the light one if they differ in more."""
    if not _alike(light, dark):
        return light
    ours, theirs = _COLOUR.split(light), _COLOUR.split(dark)
    names: dict[tuple[str, str], str] = {}
    for place in range(1, len(ours), 2):
        pair = ours[place], theirs[place]
        if pair[0] != pair[1]:
            name = names.setdefault(pair, f"--c{len(names)}")
            ours[place] = f"var({name},{pair[0]})"
    dark_values = ";".join(f"{name}:{pair[1]}" for pair, name in names.items())
    drawing = "".join(ours)
    rule = f'@media screen{{[data-md-color-scheme="slate"] #{ID}{{{dark_values}}}}}'
    return (
        drawing.replace("<style>", f"<style>{escape(rule, quote=False)}", 1) if names else drawing
    )


def _lean(drawing: str) -> str:
    """Without what no reader sees or what could run, sized by its own view box."""
    ElementTree.register_namespace("", _SVG[1:-1])
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(drawing)  # noqa: S314 (Mermaid's own output has no DTD)
    _keep_asked_ids(root)
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.rpartition("}")[2]
            if name == "script" or (name == "marker" and not child.get("id")):
                parent.remove(child)
    classes: set[str] = set()
    for element in root.iter():
        classes.update(element.get("class", "").split())
        for name, value in list(element.attrib.items()):
            bare = name.rpartition("}")[2].lower()
            if bare.startswith("on") or (bare == "href" and _UNSAFE.match(value)):
                del element.attrib[name]
            elif bare not in {"id", "class", "style", "href"}:
                element.set(name, _LONG_NUMBER.sub(_rounded, value))
    for style in root.iter(f"{_SVG}style"):
        style.text = _used_rules(style.text or "", classes) + _OWN_RULES
    box = [float(number) for number in root.get("viewBox", "0 0 300 150").split()]
    width, height = round(box[2]), round(box[3])
    root.set("width", str(width))
    root.set("height", str(height))
    # Scrolled on a phone before its letters become too small to be read.
    root.set("style", f"min-width:{round(width * _SMALLEST)}px")
    return ElementTree.tostring(root, encoding="unicode")


def _keep_asked_ids(root: ElementTree.Element) -> None:
    """Leave only ids that something in the drawing refers to: names such as `a` are the page's."""
    asked = {ID}
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.startswith("aria-"):
                asked.update(value.split())
            else:
                asked.update(_REFERENCE.findall(value))
    for element in root.iter():
        if "id" in element.attrib and element.attrib["id"] not in asked:
            del element.attrib["id"]


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _used_rules(style: str, classes: set[str]) -> str:
    """The rules of a style sheet whose selectors name no class that the drawing has not."""
    kept: list[str] = []
    depth = start = 0
    for place, character in enumerate(style):
        if character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth:
                continue
            rule = style[start : place + 1]
            start = place + 1
            selectors, _, body = rule.partition("{")
            if not selectors.startswith("@"):
                wanted = [s for s in selectors.split(",") if set(_CLASS.findall(s)) <= classes]
                # Mermaid's other look, and what it sets for a whole document.
                wanted = [s for s in wanted if 'data-look="neo"' not in s and ":root" not in s]
                if not wanted:
                    continue
                rule = f"{','.join(wanted)}{{{body}"
            elif selectors.startswith("@keyframes") and "edge-animation" not in " ".join(classes):
                continue
            kept.append(rule)
    return "".join(kept)
