"""Every problem of a folder of Markdown, whatever makes a site of it, and what mends it."""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docskit.checking import TERMS, hints_of, read_terms
from docskit.headings import FragmentLink, Headings, fragment_problems
from docskit.messages import Problem, Severity
from docskit.pages import SiteTree, is_page, other_addresses, said_addresses
from docskit.reading import AuthorPage, known_key, read_author_page
from docskit.references import (
    Kind,
    Resolution,
    Shown,
    Status,
    as_read,
    fixed_bytes,
    reference_problems,
    resolve,
    split_tail,
)
from docskit.standalone.conversion import Converted, Converter
from docskit.standalone.generators import PLAIN, Addresses, Project, project_of

# Nobody's pages.
_SKIPPED = {"node_modules", "vendor", "themes", "__pycache__", "site-packages"}
LOCALES = ("zh", "en")
"""`page.en.md` is the English side of `page.md`, unless the generator knows another way."""
# Front matter by which a page says what its address is: Docusaurus, Hugo, VuePress, Hexo, Jekyll.
_ADDRESS_KEYS = ("slug", "id", "url", "permalink", "abbrlink", "aliases", "redirect_from")
# What is wrong on our site only, where keys and names have another meaning.
_OURS = {
    "front-matter-similar",
    "front-matter-foreign",
    "front-matter-value",
    "page-name",
    "other-tool",
    "other-tool-address",
    "other-tool-file",
    "other-tool-folder",
}
# Tags of the author's own are components there.
_COMPONENTS = {"unknown-tag", "self-closed-tag", "tag-as-text", "stray-tag", "unclosed-tag"}
# Words that other generators have for keys of ours; the other spellings are slips everywhere.
_WORDS_OF_OTHERS = frozenset(
    re.findall(
        r"\S+",
        """authors writer by created time published pubdate publishdate lastmod updated update
modified updatedat createdat updatetime createtime lastupdated tag categories category keywords
keyword desc summary excerpt abstract intro alias redirect_from data""",
    )
)


@dataclass(frozen=True, slots=True)
class _Page:
    author: AuthorPage
    problems: list[Problem]
    converted: Converted


