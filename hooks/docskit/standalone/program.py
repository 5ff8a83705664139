"""`python -m docskit check FOLDER` and `python -m docskit fix FOLDER`, without any site generator.

Exit status 1 where a page is wrong or an answer was no, 2 where the command itself was.
"""

from __future__ import annotations

import argparse
import sys

from docskit.messages import Severity, as_github, as_json, as_text
from docskit.standalone.changes import offer
from docskit.standalone.folder import Folder, errors
from docskit.terminal import Arguments, folder_of_pages, message_language, one_of, shown_path

FORMATS = ("text", "github", "json")
_COUNTED = {
    "zh": "{wrong} 处错误，其中 {fixable} 处可能由 python -m docskit fix 改好；{hints} 条建议\n",
    "en": "{wrong} wrong, {fixable} of them for python -m docskit fix; {hints} hints\n",
}


class _Arguments(Arguments):
    more = "python -m docskit --help 列出所有选项"


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = _Arguments(prog="docskit", description=__doc__)
    parser.add_argument("command", choices=("check", "fix"))
    parser.add_argument("folder", nargs="?", default=".", help="the folder of Markdown (.)")
    parser.add_argument("--format", default="text", help="text, github or json")
    parser.add_argument("--messages", default="", help="zh or en")
    parser.add_argument("--no-hints", action="store_true", help="errors only")
    parser.add_argument("--yes", action="store_true", help="fix: write without asking")
    options = parser.parse_intermixed_args(arguments)
    one_of("--format", options.format, FORMATS)
    options.messages = message_language(options.messages)
    return options


def main(arguments: list[str]) -> int:
    """Do what the command line says; the exit status."""
    options = _options(arguments)
    path = folder_of_pages(options.folder, "FOLDER").resolve()
    folder = Folder(path)
    if options.command == "fix":
        changed = {}
        for uri in folder.uris:
            old, new = folder.data(uri), folder.fixed(uri)
            if old != new:
                changed[folder.root / uri] = old, new
        return offer(changed, folder.root, ask=not options.yes)
    return _check(folder, options)


def _check(folder: Folder, options: argparse.Namespace) -> int:
    problems = folder.problems(hints=not options.no_hints)
    if options.no_hints:
        problems = errors(problems)
    root = shown_path(folder.root)
    root = "" if root == "." else root
    language = options.messages
    match options.format:
        case "github":
            sys.stdout.write(as_github(problems, root, language))
        case "json":
            sys.stdout.write(as_json(problems, root, language))
        case _:
            lines = {path: folder.lines(path) for path in {p.path for p in problems} if path}
            sys.stdout.write(as_text(problems, lines, root, language))
            counts = {
                "wrong": len(errors(problems)),
                "fixable": sum(p.severity is Severity.INFO for p in problems),
                "hints": sum(p.severity is Severity.HINT for p in problems),
            }
            sys.stderr.write(_COUNTED[language].format(**counts))
    return int(bool(errors(problems)))
