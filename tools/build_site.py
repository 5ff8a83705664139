"""`make site`: build the site, unless it is already what a build would make it.

MkDocs needs most of a second to find out that there is nothing to do. This looks first,
without loading it: every file that a build can read, by size, times and inode, the commit,
the environment, the installed packages and today's date; and every file of the site. What the
last build said to authors is said again.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from command import CONFIG, UserError, guarded, one_of, prepare
from docskit.messages import fingerprint
from docskit.terminal import shown_path
from mkdocs_bridge.folders import stamp, why_not

REPOSITORY = Path(__file__).resolve().parent.parent
_SETTLED_SECONDS = 0.2
"""A file changed more recently than this may change again within its time stamp's grain."""
# In the repository's own root only: a docs folder may be called anything.
_SKIPPED = {".git", ".cache", ".venv", "node_modules", "build", "offline", "tests"}


def _is_folder(entry: os.DirEntry[str], above: tuple[str, ...]) -> bool:
    """Whether to look into an entry: not where a link leads back to where we are."""
    if not entry.is_symlink():
        return entry.is_dir()
    return Path(entry.path).is_dir() and os.path.realpath(entry.path) not in above


def _files(
    folder: str, left_out: set[str], above: tuple[str, ...] = ()
) -> Iterator[os.DirEntry[str]]:
    above = (*above, os.path.realpath(folder))
    with suppress(FileNotFoundError, PermissionError, NotADirectoryError):
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if entry.path in left_out or entry.name == "__pycache__":
                continue
            if _is_folder(entry, above):
                yield from _files(entry.path, left_out, above)
            else:
                yield entry


def _stamps(folder: Path, left_out: set[str]) -> list[tuple[str, str | None]]:
    return [(entry.path, stamp(entry.path)) for entry in _files(str(folder), left_out)]


def _commit(folder: Path) -> str:
    command = ["git", "-C", str(folder), "rev-parse", "--is-shallow-repository", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _packages() -> list[str]:
    folders = [folder for folder in sys.path if folder.endswith("-packages")]
    return sorted(path.name for folder in folders for path in Path(folder).glob("*.dist-info"))


def inputs(docs: Path, site: Path, arguments: list[str]) -> tuple[bytes, float]:
    """The fingerprint of all that a build depends on, and when the newest file changed."""
    tools = {entry.path for entry in os.scandir(REPOSITORY) if entry.name.endswith("_cache")}
    left_out = {str(REPOSITORY / name) for name in _SKIPPED} | tools | {str(site)}
    # The pages apart: their folder may be one of those that are left out, or be below one.
    stamps = _stamps(REPOSITORY, left_out | {str(docs)})
    stamps += _stamps(docs, {str(docs / ".git"), str(site)})
    changed = max((int(value.split()[2]) for _, value in stamps if value), default=0) / 1e9
    environment = sorted(item for item in os.environ.items() if item[0] not in {"_", "SHLVL"})
    today = datetime.now(UTC).date()
    things = [stamps, _commit(docs), environment, sys.version, _packages(), today, arguments]
    return fingerprint(things), changed


def outputs(site: Path) -> bytes:
    """The fingerprint of the output folder, as it is."""
    return fingerprint(_stamps(site, set()))


def unsettled_seconds(changed: float, now: float) -> float:
    """How long to wait until a further change of a file would show; never long, whatever `now`.

    A file may seem to come from the future: the clock may have been set back.
    """
    return min(_SETTLED_SECONDS, max(0.0, changed + _SETTLED_SECONDS - now))


class _Messages(logging.Handler):
    """Keeps warnings and messages to authors, which the next run has to say as well."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING or record.name.endswith(".pages"):
            self.lines.append(f"{record.levelname:<8}-  {record.getMessage()}")


def main(arguments: list[str]) -> int:
    """Build with MkDocs' own `build` command, which takes the same arguments."""
    started = time.time()
    docs = prepare(writes_site=True)
    site = Path(os.environ["SITE_DIR"])
    outside = os.environ.get("OUTSIDE") or ""
    if outside:
        one_of("OUTSIDE", outside, ("fetch",))
    reason = why_not(site, docs, REPOSITORY)
    if reason:
        raise UserError(reason)
    cache = Path(os.environ.get("BUILD_CACHE") or REPOSITORY / ".cache")
    record = cache / f"site-{fingerprint([str(docs), str(site)]).hex()[:12]}.json"
    before, changed = inputs(docs, site, arguments)
    with suppress(OSError, ValueError, LookupError, TypeError):
        last = json.loads(record.read_text(encoding="utf-8"))
        if last["inputs"] == before.hex() and last["outputs"] == outputs(site).hex():
            for line in last["said"]:
                print(line, file=sys.stderr)
            print(f"没有变化，{shown_path(site)} 已是最新。")
            return 0
    with suppress(OSError):
        record.unlink(missing_ok=True)

    if outside:
        # In a process of its own, which converts the pages to see what they show.
        fetch = [sys.executable, str(REPOSITORY / "tools" / "fetch_outside.py")]
        status = subprocess.run(fetch, check=False).returncode
        if status:
            return status

    from mkdocs.__main__ import cli

    from mkdocs_bridge.cache import mkdocs_log

    if changed > started - _SETTLED_SECONDS:
        # Wait until a further change would show, and look again.
        time.sleep(unsettled_seconds(changed, time.time()))
        before, changed = inputs(docs, site, arguments)
    messages = _Messages()
    mkdocs_log().addHandler(messages)
    status = 1
    try:
        command = ["build", "-f", CONFIG, *arguments]
        cli.main(command, standalone_mode=False)
        status = 0
    except SystemExit as stopped:
        status = stopped.code if isinstance(stopped.code, int) else 1
    if status == 0 and changed < started:
        values = {
            "inputs": before.hex(),
            "outputs": outputs(site).hex(),
            "said": messages.lines,
        }
        aside = record.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(values), encoding="utf-8")
            aside.replace(record)
    return status


if __name__ == "__main__":
    import click

    try:
        status = guarded(main)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    # All is written and closed; to take a large site's pages apart would take half a second.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
