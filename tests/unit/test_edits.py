import pytest
from hypothesis import given
from hypothesis import strategies as st

from docskit.reading.edits import Edit, Edits, OverlapError

spans = st.tuples(st.integers(0, 8), st.integers(0, 8), st.sampled_from(["", "x", "yz"]))
edits = st.lists(spans.map(lambda s: Edit(min(s[:2]), max(s[:2]), s[2])), max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Edit(2, 5, "a"), Edit(2, 5, "b")),
        (Edit(2, 5, "a"), Edit(4, 6, "a")),
        (Edit(2, 5, "a"), Edit(0, 9, "a")),
        (Edit(2, 5, "a"), Edit(3, 3, "a")),
        (Edit(3, 3, "a"), Edit(3, 3, "b")),
    ],
)
def test_two_changes_of_one_place_are_refused(one: Edit, other: Edit) -> None:
    for first, second in ((one, other), (other, one)):
        together = Edits([first])
        assert not together.add(second)
        assert list(together) == [first]
    with pytest.raises(OverlapError):
        Edits([one, other])


def test_neighbours_and_the_same_change_twice_are_fine() -> None:
    together = Edits([Edit(2, 4, "B"), Edit(4, 6, "C"), Edit(2, 2, "a"), Edit(2, 4, "B")])
    assert len(together) == 3
    assert together.apply("01234567") == "01aBC67"


def test_a_span_has_a_beginning_and_an_end() -> None:
    with pytest.raises(ValueError, match="no span"):
        Edit(3, 2, "")


@given(edits)
def test_what_is_taken_is_applied_and_nothing_else_changes(wanted: list[Edit]) -> None:
    text = "01234567"
    together = Edits()
    taken = [edit for edit in wanted if together.add(edit)]
    # One after the other from the end is what they mean together.
    result = text
    for edit in sorted(set(taken), reverse=True):
        result = result[: edit.start] + edit.new + result[edit.end :]
    assert together.apply(text) == result
