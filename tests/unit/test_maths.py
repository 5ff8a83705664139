from collections.abc import Callable
from html import escape, unescape

import markdown
import pytest
from processor_time import seconds

from docskit.html.formulas import formulas_to_mathml, with_formulas_as_text, without_latex
from docskit.html.latex import chemistry


def converted(source: str) -> tuple[str, list[str]]:
    html = markdown.markdown(
        source,
        extensions=["pymdownx.arithmatex", "pymdownx.superfences"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    html, problems = formulas_to_mathml(html, source, "a.md")
    return without_latex(html), [problem.format() for problem in problems]


def test_the_latex_of_each_formula_stands_beside_it_until_the_proof_has_read_it() -> None:
    marked = '<span class="arithmatex">\\(a&lt;"b"\\)</span>'
    html, _ = formulas_to_mathml(f"<p>{marked} {marked}</p>", "", "a.md")
    assert html.count(' data-latex="a&lt;&quot;b&quot;"') == 2
    assert "data-latex" not in without_latex(html)
    defines = '<span class="arithmatex">\\(\\newcommand{\\a}{b}\\)</span>'
    html, _ = formulas_to_mathml(defines, "", "a.md")
    assert "newcommand" in html and without_latex(html) == ""
    blank = '<div class="arithmatex">\\[\n \n\\]</div>'
    html, problems = formulas_to_mathml(f"{blank}{defines}{marked}", "", "a.md")
    assert html.count("<mi>a</mi>") == 1 and problems == []


def test_inline_and_display_formulas_become_mathml() -> None:
    html, problems = converted("行内 $a<b$。\n\n$$\nE = mc^2\n$$\n")
    assert "<p>行内 <math><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>。</p>" in html
    assert '<div class="formula"><math display="block">' in html
    assert problems == []


def test_code_stays_code() -> None:
    source = "`$x$`\n\n```\n$$\nx\n$$\n```\n"
    html, problems = converted(source)
    assert "<math" not in html
    assert problems == []


def test_a_broken_formula_is_shown_as_it_is_written_and_reported_at_its_line() -> None:
    html, problems = converted("# 题\n\n好的 $x$。\n\n$$\n\\frac{1<2\n$$\n\n再好 $y$。\n")
    assert r'<code class="formula-source">\frac{1&lt;2</code>' in html
    assert html.count("<math>") == 2
    assert len(problems) == 1
    assert problems[0].startswith(r"docs/a.md:6: 公式 '\frac{1<2' 转换不了")


def test_the_same_broken_formula_twice_is_reported_at_both_lines() -> None:
    _, problems = converted("$\\nope$\n\n文字\n\n$\\nope$\n")
    assert [problem.split(":")[1] for problem in problems] == ["1", "5"]


@pytest.mark.parametrize(
    "latex",
    [
        r"x \tag{1}",
        r"E = mc^2 \label{energy}",
        r"\begin{split}a&=b\\c&=d\end{split}",
        r"\begin{align}a&=b\\c&=d\end{align}",
        r"\begin{alignat}{2}a&=b\end{alignat}",
        r"\begin{eqnarray}a&=&b\end{eqnarray}",
        r"\mathop{\arg\max}\limits_{\theta} L",
        r"\small{1.2}",
        r"\pmb{x} \mbox{若} \text{当 $x$ 时} \substack{a\\b}",
        r"\require{cancel} \cancel{x} \widetilde{y}",
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{否则} \end{cases}",
    ],
)
def test_what_mathjax_takes_is_taken(latex: str) -> None:
    html, problems = converted(f"$$\n{latex}\n$$\n")
    assert problems == []
    assert html.count("<math") == 1


def test_only_a_tag_gives_an_equation_a_number() -> None:
    plain, _ = converted("$$\n\\begin{align}a&=b\\end{align}\n$$\n")
    tagged, _ = converted("$$\n\\begin{align}a&=b\\tag{3.1}\\end{align}\n$$\n")
    assert "<mtext>" not in plain
    assert "<mtext>(3.1)</mtext>" in tagged


def test_a_reference_finds_an_equation_further_down() -> None:
    html, problems = converted("见 $\\eqref{e}$。\n\n$$\nx \\tag{7} \\label{e}\n$$\n")
    assert problems == []
    assert "(7)</a>" in html


def formula(latex: str) -> str:
    return f'<div class="arithmatex">\\[{escape(latex)}\\]</div>'


NESTED: dict[str, Callable[[int], str]] = {
    "groups": lambda n: "{" * n + "x" + "}" * n,
    "groups without an end": lambda n: "{" * n,
    "left": lambda n: r"\left(" * n + "x" + r"\right)" * n,
    "roots": lambda n: r"\sqrt" * n + " x",
    "roots in braces": lambda n: r"\sqrt{" * n + "x" + "}" * n,
    "accents": lambda n: r"\hat" * n + " x",
    "fractions": lambda n: r"\frac 1" * n + " 1",
    "exponents": lambda n: "x^{" * n + "x" + "}" * n,
    "environments": lambda n: r"\begin{matrix}" * n + "x" + r"\end{matrix}" * n,
    "colours": lambda n: r"\color{red}" * n + " x",
    "styles": lambda n: r"\displaystyle x " * n,
    "own macros": lambda n: r"\smash{" * n + "x" + "}" * n,
    "brackets": lambda n: "(" * n,
    "brackets in groups": lambda n: "{(}" * n,
    "square brackets": lambda n: "[x" * n,
    "braces": lambda n: r"\{" * n,
    "angles": lambda n: r"\langle " * n,
    "bars": lambda n: r"\lVert x " * n,
    "large ones": lambda n: r"\bigl\lfloor " * n,
    "one after closed ones": lambda n: "(x)" * n + "(" * n,
}
HARMLESS = [
    r"\left(" * 60 + "x" + r"\right)" * 60,
    "(x, y] " * 400,
    "f(x) " * 400,
    r"\begin{aligned}" + r"(a &= b) \\ " * 300 + r"\end{aligned}",
    r"\left\{ x \right. " * 40,
    r"\log \left\lfloor x \right\rfloor " * 40,
    "{" * 100 + "x" + "}" * 100,
    "]0, 1[ " * 10,
]


@pytest.mark.parametrize("size", [30, 3_000, 60_000])
@pytest.mark.parametrize("kind", NESTED)
def test_a_formula_that_would_end_the_build_is_told_with_its_line(kind: str, size: int) -> None:
    latex = NESTED[kind](size)
    html, problems = formulas_to_mathml(formula(latex), f"# 题\n\n$$\n{latex}\n$$\n", "a.md")
    if size > 30:
        assert [(problem.line, problem.code) for problem in problems] == [(4, "broken-formula")]
        assert escape(latex.strip()) in html
        assert len(problems[0].zh) < 200
        assert latex.strip()[:8] in unescape(with_formulas_as_text(formula(latex)))
    else:
        assert "<math" in html or problems


@pytest.mark.parametrize("latex", HARMLESS)
def test_large_formulas_that_are_harmless_are_converted(latex: str) -> None:
    html, problems = formulas_to_mathml(formula(latex), latex, "a.md")
    assert problems == []
    assert "<math" in html


def test_time_grows_with_the_formulas_not_with_their_square() -> None:
    def work(count: int) -> None:
        page = '<span class="arithmatex">\\(x^2\\)</span> 字 ' * count
        formulas_to_mathml(page, "$x^2$ 字\n" * count, "a.md")
        # Begun by hand, and never closed.
        formulas_to_mathml('<span class="arithmatex">\\(' * count, "", "a.md")

    assert seconds(lambda: work(8_000)) < 8 * seconds(lambda: work(2_000)) + 0.2


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\boxed{x}", '<mrow class="enclosed-box"><mi>x</mi></mrow>'),
        (r"\cancel{x}", '<mrow class="enclosed-updiagonalstrike"><mi>x</mi></mrow>'),
        (r"\xcancel{x}", '"enclosed-updiagonalstrike enclosed-downdiagonalstrike"'),
        (r"\text{batch_size}", "<mtext>batch_size</mtext>"),
        (r"\text{准确率 90% & 召回}", "<mtext>准确率 90% &amp; 召回</mtext>"),
        (r"\text{已\_转义}", "<mtext>已_转义</mtext>"),
        (r"\texttt{a_b}", "<code>a_b</code>"),
        (r"\verb|a_b{|", "<code>a_b{</code>"),
        (r"\textcolor{#f00}{x+1}", 'style="color:#f00;"'),
        (r"\textcolor{red}{x}", 'style="color:#FF0000;"'),
        (r"\color[RGB]{255,0,10} x", 'style="color:rgb(255 0 10);"'),
        (r"\textcolor{red}{a \textcolor{#0f0}{b}}", 'style="color:#0f0;"'),
        (r"\colorbox{yellow}{重点 $x_1$}", 'style="background-color:yellow;'),
        (r"\bbox[5px,#eee]{x}", 'style="background-color:#eee;'),
        (r"x \tag{式1}", "<mtext>(式1)</mtext>"),
        (r"x \tag*{*}", "<mtext>*</mtext>"),
        (r"\LaTeX", "<mtext>LaTeX</mtext>"),
        (r"4\pi*10", "∗</mo><mn>10</mn>"),
        (r"\lceil a\rceil*m", "∗</mo><mi>m</mi>"),
        (r"\operatorname*{lim}_x", "<mi>lim</mi>"),
        (r"a\hspace*{1em}b", "<mspace"),
        (r"\begin{smallmatrix}a&b\end{smallmatrix}", "<mtable"),
        (r"\begin{flalign}a&=b\end{flalign}", "<mtable"),
        (r"\begin{array}{|*{2}{c|}}a&b\end{array}", "<mtable"),
        (r"\newcommand{\R}{\mathbb{R}} x \in \R", "<mi>ℝ</mi>"),
        (r"\DeclareMathOperator{\rank}{rank} \rank A", "<mi>rank</mi>"),
    ],
)
def test_habits_of_mathjax_are_shown(latex: str, shown: str) -> None:
    html, problems = formulas_to_mathml(formula(latex), latex, "a.md")
    assert problems == []
    assert shown in html.replace("\N{NO-BREAK SPACE}", " ")
    assert "menclose" not in html and "ztag" not in html and "0AC" not in html


