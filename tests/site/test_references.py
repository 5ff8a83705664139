"""Every reference of a page leads to a file of the site, however it was written."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from site_builder import PNG, Built, build_site

from docskit.references.html_references import html_references

PAGE = """---
title: 用 Git
---
# 用 Git <img alt="标" src="./git/a.png" width="10%">

![图](./git/a.png) ![图](git/%E5%9B%BE%20%E4%B8%80.png) ![图](Git\\A.PNG)

<p align=center><IMG SRC=git/a.png></p>

| 表 | 图 |
| -- | -- |
| <img src='git/a.png'> | ![](/git/a.png) |

- 列表 <img src="git/a.png">

    <details><summary>更多</summary>
    <video poster="git/a.png"><source src="git/v.mp4"></video></details>

!!! note
    <div style="background:url('git/a.png')"><img srcset="git/a.png 1x, git/图%20一.png 2x"></div>

[深](深/页.md#节) [深](深/) <a href="深/页.md">深</a> <a href="/深/页">深</a> [英文](other.en.md)
[页](页) [自己](#用-git) <a href="git.md">自己</a>

注 <!-- <img src="none.png"> --> `<img src="none.png">`

<script>var a='<img src="none.png">'</script>

    <img src="none.png">

```html
<img src="none.png"> ![](none.png)
```
"""
FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n[Git](git.md)\n",
    "git.md": PAGE,
    "other.md": "# 另一页\n\n<img src='git/a.png'> ![](git/a.png)\n",
    "other.en.md": "# Other\n\n<img src='git/a.png'> [中](other.md) [深](深/页.md)\n",
    "深/页.md": "# 深处的页\n\n## 节\n\n<img src='../git/a.png'> [上](../git.md)\n",
    "node.js.md": "# Node\n\n<img src='git/a.vs.png'> ![](git/a.vs.png)\n",
    "git/a.png": PNG + b"zh",
    "git/a.en.png": PNG + b"en",
    "git/a.vs.png": PNG + b"vs",
    "git/图 一.png": PNG,
    "git/v.mp4": b"",
}


@pytest.fixture(scope="module", params=[True, False])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(
        tmp_path_factory.mktemp("refs"), FILES, config={"use_directory_urls": request.param}
    )


def targets(built: Built, url: str) -> list[str]:
    """Files of the site that the article at `url` refers to, '!' before those that are not."""
    page = built.site_dir / url
    page = page / "index.html" if page.is_dir() else page
    html = page.read_text(encoding="utf-8")
    article = html[html.index("<h1") :].split("</article>")[0]
    found = []
    for reference in html_references(article):
        path = unquote(reference.value.split("#")[0])
        # The last is a page that the theme links to when a site has it.
        if not path or ":" in path or "/assets/" in path or "translations" in path:
            continue
        folder = page.parent.relative_to(built.site_dir).as_posix()
        target = posixpath.normpath(posixpath.join(folder, path))
        file = built.site_dir / target
        exists = file.is_file() or (file / "index.html").is_file()
        found.append(target if exists else "!" + target)
    return found


def url_of(built: Built, page: str) -> str:
    return f"{page}.html" if (built.site_dir / f"{page}.html").is_file() else f"{page}/"


def pages(built: Built) -> list[str]:
    return sorted(
        path.relative_to(built.site_dir).as_posix()
        for path in built.site_dir.rglob("*.html")
        if path.name not in ("404.html", "main.html")
    )


def test_the_strict_build_passes(built: Built) -> None:
    assert built.status == 0, built.log


def test_every_reference_leads_to_a_file(built: Built) -> None:
    wrong = {url: [t for t in targets(built, url) if t[0] == "!"] for url in pages(built)}
    assert {url: found for url, found in wrong.items() if found} == {}


def test_the_localised_picture_is_shown(built: Built) -> None:
    for page in ("git", "other"):
        assert "git/a.png" in targets(built, url_of(built, page))
        assert "en/git/a.png" not in targets(built, url_of(built, page))
        assert "git/a.png" not in targets(built, url_of(built, f"en/{page}"))
        assert "en/git/a.png" in targets(built, url_of(built, f"en/{page}"))


def test_code_comments_and_scripts_are_left_alone(built: Built) -> None:
    for page in ("git", "en/git"):
        assert built.read(url_of(built, page)).count("none.png") == 6


def test_a_name_that_looks_like_a_language_is_a_page(built: Built) -> None:
    for page in ("node.js", "en/node.js"):
        found = set(targets(built, url_of(built, page)))
        # Beside its smaller copies, and the page's own text below it.
        others = {uri for uri in found if "assets/" not in uri and uri != f"{page}.md"}
        assert others == {"git/a.vs.png"}


def test_repairs_are_said_once(built: Built) -> None:
    assert len(re.findall(r"docs/git.md:6:\d+: .*Git\\A.PNG", built.log)) == 1


BAD = "---\ntitle: 坏\n---\n# 坏\n\n文字\n\n- <img src='git/b1.png'>\n\n[x](none.md)\n"


def test_a_missing_file_fails_with_its_line_and_a_suggestion(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"index.md": BAD, "git/b2.png": PNG}
    built = build_site(tmp_path, files)
    assert built.status != 0
    assert len(built.warnings) == 2
    assert (
        "docs/index.md:8:13: 找不到图片或媒体文件 'git/b1.png'。是不是 'git/b2.png'？" in built.log
    )
    assert "docs/index.md:10:5: " in built.log


def test_a_file_that_is_not_published_is_none_to_link_to(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.md": "# 首页\n\n[草稿](notes/草稿)\n",
        ".obsidian/草稿.md": "# 草稿\n",
        "UPPER.MD": "# 大写\n",
    }
    built = build_site(tmp_path, files)
    assert len(built.warnings) == 2
    assert "docs/index.md:3:6: 找不到" in built.log
    assert "docs/UPPER.MD" in built.log
    assert "请改名为 UPPER.md" in built.log
    assert 'href="notes/草稿"' in built.read("")
