"""`make fix` brings pictures home, as an author runs it, and a build shows those that are not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from picture_host import PictureHost, drawn, picture_host
from site_builder import PNG, REPOSITORY, Built, build_site

from docskit.outside.sources import read_sources
from mkdocs_bridge.stores.outside_store import KnownPicture, OutsideStore

PAGE = (
    "---\r\ntitle: 甲\r\n---\r\n![图](http://h.example/a.png) 和 "
    '<img src="https://h.example/b.jpg" width="50%">\r\n\r\n'
    "[![x](//cdn.example/%E5%9B%BE%20(1).png)](https://h.example/)\r\n\r\n"
    "![动](https://h.example/d.gif)（打不开就点 <https://h.example/d.gif>）\r\n\r\n"
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
    .replace("![动](https://h.example/d.gif)", "![动](git/d.gif)")
    .replace('src="https://h.example/b.jpg"', 'src="git/b.jpg"')
    .replace("//cdn.example/%E5%9B%BE%20(1).png", "git/图-1.png")
    .replace("https://h.example/jpeg-called-png/x.png", "git/x.jpg")
)


@pytest.fixture(scope="module")
def host() -> Iterator[PictureHost]:
    with picture_host() as running:
        yield running


def run_tool(
    name: str, options: tuple[str, ...], folder: Path, host: PictureHost, answer: str, **env: str
) -> subprocess.CompletedProcess[str]:
    """A program of tools/ over the folder's docs, with the host on the loopback."""
    host.requests.clear()
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / name), *options],
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
            "SITE_DIR": str(folder / "site"),
            "BUILD_CACHE": str(folder / "cache"),
            "OUTSIDE_LOOPBACK": host.switch,
            "NO_MKDOCS_2_WARNING": "1",
            **env,
        },
    )


