"""Formulas as MathML, which browsers draw without a script and without a font.

Authors write the LaTeX that MathJax, KaTeX and Typora take. `math-core` takes nearly all of
it; the rest is rewritten here to what it takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from xml.etree import ElementTree

from math_core import LatexError, LatexToMathML

from docskit.html.latex import Macros, Rewritten, rewritten
from docskit.messages import Problem, Severity

# What pymdownx.arithmatex (generic) makes of `$…$` and `$$…$$`.
_FORMULA = re.compile(
    # It escapes what is in a formula: the first `<` ends it.
    r'<(?P<tag>span|div) class="arithmatex">\\[(\[](?P<latex>[^<]*)\\[)\]]</(?P=tag)>'
)
_SIZES = "tiny Tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
_MACROS = {
    **dict.fromkeys(_SIZES.split(), ""),
    "KaTeX": r"\text{KaTeX}",
    "LaTeX": r"\text{LaTeX}",
    "TeX": r"\text{TeX}",
    "bold": r"\mathbf{#1}",
    "celsius": r"{}^\circ\mathrm{C}",
    "displaylines": r"\begin{gathered}#1\end{gathered}",
    "hbox": r"\text{#1}",
    "hfill": r"\quad",
    "href": "#2",
    "mathds": r"\mathbb{#1}",
    "mbox": r"\text{#1}",
    "pmb": r"\boldsymbol{#1}",
    "smash": "#1",
    "sout": r"\cancel{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "textcircled": "(#1)",
    "unit": r"\,\mathrm{#1}",
    "wideparen": r"\overparen{#1}",
    "xlongrightarrow": r"\xrightarrow{#1}",
}
# MathJax, KaTeX and Typora number an equation only where the author wrote a \tag.
_UNNUMBERED = re.compile(r"\\(begin|end)\{(align|gather|equation|flalign)\}")
_REWRITES = (
    (re.compile(r"\\require\s*\{[^}]*\}"), ""),
    (re.compile(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
    (re.compile(r"\\(begin|end)\{flalign\*?\}"), r"\\\1{align*}"),
    (re.compile(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (re.compile(r"\\ref\s*\{"), r"\\eqref{"),
    (re.compile(r"\\begin\{alignat\*?\}\s*\{\d+\}"), r"\\begin{align*}"),
    (re.compile(r"\\end\{alignat\*?\}"), r"\\end{align*}"),
    (re.compile(r"\\(begin|end)\{eqnarray\*?\}"), r"\\\1{align*}"),
    (re.compile(r"&\s*(=|\\le|\\ge|\\approx)\s*&"), r"&\1 "),
    (re.compile(r"\}\s*\\limits"), "}"),
    (re.compile(r"(\\text\{[^{}$]*)\$([^$]*)\$([^{}$]*\})"), r"\1} \2 \\text{\3"),
)
_NUMBERED = re.compile(r"\\(tag|label)\b")
_LATEX = re.compile(r'<math data-latex="[^"]*"></math>|(?<=<math) data-latex="[^"]*"')
_NOWHERE = re.compile(r'<a href="#([^"]*)">\(\?\?\)</a>')
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
    definitions: str = ""


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
    return [formula.definitions + latex for latex in found]


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
    refused = _too_much(formula.definitions + formula.latex)
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


def _unnumbered(path: str, line: int, label: str) -> Problem:
    return Problem(
        path,
        line,
        0,
        "formula-reference",
        Severity.WARNING,
        f"\\eqref{{{label}}} 指的公式没有编号，页面上显示 (??)。"
        f"请在那个公式里写上 \\tag{{1}} 和 \\label{{{label}}}。",
        f"the formula that \\eqref{{{label}}} refers to has no number, so the page shows (??); "
        f"write \\tag{{1}} and \\label{{{label}}} in that formula",
    )


def formulas_to_mathml(html: str, source: str, path: str) -> tuple[str, list[Problem]]:
    """Replace what arithmatex marked in `html` by MathML.

    `source` is the author's file at the source URI `path`, to find the lines of formulas
    that cannot be converted; those are shown as code. Each `<math>` has what the author wrote
    in `data-latex`, until `without_latex`.
    """
    places = list(_FORMULA.finditer(html))
    if not places:
        return html, []
    converter = _converter()
    macros = Macros()
    written = [unescape(place["latex"]) for place in places]
    formulas, finishes = [], []
    for place, latex in zip(places, written, strict=True):
        # One that is too much is told so, and not looked at any closer.
        definitions, own = macros.spelled(latex) if len(latex) <= _LONGEST else ("", latex)
        finish = rewritten(own) if len(latex) <= _LONGEST else Rewritten(own)
        finishes.append(finish)
        formulas.append(_Formula(finish.latex, place["tag"] == "div", definitions))
    # Nothing but definitions.
    shows_nothing = [
        bool(latex.strip()) and not formula.latex.strip()
        for latex, formula in zip(written, formulas, strict=True)
    ]
    spellings = [_spelling(converter, formula) for formula in formulas]
    good = [
        (latex, formula.display)
        for formula, (latex, _), nothing in zip(formulas, spellings, shows_nothing, strict=True)
        if latex and not nothing
    ]
    # Together, so that \eqref finds equations further down.
    converted = iter(converter.convert_all(good))
    parts: list[str] = []
    problems: list[Problem] = []
    lines = _Places(source)
    end = 0
    for place, source_latex, formula, finish, (latex, reason), nothing in zip(
        places, written, formulas, finishes, spellings, shows_nothing, strict=True
    ):
        line = lines.line(source_latex)
        parts.append(html[end : place.start()])
        end = place.end()
        mark = f'<math data-latex="{escape(source_latex)}"'
        if nothing and not reason[0]:
            parts.append(f"{mark}></math>")
            continue
        if latex:
            math = finish.finish(next(converted))
            problems += [
                _unnumbered(path, line, unescape(label)) for label in _NOWHERE.findall(math)
            ]
            math = math.replace("<math", mark, 1)
            parts.append(f'<div class="formula">{math}</div>' if formula.display else math)
            continue
        problems.append(_broken(path, line, source_latex, reason))
        code = f'<code class="formula-source">{escape(source_latex.strip())}</code>'
        parts.append(f"<p>{code}</p>" if formula.display else code)
    return "".join(parts) + html[end:], problems


def without_latex(html: str) -> str:
    """An article without what the author wrote for each formula: readers have no use for it."""
    return _LATEX.sub("", html) if "<math data-latex" in html else html


# -- formulas in titles ---------------------------------------------------------------------------

_ENTITY = re.compile(r"&[A-Z]\w+;")
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def with_formulas_as_text(html: str) -> str:
    """HTML with each formula in it as the text that says the same: `O(n²)`, `a/b`, `√x`.

    For titles, which are text wherever they go. What cannot be converted stays LaTeX.
    """
    return _FORMULA.sub(lambda place: escape(_as_text(unescape(place["latex"]).strip())), html)


def _as_text(latex: str) -> str:
    finish = rewritten(latex)
    spelled, (reason, _) = _spelling(_converter(), _Formula(finish.latex, False))
    if reason or not spelled:
        return latex
    mathml = finish.finish(_converter().convert_with_local_state(spelled, displaystyle=False))
    # Names of HTML, which XML does not have; only such as stand for no sign of a tag.
    mathml = _ENTITY.sub(lambda name: unescape(name[0]), mathml)
    try:
        # What math-core has made itself.
        return " ".join(_words(ElementTree.fromstring(mathml)).split())  # noqa: S314
    except ElementTree.ParseError:
        return latex


def _words(element: ElementTree.Element) -> str:
    parts = [_words(child) for child in element]
    name = element.tag
    if name in ("msub", "munder") and len(parts) == 2:
        return parts[0] + _script(parts[1], "_", _LOWERED)
    if name in ("msup", "mover") and len(parts) == 2:
        return parts[0] + _script(parts[1], "^", _RAISED)
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return parts[0] + _script(parts[1], "_", _LOWERED) + _script(parts[2], "^", _RAISED)
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if name == "msqrt":
        return "√" + _grouped("".join(parts))
    if name == "mroot" and len(parts) == 2:
        return parts[1].translate(_RAISED) + "√" + _grouped(parts[0])
    if name == "mspace":
        return " " if element.get("width", "") else ""
    if name in ("mtd", "mtr"):
        return "".join(parts) + " "
    text = (element.text or "") + "".join(
        part + (child.tail or "") for part, child in zip(parts, element, strict=True)
    )
    return text if name != "mo" else text.replace("\u2061", " ").replace("\u2062", "")


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"


def _script(text: str, sign: str, signs: dict[int, int]) -> str:
    if text in {"′", "″", "‴"}:
        return text
    moved = text.translate(signs)
    if text and all(ord(letter) in signs for letter in text):
        return moved
    return sign + (text if len(text) == 1 else f"({text})")
