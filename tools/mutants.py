"""Break the core in small ways, one at a time, and count the breakages that unit tests notice.

    python tools/mutants.py --sample 300 --seed 7 [MODULE…]

A mutant is a module of hooks/docskit with one comparison, operator, constant, text, argument or
result changed, as mutmut does it. All tests are collected once; each mutant is a child of that
process, which changes the code of the functions that are loaded and runs the tests that concern it:
a fraction of a second instead of a session of pytest. They are those that a run under a profiler,
kept in --profile, has seen entering the function that was changed (any function of the module for
what stands outside of functions). Tests that start other programs see no mutant and are left out,
so tests/site does not count. Prints each survivor with its place.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
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
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

REPOSITORY = Path(__file__).resolve().parent.parent
CORE = REPOSITORY / "hooks" / "docskit"
# Tests that start other programs, which see no mutant, or a server; and what only they know.
OTHERS = re.compile("import subprocess|command_runner|translation_server|picture_host")
LEFT_OUT = ("drafting/", "outside/", "translation/review.py")
FEWER = {"FUZZ": "15", "COMPOSED": "150"}
# Of the tests that concern a mutant, the cheapest, as many as take this long.
SECONDS = 4.0

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
    """First line of the outermost function that holds it, 0 outside of functions."""
    in_class: bool
    """Whether it stands in a class and in no function."""

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
        self._classes = 0
        self.found: list[Mutant] = []

    def visit(self, node: ast.AST) -> ast.AST:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or isinstance(node, (ast.ImportFrom, ast.Import)):
            return node
        is_class = isinstance(node, ast.ClassDef)
        self._classes += is_class
        enters = isinstance(node, ast.FunctionDef) and len(self._functions) == 1
        if enters and isinstance(node, ast.FunctionDef):
            # A code object begins at its first decorator.
            lines = [item.lineno for item in (node, *node.decorator_list)]
            self._functions.append(min(lines))
        made: ast.AST | None = None
        for what, change in _changes(node):
            if len(self.found) == self._wanted:
                made = change(node)
            line: int = getattr(node, "lineno", 0)
            function = self._functions[-1]
            in_class = bool(self._classes and not function)
            self.found.append(Mutant(self._path, len(self.found), line, what, function, in_class))
        self._walk_fields(node)
        self._classes -= is_class
        if enters:
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


class _Known:
    """What a test costs in processor time, and which functions of the core it enters, by test."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self.tests: dict[str, tuple[float, list[str]]] = {}
        if store.exists():
            self.tests = json.loads(store.read_text(encoding="utf-8"))

    def learn(self, items: list[pytest.Item]) -> None:
        """Run those that are not known yet."""
        unknown = [item for item in items if item.nodeid not in self.tests]
        if not unknown:
            return

        def work() -> int:
            self.tests |= {item.nodeid: _profiled(item) for item in unknown}
            self._store.write_text(json.dumps(self.tests), encoding="utf-8")
            return 0

        if _quietly(work, 1800):
            raise SystemExit("the tests did not run to their end")
        self.__init__(self._store)  # type: ignore[misc]

    def concerned(self, mutant: Mutant) -> dict[str, float]:
        """The tests to run, with what each costs, the cheapest first."""
        place = f"{mutant.path}:"
        exact = f"{place}{mutant.function}"
        entering = {
            name: cost
            for name, (cost, functions) in self.tests.items()
            if (
                exact in functions
                if mutant.function
                else any(f.startswith(place) for f in functions)
            )
        }
        chosen: dict[str, float] = {}
        for name in sorted(entering, key=entering.__getitem__):
            if chosen and sum(chosen.values()) + entering[name] > SECONDS:
                break
            chosen[name] = entering[name]
        return chosen


def _passes(item: pytest.Item) -> bool:
    return all(report.passed for report in runtestprotocol(item, log=False, nextitem=None))


def _profiled(item: pytest.Item) -> tuple[float, list[str]]:
    entered: set[CodeType] = set()

    def profile(frame: Any, event: str, _: object) -> None:
        if event == "call":
            entered.add(frame.f_code)

    started = time.process_time()
    sys.setprofile(profile)
    try:
        passes = _passes(item)
    finally:
        sys.setprofile(None)
    core = str(CORE)
    places = {
        f"{code.co_filename}:{code.co_firstlineno}"
        for code in entered
        if code.co_filename.startswith(core)
    }
    # What fails as it is would notice every mutant.
    return time.process_time() - started, sorted(places) if passes else []


