"""What a change touches, for the workflows: `python tools/changes.py BASE >> summary`.

Prints the pages in Markdown, and writes `generator=true` to the file GITHUB_OUTPUT unless
everything that differs from BASE is below docs/. Needs nothing but Python: it runs before
anything is installed. What cannot be known counts as a change of the generator.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_WHAT = {"A": "新增", "M": "修改", "D": "删除", "R": "改名", "C": "复制", "T": "修改"}


def changes(listed: str) -> list[tuple[str, str]]:
    """`(letter, path)` of each file in `git diff --name-status -z`; the new path of a rename."""
    fields = listed.split("\0")
    found = []
    while len(fields) > 1:
        letter = fields.pop(0)[:1]
        path = fields.pop(0)
        if letter in {"R", "C"}:
            old, path = path, fields.pop(0)
            # Moved out of docs/, or into it: the other side counts as well.
            found.append(("D", old) if letter == "R" else ("M", old))
        found.append((letter, path))
    return found


def touches_generator(found: list[tuple[str, str]]) -> bool:
    """Whether anything but pages and their files has changed."""
    return any(not path.startswith("docs/") for _, path in found)


def summary(found: list[tuple[str, str]]) -> str:
    """The pages that changed, as a list in Markdown; '' without one."""
    pages = [(what, path) for what, path in found if path.startswith("docs/")]
    lines = [f"- {_WHAT.get(what, what)} <code>{_text(path)}</code>" for what, path in pages]
    return "\n".join(["### 改动的页面和文件", "", *lines, ""]) if lines else ""


def _text(path: str) -> str:
    """A name that anybody may have chosen, as nothing but text."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", " "), ("\r", " ")):
        path = path.replace(char, entity)
    return path


def main(words: list[str]) -> int:
    """Compare HEAD with where it left the commit that is named, if one is."""
    base = words[0] if words else ""
    found, known = [], False
    if base and not base.startswith("-"):
        command = ["git", "diff", "--name-status", "-z", "-M", f"{base}...HEAD", "--"]
        done = subprocess.run(command, capture_output=True, check=False)
        known = done.returncode == 0
        found = changes(done.stdout.decode("utf-8", "backslashreplace"))
    generator = not known or touches_generator(found)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(summary(found))
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"generator={str(generator).lower()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
