"""Turn what `make fix` would change into suggested changes on a pull request, for suggest.yml.

`python tools/suggest.py DIFF REPOSITORY HEAD` reads a diff without context that the pull
request's own code has made. It is read as text from a stranger: nothing of it is run, it can
only become a suggestion on a line that the pull request changes below docs/. Talks to GitHub by
its command line program `gh`, and needs nothing else.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST = 30
"""Suggestions on one pull request; more are better made by `make fix`."""
LONGEST = 4_000
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_SAID = "`make fix` 有把握的修正，点 **Commit suggestion** 就改好了。"


@dataclass(frozen=True)
class Suggestion:
    """Lines `first` to `last` of a file, 1-based, as they would read."""

    path: str
    first: int
    last: int
    text: str

    def body(self) -> str:
        """The comment; its fence is longer than any in the text, which so cannot end it."""
        runs = [len(run) for run in re.findall(r"`+", self.text)]
        fence = "`" * max(3, *(n + 1 for n in runs), 3)
        return f"{_SAID}\n\n{fence}suggestion\n{self.text}{fence}\n"


def suggestions(diff: str) -> list[Suggestion]:
    """The replaced lines of a `git diff -U0`; lines that are only added or removed are left out."""
    found = []
    path = ""
    lines = diff.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith("diff --git "):
            path = ""
        elif line.startswith("+++ b/"):
            path = line[6:].rstrip("\t")
        elif (hunk := _HUNK.match(line)) and path:
            removed, added = (int(n) if n is not None else 1 for n in (hunk[2], hunk[4]))
            at += removed
            while at < len(lines) and lines[at].startswith("\\"):
                at += 1
            text = "".join(new[1:].rstrip("\r") + "\n" for new in lines[at : at + added])
            at += added
            first = int(hunk[1])
            if removed and added and _may_name(path) and len(text) <= LONGEST:
                found.append(Suggestion(path, first, first + removed - 1, text))
    return found


def _may_name(path: str) -> bool:
    parts = path.split("/")
    return parts[0] == "docs" and path.endswith(".md") and ".." not in parts


def commentable(patch: str) -> list[range]:
    """The lines of the new file that each hunk of GitHub's `patch` of a file shows."""
    hunks = (_HUNK.match(line) for line in patch.split("\n"))
    return [
        range(int(hunk[3]), int(hunk[3]) + int(hunk[4] if hunk[4] is not None else 1))
        for hunk in hunks
        if hunk
    ]


def comments(
    found: Sequence[Suggestion], files: Mapping[str, str], said: set[tuple[str, str]]
) -> list[dict[str, object]]:
    """The comments of a review: on lines that GitHub takes comments on, and said once.

    `files` has GitHub's patch of each file by path, `said` path and text of earlier comments.
    """
    made: list[dict[str, object]] = []
    for one in found:
        shown = commentable(files.get(one.path, ""))
        if not any(one.first in hunk and one.last in hunk for hunk in shown):
            continue
        if (one.path, one.body().strip()) in said:
            continue
        comment: dict[str, object] = {"path": one.path, "line": one.last, "side": "RIGHT"}
        if one.first != one.last:
            comment |= {"start_line": one.first, "start_side": "RIGHT"}
        made.append({**comment, "body": one.body()})
    return made[:MOST]


def _gh(*words: str, data: object = None) -> Any:
    command = ["gh", "api", *words, *(["--input", "-"] if data is not None else [])]
    given = None if data is None else json.dumps(data)
    done = subprocess.run(command, capture_output=True, text=True, check=True, input=given)
    return json.loads(done.stdout)


def _all(address: str) -> list[dict[str, Any]]:
    pages = _gh("--paginate", "--slurp", address)
    return [item for page in pages for item in page]


def main(words: list[str]) -> int:
    """Find the pull request whose newest commit is HEAD, and write one review."""
    diff, repository, head, owner, branch = words
    found = suggestions(Path(diff).read_text(encoding="utf-8", errors="replace"))
    # By GitHub's own word: a number in the artifact could be any other pull request's.
    pulls = _gh("-X", "GET", f"repos/{repository}/pulls", "-f", f"head={owner}:{branch}")
    number = next((pull["number"] for pull in pulls if pull["head"]["sha"] == head), None)
    if number is None or not found:
        print("没有要建议的" if number else "这个提交已经不是任何拉取请求的最新提交")
        return 0
    address = f"repos/{repository}/pulls/{number}"
    files = {file["filename"]: file.get("patch", "") for file in _all(f"{address}/files")}
    said = {(item["path"], item["body"].strip()) for item in _all(f"{address}/comments")}
    made = comments(found, files, said)
    if made:
        review = {"commit_id": head, "event": "COMMENT", "comments": made}
        _gh("-X", "POST", f"{address}/reviews", data=review)
    print(f"{len(made)} 条建议")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
