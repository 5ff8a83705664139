"""A page costs its reader the same, however many pages the site has."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder import build_site

NEIGHBOUR = re.compile(
    r'<link rel="(?:prev|next)"[^>]*>|<a [^>]*class="md-footer__link.*?</a>', re.S
)


def build(folder: Path, pages: int) -> str:
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n",
        "docker/index.md": "# Docker\n\n正文。\n",
        "docker/run.md": "# 运行\n\n正文。\n",
        "other/index.md": "# 其他\n",
    }
    files |= {f"other/{name:03}.md": f"# 第 {name} 页\n\n正文。\n" for name in range(pages)}
    html = build_site(folder, files).read("docker/run/")
    assert "正文。" in html
    return NEIGHBOUR.sub("", html)


def test_a_page_does_not_grow_with_the_site(tmp_path: Path) -> None:
    few, many = build(tmp_path / "few", 3), build(tmp_path / "many", 60)
    assert few == many
