"""What a page's navigation shows of a long folder."""

import random

from docskit.pages import LONG, near_entries
from docskit.pages.near_entries import AROUND


def test_a_short_folder_is_shown_whole() -> None:
    entries = list(range(LONG))
    near = near_entries(entries, 5)
    assert (near.shown, near.before, near.after) == (entries, 0, 0)


def test_of_a_long_folder_as_many_are_shown_wherever_the_page_stands_and_none_is_uncounted() -> (
    None
):
    chance = random.Random(9)
    for _ in range(500):
        length = chance.randint(LONG + 1, 3000)
        current = chance.choice([0, length - 1, chance.randrange(length)])
        entries = list(range(length))
        near = near_entries(entries, current)
        assert current in near.shown
        assert len(near.shown) == 2 * AROUND + 1
        assert near.shown == entries[near.before : length - near.after]


def test_a_page_in_the_middle_has_as_many_before_it_as_after_it() -> None:
    near = near_entries(range(1800), 900)
    assert list(near.shown)[AROUND] == 900
