"""What the site has to do with books: it hands over its pages, and offers what there is."""

from __future__ import annotations

from pathlib import Path
from posixpath import join, normpath

from site_builder import build_site

from docskit.book.book_source import BookSource, Entry

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n字。\n",
    "a.md": "# 一页\n\n字。\n",
    "a.en.md": "# A page\n\nWords.\n",
    "g/index.md": "# 一组\n\n字。\n",
    "g/b.md": "# 里面\n\n字。\n",
    ".nav.yml": "nav:\n  - index.md\n  - 一组: g\n  - 部分:\n      - a.md\n",
}


def test_readers_are_offered_the_books_of_their_language(tmp_path: Path) -> None:
    books = tmp_path / "books"
    books.mkdir()
    for name in ("club-zh.epub", "club-zh.pdf", "club-en.epub", "club-zh-Hant.pdf", "notes.txt"):
        (books / name).write_bytes(b"a book")
    env = {"BOOKS": str(books), "SITE_URL": "https://example.org/club/"}
    built = build_site(tmp_path, FILES, strict=False, env=env)
    assert built.status == 0, built.log
    offered = {"zh": ["club-zh.epub", "club-zh.pdf"], "en": ["club-en.epub"]}
    for url, locale in (("a/", "zh"), ("g/b/", "zh"), ("en/a/", "en")):
        hrefs = [a["href"] for a in built.tags(url, "a") if "download" in a]
        assert [href.rsplit("/", 1)[1] for href in hrefs] == offered[locale]
        for href in hrefs:
            assert (built.site_dir / normpath(join(url, href))).read_bytes() == b"a book"
    assert sorted(path.name for path in (built.site_dir / "book").iterdir()) == [
        "club-en.epub",
        "club-zh.epub",
        "club-zh.pdf",
    ]
    without = build_site(tmp_path, FILES, strict=False, env=env, without_hook="books.py")
    assert without.status == 0, without.log
    assert "club-zh.epub" not in without.read("a/")
    assert not (without.site_dir / "book").exists()


def test_pages_are_handed_over_in_the_order_of_the_navigation(tmp_path: Path) -> None:
    env = {"BOOK_PAGES": "true", "SITE_URL": "https://example.org/club/"}
    built = build_site(tmp_path, FILES, strict=False, env=env)
    source = BookSource.from_json(built.read("book-pages/en.json"))
    assert source.site_url == "https://example.org/club/"
    assert [(entry.level, entry.path) for entry in source.entries] == [
        (0, "en/"),
        (0, "en/g/"),
        (1, "en/g/b/"),
        (0, ""),
        (1, "en/a/"),
    ]
    assert source.entries[-1] == Entry("A page", 1, "en/a/")
    assert {page.path: page.lang for page in source.pages} == {
        "en/": "zh",
        "en/a/": "en",
        "en/g/": "zh",
        "en/g/b/": "zh",
    }
    assert BookSource.from_json(source.to_json()) == source
