from pathlib import Path

from broken import references


def test_only_what_leads_nowhere_is_broken(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text(
        "<img src=no.png><article><a href='../'>x</a><a href='../b.png#x'>y</a>"
        "<img src='c.png'><a href='https://example.org/'>z</a><a href='#x'>w</a></article>",
        encoding="utf-8",
    )
    (tmp_path / "index.html").write_text("<article><a href='a/'>x</a></article>", encoding="utf-8")
    (tmp_path / "b.png").write_bytes(b"")
    assert list(references(tmp_path)) == [
        ("a/index.html", "../", True),
        ("a/index.html", "../b.png", True),
        ("a/index.html", "c.png", False),
        ("index.html", "a/", True),
    ]