def fix(
    folder: Path, host: PictureHost, *options: str, answer: str = ""
) -> subprocess.CompletedProcess[str]:
    return run_tool("fix.py", options, folder, host, answer)


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
    assert set(sources) == {"a.png", queried, "b.jpg", "d.gif", "x.jpg", "图-1.png"}
    assert (docs / "git" / "a.png").read_bytes() == drawn("PNG", "/a.png")
    for words in (
        "git.md:10: 图片没有取到：那边已经没有了（404）",
        "git.md:10: 图片没有取到：地址指向",
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


def make_site(
    folder: Path, host: PictureHost, **env: str
) -> tuple[subprocess.CompletedProcess[str], Built]:
    done = run_tool("build_site.py", ("--strict",), folder, host, "", **env)
    return done, Built(folder / "site", done.stdout + done.stderr, done.returncode)


def test_a_maintainer_may_have_them_fetched_for_the_site(tmp_path: Path, host: PictureHost) -> None:
    docs = tmp_path / "docs"
    (docs / "sub").mkdir(parents=True)
    (docs / "index.md").write_text(
        "---\ntitle: 甲\n---\n\n![大](http://h.example/large/a.png)\n\n"
        '<img src="//h.example/svg/图.svg" alt="画" width="50%">\n\n'
        "![没](https://h.example/gone/c.png) ![内](https://h.example/to/http://10.0.0.1/x.png)\n\n"
        "[原图](http://h.example/large/a.png) `![图](http://h.example/code.png)`\n",
        encoding="utf-8",
    )
    (docs / "sub" / "b.md").write_text(
        "# 乙\n\n![大](http://h.example/large/a.png)\n", encoding="utf-8"
    )
    before = {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()}

    plain, _ = make_site(tmp_path, host)
    assert plain.returncode == 0 and host.requests == []

    done, built = make_site(tmp_path, host, OUTSIDE="fetch")
    assert done.returncode == 0, built.log
    assert sorted(host.paths()) == [
        "/gone/c.png",
        "/large/a.png",
        "/svg/%E5%9B%BE.svg",
        "/to/http://10.0.0.1/x.png",
    ]
    assert not any("Referer" in request.headers for request in host.requests)
    assert {path: path.read_bytes() for path in docs.rglob("*") if path.is_file()} == before
    for url, up in (("", ""), ("en/", "../"), ("sub/b/", "../../"), ("en/sub/b/", "../../../")):
        large = built.pictures(url)[0]
        assert large["src"].startswith(f"{up}assets/outside/a.") and large["src"].endswith(".png")
        assert (large["width"], large["height"]) == ("1200", "600")
        assert "referrerpolicy" not in large and ".webp 480w" in large["srcset"]
        for name in (large["src"], large["srcset"].split()[0]):
            assert (built.site_dir / url / name).is_file(), name
    _, drawing, gone, inner = built.pictures("")
    assert b"script" not in (built.site_dir / unquote(drawing["src"])).read_bytes()
    assert "aspect-ratio: 20 / 10" in drawing["style"]
    assert [gone["src"], inner["src"]] == [
        "https://h.example/gone/c.png",
        "https://h.example/to/http://10.0.0.1/x.png",
    ]
    assert 'href="http://h.example/large/a.png"' in built.article("")
    for words in (
        "index.md:9: 别处的图片没有取到，读者还是从那边看：那边已经没有了（404）",
        "index.md:9: 别处的图片没有取到，读者还是从那边看：地址指向本机或内网",
    ):
        assert built.log.count(words) == 1, built.log

    again, _ = make_site(tmp_path, host, OUTSIDE="fetch")
    assert again.returncode == 0 and "别处的图片没有取到" in again.stderr
    assert host.requests == []
    (docs / "sub" / "b.md").write_text("# 乙\n\n改了。\n", encoding="utf-8")
    changed, built = make_site(tmp_path, host, OUTSIDE="fetch")
    assert changed.returncode == 0 and host.requests == []
    assert "别处的图片没有取到" in built.log and "assets/outside" not in built.article("sub/b/")

    off, built = make_site(tmp_path, host)
    assert off.returncode == 0 and host.requests == []
    assert built.pictures("")[0]["src"] == "https://h.example/large/a.png"
    assert not list((built.site_dir / "assets").glob("outside/*"))
    wrong, _ = make_site(tmp_path, host, OUTSIDE="fetsh")
    assert wrong.returncode == 2 and "是不是 fetch？" in wrong.stderr


def test_why_a_picture_did_not_come_is_said_in_english_too(tmp_path: Path) -> None:
    store = OutsideStore(tmp_path / "cache")
    wanted = {"404": "its site answered 404", "dns": "no such host", "picture": "no picture"}
    for kind in (*wanted, "left", "large"):
        address = f"https://h.example/{kind}.png"
        store.keep(KnownPicture(address, "", False, 0.0, trouble="没有", kind=kind))
    text = "# A\n" + "".join(f"\n![x](https://h.example/{kind}.png)\n" for kind in wanted)
    built = build_site(
        tmp_path,
        {"index.md": text},
        env={"BUILD_CACHE": str(tmp_path / "cache"), "OUTSIDE": "fetch"},
        config={"extra": {"messages": "en"}},
    )
    for line, said in enumerate(wanted.values(), 1):
        assert f"index.md:{2 * line + 1}: a picture on another host was not fetched" in built.log
        assert said in built.log


def test_without_the_hook_they_stay_where_they_are(tmp_path: Path) -> None:
    address = "https://h.example/a.png"
    store = OutsideStore(tmp_path / "cache")
    store.keep(KnownPicture(address, ".png", True, 0.0, 24, 12), drawn("PNG"))
    built = build_site(
        tmp_path,
        {"index.md": f"# 甲\n\n![图]({address})\n"},
        without_hook="fetched_pictures.py",
        env={"BUILD_CACHE": str(tmp_path / "cache"), "OUTSIDE": "fetch"},
    )
    assert built.pictures("")[0]["src"] == address
