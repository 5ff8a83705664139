"""A page just as the club's authors write it, put into the docs folder with its pictures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from site_builder import REPOSITORY, build_site
from site_server import serve

PAGE = """---
date: 2024.04.25
auther: ISC-WEB
---

# 第一次用 Linux <img alt="图标" src="./linux/Icon.png" width="10%">

官方网站：<a href="./index.md">首页</a>

## 目录结构

根目录(`/`):<br/>
&emsp;&emsp;所有文件都在它下面，**注意：**别在这里乱删。
<img alt="目录树" src="./linux/tree 图.png" width="70%">

* 常用的目录
  * `/home`：大家的家
    ![家](linux/home.png)
  * `/etc`：配置

| 图 | 说明 |
| --- | --- |
| <IMG SRC='linux/home.png' WIDTH=40%> | 表格里的图 |

<p align="center">
  <img src="linux\\home.png" width="30%"/>
</p>

> [!NOTE]
> 提示里也有图：<img src="./linux/home.png">

```html
<img src="./linux/没有这张图.png">
```
"""
PICTURE = (REPOSITORY / "tests/cases/pictures/small.png").read_bytes()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("author")
    files: dict[str, str | bytes] = {"index.md": "# 首页\n", "linux.md": PAGE}
    files |= {f"linux/{name}": PICTURE for name in ("Icon.png", "tree 图.png", "home.png")}
    built = build_site(folder, files)
    assert built.status == 0, built.log
    with serve(built.site_dir) as address:
        yield address


@pytest.mark.parametrize("place", ["linux/", "en/linux/"])
def test_every_picture_is_shown_in_both_languages(page: Page, url: str, place: str) -> None:
    page.goto(url + place, wait_until="networkidle")
    pictures = page.locator("article img:not(.twemoji)")
    assert pictures.count() == 6
    for index in range(pictures.count()):
        picture = pictures.nth(index)
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")
        assert picture.evaluate("image => image.naturalWidth") > 0
    assert page.get_by_text("没有这张图.png").count() == 1


@pytest.mark.parametrize(("place", "day"), [("linux/", "2024 年"), ("en/linux/", "April 25, 2024")])
def test_author_and_date_are_shown(page: Page, url: str, place: str, day: str) -> None:
    page.goto(url + place)
    line = page.locator(".page-info").inner_text()
    assert "ISC-WEB" in line and day in line
    assert page.title().startswith("第一次用 Linux - ")


def test_the_structure_is_what_the_author_saw(page: Page, url: str) -> None:
    page.goto(url + "linux/")
    assert page.locator("article li li").count() == 2
    assert page.locator("article strong").first.inner_text() == "注意："
    assert page.locator("article .admonition").count() == 1
    assert "&emsp;" not in page.locator("article").inner_text()
