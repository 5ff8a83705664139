"""A small site whose pages are in every state that a translation can be in."""

from __future__ import annotations

from docskit.reading.author_page import read_author_page
from docskit.translation.translation import record_of, sections_of

ZH = "# 容器\n\n开头。\n\n## 安装\n\n旧的。\n\n## 用法\n\n用。\n"
EN = "# Containers\n\nStart.\n\n## Install\n\nOld.\n\n## Usage\n\nUse.\n"


def recorded(original: str, body: str) -> str:
    record = record_of(sections_of(read_author_page(original.encode(), "x.md")[0]))
    lines = "".join(f"  {key}: '{value}'\n" for key, value in record.items())
    return f"---\ntranslated_from:\n{lines}---\n{body}"


FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n[去](stale.md)\n",
    "index.en.md": "# Home\n\n[Go](stale.md)\n",
    "current.md": ZH,
    "current.en.md": recorded(ZH, EN),
    "stale.md": ZH.replace("旧的", "新的") + "\n## 卸载\n",
    "stale.en.md": recorded(ZH, EN),
    "missing.md": "# 只有中文\n\n正文。\n",
}
THREE = {
    "plugins": [
        "awesome-nav",
        {
            "i18n": {
                "docs_structure": "suffix",
                "fallback_to_default": True,
                "reconfigure_material": True,
                "languages": [
                    {"locale": "zh", "name": "简体中文", "default": True},
                    {"locale": "en", "name": "English"},
                    {"locale": "ja", "name": "日本語"},
                ],
            }
        },
    ]
}
