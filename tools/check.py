"""Print every problem of the pages: `make check`, or `make check DOCS=folder FORMAT=github`.

Converts the pages as a build does, without templates. Exit status 1 where a page is wrong.
"""

from __future__ import annotations

import sys
from argparse import Namespace

from command import CONFIG, Arguments, guarded, message_language, one_of, prepare
from docskit.checking import (
    TERMS,
    hidden_public,
    hints_of,
    name_hints,
    not_pages,
    read_terms,
)
from docskit.messages import Problem, Severity, as_github, as_json, as_text
from docskit.reading import read_author_page
from docskit.references import places, remote_media
from docskit.terminal import shown_path
from mkdocs_bridge.build import survey
from mkdocs_bridge.site import files_of

FORMATS = ("text", "github", "json")


def _options(arguments: list[str]) -> Namespace:
    parser = Arguments(description=__doc__)
    parser.add_argument("--config", default=CONFIG)
    parser.add_argument("--format", default="text")
    parser.add_argument("--language", default="")
    parser.add_argument("--no-hints", action="store_true", help="leave typography out")
    options = parser.parse_args(arguments)
    one_of("FORMAT", options.format, FORMATS)
    options.language = message_language(options.language)
    return options


def main(arguments: list[str]) -> int:
    """Check the folder that mkdocs.yml names (DOCS_DIR in the environment)."""
    options = _options(arguments)
    prepare()
    found = survey(options.config)
    problems = list(found.problems)
    sources: dict[str, list[str]] = {}
    remote: list[Problem] = []
    terms = found.docs_dir / TERMS
    avoided, wrong = read_terms(terms.read_bytes()) if terms.is_file() else ([], [])
    problems += wrong
    for page in found.pages.values():
        author, _ = read_author_page(page.path.read_bytes(), page.src_uri)
        sources[page.src_uri] = author.source.text.split("\n")
        if not options.no_hints:
            problems += hints_of(author, avoided)
        first = author.front_matter.body_line - 1
        remote += [
            Problem(
                page.src_uri,
                place.line + first if place else 0,
                place.column if place else 0,
                "media-remote",
                Severity.HINT,
                f"图片来自别的网站，那边删掉就没了：{item.raw[:120]}。"
                "make fix ONLY=pictures 可以取回来",
                f"from another host, and gone when it is gone there: {item.raw[:120]}; "
                "make fix ONLY=pictures brings it home",
            )
            for item, place in places(remote_media(page.found), author)
        ]
    if not options.no_hints:
        problems += name_hints(found.pages)
        uris = list(files_of(found.docs_dir))
        problems += [*not_pages(uris), *hidden_public(uris)]
    problems = sorted({*problems, *remote})
    root = shown_path(found.docs_dir)
    match options.format:
        case "github":
            sys.stdout.write(as_github(problems, root, options.language))
        case "json":
            sys.stdout.write(as_json(problems, root, options.language))
        case _:
            sys.stdout.write(as_text(problems, sources, root, options.language))
            counts = [sum(p.severity is severity for p in problems) for severity in Severity]
            line = {
                "zh": "{0} 处错误，{1} 处已自动修正（make fix 可写回），{2} 条建议\n",
                "en": "{0} wrong, {1} repaired (make fix writes them back), {2} hints\n",
            }[options.language]
            sys.stderr.write(line.format(*counts))
            if remote:
                line = {
                    "zh": "图片在别的网站上的有 {0} 处，{1} 页：make fix ONLY=pictures 取回来\n",
                    "en": "{0} pictures on other hosts, on {1} pages: make fix ONLY=pictures\n",
                }[options.language]
                sys.stderr.write(line.format(len(set(remote)), len({p.path for p in remote})))
    return int(any(problem.severity is Severity.WARNING for problem in problems))


if __name__ == "__main__":
    sys.exit(guarded(main))
