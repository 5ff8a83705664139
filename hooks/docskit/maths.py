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
    # It escapes what is in a formula: the first `<` ends it.
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<latex>[^<]*)\\[)\]]</(?P=tag)>'
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
# Measured with a stack of 2 MB, which is the least that a system gives: 900 groups end it, as
# 1,500 commands do.
_DEEPEST = 200
_MOST_COMMANDS = 1200
_MOST_UNCLOSED = 12
_LONGEST = 20_000
_SIDES = "(?:angle|floor|ceil|brace|brack|paren|[vV]ert|group|moustache|bracket)"
_ENDS = r"(?![a-zA-Z])"
_DELIMITER = r"\s*(?:\\[a-zA-Z]+|\\?.)?"
_TOKEN = re.compile(
    rf"""(?P<deeper>\{{|\\begin{_ENDS}|\\left{_ENDS}{_DELIMITER})
    | (?P<back>\}}|\\end{_ENDS}|\\right{_ENDS}{_DELIMITER})
    | (?P<opens>\\(?:l{_SIDES}|llbracket|ulcorner|llcorner){_ENDS}|\\\{{|[(\[⟨⌊⌈⟦⟮])
    | (?P<closes>\\(?:r{_SIDES}|rrbracket|urcorner|lrcorner){_ENDS}|\\\}}|[)\]⟩⌋⌉⟧⟯])
    | (?P<next>&|\\\\)
    | (?P<command>\\(?:[a-zA-Z]+|.))""",
    re.VERBOSE | re.DOTALL,
)
_Reason = tuple[str, str]
"""Why a formula is not converted, in Chinese and English."""


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


def _too_much(latex: str) -> _Reason | None:
    """Why a formula must not be handed to `math-core`, which cannot give up by itself.

    It calls itself for each group and for each command, until the process dies of it, and
    its time doubles with each bracket that nothing closes.
    """
    if len(latex) > _LONGEST:
        return f"超过 {_LONGEST} 个字符", f"more than {_LONGEST} characters"
    commands = depth = most = 0
    # Of each group that is open: brackets that wait for their other half, and those that
    # will wait for ever.
    waiting, lost = [0], [0]
    for token in _TOKEN.finditer(latex):
        kind, text = token.lastgroup, token[0]
        commands += kind in ("command", "deeper") and text.startswith("\\")
        if kind == "opens":
            waiting[-1] += 1
        elif kind == "closes":
            waiting[-1] = max(waiting[-1] - 1, 0)
        elif kind == "next":
            waiting[-1] = lost[-1] = 0
        elif kind == "deeper":
            waiting.append(0)
            lost.append(0)
            depth = max(depth, len(waiting) - 1)
        elif kind == "back" and len(waiting) > 1:
            inner = waiting.pop() + lost.pop()
            lost[-1] += inner
        most = max(most, waiting[-1] + lost[-1])
    if depth > _DEEPEST:
        return f"嵌套超过 {_DEEPEST} 层", f"nested more than {_DEEPEST} levels deep"
    if commands > _MOST_COMMANDS:
        return f"超过 {_MOST_COMMANDS} 个命令", f"more than {_MOST_COMMANDS} commands"
    if most > _MOST_UNCLOSED:
        return f"{most} 个括号没有另一半", f"{most} brackets without their other half"
    return None


def _spelling(converter: LatexToMathML, formula: _Formula) -> tuple[str, _Reason]:
    """The first spelling that converts and no reason, or an empty one and the reason."""
    refused = _too_much(formula.latex)
    if refused:
        return "", refused
    reason = ""
    for latex in dict.fromkeys(_spellings(formula)):
        try:
            converter.convert_with_local_state(latex, displaystyle=formula.display)
        except LatexError as error:
            reason = reason or _PLACE.sub("", str(error))
        else:
            return latex, ("", "")
    return "", (reason, reason)


class _Places:
    """Finds formulas in the author's file, one after the other."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._offset = self._counted = 0
        self._line = 1

    def line(self, latex: str) -> int:
        """The 1-based line of the next formula, 0 where the file does not have it so."""
        place = self._source.find(latex, self._offset)
        if place < 0:
            place = self._source.find(latex.strip().split("\n")[0], self._offset)
        if place < 0:
            return 0
        self._offset = place + len(latex)
        first = place + len(latex) - len(latex.lstrip())
        self._line += self._source.count("\n", self._counted, first)
        self._counted = first
        return self._line


def _broken(path: str, line: int, latex: str, reason: _Reason) -> Problem:
    short = " ".join(latex[:200].split())
    short = short if len(short) <= 40 else f"{short[:39]}…"
    return Problem(
        path,
        line,
        0,
        "broken-formula",
        Severity.WARNING,
        f"公式 '{short}' 转换不了（{reason[0]}），页面上显示的是源码。"
        "请检查括号是否成对、命令有没有拼错。",
        f"The formula '{short}' cannot be converted ({reason[1]}); the page shows its source. "
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
    lines = _Places(source)
    end = 0
    for place, formula, (latex, reason) in zip(places, formulas, spellings, strict=True):
        line = lines.line(formula.latex)
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
