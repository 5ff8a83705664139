from pathlib import Path

from site_builder import build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n&emsp;&emsp;第一行\n第二行\n\n有：\n- 甲\n  - 乙\n",
}


def test_lists_indents_and_line_ends_are_as_the_author_saw_them(tmp_path: Path) -> None:
    html = build_site(tmp_path, FILES).read("")
    assert '<p class="han-indent">第一行第二行</p>' in html
    assert "<li>甲<ul>" in html.replace("\n", "")
