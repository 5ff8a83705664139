import re
from pathlib import Path

import pytest
from site_builder import Built, build_site

BROKEN = (
    "\ufeff---\r\nauther: ISC-WEB\r\ndate：2024.04.25\r\nunread [line\r\n"
    "\r\n# 坏掉的页首\r\n\r\n正文。\r\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(
        tmp_path_factory.mktemp("source"),
        {
            "index.md": "# 首页\n",
            "broken.md": BROKEN,
            "gbk.md": "---\ntitle: 旧文件\n---\n# 旧文件\n\n用记事本写的。\n".encode("gbk"),
            "note.md": "提示: 这一行不是页首信息\nNote: nor is this\n",
        },
        strict=False,
    )


def test_broken_front_matter_is_read_and_not_printed(built: Built) -> None:
    for url in ("broken/", "en/broken/"):
        html = built.read(url)
        body = html[html.index("<h1") :]
        assert "ISC-WEB</span>" in body
        assert 'datetime="2024-04-25"' in body
        assert "auther" not in body
        assert "unread" not in body


def test_each_problem_is_logged_once_for_all_languages(built: Built) -> None:
    places = re.findall(r"docs/(\S+): ", built.log)
    assert places == [
        "broken.md:2:1",
        "broken.md:3:5",
        "broken.md:3:6",
        "broken.md:4:1",
        "broken.md:4:1",
        "gbk.md",
    ]


def test_old_encodings_are_read(built: Built) -> None:
    assert "用记事本写的。" in built.read("gbk/")


def test_a_first_line_with_a_colon_stays_on_the_page(built: Built) -> None:
    assert "提示: 这一行不是页首信息" in built.read("note/")
    assert "Note: nor is this" in built.read("note/")


def test_an_unreadable_line_fails_the_strict_build(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "---\ntitle: 甲\nunread [line\n---\n# 甲\n"})
    assert built.status != 0
    assert [line.split(" - ", 1)[1].strip()[:18] for line in built.warnings] == [
        "docs/index.md:3:1:"
    ]
