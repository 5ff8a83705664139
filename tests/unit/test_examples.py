"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest
from site_builder import REPOSITORY

HOOKS = REPOSITORY / "hooks"
NAMES = sorted(
    ".".join(path.relative_to(HOOKS).with_suffix("").parts)
    for path in HOOKS.glob("docskit/**/*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", NAMES)
def test_examples_are_true(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed


def test_there_are_examples() -> None:
    assert len(NAMES) > 3
