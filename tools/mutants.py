"""Break the core in small ways, one at a time, and count the breakages that unit tests notice.

    python tools/mutants.py --sample 300 --seed 7 [MODULE…]

A mutant is a module of hooks/docskit with one comparison, operator, constant, text, argument or
result changed, as mutmut does it. Tests run in this process's children, which import the mutant in
place of the module: a second or two each instead of a session of pytest. Which tests concern a
mutant is what one run under a profiler has seen: those that enter the function that was changed
(any function of its module for what stands outside of functions). Builds run in processes of
their own, so tests/site does not count. Prints each survivor with its place.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib
import importlib.machinery
import json
import os
import random
import re
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
CORE = REPOSITORY / "hooks" / "docskit"
# Growth is about time, and the rest starts processes of its own.
LEFT_OUT = ("growth", "upgrade", "run", "git_tutorial", "tutorial", "draft_commits", "changes")
FEWER = {"FUZZ": "15", "COMPOSED": "150"}
# Of the tests that concern a mutant, the cheapest, as many as take this long.
SECONDS = 6.0
MEMORY = 4 << 30
# What both imports and what takes longest to import; the core itself stays out of the parent.
WARM = ("markdown", "pymdownx.superfences", "markdown_it", "mkdocs.config", "hypothesis", "yaml")
WARM += ("PIL.Image", "cmarkgfm", "requests", "pygments.lexers", "hypothesis.strategies")

_OPPOSITE: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.And: ast.Or, ast.Or: ast.And, ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr, ast.Break: ast.Continue, ast.Continue: ast.Break,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change to a module: `number` is its place among all that the module allows."""

    path: Path
    number: int
    line: int
    what: str
    function: int
    """First line of the innermost function that holds it, 0 outside of functions."""

    @property
    def is_text(self) -> bool:
        """Whether it changes words that somebody reads, and nothing else."""
        return self.what.startswith("text ") and (" " in self.what[5:] or not self.what.isascii())


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], ast.AST]]]:
    """Each way to break `node`: a name for it, and what makes the node that replaces it."""
    none = ast.Constant(None)

    def setting(**fields: Any) -> Callable[[ast.AST], ast.AST]:
        def change(old: ast.AST) -> ast.AST:
            new = copy.copy(old)
            for name, value in fields.items():
                setattr(new, name, value)
            return new

        return change

    match node:
        case ast.Compare(ops=ops):
            for index, op in enumerate(ops):
                other = _OPPOSITE[type(op)]()
                yield (
                    f"{type(op).__name__} → {type(other).__name__}",
                    setting(ops=[*ops[:index], other, *ops[index + 1 :]]),
                )
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _OPPOSITE:
            other = _OPPOSITE[type(op)]()
            yield f"{type(op).__name__} → {type(other).__name__}", setting(op=other)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not x → x", lambda _: operand
        case ast.Break() | ast.Continue():
            other = _OPPOSITE[type(node)]()
            yield f"{type(node).__name__} → {type(other).__name__}", lambda _: other
        case ast.Constant(value=bool() as value):
            yield f"{value} → {not value}", setting(value=not value)
        case ast.Constant(value=int() as value):
            yield f"{value} → {value + 1}", setting(value=value + 1)
        case ast.Constant(value=str() as value):
            yield f"text {value!r}", setting(value=f"XX{value}XX")
        case ast.Return(value=value) if value and not _is_none(value):
            yield "return None", setting(value=none)
        case ast.Assign(value=value) | ast.AnnAssign(value=value) if value and not _is_none(value):
            yield "= None", setting(value=none)
        case ast.Lambda():
            yield "lambda: None", setting(body=none)
        case ast.Call(keywords=keywords):
            for index, keyword in enumerate(keywords):
                if keyword.arg:
                    left = [*keywords[:index], *keywords[index + 1 :]]
                    yield f"without {keyword.arg}=", setting(keywords=left)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Walk(ast.NodeTransformer):
    """Number all changes of a module, and make the one that is `wanted`."""

    def __init__(self, path: Path, wanted: int = -1) -> None:
        self._path = path
        self._wanted = wanted
        self._functions = [0]
        self.found: list[Mutant] = []

    def visit(self, node: ast.AST) -> ast.AST:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or isinstance(node, (ast.ImportFrom, ast.Import)):
            return node
        enters = isinstance(node, (ast.FunctionDef, ast.Lambda))
        if isinstance(node, ast.FunctionDef):
            # A code object begins at its first decorator.
            lines = [item.lineno for item in (node, *node.decorator_list)]
            self._functions.append(min(lines))
        made: ast.AST | None = None
        for what, change in _changes(node):
            if len(self.found) == self._wanted:
                made = change(node)
            line: int = getattr(node, "lineno", 0)
            function = self._functions[-1]
            self.found.append(Mutant(self._path, len(self.found), line, what, function))
        self._walk_fields(node)
        if enters and isinstance(node, ast.FunctionDef):
            self._functions.pop()
        return ast.fix_missing_locations(ast.copy_location(made, node)) if made else node

    def _walk_fields(self, node: ast.AST) -> None:
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "type_params"}:
                continue
            if isinstance(value, list):
                value[:] = [self.visit(v) if isinstance(v, ast.AST) else v for v in value]
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))


def mutants_of(path: Path) -> list[Mutant]:
    """Every change that a module allows."""
    walk = _Walk(path)
    walk.visit(ast.parse(path.read_text(encoding="utf-8")))
    return walk.found


