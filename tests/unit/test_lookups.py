"""Looking something up among many costs what one look-up costs, however many there are.

Counted in processor's time, by doubling: files, missing names, links, headings.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from processor_time import seconds

from docskit.headings.anchor_spellings import Headings
from docskit.pages.site_tree import SiteTree
from docskit.reading.heading_anchors import Heading, anchors
from docskit.references.reference_targets import Kind, resolve


def _tree(files: int) -> SiteTree:
    pages = [f"第{number % 97}章/part-{number:05}/page-{number:05}.md" for number in range(files)]
    return SiteTree([*pages, *(f"img/shot-{number:05}.png" for number in range(files))], ["zh"])


def _folders(tree: SiteTree, count: int) -> None:
    for number in range(count):
        resolve(f"第{number % 97}章", "index.md", Kind.LINK, tree)
        resolve(f"第{number % 97}章/", "a/index.md", Kind.LINK, tree)


def _missing(tree: SiteTree, count: int) -> None:
    for number in range(count):
        resolve(f"img/shoot-{number:05}x.png", "index.md", Kind.MEDIA, tree)
        resolve(f"C:\\a\\b\\pages-{number}.md", "index.md", Kind.LINK, tree)


def _same_name(files: int) -> SiteTree:
    return SiteTree([f"f{number}/image.png" for number in range(files)], ["zh"])


def _everywhere(tree: SiteTree, count: int) -> None:
    for number in range(count):
        resolve(f"g{number}/image.png", "index.md", Kind.MEDIA, tree)


@pytest.mark.parametrize(
    ("make", "work"),
    [(_tree, _folders), (_tree, _missing), (_same_name, _everywhere)],
    ids=["folders without an index", "missing names", "names that many files have"],
)
def test_a_reference_costs_the_same_among_more_files(
    make: Callable[[int], SiteTree], work: Callable[[SiteTree, int], None]
) -> None:
    few, many = make(1_000), make(8_000)
    work(few, 1)
    work(many, 1)
    # Eight times the files; a search through them all would take eight times as long.
    assert seconds(lambda: work(many, 40)) < 4 * seconds(lambda: work(few, 40)) + 0.05


def test_a_name_that_is_nearly_right_is_found_among_many() -> None:
    tree = _tree(5_000)
    for number in (7, 2_345, 4_999):
        raw = f"img/shoot-{number:05}.png"
        assert f"img/shot-{number:05}.png" in resolve(raw, "index.md", Kind.MEDIA, tree).suggestions


def test_wrong_fragments_cost_the_same_on_a_page_with_more_headings() -> None:
    def page(count: int) -> Headings:
        return Headings(set(), [(f"第 {n} 节 安装", f"id-{n}") for n in range(count)])

    def work(headings: Headings) -> None:
        for number in range(200):
            headings.find(f"没有-{number}")

    few, many = page(500), page(4_000)
    work(few)
    work(many)
    assert seconds(lambda: work(many)) < 4 * seconds(lambda: work(few)) + 0.05


@pytest.mark.parametrize("level", ["one", "two by two", "all"])
def test_the_same_heading_again_and_again_takes_time_in_proportion(level: str) -> None:
    def work(count: int) -> None:
        headings = [
            Heading(
                1 + (number % 6 if level == "all" else 1),
                f"安装 {number // 2}" if level == "two by two" else "安装",
            )
            for number in range(count)
        ]
        assert len({anchor.id for anchor in anchors(headings)}) == count

    assert seconds(lambda: work(8_000)) < 10 * seconds(lambda: work(2_000)) + 0.1


@pytest.mark.parametrize("filler", [0, 500])
def test_similar_names_are_of_the_same_kind_and_the_best_comes_first(filler: int) -> None:
    names = ["a/install-guide.png", "b/install-guides.png", "install-guide.jpg", "install-guide.md"]
    tree = SiteTree([*names, *(f"x/{number:04}.png" for number in range(filler))], ["zh"])
    # The very name, wherever it is, leaves nothing to guess.
    assert tree.like("c/Install-Guide.png") == ["a/install-guide.png"]
    assert set(tree.like("install-guid.png")) == {
        "a/install-guide.png",
        "b/install-guides.png",
        "install-guide.jpg",
    }
    assert tree.like("install-guid.png", limit=1) == ["a/install-guide.png"]
    assert tree.like("install-guid") == ["install-guide.md"]
    assert tree.like("nothing-of-the-kind.png") == []
    assert tree.like("install-guide.zip") == []
