"""Words that may stand for one another, and which of them a site's index holds."""

from __future__ import annotations

from collections import Counter

import pytest

from docskit.search.synonyms import _groups, synonyms


def test_a_group_is_held_for_any_of_its_words_in_a_title() -> None:
    (group,) = synonyms(["回收站"])
    assert {"trash", "recycle bin"} <= set(group)
    assert group in synonyms(["How to use the Recycle Bin"])


@pytest.mark.parametrize("title", ["", "二级标题", "Trashing", "The bin"])
def test_no_group_is_held_for_a_part_of_a_word(title: str) -> None:
    assert not any("trash" in group for group in synonyms([title]))


def test_what_the_site_explains_itself_stands_for_nothing_else() -> None:
    (group,) = (group for group in synonyms(["图片"], ["镜像", "Image"]) if "picture" in group)
    assert "image" not in group


def test_each_group_says_one_thing_in_several_ways_and_each_way_once() -> None:
    groups = _groups()
    assert len(groups) > 400
    for group in groups:
        assert len(group) > 1, group
        assert max(Counter(group).values()) == 1, group
        assert all(name == name.strip().casefold() and name for name in group), group
    assert len(set(groups)) == len(groups)
