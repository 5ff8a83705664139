"""One style sheet for all pages."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder import REPOSITORY, build_site

from docskit.typesetting.style_sheets import hashed_name, joined
from mkdocs_bridge.patches.fast_highlighting import COLOURED
from mkdocs_bridge.patches.shared_icons import NAMES

LINK = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?: media="print")?>')


def test_every_page_loads_one_sheet_that_holds_all(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "# 首页\n", "a/b.md": "# 页\n"})
    own = sorted((REPOSITORY / "overrides/assets/stylesheets").glob("*.css"))
    assert len(own) > 5
    for url in ("", "a/b/", "en/", "en/a/b/"):
        sheet, printed = LINK.findall(built.read(url))
        path = (built.site_dir / url / sheet).resolve()
        text = path.read_text(encoding="utf-8")
        assert text.startswith('@charset "UTF-8";')
        assert "md-typeset" in text and "han-indent" in text
        assert printed.endswith("print.css")
    # What url() names is beside it, as it was.
    for name in re.findall(r"url\((?![\"']?(?:data:|#))[\"']?([^\"')]+)", text):
        assert (path.parent / name).is_file(), name


def test_code_has_classes_for_what_the_sheets_colour_and_nothing_else(tmp_path: Path) -> None:
    code = "```python\ndef f(x):\n    return x + 'a'  # 注\n```\n\n`#!python x = 1`\n"
    built = build_site(tmp_path, {"index.md": f"# 首页\n\n{code}"})
    sheets = "".join(path.read_text(encoding="utf-8") for path in built.site_dir.rglob("*.css"))
    values: dict[str, set[str]] = {}
    for name, value in re.findall(r"(--md-code-hl-[\w-]+):\s*([^;}]+)", sheets):
        values.setdefault(name, set()).add(value.strip())
    coloured: set[str] = set()
    for selectors, rule in re.findall(r"([^{}]*\.highlight \.[^{}]*)\{([^{}]*)\}", sheets):
        found = re.search(r"(?<![\w-])color:\s*var\((--[\w-]+)\)", rule)
        if not found or values[found[1]] != {"var(--md-code-fg-color)"}:
            coloured.update(re.findall(r"\.highlight \.([a-z][a-z0-9]?|cpf)(?=[\s,]|$)", selectors))
    assert coloured == COLOURED
    html = built.read("")
    assert 'class="k">def</span> <span class="nf">f</span><span class="p">(</span>x' in html
    assert '<code class="language-python highlight">x <span class="o">=</span>' in html


def test_icons_around_a_page_are_in_the_sheet_and_not_in_the_page(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "# 首页\n", "a.md": "# 甲\n", "b.md": "# 乙\n"})
    html = built.read("a/")
    assert set(re.findall(r'<svg class="i-([^"]+)"></svg>', html)) == set(NAMES)
    # The mark has colours of its own.
    assert html.count("<svg ") - len(re.findall(r'<svg class="i-', html)) == 1
    sheet = next(built.site_dir.glob("assets/stylesheets/site.*.css")).read_text(encoding="utf-8")
    for name in NAMES:
        assert re.search(rf'\.i-{name}\{{--icon:url\("data:image/svg\+xml,%3Csvg [^"]+"\)', sheet)


def test_a_changed_sheet_has_another_name() -> None:
    before, after = (joined(["a {\n  color: red; /* why */\n}\n", last]) for last in ("b{}", "c{}"))
    assert before == "a {\ncolor: red;\n}\nb{}\n"
    assert hashed_name(before) != hashed_name(after)
