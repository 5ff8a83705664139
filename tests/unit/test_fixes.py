"""What is written into an author's file reads there as what it was meant to be."""

from __future__ import annotations

import html

import pytest

from docskit.pages.site_tree import SiteTree
from docskit.references.fixes import Shown, fixed_bytes
from docskit.references.reference_extension import Found
from docskit.references.reference_targets import Kind, resolve
from docskit.references.source_references import source_references


def fixed(text: str, *files: str) -> str:
    tree = SiteTree(["index.md", *files], ["zh", "en"], "zh")
    found = [
        Found(item.value, Kind.MEDIA, resolve(item.value, "index.md", Kind.MEDIA, tree))
        for item in source_references(text)
    ]
    assert found
    show = Shown("", [])
    return fixed_bytes(text.encode(), "index.md", found, tree, lambda _: show).decode()


def test_a_repair_is_written() -> None:
    assert fixed("![图](A.PNG)\n", "a.png") == "![图](a.png)\n"


# Entities: `&copy` needs no semicolon, and a name may hold one.
@pytest.mark.parametrize("name", ["a&copy=1.png", "a&lt;b.png", "a&amp;b.png", "a&#35;b.png"])
def test_a_spelling_that_would_mean_another_file_is_not_written(name: str) -> None:
    text = f"![图]({html.escape(name.upper())})\n"
    after = fixed(text, name)
    (reference,) = source_references(after)
    tree = SiteTree(["index.md", name], ["zh", "en"], "zh")
    resolution = resolve(reference.value, "index.md", Kind.MEDIA, tree)
    assert after == text or (resolution.status, resolution.target) == ("exact", name)
