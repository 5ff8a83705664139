"""Pages composed at random look as they do on GitHub.

`make test` composes 2,000 pages, always the same; `make fuzz` 100,000 others.
"""

from __future__ import annotations

import os
from collections import Counter

import composed_pages

from docskit.checking.proof_reading import tokens_of
from docskit.reading import split_sections
from fidelity import LOST, own_html
from github_reading import DEVIATIONS, Comparison, compare, github_html, structure

PAGES = int(os.environ.get("COMPOSED", "2000"))
FIRST = int(os.environ.get("SEED", "1"))
# Two parsers have corners that no author has seen; of what is left, most is the reference's own.
ALLOWED = 0.01


def comparison(text: str) -> Comparison:
    return compare(text, own_html(text))


def test_composed_pages_differ_from_github_on_purpose_only() -> None:
    differing: dict[int, Comparison] = {}
    deviations: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + PAGES):
        found = comparison(composed_pages.page(seed))
        deviations.update(found.deviations)
        if found.difference is not None:
            differing[seed] = found
    lost = {seed for seed, found in differing.items() if found.lost > LOST}
    print(f"{len(differing)} of {PAGES} pages differ, {len(lost)} lose text; {dict(deviations)}")
    if lost or len(differing) > ALLOWED * PAGES:
        seed = min(lost or differing)
        least = LOST if lost else -1

        def fails(text: str) -> bool:
            found = comparison(text)
            return found.difference is not None and found.lost > least

        text = composed_pages.smallest(composed_pages.page(seed), fails)
        raise AssertionError(
            f"{len(differing)} of {PAGES} pages differ, {len(lost)} lose text. "
            f"Page {seed}, as small as it gets: {text!r}\n"
            f"{comparison(text).difference}\n"
            f"GitHub: {github_html(text)}\nhere: {own_html(text)}"
        )
    # A generator that composes nothing, or a table that excuses everything, would pass as well.
    assert sum(deviations.values()) < PAGES
    assert set(deviations) <= {deviation.name for deviation in DEVIATIONS}


def test_sections_begin_where_readers_see_headings() -> None:
    """Who counts sections and who shows the page must have the same headings."""
    counted = 0
    for seed in range(FIRST, FIRST + 500):
        text = composed_pages.page(seed)
        shown = [
            (token.map[0] + 1, int(token.tag[1]))
            for token in tokens_of(text)
            if token.type == "heading_open" and token.level == 0 and token.map
        ]
        sections = split_sections(text)
        assert [(s.line, s.heading.level) for s in sections if s.heading] == shown, text
        counted += len(shown)
    assert counted > 100


def test_the_comparison_sees_what_is_missing() -> None:
    text = "甲\n\n- 乙 [丙](d.md)\n"
    html = own_html(text)
    assert compare(text, html).difference is None
    for was, becomes in (("甲", "丁"), ("d.md", "e.md"), ("<li>", ""), ("<ul>", "<ol>")):
        assert compare(text, html.replace(was, becomes)).difference is not None
    picture = "![甲](a.png)"
    assert compare(picture, own_html(picture).replace("a.png", "b.png")).difference is not None
    assert compare("# 甲\n", "<p>甲</p>").difference is not None
    assert compare("很长的一句话" * 9, "<p></p>").lost > LOST


def test_pages_are_composed_of_all_that_authors_write() -> None:
    events = Counter(
        event.split(" ")[0]
        for seed in range(FIRST, FIRST + 100)
        for event in structure(github_html(composed_pages.page(seed)))
    )
    wanted = "h1 h2 h6 item blockquote table cell code hr image a strong em del text note line"
    assert set(wanted.split()) <= set(events)
