"""The arrows between the rooms of the house: who may import whom."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
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


# What shows, chooses or cuts a value. Whatever puts together, sorts, groups or counts on is a
# hook's work, and so is each further filter: it stands here when somebody has thought about it.
SHOWN_BY = {"d", "e", "first", "join", "length", "reject", "replace", "selectattr", "url"}
SHOWN_BY |= {"split_title", "striptags", "urlencode"}
COMPUTED = (
    nodes.Sub,
    nodes.Mul,
    nodes.Div,
    nodes.FloorDiv,
    nodes.Mod,
    nodes.Pow,
    nodes.Slice,
    nodes.NSRef,
    nodes.ExprStmt,
)


def computations(template: str) -> list[str]:
    """What a template does beside showing, choosing and looping, each with its line."""
    tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(template)
    macros = {node.name for node in tree.find_all(nodes.Macro)}
    imported = {node.target for node in tree.find_all(nodes.Import)}
    found = [(node.lineno, type(node).__name__) for node in tree.find_all(COMPUTED)]
    found += [
        (node.lineno, type(node).__name__)
        for node in tree.find_all((nodes.List, nodes.Dict))
        # Choices to compare with, and an empty one for what is not there.
        if len(list(node.iter_child_nodes())) > 2
    ]
    found += [
        (node.lineno, node.name)
        for node in tree.find_all(nodes.Filter)
        if node.name not in SHOWN_BY
    ]
    found += [
        (node.lineno, "Add")
        for node in tree.find_all(nodes.Add)
        # One further is a depth; anything else is arithmetic.
        if not (isinstance(node.right, nodes.Const) and node.right.value == 1)
    ]
    for node in tree.find_all(nodes.Call):
        match node.node:
            case nodes.Name(name=name) if name in macros | {"super", "caller", "loop"}:
                pass
            case nodes.Getattr(node=nodes.Name(name=name)) if name in imported | {"lang"}:
                pass
            case called:
                found.append((node.lineno, getattr(called, "attr", getattr(called, "name", "?"))))
    return [f"{line}: {what}" for line, what in sorted(found)]


@pytest.mark.parametrize(
    "template",
    [
        "{% set x = namespace(n=0) %}{% set x.n = 1 %}",
        "{{ pages | sort(attribute='title') | map(attribute='url') | list }}",
        "{% do found.append(page) %}",
        "{{ page.meta.tags.items() }}",
        "{{ title.split('-')[0] }}",
        "{{ count * 2 }}",
        "{{ days + months }}",
        "{{ title[:20] }}",
        "{{ now.strftime('%Y') }}",
        "{% set words = ['a', 'b', 'c'] %}",
        "{{ range(5) }}",
        "{{ pages | sum(attribute='n') }}",
    ],
)
def test_a_computation_is_noticed(template: str) -> None:
    assert computations(f"\n{template}")[0].startswith("2: ")


def test_templates_do_not_compute() -> None:
    """A template may loop and choose; assembling lists and dates is a hook's work."""
    templates = sorted((REPOSITORY / "overrides").rglob("*.html"))
    assert len(templates) > 10
    found = {path.name: computations(path.read_text(encoding="utf-8")) for path in templates}
    assert {name: lines for name, lines in found.items() if lines} == {}
