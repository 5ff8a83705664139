"""Passing over inline patterns changes nothing but the time that it takes."""

from __future__ import annotations

import random
import re
from pathlib import Path

import markdown
import pytest
from mkdocs.config import load_config

from mkdocs_bridge.markdown_instance import quicken, required_characters

TEXT = (
    "字 word **粗** *斜* `code` ``a`b`` [链接](a.md) [引][1] ![图](a.png) ![图][1] <https://a.cn> "
    "<a@b.cn> https://a.cn/b www.a.cn a@b.cn &amp; &#35; :smile: ++ctrl+c++ ==标== ~~删~~ H~2~O "
    "x^2^ {--删--} $x^2$ \\( y \\) \\* \\\\ [^1] <b>粗</b> <br/> [ ] ( ) ! ** _ ` $ \\ & : + = ~ ^ "
    'a_b_c ***x*** [a](<b c> "t") <!--x--> , 。 （**注意：**）请'
)
PIECES = TEXT.split()


@pytest.fixture(scope="module")
def instances() -> tuple[markdown.Markdown, markdown.Markdown]:
    config = load_config(str(Path(__file__).parents[2] / "mkdocs.yml"))
    made = [
        markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
        )
        for _ in range(2)
    ]
    quicken(made[1])
    return made[0], made[1]


@pytest.mark.parametrize("seed", range(40))
def test_a_text_comes_out_the_same(
    instances: tuple[markdown.Markdown, markdown.Markdown], seed: int
) -> None:
    choice = random.Random(seed)
    text = "\n".join(
        choice.choice(("", " ")).join(choice.choices(PIECES, k=choice.randint(1, 12)))
        + choice.choice(("", "  ", "\\"))
        for _ in range(30)
    )
    plain, quick = (instance.reset().convert(text) for instance in instances)
    assert quick == plain
    assert "<" in plain


@pytest.mark.parametrize(
    ("pattern", "flags", "expected"),
    [
        (r"\\(.)", 0, "\\"),
        (r"a+b?", 0, "a"),
        (r"(?:x|y)z?", 0, "xy"),
        (r"(?:x|y?)", 0, None),
        (r"[*_]", 0, "*_"),
        (r"[^*]", 0, None),
        (r"(?<!\!)\[", 0, "["),
        (r"ab", re.IGNORECASE, None),
        (r"(?i:a)@", 0, "@"),
        (r"(?:#)*", 0, None),
        (r"  \n", 0, "\n"),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, flags: int, expected: str | None) -> None:
    compiled = re.compile(pattern, flags)
    assert required_characters(pattern, compiled.flags) == (
        None if expected is None else frozenset(expected)
    )
