"""`make fix` brings pictures home, as an author runs it, and a build shows those that are not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from picture_host import PictureHost, drawn, picture_host
from site_builder import PNG, REPOSITORY, build_site

from docskit.outside.sources import read_sources
from mkdocs_bridge.outside_store import KnownPicture, OutsideStore

PAGE = (
    "---\r\ntitle: 甲\r\n---\r\n![图](http://h.example/a.png) 和 "
    '<img src="https://h.example/b.jpg" width="50%">\r\n\r\n'
    "[![x](//cdn.example/%E5%9B%BE%20(1).png)](https://h.example/)\r\n\r\n"
    "![没](https://h.example/gone/c.png) ![内](https://h.example/to/http://10.0.0.1/x.png)\r\n\r\n"
    "![图](<https://h.example/a.png?x=1> '题') ![近](git/own.png) [页](https://h.example/a.png)\r\n\r\n"
    '![r][r] `![图](http://h.example/a.png)` <a href="https://h.example/b.jpg">原图</a>\r\n\r\n'
    "```\r\n![图](http://h.example/a.png)\r\n[u]: http://h.example/a.png\r\n```\r\n\r\n"
    "[unused]: https://h.example/jpeg-called-png/x.png\r\n"
    "[without a picture]: https://h.example/unseen.png\r\n"
    '[r]: https://h.example/jpeg-called-png/x.png "题"\r\n'
)
HOME = (
    PAGE.replace("![图](http://h.example/a.png) 和", "![图](git/a.png) 和")
    .replace('src="https://h.example/b.jpg"', 'src="git/b.jpg"')
    .replace("//cdn.example/%E5%9B%BE%20(1).png", "git/图-1.png")
    .replace("https://h.example/jpeg-called-png/x.png", "git/x.jpg")
)


@pytest.fixture(scope="module")
def host() -> Iterator[PictureHost]:
    with picture_host() as running:
        yield running


def fix(
    folder: Path, host: PictureHost, *options: str, answer: str = ""
) -> subprocess.CompletedProcess[str]:
    host.requests.clear()
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "fix.py"), *options],
        cwd=REPOSITORY,
        input=answer,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": "hooks:tools",
            "DOCS_DIR": str(folder / "docs"),
            "BUILD_CACHE": str(folder / "cache"),
            "OUTSIDE_LOOPBACK": host.switch,
            "NO_MKDOCS_2_WARNING": "1",
        },
    )


def test_pictures_come_home_after_a_look_and_stay(tmp_path: Path, host: PictureHost) -> None:
    docs = tmp_path / "docs"
    (docs / "git").mkdir(parents=True)
    page, english = docs / "git.md", docs / "git.en.md"
    page.write_bytes(PAGE.encode())
    english.write_bytes(b"# A\n\n![picture](https://h.example/b.jpg)\n")
    (docs / "index.md").write_bytes("# 首页\n".encode())
    (docs / "git" / "own.png").write_bytes(PNG)
    files = sorted(docs.rglob("*"))

    asked = fix(tmp_path, host, "--only=pictures", answer="n\n")
    assert asked.returncode == 1, asked.stderr
    assert "+![图](git/a.png) 和" in asked.stdout and "sources.yml" in asked.stdout
    assert "新图片" in asked.stdout and "来自 http://h.example/a.png" in asked.stdout
    assert sorted(docs.rglob("*")) == files and page.read_bytes() == PAGE.encode()

    done = fix(tmp_path, host, "--only=pictures", "--yes")
    # What was fetched for the look is not fetched again; what did not come is asked for.
    assert sorted(host.paths()) == ["/gone/c.png", "/to/http://10.0.0.1/x.png"]
    assert done.returncode == 0, done.stderr
    new = page.read_bytes().decode()
    sources = read_sources((docs / "git" / "sources.yml").read_text(encoding="utf-8"))
    queried = next(name for name, a in sources.items() if a == "https://h.example/a.png?x=1")
    assert new == HOME.replace("https://h.example/a.png?x=1", f"git/{queried}")
    assert "(git/b.jpg)" in english.read_text()
    assert set(sources) == {"a.png", queried, "b.jpg", "x.jpg", "图-1.png"}
    assert (docs / "git" / "a.png").read_bytes() == drawn("PNG", "/a.png")
    for words in (
        "git.md:8: 图片没有取到：那边已经没有了（404）",
        "git.md:8: 图片没有取到：地址指向",
    ):
        assert words in done.stderr

    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}
    again = fix(tmp_path, host, "--yes", "--only=pictures")
    assert "没有可以自动修正的地方" in again.stdout and again.returncode == 0
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == before


def test_without_pictures_nobody_is_asked(tmp_path: Path, host: PictureHost) -> None:
    (tmp_path / "docs").mkdir()
    page = tmp_path / "docs" / "index.md"
    page.write_bytes("---\nauther: 甲\n---\n![图](https://h.example/a.png)\n".encode())
    done = fix(tmp_path, host, "--only=text", "--yes")
    assert done.returncode == 0 and host.requests == []
    assert page.read_bytes() == "---\nauthor: 甲\n---\n![图](https://h.example/a.png)\n".encode()
    done = fix(tmp_path, host, "--yes")
    assert done.returncode == 0 and host.paths() == ["/a.png"]
    assert b"(images/a.png)" in page.read_bytes()
    assert "ONLY=img" in fix(tmp_path, host, "--only=img").stderr


def test_a_build_asks_nobody_and_uses_what_is_known(tmp_path: Path, host: PictureHost) -> None:
    files = {
        "index.md": "# 甲\n\n![图](http://h.example/a.png)\n\n![无](https://h.example/b.png)\n"
    }
    host.requests.clear()
    env = {"BUILD_CACHE": str(tmp_path / "cache"), "OUTSIDE_LOOPBACK": host.switch}
    first = build_site(tmp_path, dict(files), env=env)
    pictures = first.pictures("")
    assert [picture["src"] for picture in pictures] == [
        "http://h.example/a.png",
        "https://h.example/b.png",
    ]
    for picture in pictures:
        assert picture["referrerpolicy"] == "no-referrer" and picture["loading"] == "lazy"
        assert "width" not in picture
    assert "outside.js" in first.read("")

    address = "http://h.example/a.png"
    OutsideStore(tmp_path / "cache").keep(KnownPicture(address, ".png", True, 0.0, 24, 12))
    known = build_site(tmp_path, dict(files), env=env).pictures("")[0]
    assert (known["src"], known["width"], known["height"]) == ("https" + address[4:], "24", "12")
    assert host.requests == []


def test_a_page_without_them_has_nothing_of_it(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "![图](a.png)\n", "a.png": PNG})
    assert "outside.js" not in built.read("") and "referrerpolicy" not in built.read("")
