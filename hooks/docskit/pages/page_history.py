"""What git knows of a folder's files: when each was changed, and what became of each name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from docskit.pages.heading_history import RenamedHeading, former_anchors

_EMPTY: Mapping[str, str] = {}
_ADDRESS = re.compile(r"\s*<[^>]*>\s*$")
_NUMBERS = re.compile(r"^[\d._-]+(?=\w)")
# The oldest first, with what each commit did; git itself finds the renames. NUL stands between
# fields, so that no name can be mistaken for anything else.
LOG_ARGUMENTS = (
    "log",
    "--reverse",
    "--relative",
    "--name-status",
    "-z",
    "-M",
    "-l5000",
    "--format=%x01%H%x02%aI%x02%aN%x02%(trailers:key=Co-authored-by,valueonly,separator=%x02)",
)


class Commit(NamedTuple):
    """A commit's author date as git writes it, and (status, path, former path) of each file.

    `people` are its author, by the name that `.mailmap` gives, and its co-authors; `name` is
    its hash.
    """

    date: str
    changes: list[tuple[str, str, str]]
    people: tuple[str, ...] = ()
    name: str = ""


@dataclass(slots=True)
class PageHistory:
    """Paths are relative to the folder.

    `dates` has the date of the newest commit that touched a path, as ISO text; `became` leads
    from every name that a file once had to the name that it has now, or had last; `people` has
    who wrote the commits of a path, and of its former names, and how many each; `titles` has
    the former and the later anchor of each heading of a path, and of its former names, that
    was given other words, the oldest first.
    """

    head: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    became: dict[str, str] = field(default_factory=dict)
    people: dict[str, dict[str, int]] = field(default_factory=dict)
    titles: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def add(self, commits: Iterable[Commit], titles: Iterable[RenamedHeading] = ()) -> None:
        """Go on with newer commits, the oldest of them first, and the headings they renamed."""
        by_commit: dict[str, list[RenamedHeading]] = {}
        for title in titles:
            by_commit.setdefault(title.commit, []).append(title)
        former: dict[str, set[str]] = {}
        for old, new in self.became.items():
            former.setdefault(new, set()).add(old)
        for commit in commits:
            # Of one commit all happens at once: `b` may go to `c` while `a` becomes `b`.
            moved = {path: former.pop(old, set()) | {old} for old, path in _renames(commit.changes)}
            carried = {path: self.people.get(old, {}) for old, path in _renames(commit.changes)}
            titled = {path: self.titles.pop(old, []) for old, path in _renames(commit.changes)}
            for status, path, _ in commit.changes:
                if status == "A":
                    self.titles.pop(path, None)
                self.dates[path] = commit.date
                counts = dict(carried.get(path) or self.people.get(path, {}))
                for name in commit.people:
                    counts[name] = counts.get(name, 0) + 1
                self.people[path] = counts
                # A file of its own stands there now; who was there before has gone elsewhere.
                target = self.became.pop(path, None)
                if target is not None:
                    former.get(target, set()).discard(path)
            self.titles.update((path, pairs) for path, pairs in titled.items() if pairs)
            for title in by_commit.get(commit.name, ()):
                self.titles.setdefault(title.path, []).append((title.old, title.new))
            taken = {path for status, path, _ in commit.changes if status != "D"}
            for path, names in moved.items():
                for name in names - taken:
                    self.became[name] = path
                    former.setdefault(path, set()).add(name)

    def moves(self, existing: Collection[str]) -> dict[str, str]:
        """Former path → the path in `existing` that its file has now."""
        return {
            old: new for old, new in self.became.items() if new in existing and old not in existing
        }

    def former_anchors(self) -> dict[str, dict[str, str]]:
        """Path → the anchors that its headings had before, and those that they have now."""
        return {path: former_anchors(renamed) for path, renamed in self.titles.items()}

    def last_changes(self) -> dict[str, datetime]:
        """Path → author date of the newest commit that touched it, with its time zone."""
        return {path: datetime.fromisoformat(date) for path, date in self.dates.items()}


def _renames(changes: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """(former path, path) of each rename that git has seen, and of pages moved and rewritten.

    A page that went and a page that came in one commit are one if they alone have the name,
    not counting the numbers before it: `observability/elk.md` and `18_logs/18.2_elk.md`.
    """
    gone: dict[str, list[str]] = {}
    come: dict[str, list[str]] = {}
    for status, path, old in changes:
        if status == "R":
            yield old, path
        elif status in "AD" and path.endswith(".md"):
            (come if status == "A" else gone).setdefault(_name(path), []).append(path)
    for name, paths in gone.items():
        if name and len(paths) == len(come.get(name, ())) == 1:
            yield paths[0], come[name][0]


def _name(path: str) -> str:
    """What a page is called, by its file or, where that is an index, by its folder."""
    parts = PurePosixPath(path.lower()).with_suffix("").parts
    if parts[-1] in {"readme", "index"}:
        parts = parts[:-1]
    return _NUMBERS.sub("", parts[-1]) if parts else ""


def co_authors(text: str) -> set[str]:
    """`Name <address>` of everybody but the authors in what `git` prints for `LOG_ARGUMENTS`."""
    heads = (entry.partition("\0")[0] for entry in text.split("\x01")[1:])
    return {
        name.strip() for head in heads for name in head.split("\x02")[3:] if _ADDRESS.search(name)
    }


def read_log(text: str, called: Mapping[str, str] = _EMPTY) -> Iterator[Commit]:
    """The commits in what `git` prints for `LOG_ARGUMENTS`.

    `called` has the `Name <address>` that a co-author is to have instead: git gives authors
    alone the names of `.mailmap`.
    """
    for entry in text.split("\x01")[1:]:
        head, *fields = entry.split("\0")
        commit_name, date, *people = head.split("\x02")
        given = (called.get(name.strip(), name) for name in people)
        names = (_ADDRESS.sub("", name).strip() for name in given)
        commit = Commit(date.strip(), [], tuple(dict.fromkeys(filter(None, names))), commit_name)
        rest = iter(fields)
        for raw in rest:
            status = raw.strip()
            if not status:
                continue
            first = next(rest, "")
            if status[0] in "RC":
                commit.changes.append((status[0], next(rest, ""), first))
            else:
                commit.changes.append((status[0], first, ""))
        yield commit
