from pathlib import Path

from site_builder import build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n能量 $E = mc^2$。\n",
    "broken.md": "# 坏的\n\n$\\frac{1$\n",
}


def test_formulas_are_mathml_and_a_broken_one_is_reported_once(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, strict=False)
    for url in ("", "en/"):
        assert "<math><mi>E</mi>" in built.read(url)
    assert len(built.warnings) == 1
    assert "broken.md:3: 公式" in built.warnings[0]


def test_a_formula_in_a_heading_is_readable_in_navigation_and_tab(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n",
        "a.md": "# 质能 $E=mc^2$\n\n## 复杂度 $O(n^2)$ 与 $a<b$\n\n文字\n",
    }
    built = build_site(tmp_path, files)
    html = built.read("a/")
    assert "<title>质能 E=mc² - " in html
    contents = html[html.index("md-nav--secondary") : html.index("<article")]
    assert "O(n²) 与 a&lt;b" in contents
    assert "\\(" not in html[: html.index("<article")]
    assert html.count("<math") >= 3
