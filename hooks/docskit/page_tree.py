"""Which source files are one page in several languages, and which cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from docskit.problem import Problem, Severity
from docskit.site_tree import PAGE_SUFFIXES


@dataclass(slots=True)
class PageTree:
    """Identity (the source URI without its locale) → locale → source URI.

    `refused` files claim a place that another file has already.
    """

    default: str
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def orphans(self) -> list[str]:
        """Source URIs of translations whose page has no original."""
        return [
            uri
            for versions in self.pages.values()
            if self.default not in versions
            for uri in versions.values()
        ]

    def untranslated(self, locale: str) -> list[str]:
        """Source URIs of originals without a translation into `locale`."""
        return [
            versions[self.default]
            for versions in self.pages.values()
            if self.default in versions and locale not in versions
        ]


def split_locale(src_uri: str, locales: Iterable[str]) -> tuple[str, str]:
    """Identity and locale of `docker.en.md`: ('docker.md', 'en'); '' where it names none."""
    path = PurePosixPath(src_uri)
    stem, dot, locale = path.stem.rpartition(".")
    if dot and stem and locale in locales:
        return str(path.with_name(stem + path.suffix)), locale
    return src_uri, ""


def _place(identity: str) -> str:
    """README and index are one page."""
    path = PurePosixPath(identity)
    return str(path.with_name("index.md")) if path.name == "README.md" else identity


def page_tree(src_uris: Iterable[str], default: str, locales: Iterable[str]) -> PageTree:
    """Arrange the source URIs of a site's pages."""
    known = set(locales)
    tree = PageTree(default)
    places: dict[str, str] = {}
    # Originals first, and those without a locale in their name before those with.
    split = sorted((split_locale(uri, known), uri) for uri in src_uris)
    split.sort(key=lambda item: (item[0][1] not in {"", default}, item[0][1] != ""))
    for (identity, locale), uri in split:
        identity = places.setdefault(_place(identity), identity)
        versions = tree.pages.setdefault(identity, {})
        if (locale or default) in versions:
            tree.refused.append(uri)
        else:
            versions[locale or default] = uri
    return tree


def check_tree(
    tree: PageTree, locales: Iterable[str], likely: Callable[[str, list[str]], str | None]
) -> list[Problem]:
    """Problems with files that are no page's, or the same page's twice.

    `likely(orphan, candidates)` names the original that an orphan was translated from.
    """
    known = set(locales)
    problems = []
    for uri in tree.refused:
        identity, locale = split_locale(uri, known)
        place = _place(identity)
        pages = next(versions for name, versions in tree.pages.items() if _place(name) == place)
        problems.append(_claimed(uri, pages[locale or tree.default]))
    for uri in tree.orphans():
        locale = split_locale(uri, known)[1]
        original = likely(uri, tree.untranslated(locale))
        problems.append(_orphan(uri, split_locale(uri, known)[0], original, locale))
    return problems


def misnamed_pages(src_uris: Iterable[str]) -> list[Problem]:
    """Files that would be pages if their suffix were in small letters."""
    return [
        _misnamed(uri)
        for uri in src_uris
        if uri.lower().endswith(PAGE_SUFFIXES) and not uri.endswith(PAGE_SUFFIXES)
    ]


def _misnamed(uri: str) -> Problem:
    path = PurePosixPath(uri)
    better = path.with_suffix(path.suffix.lower()).name
    return Problem(
        uri,
        0,
        0,
        "page-suffix",
        Severity.WARNING,
        f"扩展名要用小写，不然它不是一页，只是一个供人下载的文件；请改名为 {better}",
        f"the suffix has to be in small letters, or this is no page but a file to download; "
        f"rename it to {better}",
    )


def _claimed(uri: str, other: str) -> Problem:
    return Problem(
        uri,
        0,
        0,
        "translation-claimed",
        Severity.WARNING,
        f"它和 {other} 是同一页的同一种语言，网站只用了 {other}。请合并成一个文件，删掉另一个",
        f"this is the same page in the same language as {other}, and only {other} is published; "
        "merge the two files into one",
    )


def _orphan(uri: str, identity: str, original: str | None, locale: str) -> Problem:
    if original:
        renamed = str(PurePosixPath(original).with_suffix(f".{locale}.md"))
        zh = f"找不到原文 {identity}。它是不是译自 {original}？是的话请改名为 {renamed}"
        en = f"there is no original {identity}; if it was translated from {original}, " + (
            f"rename it to {renamed}"
        )
    else:
        zh = f"译文没有原文：找不到 {identity}。原文改名了就跟着改名，删掉了就把译文也删掉"
        en = f"a translation without its original {identity}; rename it too, or delete it"
    return Problem(uri, 0, 0, "translation-orphan", Severity.WARNING, zh, en)
