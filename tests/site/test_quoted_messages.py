"""The messages that the authors' pages quote are the ones a build prints, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_builder import REPOSITORY, build_site

AUTHORS = REPOSITORY / "docs" / "authors"
PICTURE = (REPOSITORY / "docs" / "docker" / "Docker2.png").read_bytes()
# Each line stands where the quoted messages say it does.
GIT = """\
---
date：2026.11.23
auther: 张三
tags: a: b
---
# Git

![提交记录](./Git/log.PNG)

![没有](./git/lgo.png)

<img src="git\\log.png">

[链接](docker.md)

[打开图片](git/log.png)

![](../git/log.png)

![重名](same.png)

![空的](git/empty.png)
"""
FILES: dict[str, str | bytes] = {
    "index.md": "---\ntitle: 首页\ndate: 上周三\n---\n# 首页\n[Git](git.html)\n",
    "git.md": GIT,
    "open.md": "---\ntitle: x\n\n# 没有结尾\n",
    "gbk.md": "# 标题\n".encode("gbk"),
    "unsure.md": "# 攥紧锤镐\n".encode("gbk"),
    "mixed.md": "# 标题\n\n".encode()
    + "先下载安装包再运行命令\n".encode("gbk")
    + "结束了\n".encode(),
    "orphan.en.md": "# Git\n",
    "linux.md": "# Linux\n",
    "linux/README.md": "# Linux\n",
    "later.md": "---\ndraft: true\n---\n# 以后\n",
    "vim.md": "# Vim 入门\n",
    "vim_en.md": "# Vim\n",
    "chart.md": "# 图\n\n```mermaid\nflowchart TB\n    a[输入 --> b\n```\n",
    "code.md": "# 代码\n\n```bash\nls\n",
    "notes/.nav.yml": "nav:\n  - one.md\n",
    "notes/one.md": "# 一\n",
    "notes/two.md": "# 二\n",
    "git/log.png": PICTURE,
    "git/empty.png": b"",
    "a/same.png": PICTURE,
    "b/same.png": PICTURE,
}


def log_in(folder: Path, config: dict[str, object]) -> str:
    (folder / "docs").mkdir()
    (folder / "docs/old.md").symlink_to("moved.md")
    return build_site(folder, FILES, strict=False, config=config).log


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What a build says, in the language of each page that quotes it."""
    extra = {"zh": {}, "en": {"extra": {"messages": "en"}}}
    return {
        language: log_in(tmp_path_factory.mktemp(language), dict(config))
        for language, config in extra.items()
    }


@pytest.mark.parametrize("page", sorted(AUTHORS.glob("*.md")), ids=lambda path: path.name)
def test_quoted_messages_are_real(page: Path, logs: dict[str, str]) -> None:
    log = logs["en" if page.name.endswith(".en.md") else "zh"]
    quoted = re.findall(r"^- `(docs/\S+\.md:.*)`$", page.read_text("utf-8"), flags=re.MULTILINE)
    assert [message for message in quoted if message not in log] == []


@pytest.mark.parametrize("name", ["messages.md", "messages.en.md"])
def test_messages_page_quotes_messages(name: str) -> None:
    assert (AUTHORS / name).read_text("utf-8").count("\n- `docs/") > 10
