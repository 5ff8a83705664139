"""Every own step takes time that grows with its input, and not with its square.

Each step is given some text and eight times as much of one character, or of one short token
that begins something; in `make fuzz` more of it, and inside a paragraph as well. What belongs
to Python-Markdown is measured over a whole build by tests/site/test_long_pages.py.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from site_builder import REPOSITORY

from docskit.checking.copy_rules import copy_hints
from docskit.drafting.masking import kept_spans
from docskit.headings.anchor_spellings import Headings, ids_of
from docskit.html.formulas import formulas_to_mathml
from docskit.html.html_tags import tags
from docskit.pages.site_tree import SiteTree
from docskit.pictures.captions import mark_captions
from docskit.pictures.image_sizes import dress_images
from docskit.pictures.picture_links import link_pictures
from docskit.pictures.scheme_pictures import pictures_for_schemes
from docskit.publishing.byline import split_title, title_of
from docskit.publishing.machine_pages import file_references
from docskit.publishing.published import description
from docskit.reading.author_page import read_author_page
from docskit.reading.heading_anchors import Heading, anchors
from docskit.reading.sections import split_sections
from docskit.references.empty_addresses import empty_addresses
from docskit.references.fixes import Shown, fixed_bytes
from docskit.references.html_references import rewrite_html
from docskit.references.reference_extension import Found
from docskit.references.reference_problems import reference_problems
from docskit.references.reference_targets import Kind, resolve
from docskit.references.source_references import source_references
from docskit.translation.translation import State, Translation
from docskit.translation.translation_notice import mark_sections
from docskit.typesetting.home_sections import home_sections
from docskit.typesetting.html_typography import mark_han, mark_up_typography
from docskit.typesetting.reading_time import reading_minutes
from docskit.typesetting.tables import size_columns

MANY = int(os.environ.get("FUZZ", "0")) >= 1000
LONG = 64_000 if MANY else 24_000
SHORT = LONG // 8
FORMS = ("{}", "<p>{}</p>\n") if MANY else ("{}",)
TOKENS = [
    json.loads(line)
    for line in (REPOSITORY / "tests/cases/long_tokens.jsonl").read_text("utf-8").splitlines()
]
TREE = SiteTree(["index.md", "a.png", "b/index.md"], ["zh", "en"], "zh")


def _references(text: str) -> None:
    page, _ = read_author_page(text.encode("utf-8", "replace"), "index.md")
    found = [
        Found(item.value, kind, resolve(item.value, "index.md", kind, TREE))
        for item in source_references(page.front_matter.body)
        for kind in Kind
    ]
    reference_problems(found, page)
    data, show = text.encode("utf-8", "replace"), Shown("", [])
    fixed_bytes(data, "index.md", found[::2], TREE, lambda _: show)


def _anchors(text: str) -> None:
    lines = text.split("\n")
    found = anchors([Heading(2, line) for line in lines] + [Heading(1, text)])
    Headings(set(), [(line, "x") for line in lines]).find(text[:200])
    assert len(found) == len(lines) + 1


STEPS: dict[str, Callable[[str], object]] = {
    "front matter": lambda text: read_author_page(text.encode("utf-8", "replace"), "a.md"),
    "open front matter": lambda text: read_author_page(b"---\n" + text.encode("utf-8"), "a.md"),
    "references": _references,
    "empty links": lambda text: empty_addresses(Kind.LINK, "a.md", text),
    "empty pictures": lambda text: empty_addresses(Kind.MEDIA, "a.md", text),
    "copy hints": lambda text: copy_hints(read_author_page(text.encode("utf-8"), "a.md")[0]),
    "sections": split_sections,
    "section hashes": lambda text: [section.hash for section in split_sections(text)],
    "anchors": _anchors,
    "file references": file_references,
    "html references": lambda text: rewrite_html(text, lambda raw, _: None),
    "tags": lambda text: [tag.attributes() for tag in tags(text, frozenset({"img", "a", "h2"}))],
    "images": lambda text: dress_images(text, lambda _: None, lambda _: None, text, "a.md"),
    "formulas": lambda text: formulas_to_mathml(text, text, "a.md"),
    "zoom": link_pictures,
    "captions": mark_captions,
    "tables": size_columns,
    "typography": lambda text: mark_up_typography(text, "example.org"),
    "Han": lambda text: mark_han(f"字{text}", "zh-CN"),
    "schemes": pictures_for_schemes,
    "ids": ids_of,
    "summary": description,
    "reading time": reading_minutes,
    "title": split_title,
    "leading heading": title_of,
    "home": home_sections,
    "notice": lambda text: mark_sections(text, Translation(State.CURRENT), "en"),
    "masking": kept_spans,
}


def stretched(token: str, size: int) -> str:
    return (token * (size // len(token) + 1))[:size]


class TooLongError(BaseException):
    pass


@pytest.fixture
def _alarm() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def _seconds(step: Callable[[str], object], text: str, limit: float) -> float:
    started = time.process_time()
    # A collection goes through all that thousands of tests before have left.
    gc.disable()
    signal.setitimer(signal.ITIMER_PROF, limit)
    try:
        step(text)
    except TooLongError:
        return limit
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        gc.enable()
    return time.process_time() - started


@pytest.mark.usefixtures("_alarm")
@pytest.mark.parametrize("name", STEPS)
def test_a_step_takes_time_in_proportion(name: str) -> None:
    step = STEPS[name]
    slow = []
    for token in TOKENS:
        for form in FORMS:
            long = form.format(stretched(token, LONG))
            if _seconds(step, long, 2.0) < 0.1:
                continue
            # Eight times the text: eight times the time, with as much again for the machine.
            short = min(_seconds(step, form.format(stretched(token, SHORT)), 2.0) for _ in "12")
            again = min(_seconds(step, long, 2.0) for _ in "12")
            if again > 16 * short + 0.1:
                slow.append(f"{form.format(token)!r}: {short:.3f} s, then {again:.3f} s")
    assert slow == []
