"""Count the references of a built site that lead to no file of it: `make broken OUT=site`.

Looks at the article of each page only, and at nothing on other hosts. Unlike `make check` it
knows nothing of the sources, so that sites of other generators can be counted as well.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from command import UserError, folder_of_pages, guarded
from docskit.references import html_references

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def article_references(html: str) -> list[str]:
    """Paths of the references between `<article` and `</article>`, fragments cut off."""
    start, end = html.find("<article"), html.rfind("</article>")
    values = [reference.value.strip() for reference in html_references(html[start:end])]
    paths = [re.split("[#?]", value)[0] for value in values if not _ELSEWHERE.match(value)]
    return [unquote(path) for path in paths if path] if start >= 0 else []


def leads_to_file(site: Path, folder: str, path: str) -> bool:
    """Whether `path`, in a page in `folder` below the site's root, is a file of the site."""
    target = posixpath.normpath(posixpath.join("/" + folder, path)).lstrip("/")
    return (site / target).is_file() or (site / target / "index.html").is_file()


def references(site: Path) -> Iterator[tuple[str, str, bool]]:
    """Page, path and whether it leads to a file, for all pages below `site`."""
    for page in sorted(site.rglob("*.html")):
        folder = page.parent.relative_to(site).as_posix()
        for path in article_references(page.read_text(encoding="utf-8", errors="replace")):
            yield page.relative_to(site).as_posix(), path, leads_to_file(site, folder, path)


def main(arguments: list[str]) -> int:
    """Print each broken reference and the count; exit status 1 where there is one."""
    site = folder_of_pages(arguments[0] if arguments else "site", "OUT", pages=False)
    if next(site.rglob("*.html"), None) is None:
        raise UserError(f"{arguments[0]} 里没有网页：先运行 make site，或者用 OUT= 指定建好的网站")
    found = list(references(site))
    broken = [(page, path) for page, path, good in found if not good]
    sys.stdout.writelines(f"{page}: {path}\n" for page, path in broken)
    sys.stdout.write(f"{len(found)} 处引用，{len(broken)} 处断了。\n")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(guarded(main))
