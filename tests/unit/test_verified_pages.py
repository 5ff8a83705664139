"""Every page of the tutorials has a goal, exercises and a next step, and says what it rests on."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).parents[1]
DOCS = TESTS.parent / "docs"
TABLE: list[dict[str, Any]] = yaml.safe_load((TESTS / "verified_pages.yml").read_text("utf-8"))
TAUGHT = [entry for entry in TABLE if not entry.get("look_up")]
GOALS = {"": ("学完这一页", "这一页结束的时候"), ".en": ("By the end of this page",)}
NEXT = {
    "": ("下一页：", "下一步：", "教程到这里结束"),
    ".en": ("Next: ", "the end of the tutorial"),
}
EXERCISES = {"": "## 练习\n", ".en": "## Exercises\n"}


def page_of(entry: dict[str, Any]) -> str:
    return str(entry["page"])


def listed(folder: Path, entries: list[Any]) -> list[str]:
    """The pages of a `.nav.yml`, folders included, without `.md`."""
    found: list[str] = []
    for entry in entries:
        below = next(iter(entry.values())) if isinstance(entry, dict) else entry
        if isinstance(below, list):
            found += listed(folder, below)
        elif below.endswith(".md"):
            found.append((folder / below).relative_to(DOCS).as_posix().removesuffix(".md"))
        else:
            inside = folder / below
            found += listed(inside, yaml.safe_load((inside / ".nav.yml").read_text("utf-8"))["nav"])
    return found


def test_every_page_of_the_tutorials_is_in_the_table() -> None:
    nav = yaml.safe_load((DOCS / ".nav.yml").read_text("utf-8"))["nav"]
    parts = [part for part in nav if isinstance(part, dict)]
    tutorials = [part for part in parts if next(iter(part)) not in {"写给作者", "维护"}]
    assert len(tutorials) == len(parts) - 2
    assert sorted(map(page_of, TABLE)) == sorted(listed(DOCS, tutorials))


@pytest.mark.parametrize("entry", TABLE, ids=page_of)
def test_its_page_links_to_what_it_was_checked_against(entry: dict[str, Any]) -> None:
    assert isinstance(entry["date"], datetime.date)
    assert entry["version"]
    assert isinstance(entry["run"], str)
    text = (DOCS / f"{entry['page']}.en.md").read_text("utf-8")
    assert [address for address in entry["against"] if f"({address})" not in text] == []


@pytest.mark.parametrize("suffix", ["", ".en"], ids=["zh", "en"])
@pytest.mark.parametrize("entry", TAUGHT, ids=page_of)
def test_a_taught_page_has_a_goal_exercises_and_a_next_step(
    entry: dict[str, Any], suffix: str
) -> None:
    text = (DOCS / f"{entry['page']}{suffix}.md").read_text("utf-8")
    body, exercises = text.split(EXERCISES[suffix])
    assert any(goal in body.partition("\n## ")[0] for goal in GOALS[suffix])
    questions, answers = exercises.split("??? note ")
    assert len(re.findall(r"^\d\. ", questions, re.MULTILINE)) == 2
    assert len(re.findall(r"^    \d\. ", answers, re.MULTILINE)) == 2
    assert any(step in answers for step in NEXT[suffix])
