import re
from pathlib import Path

from site_builder import build_site

FILES: dict[str, str | bytes] = {
    "index.md": "---\ntemplate: home.html\n---\n# 我们的站\n\n欢迎。\n\n## 学\n\n书。\n",
    "a.md": "---\ndate: 2024-01-02\n---\n# 早\n",
    "b.md": "---\ndate: 2025-01-02\n---\n# 晚\n",
    "b.en.md": "---\ndate: 2025-01-02\n---\n# Late\n",
}


def test_the_home_page_lists_the_newest_pages_in_its_language(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES)
    html = built.article("")
    assert html.index('<a href="b/">晚</a>') < html.index('<a href="a/">早</a>')
    assert html.count("<h1") == 1
    assert re.search(r'home__hero">.*欢迎。</p>\s*</div>\s*<section><h2 id="学"', html, re.S)
    english = built.article("en/")
    assert "Newest pages" in english and ">Late</a>" in english
