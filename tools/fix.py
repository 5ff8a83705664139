"""Write the certain repairs into the pages: `make fix`, after a look at the differences.

Everything else in a file stays byte for byte. A second run changes nothing.
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

from author_files import NotWrittenError, replace_file
from command import CONFIG, Arguments, guarded, prepare
from docskit.fixes import fixed_bytes
from docskit.source import decode_source
from mkdocs_bridge.shown_path import shown_path
from mkdocs_bridge.survey import SurveyedPage, survey


def _difference(old: bytes, new: bytes, name: str) -> str:
    before, after = (decode_source(data, name)[0] for data in (old, new))
    names = [name, name]
    head = ""
    if before.encoding != after.encoding:
        head = f"{name}：{before.encoding_name} → {after.encoding_name}\n"
    return head + "".join(
        line if line.endswith("\n") else line + "\n"
        for line in difflib.unified_diff(
            before.text.splitlines(keepends=True), after.text.splitlines(keepends=True), *names, n=1
        )
    )


def main(arguments: list[str]) -> int:
    """Show, ask, write; exit status 1 where the answer was no, or a file was not written."""
    parser = Arguments(description=__doc__)
    parser.add_argument("--config", default=CONFIG)
    parser.add_argument("--yes", action="store_true", help="write without asking")
    options = parser.parse_args(arguments)
    prepare()
    changed: dict[Path, tuple[bytes, bytes]] = {}

    def visit(page: SurveyedPage) -> None:
        # A link within the docs folder: the page that it leads to is visited by its own name.
        if page.path.resolve() != page.docs_dir.resolve() / page.src_uri:
            return
        old = page.path.read_bytes()
        new = fixed_bytes(old, page.src_uri, page.found, page.tree, page.show)
        if new != old:
            changed[page.path] = old, new

    docs_dir = survey(options.config, visit).docs_dir
    for path, (old, new) in changed.items():
        sys.stdout.write(_difference(old, new, shown_path(path)))
    if not changed:
        sys.stdout.write("没有可以自动修正的地方。\n")
        return 0
    if not options.yes:
        sys.stdout.write(f"\n要改 {len(changed)} 个文件。写入吗？[y/N] ")
        sys.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes", "是"):
            sys.stdout.write("没有改动任何文件。\n")
            return 1
    refused = 0
    for path, (old, new) in changed.items():
        try:
            replace_file(path, old, new, docs_dir)
        except NotWrittenError as error:
            sys.stderr.write(f"{error}\n")
            refused += 1
    sys.stdout.write(f"已改好 {len(changed) - refused} 个文件。\n")
    return int(refused > 0)


if __name__ == "__main__":
    sys.exit(guarded(main))
