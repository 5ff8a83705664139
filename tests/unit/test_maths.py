import markdown
import pytest

from docskit.maths import formulas_to_mathml


def converted(source: str) -> tuple[str, list[str]]:
    html = markdown.markdown(
        source,
        extensions=["pymdownx.arithmatex", "pymdownx.superfences"],
        extension_configs={"pymdownx.arithmatex": {"generic": True}},
    )
    html, problems = formulas_to_mathml(html, source, "a.md")
    return html, [problem.format() for problem in problems]


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
