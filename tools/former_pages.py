"""What files said in earlier commits, as far as this clone of the repository goes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from command import git
from docskit.pages import split_locale
from docskit.reading import AuthorPage, read_author_page
from docskit.translation import sections_of
from mkdocs_bridge.site import SiteSettings

_MOST = 400
"""Commits of one file that are looked at, the newest first."""


def _commits(path: Path) -> list[tuple[str, str]]:
    """Commit and name then, relative to the repository's root, of a file, the newest first."""
    log = git(
        path.parent,
        "log",
        "--follow",
        f"-{_MOST}",
        "--name-only",
        "--format=%x00%H",
        "--",
        path.name,
    )
    shown = (log or b"").decode("utf-8", "replace")
    entries = [entry.strip().split("\n") for entry in shown.split("\0")]
    return [(lines[0], lines[-1]) for lines in entries if len(lines) > 1]


def _contents(folder: Path, names: list[str]) -> list[bytes | None]:
    """The bytes of each `commit:path`, None for one that is not there; one process for all."""
    asked = "".join(f"{name}\n" for name in names).encode()
    output = git(folder, "cat-file", "--batch", said=asked) or b""
    found: list[bytes | None] = []
    position = 0
    for _ in names:
        head, _, _ = output[position:].partition(b"\n")
        position += len(head) + 1
        kind, _, size = head.rpartition(b" ")
        if not kind.endswith(b" blob"):
            found.append(None)
            continue
        found.append(output[position : position + int(size)])
        position += int(size) + 1
    return found


def former_texts(path: Path, src_uri: str, hashes: set[str]) -> dict[str, str]:
    """Hash → text of the sections of a file in earlier commits, as far as git knows them."""
    found: dict[str, str] = {}
    for commit, name in _commits(path):
        if hashes <= found.keys():
            break
        data = _contents(path.parent, [f"{commit}:{name}"])[0]
        for section in sections_of(read_author_page(data or b"", src_uri)[0]):
            if section.hash in hashes:
                found.setdefault(section.hash, section.source)
    return found


def former_pairs(
    site: SiteSettings, original: str, translation: str
) -> Iterator[tuple[AuthorPage, AuthorPage]]:
    """Original and translation as they were together, for each commit that changed the latter.

    Both are source URIs of today; the files may have had other names.
    """
    path = site.docs_dir / translation
    commits = _commits(path)
    root = (git(path.parent, "rev-parse", "--show-prefix") or b"").decode().strip()
    folder = len(Path(translation).parent.parts)
    prefix = "".join(f"{part}/" for part in Path(root).parts[: len(Path(root).parts) - folder])
    names = []
    for commit, name in commits:
        beside = split_locale(name, site.locales)[0]
        names += [f"{commit}:{name}", f"{commit}:{prefix}{original}", f"{commit}:{beside}"]
    contents = _contents(path.parent, names)
    for own, today, then in zip(contents[::3], contents[1::3], contents[2::3], strict=True):
        theirs = today if today is not None else then
        if own is not None and theirs is not None:
            yield (
                read_author_page(theirs, original)[0],
                read_author_page(own, translation)[0],
            )
