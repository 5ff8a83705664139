"""`make review BASE=origin/main`: what a change means for the translations, in Markdown."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path, PurePosixPath

from command import CONFIG, UserError, git, guarded, nearest, prepare
from docskit.reading import AuthorPage, read_author_page
from docskit.translation import GLOSSARY, Before, Now, read_glossary, review
from mkdocs_bridge.site import own_bytes, site_settings

_HAN = re.compile(r"[\u3400-\u9fff]")


def has_han(picture: Path) -> bool | None:
    """Whether there is Chinese in an SVG, or in the SVG that a picture is drawn from."""
    drawn_from = picture.parent / "src" / f"{picture.stem}.svg"
    for source in (picture, drawn_from):
        if source.suffix == ".svg" and source.is_file():
            return bool(_HAN.search(source.read_text(encoding="utf-8", errors="replace")))
    return None


def main(arguments: list[str]) -> None:
    """Compare the working tree with the commit at which it left the base."""
    base = arguments[0] if arguments else "origin/main"
    prepare()
    site = site_settings(CONFIG)
    docs = site.docs_dir
    if shutil.which("git") is None:
        raise UserError("这台电脑上没有 git，比较不了改动。请先安装 git")
    if git(docs, "rev-parse") is None:
        raise UserError(f"{docs} 不在 git 仓库里，没有可以比较的旧版本")
    fork = (git(docs, "merge-base", base, "HEAD") or b"").decode().strip()
    if not fork:
        branches = (git(docs, "branch", "-a", "--format=%(refname:short)") or b"").decode()
        alike = nearest(base, branches.split())
        raise UserError(f"git 不认识 {base}{alike}（BASE 是合并到的分支，例如 BASE=origin/main）")
    names = git(docs, "diff", "--name-only", "--no-renames", "--relative", "-z", fork, "--", ".")
    new = git(docs, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    changed = frozenset(((names or b"") + (new or b"")).decode().strip("\0").split("\0"))

    def former(src_uri: str) -> AuthorPage | None:
        data = git(docs, "show", f"{fork}:./{src_uri}")
        return None if data is None else read_author_page(data, src_uri)[0]

    # What is wrong with it is said by the build.
    terms, _ = read_glossary(own_bytes(docs, GLOSSARY))
    assets = frozenset(
        path.relative_to(docs).as_posix()
        for path in docs.rglob("*")
        if path.is_file() and path.suffix != ".md"
    )
    now = Now(
        site.tree(),
        site.read,
        site.locales,
        assets,
        lambda uri: has_han(docs / PurePosixPath(uri)),
        tuple(terms),
    )
    sys.stdout.write(review(Before(changed, former), now, site.messages))


if __name__ == "__main__":
    sys.exit(guarded(main))