def _quietly(work: Callable[[], int], seconds: float) -> int:
    """`work` in a child; its exit status, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        signal.alarm(int(40 * seconds))
        status = 70
        try:
            status = int(work())
        finally:
            os._exit(status)
    _, code = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(code)


class _Loaded:
    """The core as it is loaded: every function and every cache that there is."""

    def __init__(self) -> None:
        self._functions: dict[str, list[FunctionType]] = {}
        self._caches: list[Any] = []
        for thing in gc.get_objects():
            if isinstance(thing, FunctionType):
                self._functions.setdefault(thing.__code__.co_filename, []).append(thing)
            elif type(thing).__name__ == "_lru_cache_wrapper":
                self._caches.append(thing)

    def change(self, mutant: Mutant) -> bool:
        """Make it the mutant; False where that cannot be done, an exception where it cannot be."""
        path = str(mutant.path)
        (name,) = (n for n, m in sys.modules.items() if getattr(m, "__file__", None) == path)
        module = sys.modules[name]
        code = compiled(mutant)
        if mutant.in_class:
            return False
        fresh = ModuleType(name)
        fresh.__dict__.update(__file__=path, __package__=module.__package__)
        sys.modules[name] = fresh
        exec(code, fresh.__dict__)  # noqa: S102
        sys.modules[name] = module
        changed = self._change_values(module, fresh) if not mutant.function else False
        changed |= self._change_code(path, code, fresh)
        for cache in self._caches:
            cache.cache_clear()
        return changed

    def _change_values(self, module: ModuleType, fresh: ModuleType) -> bool:
        changed = False
        for name, new in vars(fresh).items():
            old = vars(module).get(name)
            if name.startswith("__") or isinstance(old, (FunctionType, type, ModuleType)):
                continue
            if repr(old) == repr(new) or getattr(new, "__module__", "") == module.__name__:
                continue
            changed = True
            for other in list(sys.modules.values()):
                if getattr(other, name, None) is old and hasattr(other, "__dict__"):
                    vars(other)[name] = new
        return changed

    def _change_code(self, path: str, code: CodeType, fresh: ModuleType) -> bool:
        codes = {(one.co_qualname, one.co_firstlineno): one for one in _all_codes(code)}
        defaults = {
            thing.__qualname__: thing
            for owner in (fresh, *(t for t in vars(fresh).values() if isinstance(t, type)))
            for thing in vars(owner).values()
            if isinstance(thing, FunctionType)
        }
        changed = False
        for function in self._functions.get(path, ()):
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno))
            if new is not None and new != old:
                function.__code__ = new
                changed = True
            other = defaults.get(function.__qualname__)
            if other and repr(other.__defaults__) != repr(function.__defaults__):
                function.__defaults__ = other.__defaults__
                changed = True
            if other and repr(other.__kwdefaults__) != repr(function.__kwdefaults__):
                function.__kwdefaults__ = other.__kwdefaults__
                changed = True
        return changed


def _all_codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _all_codes(constant)


UNCHANGED = 3


def outcome(mutant: Mutant, loaded: _Loaded, items: list[pytest.Item], cost: float) -> str:
    """`noticed` where a test fails, hangs or dies; `survives`; `unchanged` if it cannot be made."""

    def work() -> int:
        if not loaded.change(mutant):
            return UNCHANGED
        return 0 if all(_passes(item) for item in items) else 1

    status = _quietly(work, 3 * cost + 10)
    return {0: "survives", UNCHANGED: "unchanged"}.get(status, "noticed")


class _Run:
    """A plugin: in place of running what was collected, break the core again and again."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        options = self._options
        # What measures time fails on a busy machine, and would notice every mutant.
        items = [
            item for item in session.items if not re.search("time|grow|linear|costs", item.name)
        ]
        known = _Known(options.profile)
        known.learn(items)
        by_name = {item.nodeid: item for item in items}
        names = sorted(path.relative_to(CORE).as_posix() for path in CORE.rglob("*.py"))
        known_by_others = [name for name in names if name.startswith(LEFT_OUT)]
        paths = [CORE / name for name in options.modules or {*names} - {*known_by_others}]
        everything = [mutant for path in sorted(paths) for mutant in mutants_of(path)]
        random.Random(options.seed).shuffle(everything)  # noqa: S311
        loaded = _Loaded()
        count = Counter[tuple[str, str]]()
        texts: Counter[str] = Counter()
        until = time.monotonic() + 60 * options.minutes
        for mutant in everything[: options.sample]:
            if time.monotonic() > until:
                break
            name = mutant.path.relative_to(CORE).as_posix()
            chosen = {n: c for n, c in known.concerned(mutant).items() if n in by_name}
            found = "no test enters"
            if chosen:
                ordered = [by_name[one] for one in chosen]
                found = outcome(mutant, loaded, ordered, sum(chosen.values()))
            count[name, found] += 1
            texts[found] += mutant.is_text
            if found not in ("noticed", "unchanged"):
                say(f"{found}: {name}:{mutant.line} #{mutant.number} {mutant.what}")
        say(f"seed {options.seed}, {len(everything)} possible; noticed, by module:")
        for name in sorted({name for name, _ in count}):
            say(f"  {name}: {count[name, 'noticed']} of {tried(count, name)}")
        noticed = sum(number for (_, found), number in count.items() if found == "noticed")
        every = sum(tried(count, name) for name in {name for name, _ in count})
        say(f"noticed {noticed} of {every} ({noticed / max(1, every):.1%})")
        say(f"of those that change only words: {texts['noticed']} of {texts.total()}")
        return True


def tried(count: Counter[tuple[str, str]], module: str) -> int:
    return sum(n for (name, found), n in count.items() if name == module and found != "unchanged")


def say(line: str) -> None:
    os.write(_OUT, f"{line}\n".encode())


_OUT = os.dup(1)


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
    options.profile.parent.mkdir(exist_ok=True)
    files = sorted((REPOSITORY / "tests" / "unit").glob("test_*.py"))
    alone = [str(file) for file in files if not OTHERS.search(file.read_text(encoding="utf-8"))]
    arguments = ["-q", "-p", "no:cacheprovider", "--capture=no", *alone]
    return int(pytest.main(arguments, plugins=[_Run(options)]))


if __name__ == "__main__":
    sys.exit(main())