def test_a_command_lives_on_through_the_page_and_no_further() -> None:
    define = r"\newcommand{\vect}[1]{\mathbf{#1}} \def\two{\vect{x}\vect{y}}"
    html, problems = converted(f"$${define}$$\n\n文字 $\\two$ 和 $\\vect{{z}}$。\n")
    assert problems == []
    assert [html.count(f"<mi>{bold}</mi>") for bold in "𝐱𝐲𝐳"] == [1, 1, 1]
    assert 'class="formula"' not in html
    _, problems = converted("$\\two$\n")
    assert len(problems) == 1


def test_a_reference_to_nothing_is_told() -> None:
    html, problems = converted(
        "$$\nx \\tag{1} \\label{有}\n$$\n\n见 $\\eqref{有}$，$\\ref{没有}$。\n"
    )
    assert len(problems) == 1
    assert problems[0].startswith("docs/a.md:5: \\eqref{没有} 指的公式没有编号")
    assert ">(1)</a>" in html


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
        ("Fe^{3+} + 3OH-", r"\mathrm{Fe}^{3+}+3\mathrm{OH}^{-}"),
        ("SO4^2-", r"\mathrm{SO}_{4}^{2-}"),
        (
            "2H2 + O2 ->[点燃] 2H2O",
            r"2\mathrm{H}_{2}+\mathrm{O}_{2}\xrightarrow{\text{点燃}}2\mathrm{H}_{2}\mathrm{O}",
        ),
        (
            "N2 + 3H2 <=> 2NH3 ^",
            r"\mathrm{N}_{2}+3\mathrm{H}_{2}\rightleftharpoons 2\mathrm{NH}_{3}\uparrow ",
        ),
        ("CuSO4.5H2O", r"\mathrm{CuSO}_{4}\cdot 5\mathrm{H}_{2}\mathrm{O}"),
    ],
)
def test_chemistry(text: str, latex: str) -> None:
    assert chemistry(text) == latex
    html, problems = formulas_to_mathml(formula(rf"\ce{{{text}}}"), "", "a.md")
    assert problems == [] and "<math" in html


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("E=mc^2", "E=mc²"),
        ("O(n \\log n)", "O(n log n)"),
        ("x_1^2", "x₁²"),
        ("x_{i+1}", "x_(i+1)"),
        (r"\alpha \le \beta", "α≤β"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\sqrt{2}", "√2"),
        (r"\text{中文 a<b}", "中文 a&lt;b"),
        (r"f'(x)", "f′(x)"),
        (r"\nope{x", r"\nope{x"),
    ],
)
def test_a_formula_in_a_title_is_text(latex: str, text: str) -> None:
    html = f'题 <span class="arithmatex">\\({escape(latex)}\\)</span>'
    assert with_formulas_as_text(html) == f"题 {text}"
