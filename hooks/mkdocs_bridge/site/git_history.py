"""The history of the docs folder, read from git once and then only what is new."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import digest
from docskit.pages import (
    LOG_ARGUMENTS,
    PATCH_ARGUMENTS,
    PageHistory,
    co_authors,
    read_log,
    renamed_headings,
)
from mkdocs_bridge.cache import cache_folder, mkdocs_log

log = mkdocs_log("pages")

# What a kept history has to have been made by.
_FORMAT = 4


def _git(folder: Path, *arguments: str, stdin: str | None = None) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments],  # noqa: S607
            input=stdin,
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="replace",
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout


def is_shallow(folder: Path) -> bool:
    """Whether the folder is in a clone that has only the newest commits."""
    return (_git(folder, "rev-parse", "--is-shallow-repository") or "").strip() == "true"


def page_history(docs_dir: Path, kept: Path | None = None) -> PageHistory:
    """The history of `docs_dir`; `kept` is a file that spares reading it all again.

    Empty outside a git work tree, and in a shallow clone, whose oldest commit would claim
    every file. Files that were never committed are absent.
    """
    asked = _git(docs_dir, "rev-parse", "--is-shallow-repository", "--show-toplevel", "HEAD") or ""
    shallow, top, head = (*asked.strip().split("\n"), "", "", "")[:3]
    if shallow != "false":
        return PageHistory()
    names = ""
    with suppress(OSError):
        names = digest((Path(top) / ".mailmap").read_bytes()).hex()
    # Who is called what decides about every commit.
    history = _kept_history(kept, names)
    if history.head and history.head != head:
        behind = _git(docs_dir, "merge-base", "--is-ancestor", history.head, head)
        if behind is None:  # another branch, or history was rewritten
            history = PageHistory()
    if history.head != head:
        since = f"{history.head}..{head}" if history.head else head
        patch = _git(docs_dir, *PATCH_ARGUMENTS, since, "--", "*.md") or ""
        titles = renamed_headings(patch.split("\n"))
        lines = _git(docs_dir, *LOG_ARGUMENTS, since, "--", ".") or ""
        history.add(read_log(lines, _called(docs_dir, lines) if names else {}), titles)
        history.head = head
        _keep_history(history, kept, names)
    return history


def _called(folder: Path, lines: str) -> dict[str, str]:
    """What `.mailmap` makes of each co-author in a log."""
    people = sorted(co_authors(lines))
    mapped = _git(folder, "check-mailmap", "--stdin", stdin="".join(f"{who}\n" for who in people))
    answers = (mapped or "").splitlines()
    return dict(zip(people, answers, strict=True)) if len(answers) == len(people) else {}


def _kept_history(path: Path | None, names: str) -> PageHistory:
    with suppress(OSError, ValueError, TypeError, AttributeError, LookupError):
        if path is not None:
            values = json.loads(path.read_text(encoding="utf-8"))
            tables = [values["dates"], values["became"]]
            texts = [text for table in tables for pair in table.items() for text in pair]
            for date in values["dates"].values():
                datetime.fromisoformat(date)
            people = {
                str(path): {str(name): int(count) for name, count in counts.items()}
                for path, counts in values["people"].items()
            }
            made_by = (values["format"], values["names"])
            if made_by == (_FORMAT, names) and all(isinstance(text, str) for text in texts):
                titles = {
                    str(path): [(str(old), str(new)) for old, new in renamed]
                    for path, renamed in values["titles"].items()
                }
                return PageHistory(str(values["head"]), tables[0], tables[1], people, titles)
    return PageHistory()


def _keep_history(history: PageHistory, path: Path | None, names: str) -> None:
    if path is None:
        return
    values = {
        "format": _FORMAT,
        # The digest of `.mailmap`.
        "names": names,
        "head": history.head,
        "dates": history.dates,
        "became": history.became,
        "people": history.people,
        "titles": history.titles,
    }
    # A cache that cannot be written costs time, nothing else.
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_text(json.dumps(values), encoding="utf-8")
        aside.replace(path)


def history_of_build(config: MkDocsConfig) -> PageHistory:
    """`page_history` of the docs folder, asked once for all languages of a build."""
    # One configuration object lives exactly as long as one build of all languages.
    history: PageHistory | None = config.__dict__.get("_page_history")
    if history is None:
        docs = Path(config.docs_dir).resolve()
        name = f"history-{digest(os.fsencode(docs)).hex()[:12]}.json"
        history = page_history(docs, cache_folder(config) / name)
        if not history.head and is_shallow(docs):
            log.info(
                "这是浅克隆，看不到历史：页面没有更新日期，改过名的页面也没有从旧地址来的跳转，改过的标题也没有旧锚点。"
                "要有它们，请先运行 git fetch --unshallow"
            )
        config.__dict__["_page_history"] = history
    return history


def former_anchors_of_build(config: MkDocsConfig) -> dict[str, dict[str, str]]:
    """Source URI → former anchor → the anchor that its heading has now."""
    found: dict[str, dict[str, str]] | None = config.__dict__.get("_former_anchors")
    if found is None:
        found = config.__dict__["_former_anchors"] = history_of_build(config).former_anchors()
    return found


def dates_of_build(config: MkDocsConfig) -> dict[str, datetime]:
    """Source URI → author date of the newest commit that touched it, with its time zone."""
    dates: dict[str, datetime] | None = config.__dict__.get("_last_changes")
    if dates is None:
        dates = config.__dict__["_last_changes"] = history_of_build(config).last_changes()
    return dates
