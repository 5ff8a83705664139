import datetime
import functools
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePosixPath

import pytest

from docskit.messages.fingerprints import OpaqueError, fingerprint


class Colour(Enum):
    RED = 1
    BLUE = 2


@dataclass
class Point:
    x: object
    y: object


DIFFERENT: list[object] = [
    None, True, 1, 1.0, "1", b"1", "", [], {}, set(), [1], [[1]], [1, 2], [2, 1], {"a": 1},
    {"a": 1, "b": 2}, {"b": 2, "a": 1}, {"ab": 1}, {1, 2}, Colour.RED, Colour.BLUE, Point(1, 2),
    Point([1], 2), Point((1, Colour.RED), 2), datetime.date(2024, 4, 25),
    datetime.date(2024, 4, 26), PurePosixPath("a"), len, print, int,
    functools.partial(int, base=2), functools.partial(int, base=8), ["a", "b"], ["ab"],
    ["a", ["b"]], [Colour.RED, "x"], [Colour.BLUE, "x"],
]  # fmt: skip


def test_different_values_have_different_fingerprints() -> None:
    assert len({fingerprint(value) for value in DIFFERENT}) == len(DIFFERENT)


def test_equal_values_have_the_same_whatever_objects_they_share() -> None:
    shared = "".join(["te", "xt"])
    assert fingerprint([shared, shared]) == fingerprint(["".join(["te", "xt"]), "text"])
    assert fingerprint({"a": {3, 1, 2}}) == fingerprint({"a": {2, 3, 1}})


def test_an_unknown_object_is_refused_unless_it_can_be_reduced() -> None:
    thing = object()
    with pytest.raises(OpaqueError):
        fingerprint([thing])
    assert fingerprint([thing], lambda _: "known") == fingerprint([object()], lambda _: "known")


def test_a_value_that_contains_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(OpaqueError):
        fingerprint(endless)
