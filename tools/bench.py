"""`make bench`: time this project's builds beside stock MkDocs and Zensical, in one run.

Every engine gets the same generated Markdown, on the same machine, one after the other.
Memory is the highest sum over a process and its children of what each alone adds (PSS).
"""

from __future__ import annotations

import os
import platform
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

from bench_corpus import page_path, write_corpus, write_page
from command import Arguments, UserError, guarded

REPOSITORY = Path(__file__).resolve().parent.parent
SCENARIOS = ("cold", "nothing changed", "one edit", "new page", "config change")


@dataclass
class Engine:
    """One way to turn `docs` into `site`; `config` changes one setting between two builds."""

    name: str
    folder: Path
    command: list[str]
    config: Callable[[], None]
    env: dict[str, str] = field(default_factory=dict)
    serve: list[str] | None = None

    @property
    def docs(self) -> Path:
        return self.folder / "docs"

    @property
    def site(self) -> Path:
        return self.folder / "site"


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and on all processors, and bytes of memory at the highest.

    On a machine that is not idle, processor time is what can be compared.
    """

    seconds: float
    cpu: float
    memory: int


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


def _edit(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def measure(engine: Engine, pages: int) -> dict[str, Measured]:
    """Build from nothing, then after each kind of change."""
    shutil.rmtree(engine.folder / "docs", ignore_errors=True)
    for leftover in ("site", ".cache", "cache"):
        shutil.rmtree(engine.folder / leftover, ignore_errors=True)
    write_corpus(engine.docs, pages)
    result: dict[str, Measured] = {}
    for scenario in SCENARIOS:
        match scenario:
            case "one edit":
                _edit(engine.docs / page_path(pages // 2, "zh"), "又想到一句。")
            case "new page":
                write_page(engine.docs, pages, pages + 1)
            case "config change":
                engine.config()
        result[scenario] = run(engine.command, engine.folder, engine.env)
        done = result[scenario]
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


def measure_serve(engine: Engine, pages: int, saves: int) -> list[float]:
    """Seconds from saving a page to having read it anew, for each of a few saves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    seconds = []
    with _serving(engine, port) as url:
        path = engine.docs / page_path(pages // 2, "zh")
        page = url + page_path(pages // 2, "zh").removesuffix(".md") + "/"
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


def ours(folder: Path) -> Engine:
    """The project as `make site` runs it."""
    folder.mkdir(parents=True, exist_ok=True)
    env = {
        "PYTHONPATH": f"{REPOSITORY / 'hooks'}{os.pathsep}{REPOSITORY / 'tools'}",
        "NO_MKDOCS_2_WARNING": "1",
        "DOCS_DIR": str(folder / "docs"),
        "SITE_DIR": str(folder / "site"),
        "BUILD_CACHE": str(folder / "cache"),
    }
    config = str(REPOSITORY / "mkdocs.yml")
    engine = Engine(
        "this project",
        folder,
        [sys.executable, str(REPOSITORY / "tools" / "build_site.py"), "--strict"],
        lambda: engine.env.update(SITE_NAME="另一个名字"),
        env,
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-f", config],
    )
    return engine


_THEME = """\
site_name: Bench
site_url: http://127.0.0.1:8000/
theme:
  name: material
  language: zh
  font: false
"""
_EXTENSIONS = """\
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true}
  - pymdownx.highlight: {anchor_linenums: true}
  - pymdownx.inlinehilite
  - pymdownx.superfences
"""
_PLUGINS = """\
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - {locale: zh, name: 中文, default: true}
        - {locale: en, name: English}
"""


def _write_config(folder: Path, text: str) -> Callable[[], None]:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    yaml.safe_load(text)

    def change() -> None:
        path.write_text(text.replace("site_name: Bench", "site_name: Other"), encoding="utf-8")

    return change


def stock(folder: Path) -> Engine:
    """MkDocs, Material and static-i18n as they come, same versions."""
    change = _write_config(folder, _THEME + _EXTENSIONS + _PLUGINS)
    return Engine(
        "stock MkDocs",
        folder,
        [sys.executable, "-m", "mkdocs", "build"],
        change,
        {"NO_MKDOCS_2_WARNING": "1"},
        [sys.executable, "-m", "mkdocs", "serve", "--livereload"],
    )


def zensical(folder: Path) -> Engine:
    """Zensical's newest release, in an environment of its own."""
    change = _write_config(folder, _THEME + _EXTENSIONS)
    environment = folder.parent / "zensical-venv"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, "zensical"], check=True)
    return Engine("Zensical", folder, [str(python), "-m", "zensical", "build"], change)


def _version(python: str, package: str) -> str:
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def machine() -> str:
    """Processor, cores, memory, system and versions, in one line."""
    model = platform.processor() or platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, "
        f"MkDocs {_version(sys.executable, 'mkdocs')}, load {load:.1f}, {date.today()}"
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def table(pages: int, rows: dict[str, dict[str, str]], ratios: dict[str, dict[str, float]]) -> str:
    """A Markdown table with one column for each engine; ratios are to this project."""
    names = list(rows)
    lines = [
        f"\n2 × {pages} 页 | " + " | ".join(names),
        "--- |" + " ---: |" * len(names),
    ]
    for measure_name in next(iter(rows.values())):
        cells = []
        for name in names:
            cell = rows[name].get(measure_name, "—")
            ratio = ratios[name].get(measure_name)
            cells.append(f"{cell} ({ratio:.1f}×)" if ratio and name != names[0] else cell)
        lines.append(f"{measure_name} | " + " | ".join(cells))
    return "\n".join(lines)


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "ours": ours,
    "stock": stock,
    "zensical": zensical,
}


def main(arguments: list[str]) -> int:
    """Measure each size with each engine and print one table for each size."""
    parser = Arguments(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=["100"], help="pages in each language")
    parser.add_argument("--engines", default="ours,stock,zensical")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "docs-bench")
    parser.add_argument("--saves", type=int, default=3, help="saves in a preview; 0 for none")
    options = parser.parse_args(arguments)
    if wrong := [size for size in options.sizes if not (size.isascii() and size.isdigit())]:
        raise UserError(f'BENCH={" ".join(wrong)} 不是页数：请写数，例如 BENCH="100 500"')
    print(machine())
    for pages in map(int, options.sizes):
        rows: dict[str, dict[str, str]] = {}
        numbers: dict[str, dict[str, float]] = {}
        for key in options.engines.split(","):
            engine = ENGINES[key]((options.work / key).resolve())
            measured = measure(engine, pages)
            values = {name: result.seconds for name, result in measured.items()}
            shown = {
                name: f"{result.seconds:.2f} s, CPU {result.cpu:.1f} s"
                for name, result in measured.items()
            }
            if engine.serve and options.saves:
                saves = sorted(measure_serve(engine, pages, options.saves))
                values["save to reload"] = saves[len(saves) // 2]
                shown["save to reload"] = f"{saves[len(saves) // 2]:.2f} s"
            values["peak memory"] = max(result.memory for result in measured.values())
            shown["peak memory"] = f"{values['peak memory'] / 2**20:.0f} MB"
            values["site"] = _size(engine.site)
            shown["site"] = f"{values['site'] / 2**20:.0f} MB"
            rows[engine.name], numbers[engine.name] = shown, values
        first = next(iter(numbers.values()))
        ratios = {
            name: {key: value / first[key] for key, value in values.items() if key in first}
            for name, values in numbers.items()
        }
        print(table(pages, rows, ratios))
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
