import re
from pathlib import Path

from bench_corpus import BYTES_PER_PAGE, page_path, write_corpus


def test_every_link_and_image_of_the_corpus_exists(tmp_path: Path) -> None:
    write_corpus(tmp_path / "docs", 23)
    pages = list((tmp_path / "docs").rglob("*.md"))
    assert len(pages) == 2 * 23 + 2
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert (page.parent / target).is_file(), f"{page}: {target}"


def test_a_page_has_the_size_that_is_compared(tmp_path: Path) -> None:
    write_corpus(tmp_path / "docs", 1)
    for locale in ("zh", "en"):
        size = (tmp_path / "docs" / page_path(0, locale)).stat().st_size
        assert BYTES_PER_PAGE < size < 1.3 * BYTES_PER_PAGE
