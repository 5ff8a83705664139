"""`make new PAGE=git/first`: begin a page, with front matter, its folder and its place."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import yaml

from command import CONFIG, Arguments, UserError, guarded, prepare, typed_text
from docskit.pages import PageTree, split_locale
from docskit.terminal import NotWrittenError, create_file, replace_file
from mkdocs_bridge.site import SiteSettings, site_settings

_PART = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_NAV = ".nav.yml"


def page_name(given: str, folder: str) -> str:
    """The name of a page, without `.md`, below the docs folder; UserError for one that misleads.

    `folder` is the docs folder's own name, which many write before it.
    """
    name = given.replace("\\", "/").removeprefix("./").strip("/").removesuffix(".md")
    name = name.removeprefix(f"{folder}/")
    parts = name.split("/")
    wrong = [part for part in parts if not _PART.fullmatch(part)]
    if wrong:
        better = re.sub("/+", "/", re.sub(r"[^a-z0-9/]+", "-", name.lower())).strip("-/")
        advice = f"，例如 PAGE={better}" if better else ""
        raise UserError(
            f"PAGE={given} 不能做文件名：“{wrong[0] or given}”会成为网址的一部分，"
            f"请只用小写英文字母、数字和连字符{advice}。题目用 TITLE= 写中文"
        )
    return name


def existing(name: str, tree: PageTree) -> str | None:
    """The source URI of the page that has this name already, in any spelling."""
    taken = {f"{name}.md", f"{name}/index.md", f"{name}/readme.md"}
    return next((uri for uri in tree.places if uri.lower() in taken), None)


def with_place(text: str, entry: str) -> str | None:
    """A `.nav.yml` with `entry` after the last page of its folder; None where that is not certain.

    `entry` is relative to the folder of the `.nav.yml`. Everything else stays as it is.
    """
    beside = entry.rpartition("/")[0]
    folder = re.escape(f"{beside}/" if beside else "")
    item = re.compile(
        rf"^([ \t]*- )(?:[^\n#:]+: )?{folder}[^/\s:]+\.md[ \t]*(\r?\n|\Z)", re.MULTILINE
    )
    found = list(item.finditer(text))
    if not found:
        return None
    last = found[-1]
    end = last[2] or "\n"
    line = f"{last[1]}{entry}{end}"
    new = text[: last.end()] + ("" if last[2] else "\n") + line + text[last.end() :]
    try:
        before, after = _listed(yaml.safe_load(text)), _listed(yaml.safe_load(new))
    except yaml.YAMLError:
        return None
    return new if entry in after and [one for one in after if one != entry] == before else None


def _listed(value: object) -> list[str]:
    """All texts of a navigation, in order, keys as well."""
    match value:
        case dict():
            return [text for pair in value.items() for text in map(str, _listed(list(pair)))]
        case list():
            return [text for one in value for text in _listed(one)]
        case _:
            return [str(value)]


def _signature() -> str:
    try:
        done = subprocess.run(["git", "config", "user.name"], capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def page_text(title: str, author: str, day: date, pictures: str) -> str:
    """The new page: front matter, a title, and where its pictures go."""
    signed = {"author": author} if author else {}
    front = yaml.safe_dump({"date": day, **signed}, allow_unicode=True, sort_keys=False)
    return (
        f"---\n{front}---\n\n# {title}\n\n"
        f"正文从这里写起。截图放进旁边的 `{pictures}/` 文件夹，"
        f"写成 `![图里是什么](./{pictures}/x.png)`。\n"
    )


def _placed(path: Path, site: SiteSettings) -> str:
    """Write the page into the nearest `.nav.yml` that lists its neighbours; what to say of it."""
    docs = site.docs_dir
    for folder in (path.parent, *path.parent.parents):
        nav = folder / _NAV
        if nav.is_file():
            old = nav.read_bytes()
            shown = f"{docs.name}/{nav.relative_to(docs).as_posix()}"
            try:
                new = with_place(old.decode(), path.relative_to(folder).as_posix())
            except UnicodeDecodeError:
                new = None
            if new is not None:
                replace_file(nav, old, new.encode(), docs)
                return f"它在导航里的位置写进了 {shown}"
        if folder == docs:
            break
    return f"它会自动出现在导航里；要换位置，写进 {docs.name}/{_NAV}"


def main(words: list[str]) -> int:
    """Write the page that is named, and say where it is."""
    parser = Arguments(description=__doc__)
    parser.add_argument("page", nargs="?", default="")
    parser.add_argument("--title", type=typed_text, default="")
    options = parser.parse_args(words)
    if not options.page:
        raise UserError("写哪一页？例如：make new PAGE=git/first TITLE=第一次提交")
    prepare()
    site = site_settings(CONFIG)
    docs = site.docs_dir
    name = page_name(options.page, docs.name)
    original, locale = split_locale(f"{name}.md", site.locales)
    if locale:
        raise UserError(
            f"PAGE={options.page} 会被当成 {original} 的另一种语言（{locale}）。先写原文，"
            f"再运行 make translate PAGE={original.removesuffix('.md')}"
        )
    if taken := existing(name, site.tree()):
        raise UserError(f"已经有这一页了：{docs.name}/{taken}。换一个名字，或者直接改它")
    path = docs / f"{name}.md"
    title = " ".join(options.title.split()) or path.stem
    try:
        # First, so that a page is never in the navigation without being there.
        path.parent.mkdir(parents=True, exist_ok=True)
        text = page_text(title, _signature(), date.today(), path.stem)
        create_file(path, text.encode(), docs)
        (docs / name).mkdir(exist_ok=True)
        place = _placed(path, site)
    except NotWrittenError as error:
        raise UserError(str(error)) from None
    print(f"写好了 {docs.name}/{name}.md；图片放进 {docs.name}/{name}/")
    print(f"  {place}")
    print("  写完运行 make serve 看一看，再运行 make check")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
