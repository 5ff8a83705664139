"""`make book`: one EPUB and one PDF for each language, from the pages as the site has them.

The site is built into a folder of its own. An EPUB needs nothing else; a PDF is printed by
Chromium, since it sets MathML and Chinese as the site does, which WeasyPrint does not.
"""

from __future__ import annotations

import io
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination, DictionaryObject, StreamObject

from browser import find_browser
from command import REPOSITORY, UserError, guarded, make_folder, prepare
from docskit.book import Book, BookSource, book_of, draw_cover, epub, kind_of, paper, with_han
from docskit.publishing import find_fonts
from docskit.terminal import shown_path
from mkdocs_bridge.publishing import PAGES

_STYLES = REPOSITORY / "tools" / "book"
_FRAMES = REPOSITORY / "overrides" / "assets" / "stylesheets" / "content.css"
_SHELLS = ("bash", "console", "powershell", "pwsh-session", "doscon", "bat")


class Pictures:
    """The pictures of the built site, each in a format that books know."""

    def __init__(self, site: Path) -> None:
        self._site = site.resolve()
        self._known: dict[str, bytes] = {}

    def read(self, path: str) -> bytes:
        """The picture at a path of the site; empty for none."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def kind(self, path: str) -> str:
        """Its extension; '' for none."""
        return kind_of(self.read(path))

    def _read(self, path: str) -> bytes:
        file = (self._site / path).resolve()
        if not file.is_relative_to(self._site) or not file.is_file():
            return b""
        content = file.read_bytes()
        if kind_of(content):
            return content
        out = io.BytesIO()
        try:
            Image.open(io.BytesIO(content)).save(out, "PNG")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            return b""
        return out.getvalue()


def frames() -> dict[str, str]:
    """What stands over a block of code, by its class, as on the site."""
    found = re.findall(
        r'^((?:\.language-[\w-]+(?:, )?)+) \{ --frame: "([^"]+)"; \}$',
        _FRAMES.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    labels = {f"language-{name}": "terminal" for name in _SHELLS}
    for names, label in found:
        labels |= {name.strip().removeprefix("."): label for name in names.split(",")}
    return labels


def slug(title: str) -> str:
    """The Latin words of the title, for the name of a file."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())) or "book"


def begins(pdf: bytes, book: Book) -> dict[str, int]:
    """The page on which each chapter begins, counted from 1."""
    reader = PdfReader(io.BytesIO(pdf))
    named: Mapping[str, Destination] = reader.named_destinations
    found: dict[str, int] = {}
    for chapter in book.chapters:
        target = named.get(f"/{chapter.name}") or named.get(chapter.name)
        number = reader.get_destination_page_number(target) if target else None
        if number is not None and number >= 0:
            found[chapter.name] = number + 1
    return found


def printed(book: Book, pictures: Pictures, browser: Browser, folder: Path) -> bytes:
    """The PDF: printed once to learn the numbers of the pages, and once with them."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pictures").mkdir(parents=True)
    for path, name in book.pictures.items():
        (folder / name).write_bytes(pictures.read(path))
    styles = ["book.css", "paper.css"]
    for name in styles:
        shutil.copy(_STYLES / name, folder)
    mark = REPOSITORY / "overrides" / "assets" / "images" / "mark.svg"
    if mark.is_file():
        shutil.copy(mark, folder / "mark.svg")
    sheet = folder / "book.xhtml"
    numbers: dict[str, int] = {}
    pdf = b""
    page = browser.new_page()
    page.set_default_timeout(0)
    for _ in range(3):
        text = paper(book, styles, "mark.svg" if mark.is_file() else "", numbers)
        sheet.write_text(text, encoding="utf-8")
        page.goto(sheet.as_uri(), wait_until="load")
        pdf = page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)
        found = begins(pdf, book)
        if found == numbers:
            break
        numbers = found
    page.close()
    return finished(pdf, book)


def finished(pdf: bytes, book: Book) -> bytes:
    """The PDF with what a library wants to know of it, and its outline open."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    # What Chromium writes; a new writer says 1.3, which knows neither tags nor transparency.
    writer.pdf_header = "%PDF-1.4"
    writer.add_metadata(
        {
            "/Title": book.source.title,
            "/Author": book.source.author,
            "/Subject": book.source.subtitle,
            "/Creator": book.source.site_url or book.source.title,
        }
    )
    writer.page_mode = "/UseOutlines"
    for item in writer._objects:
        meanings = item.get("/ToUnicode") if isinstance(item, DictionaryObject) else None
        stream = meanings.get_object() if meanings is not None else None
        if isinstance(stream, StreamObject):
            stream.set_data(with_han(stream.get_data()))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def said_of(book: Book, sizes: str, seconds: float) -> str:
    """What was made, and what of the pages is missing in it."""
    lines = [f"[{book.source.locale}] {sizes}，{len(book.chapters)} 章，{seconds:.0f} 秒"]
    for lost in book.lost:
        what = "图片" if lost.what == "picture" else "链接"
        lines.append(f"  /{lost.path}：这个{what}放不进书里：{lost.target[:120]}")
    if any(lost.what == "picture" and "//" in lost.target for lost in book.lost):
        lines.append("  别的网站上的图片，书里是链接；make fix ONLY=pictures 可以取回来")
    return "\n".join(lines)


