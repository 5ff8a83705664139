r"""LaTeX as authors write it for MathJax, KaTeX and Typora, rewritten to what `math-core` takes.

What it cannot say at all (a tag in Chinese, a color by number, a box with a background) is
given a stand-in here, and `Rewritten.finish` puts the real thing into the MathML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

_END = r"(?![a-zA-Z])"
_TEXTS = re.compile(rf"\\(?:text(?:bf|it|rm|sf|tt|normal)?|mbox|hbox){_END}\s*(?=\{{)")
_COLORED = re.compile(
    rf"\\(?P<kind>textcolor|color|colorbox|fcolorbox|bbox){_END}\s*"
    r"(?:\[(?P<model>[^\[\]{}]*)\])?\s*(?=\{)"
)
_TAG = re.compile(r"\\tag(?P<star>\*?)\s*(?=\{)")
_LABEL = re.compile(r"\\(?:label|eqref|ref)\s*(?=\{)")
_CHEMISTRY = re.compile(r"\\ce\s*(?=\{)")
# `4\pi*10` is a product: no other command than these has a form with a star, in MathJax too.
_STAR = re.compile(rf"(\\(?!(?:operatorname|tag|def|DeclareMathOperator){_END})[a-zA-Z]+)\*")
_SPACE_STAR = re.compile(r"\\([hv]space)\*")
_VERBATIM = re.compile(r"\\verb\*?([^\w\s*])(.*?)\1")
_REPEATED = re.compile(r"\*\s*\{\s*(\d{1,2})\s*\}\s*\{([^{}]{1,20})\}")
_ARRAY = re.compile(r"(\\begin\{array\}\s*(?:\[[a-z]\])?\s*)(?=\{)")
_SIMPLE_TAG = re.compile(r"[A-Za-z0-9.]+")
_NAME = re.compile(r"[a-zA-Z]+")
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_DEFINITION = re.compile(
    rf"\\(?P<how>(?:re)?newcommand|providecommand|DeclareMathOperator|[gex]?def){_END}(?P<star>\*?)"
    rf"\s*(?P<brace>\{{\s*)?\\(?P<name>[a-zA-Z]+)\s*(?(brace)\}}\s*)"
    r"(?:\[(?P<count>[1-9])\]|(?P<parameters>(?:#[1-9])+))?\s*(?=\{)"
)
_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_ENCLOSED = re.compile(r'<menclose notation="([a-z ]+)">|</menclose>')
# What math-core leaves for a style sheet of its own.
_STROKES = re.compile(r'<mrow class="menclose-[a-z]+"></mrow>')


def argument(latex: str, start: int) -> tuple[str, int] | None:
    """What is between the brace at `start` and its other half, and where that has ended."""
    depth, at = 0, start
    while at < len(latex):
        sign = latex[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                return latex[start + 1 : at], at + 1
        at += 1
    return None


def _each(
    pattern: re.Pattern[str],
    latex: str,
    make: Callable[[re.Match[str], str, int], tuple[str, int] | None],
) -> str:
    """`latex` with what `make` makes of each match, its argument and the argument's end."""
    parts, done = [], 0
    for match in pattern.finditer(latex):
        if match.start() < done:
            continue
        found = argument(latex, match.end())
        if found is None:
            # Nor will any that is further on be closed.
            break
        made = make(match, *found)
        if made is not None:
            parts += [latex[done : match.start()], made[0]]
            done = made[1]
    return "".join(parts) + latex[done:]