class Folder:
    """The pages at and below `folder`, an absolute path, read and converted when asked.

    All paths that come back are relative to `root`, the folder of all pages of the project.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project: Project = project_of(folder)
        self.root = self.project.content
        uris = sorted(_files(self.root))
        self._data = {
            uri: (self.root / uri).read_bytes()
            for uri in uris
            if is_page(uri) or uri.endswith(".mdx")
        }
        locales = LOCALES if self.project.generator is PLAIN else ()
        is_plain = self.project.generator is PLAIN
        said = {uri: said_addresses(data, uri) for uri, data in self._data.items() if is_plain}
        self._tree = SiteTree(
            uris,
            locales,
            locales[0] if locales else "",
            addresses=other_addresses(said, uris) if is_plain else None,
        )
        self._addresses = (
            None
            if self.project.generator is PLAIN
            else Addresses(self.project, uris, dict(self._named()))
        )
        self._converter = Converter(self._resolved)
        self._pages: dict[str, _Page] = {}

    @property
    def uris(self) -> list[str]:
        """The pages that were asked about."""
        asked = [uri for uri in self._data if is_page(uri)]
        if self.root.is_relative_to(self.folder):
            return asked
        return [uri for uri in asked if (self.root / uri).is_relative_to(self.folder)]

    def _named(self) -> Iterator[tuple[str, list[str]]]:
        for uri, data in self._data.items():
            meta = read_author_page(data, uri)[0].front_matter.meta
            values = [meta.get(key) for key in _ADDRESS_KEYS]
            flat = [
                item for value in values for item in (value if isinstance(value, list) else [value])
            ]
            if given := [str(item) for item in flat if isinstance(item, str | int)]:
                yield uri, given

    def _resolved(self, raw: str, kind: Kind, page: str) -> Resolution:
        """As on our site, but for what the folder's own generator finds."""
        resolution = resolve(raw, page, kind, self._tree)
        if self._addresses is None or resolution.status in (Status.EXACT, Status.ELSEWHERE):
            return resolution
        target = self._addresses.find(raw, page)
        if target is not None:
            status = Status.EXACT if target else Status.ELSEWHERE
            return Resolution(status, target, split_tail(raw)[1])
        is_route = kind is Kind.LINK and raw.startswith("/")
        if is_route and not posixpath.splitext(split_tail(raw)[0])[1]:
            # Other pages of the site may be made by its theme, or its programs.
            return Resolution(Status.ELSEWHERE)
        if resolution.status is Status.MISSING and self._is_made(raw, page):
            return Resolution(Status.ELSEWHERE)
        return resolution

    def _is_made(self, raw: str, page: str) -> bool:
        """Whether git ignores what the reference leads to: something that a build makes."""
        folder = "" if raw.startswith("/") else posixpath.dirname(page)
        target = posixpath.normpath(posixpath.join(folder, split_tail(raw)[0].lstrip("/")))
        return not target.startswith("..") and _is_ignored(self.root, target)

    def _page(self, uri: str) -> _Page:
        if uri not in self._pages:
            author, problems = read_author_page(self._data[uri], uri)
            self._pages[uri] = _Page(author, problems, self._converter.convert(author))
        return self._pages[uri]

    def lines(self, uri: str) -> list[str]:
        """The lines of a page as its author saved it."""
        return self._page(uri).author.source.text.split("\n")

    def problems(self, *, hints: bool = True) -> list[Problem]:
        """What is wrong with the pages, in order; `hints` are what could be better."""
        terms = self.root / TERMS
        avoided, wrong = read_terms(terms.read_bytes()) if terms.is_file() else ([], [])
        found = list(wrong)
        for uri in self.uris:
            page = self._page(uri)
            found += [*page.problems, *page.converted.problems]
            found += reference_problems(page.converted.found, page.author)
            found += self._fragment_problems(page)
            if hints:
                found += hints_of(page.author, avoided)
        return sorted({problem for problem in found if self._counts(problem)})

    def _counts(self, problem: Problem) -> bool:
        """Whether the problem is one in this folder, and not on our site alone."""
        generator = self.project.generator
        if generator is PLAIN:
            return True
        if problem.code == "front-matter-key":
            return self._is_slip(problem)
        components = _COMPONENTS if generator.components else set()
        return problem.code not in _OURS and problem.code not in components

    def _is_slip(self, problem: Problem) -> bool:
        """Whether the key of a line is `auther`, not `lastmod`."""
        line = self.lines(problem.path)[problem.line - 1] if problem.line else ""
        key = line.partition(":")[0].strip(" \t\"'").casefold()
        name = known_key(key)
        # Hugo reads `Description` as `description`.
        return name is not None and key != name and key not in _WORDS_OF_OTHERS

    def _fragment_problems(self, page: _Page) -> list[Problem]:
        own = page.author.path
        links = []
        for value in page.converted.fragments:
            path, _, fragment = value.partition("#")
            if ":" in path.split("/")[0] or path.startswith(("//", "#")):
                continue
            # A converted link leads to a source URI; where it does not, nobody knows its page.
            target = self._target(path, own) if path else own
            if target is None or not fragment or fragment.lower() == "top":
                continue
            if fragment.startswith(("fn:", "fnref", "__")):
                continue
            found, near = self._headings(target).find(fragment)
            if found is None and not (self._addresses and _is_shortened(fragment, near)):
                links.append(FragmentLink(fragment, target, None, tuple(near)))
        return fragment_problems(
            links, page.author, lambda address: self._target(address, own) or ""
        )

    def _headings(self, uri: str) -> Headings:
        """The headings of a page; its title is one where the generator prints it."""
        page = self._page(uri)
        title = str(page.author.front_matter.meta.get("title") or "")
        titles = [(title, title)] if title and self._addresses else []
        return Headings(page.converted.ids, [*page.converted.headings, *titles])

    def _target(self, address: str, page: str) -> str | None:
        """The page that an address leads to, by its own name."""
        if address in self._data:
            return address
        target = self._resolved(address, Kind.LINK, page).target
        return target if target in self._data else None

    def fixed(self, uri: str) -> bytes:
        """The page's file with every certain repair; the same bytes where there is none."""

        def show(data: bytes) -> Shown:
            author, _ = read_author_page(data, uri)
            converted = self._converter.convert(author)
            seen = (as_read(converted.html), repr(author.front_matter.meta))
            return Shown(seen, converted.found)

        data = self._data[uri]
        found = self._page(uri).converted.found
        return fixed_bytes(data, uri, found, self._tree, show, self._counts)

    def data(self, uri: str) -> bytes:
        """The page's file as it was read."""
        return self._data[uri]


def _files(root: Path) -> Iterator[str]:
    """Every file below `root` by its path from there, without hidden folders and programs'."""
    for folder, below, names in os.walk(root):
        below[:] = [name for name in sorted(below) if name[0] != "." and name not in _SKIPPED]
        for name in names:
            yield (Path(folder) / name).relative_to(root).as_posix()


def _is_shortened(fragment: str, near: list[str]) -> bool:
    """Whether a heading's id begins so: some sites leave arguments and marks out of theirs."""
    return any(identifier.casefold().startswith(fragment.casefold()) for identifier in near)


@lru_cache(maxsize=4096)
def _is_ignored(root: Path, uri: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "check-ignore", "-q", "--", uri],  # noqa: S607
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def errors(problems: list[Problem]) -> list[Problem]:
    """Those that have to be mended: nobody repairs a page here while a site is made of it."""
    return [problem for problem in problems if problem.severity is not Severity.HINT]
