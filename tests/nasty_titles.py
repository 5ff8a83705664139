"""A site whose titles look like HTML, wherever a title may come from."""

from __future__ import annotations

import json
from pathlib import Path

from site_builder import Built, build_site

ROOT = "https://example.org/docs/"
FRONT_MATTER = [
    "Vue 的 <script setup> 入门",
    "元素 <template> 的用法",
    "注释 <!-- 从这里开始",
    "Q&A",
    "A &amp; B",
    "a < b",
    "</title><script>alert(1)</script>",
    "\"双引号\" 与 '单引号'",
    "[方括号] 与 `反引号` 和 *星号*",
    "<textarea>",
]
# What an author writes, and what a reader sees of it.
HEADINGS = [
    ("Q&A", "Q&A"),
    ("a < b", "a < b"),
    ("C++ <vector>", "C++ <vector>"),
    ("`List<String>` 和 `a&b`", "List<String> 和 a&b"),
    ("`<script setup>` 语法", "<script setup> 语法"),
    ("`<!--` 与 `</title>`", "<!-- 与 </title>"),
]
FILES = ["<img src=x onerror=alert(1)>", "q&a <b>"]
# No published file can hold U+0008 or U+FFFE; U+001B comes with what a terminal says.
UNFIT = "退格\b与\ufffe哨兵"
UNFIT_SHOWN = "退格与哨兵"
UNFIT_TEXT = "从终端\x1b[31m复制来的一段\ufffe文字\x00，够长，能当摘要。"
NAVIGATION = "导航 <plaintext> & 名字"
SECTION = "章节 <script> & <!--"


def titles() -> dict[str, str]:
    """The title of each page, by the name of its source without suffix."""
    found = {f"front{number}": title for number, title in enumerate(FRONT_MATTER)}
    found |= {f"heading{number}": shown for number, (_, shown) in enumerate(HEADINGS)}
    found["named"] = NAVIGATION
    return found | {f"zz/{name}": f"{name[0].upper()}{name[1:]}" for name in FILES}


def build(folder: Path) -> Built:
    """The site in both languages, with every page in the navigation."""
    pages: dict[str, str | bytes] = {
        "index.md": "# 首页\n\n文字。\n",
        "index.en.md": "# Home\n\nText.\n",
    }
    for suffix in (".md", ".en.md"):
        for number, title in enumerate(FRONT_MATTER):
            # JSON is YAML.
            value = json.dumps(title, ensure_ascii=False)
            pages[f"front{number}{suffix}"] = (
                f"---\ntitle: {value}\ndate: 2024-04-25\n---\n\n文字。\n"
            )
        for number, (written, _) in enumerate(HEADINGS):
            pages[f"heading{number}{suffix}"] = f"# {written}\n\n文字。\n\n## {written}\n\n尾。\n"
        for name in FILES:
            pages[f"zz/{name}{suffix}"] = "文字。\n"
        pages[f"named{suffix}"] = "# 别的名字\n\n文字。\n"
        unfit = json.dumps(UNFIT)
        pages[f"unfit{suffix}"] = (
            f"---\ntitle: {unfit}\ndate: 2024-04-25\n---\n\n{UNFIT_TEXT}\n\n## {UNFIT}\n\n尾。\n"
        )
    pages[".nav.yml"] = json.dumps(
        {
            "nav": [
                "index.md",
                *[f"front{number}.md" for number in range(len(FRONT_MATTER))],
                *[f"heading{number}.md" for number in range(len(HEADINGS))],
                {NAVIGATION: "named.md"},
                {SECTION: "zz"},
                "unfit.md",
            ]
        },
        ensure_ascii=False,
    )
    env = {"SITE_URL": ROOT, "SITE_NAME": "站 & <名>"}
    built = build_site(folder, pages, env=env, strict=False)
    assert built.status == 0, built.log
    # Nor could Windows have files of these names.
    assert all("Windows 上不能有" in line for line in built.warnings), built.log
    return built
