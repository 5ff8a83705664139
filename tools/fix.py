"""Write the certain repairs into the pages: `make fix`, after a look at the differences.

Pictures on other hosts come home as part of it: `ONLY=pictures` does that alone, `ONLY=text`
leaves it out and asks no other host. Everything else in a file stays byte for byte. A second
run changes nothing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from command import CONFIG, WRONG, Arguments, UserError, guarded, nearest, prepare
from docskit.outside import outside_places, provable, unplaced
from docskit.reading import read_author_page
from docskit.references import fixed_bytes
from docskit.standalone import agreed, difference, show, write
from docskit.terminal import NotWrittenError, create_file, replace_file, shown_path
from mkdocs_bridge.build import SurveyedPage, survey
from mkdocs_bridge.stores import OutsideStore
from outside_client import Client
from outside_pictures import OutsidePage, Plan, fetch_all, plan_pictures

PARTS = ("text", "pictures")


def _outside_page(page: SurveyedPage, new: bytes) -> OutsidePage | None:
    """The places of a page's outside pictures that can be changed for certain."""
    author, _ = read_author_page(new, page.src_uri)
    if author.source.damaged or author.source.with_edits([]) != new:
        return None
    places = outside_places(author, page.found)
    name = shown_path(page.path)
    for raw in unplaced(author, page.found):
        sys.stderr.write(f"{name}: 图片没有取：看不出 {raw} 写在哪一行，请手动下载\n")
    good = provable(author, places, page.show) if places else []
    proven = set(good)
    for place in places:
        if place not in proven:
            sys.stderr.write(f"{name}:{place.line}: 图片没有改：{place.address} 还有别的用处\n")
    return OutsidePage(page.path, author, good) if good else None


def _show_new_files(plan: Plan) -> None:
    for path, (data, address) in plan.files.items():
        sys.stdout.write(f"新图片 {shown_path(path)}（{len(data):,} 字节，来自 {address}）\n")
    for path, (old, new) in plan.sources.items():
        sys.stdout.write(difference(old or b"", new, shown_path(path)))


def _write_new_files(plan: Plan, docs_dir: Path) -> set[Path]:
    """The new files that were not written."""
    refused: set[Path] = set()
    for path, (data, _) in plan.files.items():
        try:
            create_file(path, data, docs_dir)
        except NotWrittenError as error:
            sys.stderr.write(f"{error}\n")
            refused.add(path)
    for path, (old, new) in plan.sources.items():
        try:
            if old is None:
                create_file(path, new, docs_dir)
            else:
                replace_file(path, old, new, docs_dir)
        except NotWrittenError as error:
            sys.stderr.write(f"{error}\n")
            refused.add(path)
    return refused


def _say_what_stays(messages: Iterable[str]) -> None:
    for message in messages:
        sys.stderr.write(f"{message}\n")


def main(arguments: list[str]) -> int:
    """Show, ask, write; exit status 1 where the answer was no, or a file was not written."""
    parser = Arguments(description=__doc__)
    parser.add_argument("--config", default=CONFIG)
    parser.add_argument("--yes", action="store_true", help="write without asking")
    parser.add_argument("--only", default="")
    options = parser.parse_args(arguments)
    only = options.only
    if only and only not in PARTS:
        listed = " 或 ".join(PARTS)
        raise UserError(f"ONLY={only} 没有这一种：可以写 {listed}{nearest(only, PARTS)}")
    prepare()
    changed: dict[Path, tuple[bytes, bytes]] = {}
    outside: list[OutsidePage] = []

    def visit(page: SurveyedPage) -> None:
        # A link within the docs folder: the page that it leads to is visited by its own name.
        if page.path.resolve() != page.docs_dir.resolve() / page.src_uri:
            return
        new = old = page.path.read_bytes()
        if only != "pictures":
            new = fixed_bytes(old, page.src_uri, page.found, page.tree, page.show)
        found = _outside_page(page, new) if only != "text" else None
        if found is not None:
            outside.append(found)
        if new != old or found is not None:
            changed[page.path] = old, new

    surveyed = survey(options.config, visit)
    docs_dir = surveyed.docs_dir
    store = OutsideStore(surveyed.cache)
    fetch = partial(fetch_all, store=store, client=Client(), now=time.time())
    plan = plan_pictures(outside, docs_dir, surveyed.locales, fetch)
    for path, (old, new) in list(changed.items()):
        changed[path] = old, plan.pages.get(path, new)
        if changed[path][1] == old:
            del changed[path]
    show(changed)
    _show_new_files(plan)
    _say_what_stays(plan.messages)
    if plan.messages:
        sys.stderr.write(f"{len(plan.messages)} 处图片没有取到，原样留着。\n")
    if not changed:
        sys.stdout.write("没有可以自动修正的地方。\n")
        return 0
    if not options.yes:
        pictures = f"，放进 {len(plan.files)} 张图片" if plan.files else ""
        if not agreed(f"要改 {len(changed)} 个文件{pictures}。"):
            return 1
    missing = _write_new_files(plan, docs_dir)
    refused = 0
    for path, change in changed.items():
        if plan.needs.get(path, set()) & missing:
            sys.stderr.write(f"没有写 {shown_path(path)}：它要用的图片没有写成\n")
            refused += 1
        else:
            refused += not write(path, change, docs_dir)
    sys.stdout.write(f"已改好 {len(changed) - refused} 个文件。\n")
    if plan.files:
        sys.stdout.write(f"取回 {len(plan.files) - len(missing & plan.files.keys())} 张图片。\n")
    return WRONG if refused or missing else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
