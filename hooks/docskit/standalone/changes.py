"""Changes to authors' files: shown, asked about, written."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from pathlib import Path

from docskit.reading import decode_source
from docskit.terminal import WRONG, NotWrittenError, replace_file, shown_path

Changes = Mapping[Path, tuple[bytes, bytes]]
"""The bytes of each file as they are, and as they are to be."""


def difference(old: bytes, new: bytes, name: str) -> str:
    """A unified difference; where the encoding changes, that is said first."""
    before, after = (decode_source(data, name)[0] for data in (old, new))
    head = ""
    if before.encoding != after.encoding:
        head = f"{name}：{before.encoding_name} → {after.encoding_name}\n"
    return head + "".join(
        line if line.endswith("\n") else line + "\n"
        for line in difflib.unified_diff(
            before.text.splitlines(keepends=True),
            after.text.splitlines(keepends=True),
            name,
            name,
            n=1,
        )
    )


def show(changes: Changes) -> None:
    """Print what would change."""
    for path, (old, new) in changes.items():
        sys.stdout.write(difference(old, new, shown_path(path)))


def agreed(question: str) -> bool:
    """Whether the answer to `question`, on the terminal, is yes."""
    sys.stdout.write(f"\n{question}写入吗？[y/N] ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().lower() in ("y", "yes", "是"):
        return True
    sys.stdout.write("没有改动任何文件。\n")
    return False


def write(path: Path, change: tuple[bytes, bytes], root: Path) -> bool:
    """Write one file; False, with the reason on the screen, where it was refused."""
    try:
        replace_file(path, *change, root)
    except NotWrittenError as error:
        sys.stderr.write(f"{error}\n")
        return False
    return True


def offer(changes: Changes, root: Path, *, ask: bool) -> int:
    """Show the changes to files below `root`, ask, and write them; the exit status."""
    show(changes)
    if not changes:
        sys.stdout.write("没有可以自动修正的地方。\n")
        return 0
    if ask and not agreed(f"要改 {len(changes)} 个文件。"):
        return 1
    written = sum(write(path, change, root) for path, change in changes.items())
    sys.stdout.write(f"已改好 {written} 个文件。\n")
    return 0 if written == len(changes) else WRONG
