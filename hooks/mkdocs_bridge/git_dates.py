"""When each source file was last changed, from one run of git over the whole folder."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments],  # noqa: S607
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def last_changes(docs_dir: Path) -> dict[str, datetime]:
    """Source URI → author date of the newest commit that touched it, with its time zone.

    Empty outside a git work tree, and in a shallow clone, whose oldest commit would claim
    every file. Files that were never committed are absent.
    """
    if (_git(docs_dir, "rev-parse", "--is-shallow-repository") or "").strip() != "false":
        return {}
    log = _git(docs_dir, "log", "--relative", "--name-only", "--format=%x00%aI", "--", ".")
    dates: dict[str, datetime] = {}
    for entry in (log or "").split("\0")[1:]:
        stamp, *names = entry.split("\n")
        date = datetime.fromisoformat(stamp)
        for name in filter(None, names):
            dates.setdefault(name, date)
    return dates


def dates_of_build(config: MkDocsConfig) -> dict[str, datetime]:
    """`last_changes` of the docs folder, asked once for all languages of a build."""
    # One configuration object lives exactly as long as one build of all languages.
    dates: dict[str, datetime] | None = config.__dict__.get("_last_changes")
    if dates is None:
        dates = config.__dict__["_last_changes"] = last_changes(Path(config.docs_dir))
    return dates