def sources(site: Path) -> list[BookSource]:
    """What the build has written, one for each language that has a page."""
    files = sorted((site / PAGES).glob("*.json"))
    found = [BookSource.from_json(file.read_text(encoding="utf-8")) for file in files]
    return [source for source in found if source.pages]


def main(arguments: list[str]) -> int:
    """Build, and write the books into the folder named as the argument."""
    strict = [word for word in arguments if word == "--strict"]
    words = [word for word in arguments if word != "--strict"]
    folder = Path(words[0] if words else REPOSITORY / "book").absolute()
    prepare()
    make_folder(folder, "BOOKS")
    # Chromium's own files count their objects wrongly, which hurts nobody.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    cache = Path(os.environ.get("BUILD_CACHE") or REPOSITORY / ".cache")
    site = cache / "book-site"
    environment = {"BOOK_PAGES": "true", "SITE_DIR": str(site), "BOOKS": "", "CARDS": ""}
    command = [sys.executable, str(REPOSITORY / "tools" / "build_site.py"), *strict]
    done = subprocess.run(command, env={**os.environ, **environment}, check=False)
    if done.returncode:
        return done.returncode
    found = sources(site)
    if not found:
        raise UserError("没有一页可以放进书里")
    browser_path = find_browser()
    fonts = find_fonts()
    style = (_STYLES / "book.css").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = None
        if browser_path:
            try:
                browser = playwright.chromium.launch(
                    executable_path=browser_path, args=["--no-sandbox"]
                )
            except BrowserError as error:
                print(f"Chromium 打不开：{error}", file=sys.stderr)
        for source in found:
            started = time.monotonic()
            pictures = Pictures(site)
            book = book_of(source, pictures.kind, frames())
            base = folder / f"{slug(source.title)}-{source.locale}"
            cover = draw_cover(source, fonts) if fonts else b""
            made = {".epub": epub(book, style, pictures.read, cover)}
            if browser is not None:
                made[".pdf"] = printed(book, pictures, browser, cache / "book-print")
            for old in folder.glob(f"*-{source.locale}.*"):
                if old.suffix in {".epub", ".pdf"}:
                    old.unlink()
            for extension, content in made.items():
                base.with_name(base.name + extension).write_bytes(content)
            sizes = "，".join(
                f"{shown_path(base)}{extension} {len(content) / 1e6:.1f} MB"
                for extension, content in made.items()
            )
            print(said_of(book, sizes, time.monotonic() - started))
        if browser is not None:
            browser.close()
    if fonts is None:
        print(
            "找不到 Noto Sans CJK 字体：EPUB 的封面没有画，PDF 里的汉字用的是别的字体。"
            "请先安装（sudo apt-get install fonts-noto-cjk）",
            file=sys.stderr,
        )
    if browser is None:
        print(
            "没有做 PDF：找不到 Chromium。请先安装（sudo apt-get install chromium），"
            "或者用 BROWSER_PATH= 写出它在哪里",
            file=sys.stderr,
        )
    return 0 if browser is not None and fonts is not None else 1


if __name__ == "__main__":
    sys.exit(guarded(main))