@dataclass(slots=True)
class Rewritten:
    """A formula that `math-core` takes, and what its MathML is to be given afterwards."""

    latex: str
    _later: list[tuple[str, str]] = field(default_factory=list)

    def finish(self, mathml: str) -> str:
        """The MathML of the formula, with what had a stand-in."""
        for stand_in, real in self._later:
            mathml = mathml.replace(stand_in, real)
        if "<menclose" in mathml:
            # Chromium has no `<menclose>`: a style sheet draws the same in every browser.
            mathml = _ENCLOSED.sub(_enclosed, _STROKES.sub("", mathml))
        return mathml

    def _stand_in_tag(self, match: re.Match[str], text: str, end: int) -> tuple[str, int] | None:
        if _SIMPLE_TAG.fullmatch(text) and not match["star"]:
            return None
        name = f"ztag{len(self._later)}z"
        shown = escape(text.replace("$", "").replace("\\", ""))
        self._later.append((f"({name})", shown if match["star"] else f"({shown})"))
        return rf"\tag{{{name}}}", end

    def _stand_in_label(self, match: re.Match[str], text: str, end: int) -> tuple[str, int] | None:
        if text.isascii():
            return None
        # The same on the whole page, whichever formula it stands in.
        name = f"z{text.encode().hex()}z"
        self._later.append((name, escape(text)))
        return f"{match[0].strip()}{{{name}}}", end

    def _stand_in_color(self, latex: str, depth: int = 0) -> str:
        def make(match: re.Match[str], name: str, end: int) -> tuple[str, int] | None:
            kind, model = match["kind"], match["model"]
            if kind == "bbox":
                # Its color is in brackets, and the formula itself in braces.
                color = next((c for c in (model or "").split(",") if _css_color("", c)), "")
                return rf"{self._box(color)}{name}}}", end
            if kind == "fcolorbox":
                frame = argument(latex, _spaces(latex, end))
                if frame is None:
                    return None
                name, end = frame
            css = _css_color(model or "", name)
            if not css:
                return None
            if kind == "color":
                if model is None and _NAME.fullmatch(name):
                    return None
                return self._color(f"color:{css};"), end
            body = argument(latex, _spaces(latex, end))
            if body is None:
                return None
            inner = self._stand_in_color(body[0], depth + 1) if depth < 8 else body[0]
            if kind == "textcolor":
                if model is None and _NAME.fullmatch(name):
                    return rf"\textcolor{{{name}}}{{{inner}}}", body[1]
                return rf"{{{self._color(f'color:{css};')}{inner}}}", body[1]
            return rf"{self._box(css)}\text{{{inner}}}}}", body[1]

        return _each(_COLORED, latex, make)

    def _color(self, css: str) -> str:
        number = f"0AC{len(self._later):03X}"
        self._later.append((f"color:#{number};", css))
        return rf"\color[HTML]{{{number}}}"

    def _box(self, color: str) -> str:
        style = (
            f"background-color:{color};color:#000;padding:0.15em;" if color else "padding:0.1em;"
        )
        return f"{{{self._color(style)}"


def _spaces(latex: str, at: int) -> int:
    while at < len(latex) and latex[at].isspace():
        at += 1
    return at


def _css_color(model: str, name: str) -> str:
    """A color as CSS has it, empty where it is none."""
    name = name.strip()
    if model in {"rgb", "RGB"}:
        parts = name.split(",")
        try:
            numbers = [float(part) * (255 if model == "rgb" else 1) for part in parts]
        except ValueError:
            return ""
        return "rgb({} {} {})".format(*(round(n) for n in numbers)) if len(numbers) == 3 else ""
    number = _HEX.fullmatch(name)
    if number and (model == "HTML" or name.startswith("#")):
        return f"#{number[1]}"
    return name.lower() if not model and _NAME.fullmatch(name) else ""


def _enclosed(match: re.Match[str]) -> str:
    if not match[1]:
        return "</mrow>"
    return f'<mrow class="{" ".join(f"enclosed-{name}" for name in match[1].split())}">'


def _text(match: re.Match[str], text: str, end: int) -> tuple[str, int]:
    r"""`\text{batch_size}`: signs of mathematics are none in a text."""
    pieces = text.split("$")
    for index in range(0, len(pieces), 2):
        pieces[index] = re.sub(r"(?<!\\)([_&#%])", r"\\\1{}", pieces[index])
    return f"{match[0]}{{{'$'.join(pieces)}}}", end


def _verbatim(match: re.Match[str]) -> str:
    text = re.sub(r"([_&#%{}$])", r"\\\1", match[2])
    return rf"\texttt{{{text}}}"


def _columns(match: re.Match[str], columns: str, end: int) -> tuple[str, int]:
    spelled = _REPEATED.sub(lambda times: times[2] * int(times[1]), columns)
    return f"{match[0]}{{{spelled}}}", end


