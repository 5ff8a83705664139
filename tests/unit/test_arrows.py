"""The arrows between the rooms of the house: who may import whom."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from site_builder import REPOSITORY

HOOKS = REPOSITORY / "hooks"
# Inside the core: parsers and data, nothing that knows a site generator.
FORBIDDEN_IN_CORE = {"mkdocs", "mkdocs_bridge", "mkdocs_static_i18n", "material", "logging"}
EVENT_LINES = 90


def imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def modules(pattern: str) -> list[Path]:
    found = sorted(HOOKS.glob(pattern))
    assert found, f"no module matches {pattern}"
    return found


@pytest.mark.parametrize("path", modules("docskit/**/*.py"), ids=lambda p: p.stem)
def test_the_core_knows_no_site_generator(path: Path) -> None:
    assert imports(path) & FORBIDDEN_IN_CORE == set()


@pytest.mark.parametrize("path", modules("*.py"), ids=lambda p: p.stem)
def test_an_event_file_imports_no_other_and_stays_small(path: Path) -> None:
    own = {"docskit", "mkdocs_bridge"}
    siblings = {other.stem for other in modules("*.py")}
    theirs = imports(path) - own - set(sys.stdlib_module_names)
    assert theirs & siblings == set()
    assert len(path.read_text(encoding="utf-8").splitlines()) <= EVENT_LINES


@pytest.mark.parametrize("path", modules("mkdocs_bridge/**/*.py"), ids=lambda p: p.stem)
def test_the_bridge_imports_no_event_file(path: Path) -> None:
    assert imports(path) & {other.stem for other in modules("*.py")} == set()


def test_templates_do_not_compute() -> None:
    """A template may loop and choose; assembling lists and dates is a hook's work."""
    templates = sorted((REPOSITORY / "overrides").rglob("*.html"))
    assert templates
    for path in templates:
        text = path.read_text(encoding="utf-8")
        assert "namespace(" not in text, path


@pytest.mark.parametrize("path", modules("*.py"), ids=lambda p: p.stem)
def test_a_test_misses_each_hook(path: Path) -> None:
    """Some test builds a site without it, and sees the difference."""
    tests = sorted((REPOSITORY / "tests").rglob("test_*.py"))
    assert any(f'"{path.name}"' in test.read_text(encoding="utf-8") for test in tests)
