"""The arrows between the rooms of the house: who may import whom."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from site_builder import REPOSITORY

HOOKS = REPOSITORY / "hooks"
# Inside the core: parsers and data, nothing that knows a site generator.
FORBIDDEN_IN_CORE = {"mkdocs", "mkdocs_bridge", "mkdocs_static_i18n", "material", "logging"}
# Below the imports.
EVENT_LINES = 70


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
    tree = ast.parse(path.read_text(encoding="utf-8"))
    above = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines - (above[-1].end_lineno or 0 if above else 0) <= EVENT_LINES


@pytest.mark.parametrize("path", modules("mkdocs_bridge/**/*.py"), ids=lambda p: p.stem)
def test_the_bridge_imports_no_event_file(path: Path) -> None:
    assert imports(path) & {other.stem for other in modules("*.py")} == set()


# Rooms of the core and of the bridge. The picture is the one in CONTRIBUTING.
ROOMS = {
    f"{package}.{folder.name}": folder
    for package in ("docskit", "mkdocs_bridge")
    for folder in sorted((HOOKS / package).iterdir())
    if (folder / "__init__.py").is_file()
}
DRAWN = re.compile(r"^(?P<room>(?:docskit|mkdocs_bridge)\.\w+) *(?:→ (?P<into>.+))?$", re.M)


def imported_modules(path: Path) -> list[tuple[int, str, list[str]]]:
    """Line, module and names of every `from … import …` of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.lineno, node.module, [alias.name for alias in node.names])
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
    ]


def room_of(module: str) -> str | None:
    room = ".".join(module.split(".")[:2])
    return room if room in ROOMS else None


def arrows() -> dict[str, set[str]]:
    """Which rooms the files of each room import, without the room itself."""
    return {
        room: {
            into
            for path in folder.rglob("*.py")
            for _, module, _ in imported_modules(path)
            if (into := room_of(module)) and into != room
        }
        for room, folder in ROOMS.items()
    }


def drawn() -> dict[str, set[str]]:
    """The arrows as CONTRIBUTING draws them; a room is called by its name within its package."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return {
        found["room"]: {
            name if "." in name else f"{found['room'].split('.')[0]}.{name}"
            for name in (found["into"] or "").split()
        }
        for found in DRAWN.finditer(text)
    }


def test_every_module_is_in_a_room() -> None:
    lonely = [path for path in modules("*/*.py") if not path.name.startswith("__")]
    assert lonely == []
    assert len(ROOMS) > 10


def test_rooms_import_as_contributing_draws_it() -> None:
    assert drawn() == arrows()


def test_rooms_run_in_no_circle() -> None:
    below = arrows()
    floors: list[set[str]] = []
    while below:
        floor = {room for room, into in below.items() if not into & set(below)}
        assert floor, f"a circle among {sorted(below)}"
        floors.append(floor)
        below = {room: into for room, into in below.items() if room not in floor}
    assert len(floors) > 2


def test_files_of_a_room_run_in_no_circle() -> None:
    below = {
        f"{room}.{path.stem}": {module for _, module, _ in imported_modules(path)}
        | {f"{module}.{name}" for _, module, names in imported_modules(path) for name in names}
        for room, folder in ROOMS.items()
        for path in folder.glob("*.py")
        if path.stem != "__init__"
    }
    while below:
        floor = {name for name, into in below.items() if not into & set(below)}
        assert floor, f"a circle among {sorted(below)}"
        below = {name: into for name, into in below.items() if name not in floor}


@pytest.mark.parametrize(
    "path",
    [*modules("**/*.py"), *sorted((REPOSITORY / "tools").glob("*.py")), REPOSITORY / "run.py"],
    ids=lambda path: path.relative_to(REPOSITORY).as_posix(),
)
def test_a_room_is_entered_by_its_face(path: Path) -> None:
    """From outside: `from docskit.reading import …`, or a public module of it as a whole.

    What a function loads only when it needs it comes from its file: the face would load it always.
    """
    inside = next((room for room, folder in ROOMS.items() if path.is_relative_to(folder)), None)
    top = ast.parse(path.read_text(encoding="utf-8")).body
    lines = {node.lineno for node in top}
    found = [
        f"{line}: {module}"
        for line, module, _ in imported_modules(path)
        if (room := room_of(module)) and line in lines and room != inside and module != room
    ]
    assert found == []


def test_no_event_file_is_called_as_a_module_is() -> None:
    events = {path.name for path in modules("*.py")}
    inner = {path.name for path in modules("*/**/*.py")} - {"__init__.py"}
    assert events & inner == set()


# What shows, chooses or cuts a value. Whatever puts together, sorts, groups or counts on is a
# hook's work, and so is each further filter: it stands here when somebody has thought about it.
SHOWN_BY = {"d", "e", "first", "join", "length", "reject", "replace", "selectattr", "url"}
SHOWN_BY |= {"nearby", "split_title", "striptags", "urlencode"}
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
            # `nav_entry` says again what a macro has said (mkdocs_bridge/build/nav_entries.py).
            case nodes.Name(name=name) if name in macros | {"super", "caller", "loop", "nav_entry"}:
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
