"""`make bench`: time this project's builds beside other engines', in one run.

Every engine gets the same Markdown in the languages it knows, with the same features where it
has them, on the same machine; the runs are interleaved and the median is shown. Ratios are to
this project, above 1 where the other takes more. Memory is the highest sum over a process and
its children of what each alone adds (PSS).
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bench_corpus import page_path, write_corpus, write_page
from bench_engines import ENGINES, Engine, ours
from bench_patches import PATCHES
from command import Arguments, UserError, guarded

SCENARIOS = ("cold", "nothing changed", "one edit", "new page", "config change")


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and on all processors, and bytes of memory at the highest.

    On a machine that is not idle, processor time is what can be compared.
    """

    seconds: float
    cpu: float
    memory: int


@dataclass(frozen=True)
class Corpus:
    """What is built: `write` puts it below an engine's folder, `edited` is the page to edit."""

    label: str
    write: Callable[[Engine], None]
    edited: Callable[[Engine], Path]
    add: Callable[[Engine], None]


def generated(pages: int) -> Corpus:
    """`pages` pages in each of two languages, the same on every machine."""

    def root(engine: Engine) -> Path:
        return engine.folder / engine.pages

    def edited(engine: Engine) -> Path:
        return root(engine) / page_path(pages // 2, "zh", engine.layout)

    return Corpus(
        f"2 × {pages} 页",
        lambda engine: write_corpus(root(engine), pages, engine.layout),
        edited,
        lambda engine: write_page(root(engine), pages, pages + 1, engine.layout),
    )


def existing(folder: Path) -> Corpus:
    """A folder of Markdown as it is, in one language: a copy for each engine."""
    sources = sorted(path.relative_to(folder) for path in folder.rglob("*.md"))
    if not sources:
        raise UserError(f"{folder} 里没有 .md 文件")
    middle = sources[len(sources) // 2]

    def root(engine: Engine) -> Path:
        return engine.folder / Path(engine.pages, engine.layout["zh"].format("index")).parent

    def write(engine: Engine) -> None:
        shutil.copytree(folder, root(engine), ignore=shutil.ignore_patterns(".git"))
        other = engine.folder / engine.pages / engine.layout["en"].format("index")
        if len(engine.commands) > 1:
            other.parent.mkdir(parents=True, exist_ok=True)
            other.write_text("# Home\n", encoding="utf-8")

    def add(engine: Engine) -> None:
        (root(engine) / middle.parent / "zz-new-page.md").write_text("# 新的一页\n\n一句。\n")

    return Corpus(f"{folder.name}（{len(sources)} 页）", write, lambda e: root(e) / middle, add)


def _children(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from _children(int(child))


def _memory(pid: int) -> int:
    total = 0
    try:
        for process in _children(pid):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    except OSError:
        return 0
    return total


def run(command: list[str], cwd: Path, env: dict[str, str]) -> Measured:
    """Run `command` to its end; raise with its output if it fails."""
    with tempfile.TemporaryFile() as output:
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **env}, stdout=output, stderr=output
        )
        memory, interval = 0, 0.02
        while process.poll() is None:
            memory = max(memory, _memory(process.pid))
            try:
                process.wait(interval)
            except subprocess.TimeoutExpired:
                interval = min(interval * 1.3, 0.3)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        if process.returncode:
            output.seek(0)
            tail = output.read().decode(errors="replace")[-3000:]
            raise RuntimeError(f"{command} failed:\n{tail}")
    return Measured(seconds, cpu, memory)


def build(engine: Engine) -> Measured:
    """All commands of the engine, one after the other."""
    parts = [run(command, engine.folder / cwd, engine.env) for cwd, command in engine.commands]
    return Measured(
        sum(part.seconds for part in parts),
        sum(part.cpu for part in parts),
        max(part.memory for part in parts),
    )


def _edit(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def measure(engine: Engine, corpus: Corpus, scenarios: tuple[str, ...]) -> dict[str, Measured]:
    """Build from nothing, then after each kind of change."""
    for locale in engine.layout:
        pages = engine.folder / Path(engine.pages, engine.layout[locale].format("index")).parent
        for entry in pages.iterdir() if pages.is_dir() else ():
            # Settings of an engine may lie among the pages.
            if not entry.name.startswith(".") and entry.name not in {"site", "mkdocs.yml"}:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for leftover in (*engine.sites, *engine.caches):
        shutil.rmtree(engine.folder / leftover, ignore_errors=True)
    corpus.write(engine)
    result: dict[str, Measured] = {}
    for scenario in scenarios:
        match scenario:
            case "one edit":
                _edit(corpus.edited(engine), "又想到一句。")
            case "new page":
                corpus.add(engine)
            case "config change":
                engine.config()
        done = result[scenario] = build(engine)
        text = f"  {engine.name}, {scenario}: {done.seconds:.2f} s, CPU {done.cpu:.2f} s"
        print(text, file=sys.stderr)
    return result


def _get(url: str, timeout: float = 90) -> str:
    with urllib.request.urlopen(url, timeout=timeout) as answer:  # noqa: S310
        return str(answer.read().decode())


@contextmanager
def _serving(engine: Engine, port: int) -> Iterator[str]:
    address = f"127.0.0.1:{port}"
    log = (engine.folder / "serve.log").open("wb")
    process = subprocess.Popen(
        [*(engine.serve or ()), "-a", address],
        cwd=engine.folder,
        env={**os.environ, **engine.env, "SITE_URL": f"http://{address}/"},
        stdout=log,
        stderr=log,
    )
    url = f"http://{address}/"
    try:
        while True:
            if process.poll() is not None:
                raise RuntimeError((engine.folder / "serve.log").read_text()[-3000:])
            try:
                _get(url)
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        process.wait()
        log.close()


def measure_serve(engine: Engine, corpus: Corpus, saves: int) -> list[float]:
    """Seconds from saving a page to having read it anew, for each of a few saves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    seconds = []
    with _serving(engine, port) as url:
        path = corpus.edited(engine)
        page = url + path.relative_to(engine.folder / engine.pages).with_suffix("").as_posix() + "/"
        time.sleep(3)
        for save in range(saves):
            epoch = _get(page).rpartition("livereload(")[2].partition(",")[0]
            mark = f"saved-{save}-{time.time_ns()}"
            start = time.perf_counter()
            _edit(path, mark)
            while True:
                newer = _get(f"{url}livereload/{epoch}/1")
                if int(newer) > int(epoch):
                    break
            if mark not in _get(page):
                raise RuntimeError(f"{engine.name} reloaded a page without the edit")
            seconds.append(time.perf_counter() - start)
            print(f"  {engine.name}, save to reload: {seconds[-1]:.2f} s", file=sys.stderr)
            time.sleep(1.5)
    return seconds


def machine() -> str:
    """Processor, cores, memory, system and load, in one line."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[0]:.1f}, {date.today()}"
    )


def _size(engine: Engine) -> int:
    files = (path for site in engine.sites for path in (engine.folder / site).rglob("*"))
    return sum(path.stat().st_size for path in files if path.is_file())


def _row(name: str, cells: list[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def table(label: str, engines: list[Engine], results: dict[str, dict[str, list[float]]]) -> str:
    """A Markdown table with one column for each engine: medians, and ratios to the first.

    `results` holds, for each engine, the figures of each measure, one a run.
    """
    names = [f"{engine.name} {engine.version}" for engine in engines]
    lines = ["", _row(label, names), "| --- |" + " ---: |" * len(engines)]
    first = results[engines[0].name]
    for measure_name in first:
        cells = []
        for engine in engines:
            values = results[engine.name].get(measure_name)
            if not values:
                cells.append("—")
                continue
            value = statistics.median(values)
            ratio = value / statistics.median(first[measure_name])
            cells.append(f"{value:.2f}" + ("" if engine is engines[0] else f" ({ratio:.2f}×)"))
        lines.append(_row(measure_name, cells))
    lines += [
        f"\n{engine.name} does without: {engine.lacks}." for engine in engines if engine.lacks
    ]
    return "\n".join(lines)


def compare(
    makers: list[Callable[[], Engine]],
    corpus: Corpus,
    scenarios: tuple[str, ...],
    runs: int,
    saves: int,
) -> str:
    """Measure the engines in turn, `runs` times, and make a table of it."""
    results: dict[str, dict[str, list[float]]] = {}
    for _ in range(runs):
        # Anew, because a change of the configuration stays.
        engines = [make() for make in makers]
        for engine in engines:
            figures = results.setdefault(engine.name, {})
            measured = measure(engine, corpus, scenarios)
            for name, result in measured.items():
                figures.setdefault(f"{name}, s", []).append(result.seconds)
                figures.setdefault(f"{name}, CPU s", []).append(result.cpu)
            memory = max(result.memory for result in measured.values())
            figures.setdefault("memory, MB", []).append(memory / 2**20)
            figures.setdefault("site, MB", []).append(_size(engine) / 2**20)
    for engine in engines:
        if engine.serve and saves:
            results[engine.name]["save to reload, s"] = measure_serve(engine, corpus, saves)
    return table(corpus.label, engines, results)


def main(arguments: list[str]) -> int:
    """Measure each size with each engine and print one table for each size."""
    parser = Arguments(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["100"], help="pages in each language")
    parser.add_argument("--engines", default="ours,stock,zensical", help=", ".join(ENGINES))
    parser.add_argument("--patches", action="store_true", help="this project without each patch")
    parser.add_argument("--corpus", type=Path, help="a folder of Markdown instead of sizes")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "docs-bench")
    parser.add_argument("--runs", type=int, default=3, help="of each engine, in turn")
    parser.add_argument("--saves", type=int, default=3, help="saves in a preview; 0 for none")
    options = parser.parse_args(arguments)
    if wrong := [size for size in options.sizes if not (size.isascii() and size.isdigit())]:
        raise UserError(f'BENCH={" ".join(wrong)} 不是页数：请写数，例如 BENCH="100 500"')
    keys = options.engines.split(",")
    if unknown := [key for key in keys if key not in ENGINES]:
        raise UserError(f"没有 {'、'.join(unknown)} 这个引擎：可以写 {'、'.join(ENGINES)}")
    work = options.work.resolve()
    scenarios = SCENARIOS
    makers: list[Callable[[], Engine]] = [partial(ENGINES[key], work / key) for key in keys]
    if options.patches:
        scenarios = ("cold", "one edit")
        makers = [partial(ours, work / "ours")]
        makers += [partial(ours, work / f"without-{name}", name) for name in PATCHES]
    corpora = (
        [existing(options.corpus.resolve())]
        if options.corpus
        else [generated(int(size)) for size in options.sizes]
    )
    print(machine())
    for corpus in corpora:
        saves = 0 if options.patches else options.saves
        print(compare(makers, corpus, scenarios, options.runs, saves))
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
