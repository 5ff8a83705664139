"""What other site generators read otherwise than we do: where files are published from, addresses.

A folder of Hugo's, VitePress' or Docusaurus' is full of links that are right there and would be
wrong here: `/img/a.png` is a file of `static`, `../guide/start` the address of a page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from docskit.pages import is_page


@dataclass(frozen=True, slots=True)
class Generator:
    """How one generator publishes a folder.

    `marks` are the files that tell it, `content` the folder of its pages and `public` those whose
    files stand at the root of the site, all relative to the project; `base` is the address of the
    content. `components` says that pages may hold tags of the author's own, `lowers` that addresses
    are in small letters whatever the names of files are.
    """

    name: str
    marks: tuple[str, ...] = ()
    content: tuple[str, ...] = (".",)
    public: tuple[str, ...] = ()
    base: str = ""
    components: bool = False
    lowers: bool = False


PLAIN = Generator("")
"""Markdown that nothing is known about: links are those of files, as on GitHub."""

_SETTINGS = ("toml", "yaml", "yml", "json")
# Each from its own documentation:
# https://gohugo.io/getting-started/directory-structure/
# https://docusaurus.io/docs/static-assets and /docs/api/plugins/@docusaurus/plugin-content-docs
# https://vitepress.dev/guide/asset-handling, https://vuepress.vuejs.org/guide/assets.html
# https://hexo.io/docs/setup, https://zensical.org/docs/setup/basics/
GENERATORS = (
    Generator(
        "docusaurus",
        ("docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs"),
        ("docs", "blog", "i18n", "."),
        ("static",),
        "docs",
        True,
    ),
    Generator("vitepress", (".vitepress",), (".",), ("public",), "", True),
    Generator("vuepress", (".vuepress",), (".",), (".vuepress/public",), "", True),
    Generator(
        "hugo",
        (
            *(f"{name}.{suffix}" for name in ("hugo", "config") for suffix in _SETTINGS),
            "config/_default",
        ),
        ("content",),
        ("static", "assets"),
        lowers=True,
    ),
    Generator("hexo", ("_config.yml",), ("source",), ("source",)),
    Generator("zensical", ("zensical.toml", "mkdocs.yml"), ("docs",)),
)
# Where the project of a documentation is, seen from the folder that somebody names.
_BELOW = ("docs", "website", "site")
_INDEXES = {"index", "_index", "readme"}
_NUMBER = re.compile(r"\d+[-_.]\s*(?=.)")
_LOCALE = re.compile(r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-/](?=.)")
_WITHOUT_SUFFIX = re.compile(r"(?:\.html?|\.mdx?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of pages as its generator sees it; all paths are absolute.

    `content` is where addresses that begin with `/` are counted from.
    """

    generator: Generator
    root: Path
    content: Path

    @property
    def public(self) -> tuple[Path, ...]:
        """The folders whose files stand at the root of the site, those that there are."""
        found = [self.root / name for name in self.generator.public]
        return tuple(folder for folder in found if folder.is_dir())


def project_of(folder: Path) -> Project:
    """The generator whose settings are in `folder`, above it or in a usual place below it."""
    home = Path(folder.anchor)
    above = [folder, *(parent for parent in folder.parents if parent != home)]
    # A repository is one project at the most.
    end = next((number for number, path in enumerate(above) if (path / ".git").exists()), 3)
    for root in (folder, *(folder / name for name in _BELOW), *above[1 : end + 1]):
        for generator in GENERATORS:
            if not any((root / mark).exists() for mark in generator.marks):
                continue
            contents = [root / name for name in generator.content if (root / name).is_dir()]
            inside = [content for content in contents if folder.is_relative_to(content)]
            # The folder that is asked about lies in the pages, or they all lie in it.
            if inside or (contents and contents[0].is_relative_to(folder)):
                return Project(generator, root, inside[0] if inside else contents[0])
    return Project(PLAIN, folder, folder)


def _stems(path: str) -> Iterator[str]:
    """Addresses of the page or file at `path`: without suffix, number and date before its name."""
    yield path
    folder, name = posixpath.split(path)
    if not is_page(name) and not name.lower().endswith((".mdx", ".html", ".vue", ".rst")):
        return
    stem = posixpath.splitext(name)[0]
    # `page.zh.md`, Hugo's translation.
    stems = {stem, _LOCALE.sub("", posixpath.splitext(stem)[1][1:]) or stem.rpartition(".")[0]}
    for one in filter(None, stems):
        if one.lower() in _INDEXES or one == posixpath.basename(folder):
            yield folder
        yield posixpath.join(folder, one)
        if dated := _DATE.match(one):
            yield posixpath.join(folder, one[dated.end() :])
            yield posixpath.join(folder, *dated.groups(), one[dated.end() :])


class Addresses:
    """What can be reached on the generator's site: the file that each address leads to."""

    def __init__(
        self, project: Project, uris: Iterable[str], named: Mapping[str, Iterable[str]]
    ) -> None:
        """`uris` are relative to the content; `named` has the addresses that pages give themselves.

        Those are of Docusaurus' `slug` and `id`, Hugo's `url` and `aliases`, and the like.
        """
        self._generator = project.generator
        # Without `/` around it → source URI, '' for a file that is no page's.
        self._known: dict[str, str] = {}
        for uri in uris:
            for address in _stems(uri):
                self._add(address, uri)
            folder = posixpath.dirname(uri)
            for name in named.get(uri, ()):
                self._add(name, uri)
                if not name.startswith("/"):
                    self._add(posixpath.join(folder, name), uri)
        for folder_path in project.public:
            for path in folder_path.rglob("*"):
                self._add(path.relative_to(folder_path).as_posix(), "")

    def _add(self, address: str, uri: str) -> None:
        plain = self._flat(address)
        unnumbered = "/".join(_NUMBER.sub("", part) or part for part in plain.split("/"))
        base = self._generator.base
        for one in {plain, unnumbered}:
            self._known.setdefault(one, uri)
            # The language that is published at the root: `content/zh/a.md` at `/a/`.
            first, _, rest = one.partition("/")
            if _LOCALE.fullmatch(first):
                self._known.setdefault(rest, uri)
            if base:
                self._known.setdefault(f"{base}/{one}".rstrip("/"), uri)

    def _flat(self, address: str) -> str:
        plain = _WITHOUT_SUFFIX.sub("", address.strip("/")).removesuffix("/index")
        plain = "" if plain in (".", "index") else plain
        return plain.casefold() if self._generator.lowers else plain

    def find(self, raw: str, page: str) -> str | None:
        """The source URI that `raw` leads to from the page `page`; '' for what is no page's file.

        None where there is nothing at that address.
        """
        path = unquote(re.split(r"[#?]", raw, maxsplit=1)[0])
        if not path or path.startswith(("@site/", "~@/", "@/", "pathname://")):
            # Names of the project's folders, which its own build looks up.
            return ""
        folder, name = posixpath.split(page)
        stem = posixpath.splitext(name)[0]
        # A page's address is a folder of its own to a browser.
        own = folder if stem.lower() in _INDEXES else posixpath.join(folder, stem)
        for base in [""] if path.startswith("/") else [folder, own]:
            at = self._flat(posixpath.normpath(posixpath.join(base, path.lstrip("/"))))
            if at in self._known:
                return self._known[at]
        return None
