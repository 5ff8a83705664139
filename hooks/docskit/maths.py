"""Formulas as MathML, which browsers draw without a script and without a font.

Authors write the LaTeX that MathJax, KaTeX and Typora take. `math-core` takes nearly all of
it; the rest is rewritten here to what it takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from math_core import LatexError, LatexToMathML

from docskit.problem import Problem, Severity

# What pymdownx.arithmatex (generic) makes of `$…$` and `$$…$$`.
_FORMULA = re.compile(
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<latex>.*?)\\[)\]]</(?P=tag)>', re.DOTALL
)
_SIZES = "tiny Tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
_MACROS = {
    **dict.fromkeys(_SIZES.split(), ""),
    "celsius": r"{}^\circ\mathrm{C}",
    "hbox": r"\text{#1}",
    "href": "#2",
    "mathds": r"\mathbb{#1}",
    "mbox": r"\text{#1}",
    "pmb": r"\boldsymbol{#1}",
    "smash": "#1",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "textcircled": "(#1)",
    "wideparen": r"\overparen{#1}",
    "xlongrightarrow": r"\xrightarrow{#1}",
}
# MathJax, KaTeX and Typora number an equation only where the author wrote a \tag.
_UNNUMBERED = re.compile(r"\\(begin|end)\{(align|gather|equation)\}")
_REWRITES = (
    (re.compile(r"\\require\s*\{[^}]*\}"), ""),
    (re.compile(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
    (re.compile(r"\\begin\{alignat\*?\}\s*\{\d+\}"), r"\\begin{align*}"),
    (re.compile(r"\\end\{alignat\*?\}"), r"\\end{align*}"),
    (re.compile(r"\\(begin|end)\{eqnarray\*?\}"), r"\\\1{align*}"),
    (re.compile(r"&\s*(=|\\le|\\ge|\\approx)\s*&"), r"&\1 "),
    (re.compile(r"\}\s*\\limits"), "}"),
    (re.compile(r"(\\text\{[^{}$]*)\$([^$]*)\$([^{}$]*\})"), r"\1} \2 \\text{\3"),
)
_NUMBERED = re.compile(r"\\(tag|label)\b")
_PLACE = re.compile(r"^(\d+): ")


@dataclass(frozen=True, slots=True)
class _Formula:
    latex: str
    display: bool


def _converter() -> LatexToMathML:
    return LatexToMathML(macros=_MACROS, fancy_error=False, allow_unreliable_rendering=True)


def _spellings(formula: _Formula) -> list[str]:
    """The author's LaTeX, then what it may be rewritten to, the closest first."""
    plain = _UNNUMBERED.sub(r"\\\1{\2*}", formula.latex)
    rewritten = plain
    for pattern, replacement in _REWRITES:
        rewritten = pattern.sub(replacement, rewritten)
    found = [plain, rewritten]
    if formula.display and _NUMBERED.search(plain):
        found += [rf"\begin{{equation*}}{latex}\end{{equation*}}" for latex in found]
    return found


def _spelling(converter: LatexToMathML, formula: _Formula) -> tuple[str, str]:
    """The first spelling that converts and an empty string, or an empty one and the reason."""
    reason = ""
    for latex in dict.fromkeys(_spellings(formula)):
        try:
            converter.convert_with_local_state(latex, displaystyle=formula.display)
        except LatexError as error:
            reason = reason or _PLACE.sub("", str(error))
        else:
            return latex, ""
    return "", reason


def _line(source: str, latex: str, start: int) -> tuple[int, int]:
    """The 1-based line of `latex` in `source` after offset `start`, and where it ends."""
    place = source.find(latex, start)
    if place < 0:
        place = source.find(latex.strip().split("\n")[0], start)
    if place < 0:
        return 0, start
    lead = len(latex) - len(latex.lstrip())
    return source.count("\n", 0, place + lead) + 1, place + len(latex)


def _broken(path: str, line: int, latex: str, reason: str) -> Problem:
    short = " ".join(latex.split())
    short = short if len(short) <= 40 else f"{short[:39]}…"
    return Problem(
        path,
        line,
        0,
        "broken-formula",
        Severity.WARNING,
        f"公式 '{short}' 转换不了（{reason}），页面上显示的是源码。"
        "请检查括号是否成对、命令有没有拼错。",
        f"The formula '{short}' cannot be converted ({reason}); the page shows its source. "
        "Check that braces are paired and commands are spelled right.",
    )


def formulas_to_mathml(html: str, source: str, path: str) -> tuple[str, list[Problem]]:
    """Replace what arithmatex marked in `html` by MathML.

    `source` is the author's file at the source URI `path`, to find the lines of formulas
    that cannot be converted; those are shown as code.
    """
    places = list(_FORMULA.finditer(html))
    if not places:
        return html, []
    converter = _converter()
    formulas = [_Formula(unescape(place["latex"]), place["tag"] == "div") for place in places]
    spellings = [_spelling(converter, formula) for formula in formulas]
    good = [
        (latex, formula.display)
        for formula, (latex, _) in zip(formulas, spellings, strict=True)
        if latex
    ]
    # Together, so that \eqref finds equations further down.
    converted = iter(converter.convert_all(good))
    parts: list[str] = []
    problems: list[Problem] = []
    end = offset = 0
    for place, formula, (latex, reason) in zip(places, formulas, spellings, strict=True):
        line, offset = _line(source, formula.latex, offset)
        parts.append(html[end : place.start()])
        end = place.end()
        if latex:
            math = next(converted)
            parts.append(f'<div class="formula">{math}</div>' if formula.display else math)
            continue
        problems.append(_broken(path, line, formula.latex, reason))
        code = f'<code class="formula-source">{escape(formula.latex.strip())}</code>'
        parts.append(f"<p>{code}</p>" if formula.display else code)
    return "".join(parts) + html[end:], problems
