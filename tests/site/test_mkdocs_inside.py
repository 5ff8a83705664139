"""What hooks/mkdocs_bridge relies on inside MkDocs: an upgrade that changes it fails here, by name.

The steps that are replaced are copied in the bridge; when one of these fails, read the new
upstream function, bring the bridge's copy up to it, and then the digest below.
"""

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from markdown.treeprocessors import InlineProcessor
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (build._populate_page, "31a70ea4caef"),
        (build._build_page, "adcdbd14b236"),
        (build.get_context, "4b4bf8a076ed"),
        (InlineProcessor._InlineProcessor__handleInline, "fe27babc114a"),  # type: ignore[attr-defined]
        (InlineProcessor._InlineProcessor__applyPattern, "8862b35197c0"),  # type: ignore[attr-defined]
        (InlineProcessor.run, "f6c93631f287"),
        (LiveReloadServer._build_loop, "0bea1402bb4a"),
        (LiveReloadServer.watch, "5db077e3a3e7"),
        (Page.render, "320529348f7a"),
        (utils.clean_directory, "b3c0aa810731"),
        (utils.write_file, "7ca9477c4bda"),
        (utils.copy_file, "ce5ccca491bb"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_the_replaced_step_is_the_one_that_was_read(
    function: Callable[..., Any], expected: str
) -> None:
    source = inspect.getsource(function)
    assert hashlib.sha256(source.encode()).hexdigest()[:12] == expected


def test_build_calls_the_replaced_steps_through_their_modules() -> None:
    source = inspect.getsource(build.build)
    for call in ("_populate_page(", "_build_page(", "utils.clean_directory("):
        assert call in source