def compiled(mutant: Mutant) -> CodeType:
    """The module with that one change, as code."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    code: CodeType = compile(
        _Walk(mutant.path, mutant.number).visit(tree),  # type: ignore[arg-type]
        str(mutant.path),
        "exec",
    )
    return code


class _Seen:
    """A plugin that writes down how long each test takes, and which functions it enters."""

    def __init__(self) -> None:
        self.tests: dict[str, tuple[float, set[str]]] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        entered: set[CodeType] = set()

        def profile(frame: Any, event: str, _: object) -> None:
            if event == "call":
                entered.add(frame.f_code)

        started = time.process_time()
        sys.setprofile(profile)
        try:
            return (yield)
        finally:
            sys.setprofile(None)
            core = str(CORE)
            functions = {
                f"{code.co_filename}:{code.co_firstlineno}"
                for code in entered
                if code.co_filename.startswith(core)
            }
            self.tests[item.nodeid] = time.process_time() - started, functions

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)


class _Chosen:
    """A plugin that leaves these tests of what was collected, the cheapest files first."""

    def __init__(self, tests: dict[str, float]) -> None:
        self._tests = tests
        self._files: Counter[str] = Counter()
        for name, cost in tests.items():
            self._files[name.split("::")[0]] += cost  # type: ignore[assignment]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        kept = [item for item in items if item.nodeid in self._tests]
        items[:] = sorted(kept, key=lambda item: self._files[item.nodeid.split("::")[0]])


def _quietly(work: Callable[[], int], seconds: float) -> int:
    """`work` in a child; its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        os.setpgrp()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.alarm(int(4 * seconds))
        status = 70
        try:
            status = int(work())
        finally:
            os._exit(status)
    _, code = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(code)


def _pytest(arguments: list[str], plugin: object) -> int:
    return int(pytest.main(["-p", "no:cacheprovider", "-q", *arguments], plugins=[plugin]))


def test_files() -> list[str]:
    files = sorted((REPOSITORY / "tests" / "unit").glob("test_*.py"))
    return [str(file) for file in files if file.stem.removeprefix("test_") not in LEFT_OUT]


def profiled(store: Path) -> dict[str, tuple[float, set[str]]]:
    """Every unit test with its processor time and the functions of the core that it enters."""

    def work() -> int:
        seen = _Seen()
        _pytest(test_files(), seen)
        kept = {
            name: (cost, sorted(found))
            for name, (cost, found) in seen.tests.items()
            # What fails without a mutant, or measures time, would notice every one.
            if name not in seen.failed and not re.search("time|grow|linear|costs", name)
        }
        store.write_text(json.dumps(kept), encoding="utf-8")
        return 0

    if not store.exists() and _quietly(work, 1800):
        raise SystemExit("the tests did not run to their end")
    known = json.loads(store.read_text(encoding="utf-8"))
    return {name: (cost, set(found)) for name, (cost, found) in known.items() if found}


def concerned(mutant: Mutant, tests: dict[str, tuple[float, set[str]]]) -> dict[str, float]:
    """The tests to run, with what each costs."""
    place = f"{mutant.path}:"
    if mutant.function:
        entering = {n: c for n, (c, f) in tests.items() if f"{place}{mutant.function}" in f}
    else:
        entering = {n: c for n, (c, f) in tests.items() if any(p.startswith(place) for p in f)}
    chosen: dict[str, float] = {}
    for name in sorted(entering, key=entering.__getitem__):
        if sum(chosen.values()) + entering[name] > SECONDS and chosen:
            break
        chosen[name] = entering[name]
    return chosen


def is_noticed(mutant: Mutant, tests: dict[str, float]) -> bool:
    """Whether one of the tests fails, hangs or dies."""
    code = compiled(mutant)

    def work() -> int:
        loader = importlib.machinery.SourceFileLoader
        get_code = loader.get_code

        def mutated(self: Any, name: str) -> CodeType | None:
            return code if self.path == str(mutant.path) else get_code(self, name)

        loader.get_code = mutated  # type: ignore[method-assign]
        files = sorted({str(REPOSITORY / name.split("::")[0]) for name in tests})
        return _pytest(["-x", *files], _Chosen(tests))

    return _quietly(work, 3 * sum(tests.values()) + 20) != 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", help="such as dialect/tree.py; all without one")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--profile", type=Path, default=REPOSITORY / ".cache" / "mutants.json")
    options = parser.parse_args()
    os.chdir(REPOSITORY)
    os.environ.update(FEWER)
    for folder in ("hooks", "tools", "tests"):
        sys.path.insert(0, str(REPOSITORY / folder))
    for name in WARM:
        importlib.import_module(name)
    options.profile.parent.mkdir(exist_ok=True)
    tests = profiled(options.profile)
    paths = [CORE / name for name in options.modules] or sorted(CORE.rglob("*.py"))
    everything = [mutant for path in paths for mutant in mutants_of(path)]
    random.Random(options.seed).shuffle(everything)
    noticed: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    texts = [0, 0]
    until = time.monotonic() + 60 * options.minutes
    for mutant in everything[: options.sample]:
        if time.monotonic() > until:
            break
        name = mutant.path.relative_to(CORE).as_posix()
        chosen = concerned(mutant, tests)
        found = bool(chosen) and is_noticed(mutant, chosen)
        tried[name] += 1
        noticed[name] += found
        texts[0] += found and mutant.is_text
        texts[1] += mutant.is_text
        if not found:
            how = "survives" if chosen else "no test enters"
            print(f"{how}: {name}:{mutant.line} #{mutant.number} {mutant.what}", flush=True)
    print(f"seed {options.seed}, {len(everything)} possible, by module:")
    for name in sorted(tried):
        print(f"  {name}: {noticed[name]} of {tried[name]}")
    every, all_tried = noticed.total(), tried.total()
    print(f"noticed {every} of {all_tried} ({every / max(1, all_tried):.0%})")
    print(f"of those that change only words: {texts[0]} of {texts[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
