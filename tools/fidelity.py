"""Compare what readers see with what authors saw: our pages against GitHub's own renderer.

Each page of a folder, as this project renders it, is compared with what cmark-gfm makes of it:
structure, text and addresses (`github_reading.structure`). Prints the share of pages that differ,
for stock Python-Markdown and for this project, and the first difference of each; what differs on
purpose is counted apart, by the name that it has in `github_reading.DEVIATIONS`.

    make fidelity DIR=folder
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import markdown
from mkdocs.config import load_config

from command import Arguments, folder_of_pages, guarded
from docskit.dialect import DialectExtension
from docskit.reading import read_author_page
from github_reading import compare

# A page that lacks more of its text than this has lost a sentence, not a sign.
LOST = 20


@cache
def _configured() -> tuple[list[str], dict[str, Any]]:
    config = load_config(str(Path(__file__).resolve().parent.parent / "mkdocs.yml"))
    # What a fence or a snippet holds is not for Markdown to say.
    names = [name for name in config.markdown_extensions if name != "pymdownx.snippets"]
    return names, {name: config.mdx_configs.get(name, {}) for name in names}


@cache
def markdown_instance(own: bool) -> markdown.Markdown:
    names, configs = _configured()
    extensions: list[Any] = [*names, *([DialectExtension()] if own else [])]
    return markdown.Markdown(extensions=extensions, extension_configs=configs)


def stock_html(text: str) -> str:
    """The page as MkDocs renders it with the extensions of mkdocs.yml."""
    return markdown_instance(own=False).reset().convert(text)


def own_html(text: str) -> str:
    """The page as this project renders it."""
    return markdown_instance(own=True).reset().convert(text)


def pages(folder: Path) -> Iterable[tuple[str, str]]:
    """Source URI and body of each Markdown file."""
    for path in sorted(folder.rglob("*.md")):
        if path.is_file() and not any(part.startswith(".") for part in path.parts[1:]):
            name = path.relative_to(folder).as_posix()
            page, _ = read_author_page(path.read_bytes(), name)
            yield name, page.front_matter.body


def main(arguments: list[str]) -> int:
    parser = Arguments(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quiet", action="store_true", help="only the shares")
    options = parser.parse_args(arguments)
    folder_of_pages(str(options.folder), "DIR")
    total = stock = ours = lost = meant = 0
    deviations: Counter[str] = Counter()
    size = seconds = 0.0
    for name, text in pages(options.folder):
        total += 1
        stock += compare(text, stock_html(text)).difference is not None
        started = time.process_time()
        rendered = own_html(text)
        seconds += time.process_time() - started
        size += len(text.encode()) / 1024
        found = compare(text, rendered)
        deviations.update(found.deviations)
        meant += bool(found.deviations)
        if found.difference is not None:
            ours += 1
            lost += found.lost > LOST
            if not options.quiet:
                short = f"（少了 {found.lost} 个字）" * (found.lost > LOST)
                print(f"{name}: {short}{html.unescape(found.difference)}")
    if not total:
        print(f"{options.folder}: 没有 Markdown 文件", file=sys.stderr)
        return 2
    print(
        f"{options.folder.name}: {total} 页，与 GitHub 显示的不同："
        f"原样 {stock / total:.1%}，本项目 {ours / total:.1%}（{ours} 页），"
        f"少了 {LOST} 个字以上的 {lost} 页；转换每 9 KB 平均 {seconds / size * 9 * 1000:.1f} ms"
    )
    if meant:
        names = "，".join(f"{name} {count}" for name, count in deviations.most_common())
        print(f"有意不同的 {meant} 页：{names}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
