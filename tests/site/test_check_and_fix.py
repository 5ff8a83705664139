"""`make check` and `make fix`, run as an author runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import PNG, REPOSITORY

PAGE = (
    b"\xef\xbb\xbf---\r\n"
    + "auther：ISC-WEB\r\ndate: 2024.04.25  \r\n标题: 甲: 乙\r\nother:   1 # 别动\r\n---\r\n"
    '# 甲\r\n\r\n![图](Git\\A.png "题")  \r\n<IMG SRC=git/B.png>\t[页](git/页)\r\n\r\n'
    "```\r\n![图](Git\\A.png)\r\n```\r\n\r\n`![图](Git\\A.png)`\r\n\r\n"
    "[少](nothing.md)\n![远](https://example.org/a.png)你好world".encode()
)
FIXED = (
    b"\xef\xbb\xbf---\r\n"
    + 'author: ISC-WEB\r\ndate: 2024-04-25  \r\ntitle: "甲: 乙"\r\nother:   1 # 别动\r\n---\r\n'
    '# 甲\r\n\r\n![图](git/a.png "题")  \r\n<IMG SRC=git/b.png>\t[页](git/页.md)\r\n\r\n'
    "```\r\n![图](Git\\A.png)\r\n```\r\n\r\n`![图](Git\\A.png)`\r\n\r\n"
    "[少](nothing.md)\n![远](https://example.org/a.png)你好world".encode()
)


def run(
    docs: Path, tool: str, *options: str, answer: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / f"{tool}.py"), *options],
        cwd=REPOSITORY,
        input=answer,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": "hooks:tools",
            "DOCS_DIR": str(docs),
            "LANG": "zh_CN.UTF-8",
            "LC_ALL": "",
            "NO_MKDOCS_2_WARNING": "1",
            # Nobody answers here, so no test asks a host of the real world.
            "OUTSIDE_LOOPBACK": "http=9 https=9",
        },
    )


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    (tmp_path / "git").mkdir()
    (tmp_path / "index.md").write_bytes(PAGE)
    (tmp_path / "git" / "页.md").write_text("# 页\n", encoding="utf-8")
    for name in ("a.png", "b.png"):
        (tmp_path / "git" / name).write_bytes(PNG)
    return tmp_path


def test_check_names_each_place(docs: Path) -> None:
    done = run(docs, "check", "--format=json")
    assert done.returncode == 1, done.stderr
    places = [(p["line"], p["column"], p["code"]) for p in json.loads(done.stdout)]
    assert places == [
        (0, 0, "page-name"),
        (2, 1, "front-matter-key"),
        (3, 7, "front-matter-date"),
        (4, 1, "front-matter-key"),
        (4, 5, "front-matter-quotes"),
        (9, 6, "reference-case"),
        (10, 10, "image-without-alt"),
        (10, 10, "reference-case"),
        (10, 25, "reference-suffix"),
        (18, 5, "link-missing"),
        (19, 6, "media-remote"),
        (19, 34, "copy-rules"),
    ]


def test_check_names_the_links_without_an_address(tmp_path: Path) -> None:
    page = """---
title: 页
---
# 页

- [甲]()、[the [1]]( )，`[丙]()`
- ![图](a.png) \\[丁]()

```python
[int]()
```
"""
    (tmp_path / "index.md").write_text(page, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(PNG)
    done = run(tmp_path, "check", "--format=json")
    assert done.returncode == 0, done.stderr
    found = [(p["line"], p["column"], p["code"]) for p in json.loads(done.stdout)]
    assert found == [(6, 3, "link-without-address"), (6, 9, "link-without-address")]


def test_check_suggests_the_words_of_the_sites_own_terms(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("# 标题\n\n这件事要紧。\n", encoding="utf-8")
    terms = tmp_path / "terms.yml"
    terms.write_text("- {use: 重要, avoid: [要紧]}\n", encoding="utf-8")
    done = run(tmp_path, "check")
    assert "index.md:3:4: · 用词：不用“要紧”，用“重要”" in done.stdout
    assert done.returncode == 0
    assert "用词" not in run(tmp_path, "check", "--no-hints").stdout
    terms.write_text("- {use: 重要}\n", encoding="utf-8")
    done = run(tmp_path, "check")
    assert "terms.yml:1: ✗ 用词表的这一条读不懂" in done.stdout
    assert done.returncode == 1


def test_check_speaks_to_github_and_english(docs: Path) -> None:
    done = run(docs, "check", "--format=github", "--language=en", "--no-hints")
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert "line=18,col=5,title=link-missing::target not found: 'nothing.md'" in errors[0]


def test_fix_shows_asks_writes_and_is_done(docs: Path) -> None:
    refused = run(docs, "fix", answer="n\n")
    assert refused.returncode == 1
    assert "+author: ISC-WEB" in refused.stdout
    assert (docs / "index.md").read_bytes() == PAGE
    assert run(docs, "fix", "--yes").returncode == 0
    assert (docs / "index.md").read_bytes() == FIXED
    assert "没有可以自动修正的地方" in run(docs, "fix", "--yes").stdout
    assert (docs / "index.md").read_bytes() == FIXED


def test_fix_turns_an_old_encoding_into_utf8(docs: Path) -> None:
    text = "# 旧文件\r\n\r\n用记事本写的。![图](Git\\A.png)\r\n"
    (docs / "old.md").write_bytes(text.encode("gbk"))
    done = run(docs, "fix", "--yes")
    assert "old.md：GBK → UTF-8" in done.stdout
    assert (docs / "old.md").read_bytes() == text.replace("Git\\A", "git/a").encode()


@pytest.mark.content
def test_the_sites_own_demonstrations_are_no_authors_work() -> None:
    """On a clean copy an author is offered nothing: a pull request holds only their change."""
    done = run(REPOSITORY / "docs", "fix")
    assert "没有可以自动修正的地方" in done.stdout
    docker = (REPOSITORY / "docs" / "docker.md").read_text("utf-8")
    assert "auther: ISC-WEB" in docker
    checked = run(REPOSITORY / "docs", "check", "--format=json")
    assert not [p for p in json.loads(checked.stdout) if p["path"].startswith("docs/docker.")]


def test_a_page_of_that_name_elsewhere_is_not_meant(tmp_path: Path) -> None:
    page = "---\nauther: 我\n---\n# 甲\n\n![没有](nothing.png)\n"
    (tmp_path / "docker.md").write_text(page, encoding="utf-8")
    (tmp_path / "index.md").write_text("# 首页\n", encoding="utf-8")
    done = run(tmp_path, "check", "--format=json")
    found = [(p["line"], p["code"]) for p in json.loads(done.stdout)]
    assert found == [(2, "front-matter-key"), (6, "media-missing")]


def test_a_picture_that_links_to_itself_is_mended_once_and_stays(tmp_path: Path) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "a.png").write_bytes(PNG)
    page = tmp_path / "index.md"
    page.write_text("# 页\n\n[![x](./Git/A.png)](./Git/A.png)\n", encoding="utf-8")
    assert run(tmp_path, "fix", "--yes").returncode == 0
    mended = "# 页\n\n[![x](./git/a.png)](./git/a.png)\n"
    assert page.read_text("utf-8") == mended
    assert "没有可以自动修正的地方" in run(tmp_path, "fix", "--yes").stdout
    assert page.read_text("utf-8") == mended