def rewritten(latex: str) -> Rewritten:
    """`latex` with what `math-core` does not know in the words that it knows."""
    result = Rewritten(latex)
    if "\\" not in latex:
        return result
    latex = _VERBATIM.sub(_verbatim, latex)
    latex = _STAR.sub(r"\1 *", _SPACE_STAR.sub(r"\\\1", latex))
    latex = _each(_CHEMISTRY, latex, lambda _, text, end: (f"{{{chemistry(text)}}}", end))
    latex = _each(_ARRAY, latex, _columns)
    latex = result._stand_in_color(latex)
    latex = _each(_TEXTS, latex, _text)
    latex = _each(_LABEL, latex, result._stand_in_label)
    result.latex = _each(_TAG, latex, result._stand_in_tag)
    return result


class Macros:
    """The commands that the formulas of one page define, in the order of the page."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def spelled(self, latex: str) -> tuple[str, str]:
        """The definitions that a formula needs, and the formula without its own.

        A command lives on from where it is defined, as MathJax has it.
        """
        known = self._known

        def take(match: re.Match[str], body: str, end: int) -> tuple[str, int] | None:
            name = match["name"]
            if match["how"] == "DeclareMathOperator":
                body = rf"\operatorname{match['star']}{{{body}}}"
            signs = match["parameters"] or "".join(
                f"#{number + 1}" for number in range(int(match["count"] or 0))
            )
            if match["how"] == "providecommand" and name in known:
                return "", end
            known[name] = rf"\def\{name}{signs}{{{body}}}"
            return "", end

        rest = _each(_DEFINITION, latex, take) if "\\" in latex else latex
        if not known:
            return "", latex
        needed: dict[str, str] = {}
        names = _COMMAND.findall(rest)
        while names:
            name = names.pop()
            if name in known and name not in needed:
                needed[name] = known[name]
                names += _COMMAND.findall(known[name])
        return "".join(reversed(needed.values())), rest


# -- chemistry ------------------------------------------------------------------------------------

_ARROWS = {
    "<=>": (r"\rightleftharpoons", r"\xrightleftharpoons"),
    "<->": (r"\longleftrightarrow", r"\xleftrightarrow"),
    "->": (r"\longrightarrow", r"\xrightarrow"),
    "<-": (r"\longleftarrow", r"\xleftarrow"),
}
_REACTION = re.compile(
    r"(?P<arrow><=>|<->|->|<-)(?:\[(?P<above>[^\[\]]*)\])?(?:\[(?P<below>[^\[\]]*)\])?"
    r"|(?P<maths>\$[^$]*\$|\\[a-zA-Z]+\s*)"
    r"|(?<![^\s])(?P<gas>[\^v])(?![^\s])"
    r"|(?P<raised>\^(?:\{[^{}]*\}|\d*[+-]|\d+))"
    r"|(?P<lowered>_(?:\{[^{}]*\}|\w))"
    r"|(?P<count>(?<=[A-Za-z)\]}])\d+)"
    r"|(?P<charge>(?<=[A-Za-z0-9)\]}])[+-](?=[\s)\]]|$))"
    r"|(?P<letters>[A-Za-z]+)"
    r"|(?P<sign>[#*.])"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)


def chemistry(text: str) -> str:
    r"""What mhchem makes of the everyday part of `\ce{…}`: `2H2 + O2 ->[点燃] 2H2O`."""
    parts: list[str] = []
    for found in _REACTION.finditer(text):
        kind, piece = found.lastgroup or "", found[0]
        if found["arrow"]:
            plain, long = _ARROWS[found["arrow"]]
            above, below = (
                f"\\text{{{note}}}" if note and not note.isascii() else chemistry(note or "")
                for note in (found["above"], found["below"])
            )
            under = f"[{below}]" if below else ""
            parts.append(f"{long}{under}{{{above}}}" if above or below else f"{plain} ")
        elif kind == "maths":
            parts.append(piece.strip("$"))
        elif kind == "gas":
            parts.append(r"\uparrow " if piece == "^" else r"\downarrow ")
        elif kind == "raised":
            parts.append(f"^{{{piece[1:].strip('{}')}}}")
        elif kind in ("lowered", "count"):
            parts.append(f"_{{{piece.lstrip('_').strip('{}')}}}")
        elif kind == "charge":
            parts.append(f"^{{{piece}}}")
        elif kind == "letters":
            parts.append(rf"\mathrm{{{piece}}}")
        elif kind == "sign":
            parts.append(r"\equiv " if piece == "#" else r"\cdot ")
        elif kind != "space":
            parts.append(piece)
    return "".join(parts)
