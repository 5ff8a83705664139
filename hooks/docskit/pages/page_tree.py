"""Which source files are one page in several languages, where each is published, and which cannot.

This is the one place that says so: the build, the commands and the links all ask it.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from docskit.messages import Problem
from docskit.pages import page_names, page_tree_problems
from docskit.pages.generated_names import generated_names
from docskit.pages.page_names import canonical, output
from docskit.pages.site_tree import is_index


@dataclass(frozen=True, slots=True)
class Place:
    """What a file is: the page `identity` (a source URI, the same in all languages) in `locale`.

    `folder` is the folder that says its language (`en/`), '' where its name or nothing does;
    `named` is whether anything does.
    """

    identity: str
    locale: str
    folder: str = ""
    named: bool = False


@dataclass(slots=True)
class PageTree:
    """Identity → locale → source URI, and the place of every source URI.

    `folders` are those (`en/`) that say the language of their pages, with its locale.

    `refused` files claim a place that another file has already: they are in `places`, but in no
    page. `shadowed` are files of other kinds that lie where a page is published.
    """

    default: str
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    shadowed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

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

    def identity_of(self, uri: str, locales: Iterable[str]) -> str:
        """The identity of the page at a source URI, also of one that is no longer there."""
        if uri in self.places:
            return self.places[uri].identity
        for folder in self.folders:
            if uri.startswith(folder):
                uri = page_names.without_folder(uri, folder)
                break
        return page_names.split_locale(uri, locales)[0]

    def stand_ins(self) -> dict[str, str]:
        """`en/git.md` → `git.md` for each page that a language has only in the original.

        Its folder is where that language's authors would look for it.
        """
        found: dict[str, str] = {}
        for folder, locale in self.folders.items():
            parent = folder.rstrip("/").rpartition("/")[0]
            inside = f"{parent}/" if parent else ""
            for identity, versions in self.pages.items():
                if locale not in versions and identity.startswith(inside):
                    found[folder + identity.removeprefix(inside)] = identity
        return found

    def translation_name(self, identity: str, locale: str) -> str:
        """The source URI that a new translation of the page is to have.

        Beside the original; or in the language's folder, where the site has one there.
        """
        folders = [folder for folder, of in self.folders.items() if of == locale]
        for folder in sorted(folders, key=len, reverse=True):
            parent = folder.rstrip("/").rpartition("/")[0]
            if not parent or identity.startswith(parent + "/"):
                rest = identity.removeprefix(f"{parent}/") if parent else identity
                return folder + rest
        if locale == self.default:
            return identity
        beside = posixpath.dirname(self.pages[identity].get(self.default, identity))
        stem, suffix = posixpath.splitext(posixpath.basename(identity))
        return posixpath.join(beside, f"{stem}.{locale}{suffix}")


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a file's name asks for; `locale` is '' where nothing in the name says one.

    `spelled` is whether the locale is written otherwise than `page.en.md`.
    """

    uri: str
    identity: str
    locale: str
    folder: str = ""
    spelled: bool = False


def page_tree(
    src_uris: Iterable[str],
    default: str,
    locales: Iterable[str],
    *,
    directory_urls: bool = True,
    other_files: Iterable[str] = (),
    is_han: Callable[[str], bool] = lambda _: True,
) -> PageTree:
    """Arrange the source URIs of a site's pages.

    `other_files` are the source URIs of what is no page. `is_han` says whether the text of a
    page is Chinese; it is asked only where the names leave it open.
    """
    return _Arrangement(
        PageTree(default), [default, *(x for x in locales if x != default)], directory_urls, is_han
    ).arranged(sorted(set(src_uris)), other_files)


@dataclass(slots=True)
class _Arrangement:
    tree: PageTree
    locales: list[str]
    directory_urls: bool
    is_han: Callable[[str], bool]
    spelled: list[tuple[str, str, str]] = field(default_factory=list)
    english: list[tuple[str, str, str]] = field(default_factory=list)

    def arranged(self, uris: list[str], other_files: Iterable[str]) -> PageTree:
        """The tree."""
        tree = self.tree
        folders = tree.folders = self._folders(uris)
        claims = self._spelled([self._claim(uri, folders) for uri in uris])
        claims = self._english_beside_chinese(claims)
        taken: dict[tuple[str, str], str] = {}
        identities: dict[str, str] = {}
        for claim in sorted(filter(self._is_original, claims), key=self._order):
            self._take(claim, taken, identities)
        # Of two translations, that which is called as the original.
        others = sorted(
            (claim for claim in claims if not self._is_original(claim)),
            key=lambda claim: (
                identities.get(self._output(claim.identity)) != claim.identity,
                *self._order(claim),
            ),
        )
        for claim in others:
            self._take(claim, taken, identities)
        tree.problems += page_tree_problems.spelled(self.spelled)
        tree.problems += page_tree_problems.english_originals(self.english)
        self._leave_addresses_of_languages(taken)
        other_files = list(other_files)
        self._leave_places_of_files(taken, other_files)
        self._find_same_files(taken)
        addresses = {self._address(out, locale): uri for (out, locale), uri in taken.items()}
        for uri in other_files:
            name, locale = page_names.split_locale(uri, self.locales)
            address = self._address(name, locale or tree.default)
            if address in addresses:
                tree.shadowed.append(uri)
                tree.problems.append(page_tree_problems.shadowed(uri, addresses[address], address))
        return tree

    def _output(self, identity: str) -> str:
        return output(identity, self.directory_urls)

    def _address(self, out: str, locale: str) -> str:
        return out if locale == self.tree.default else f"{locale}/{out}"

    def _folders(self, uris: list[str]) -> dict[str, str]:
        """Each folder whose pages are in the language that it is called by."""
        known: dict[str, str] = {}
        inside: dict[str, list[str]] = defaultdict(list)
        for uri in uris:
            for folder, locale in page_names.locale_folders(uri, self.locales):
                known[folder] = locale
                inside[folder].append(uri)
        plain = {self._output(uri): uri for uri in uris}
        accepted: dict[str, str] = {}
        for folder in sorted(known, key=lambda name: (name.count("/"), name)):
            if any(folder.startswith(outer) for outer in accepted):
                continue
            names = {
                uri: self._output(page_names.without_folder(uri, folder)) for uri in inside[folder]
            }
            beside = {uri: plain[name] for uri, name in names.items() if name in plain}
            siblings = [
                other
                for other in known
                if known[other] != known[folder]
                and posixpath.dirname(other[:-1]) == posixpath.dirname(folder[:-1])
            ]
            shared = set(names.values()) & {
                self._output(page_names.without_folder(uri, other))
                for other in siblings
                for uri in inside[other]
            }
            if self._is_language(folder, known[folder], beside, bool(shared)):
                accepted[folder] = known[folder]
        return accepted

    def _is_language(
        self, folder: str, locale: str, beside: dict[str, str], has_sibling: bool
    ) -> bool:
        """Whether the folder has pages in a language, and not just a language's name.

        `beside` are pages in it with the page outside that has the same name.
        """
        top = folder.count("/") == 1
        if locale != self.tree.default:
            if top or beside or has_sibling:
                return True
        else:
            same = {uri: other for uri, other in beside.items() if self.is_han(other)}
            # A page that was forgotten in translating does not make a copy of the whole.
            if len(same) * 2 > len(beside):
                self.tree.problems.append(page_tree_problems.folder_twice(folder, same))
                return False
            if top or beside or has_sibling:
                return True
        self.tree.problems.append(page_tree_problems.plain_folder(folder, locale))
        return False

    def _claim(self, uri: str, folders: dict[str, str]) -> _Claim:
        name, locale = page_names.split_locale(uri, self.locales)
        for folder, _ in page_names.locale_folders(uri, self.locales):
            if folder in folders:
                own = page_names.without_folder(name, folder)
                return _Claim(uri, own, locale or folders[folder], folder)
        return _Claim(uri, name, locale)

    def _spelled(self, claims: list[_Claim]) -> list[_Claim]:
        """With the claims of names like `page_en.md`, where there is a page to go with them."""
        read = []
        at: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            identity, locale = "", ""
            if not claim.locale:
                identity, locale = page_names.other_spelling(claim.identity, self.locales)
            read.append(replace(claim, identity=identity, locale=locale, spelled=True))
            # A page does not vouch for itself.
            at[self._output(identity or claim.identity)].add(locale or claim.locale)
        for claim in claims:
            at[self._output(claim.identity)].add(claim.locale)
        return [
            other if other.locale and at[self._output(other.identity)] - {other.locale} else claim
            for claim, other in zip(claims, read, strict=True)
        ]

    def _english_beside_chinese(self, claims: list[_Claim]) -> list[_Claim]:
        """README.md is the English one beside README.zh-CN.md, if there is no Chinese in it."""
        if len(self.locales) < 2:
            return claims
        default, other = self.locales[:2]
        said: dict[str, dict[str, _Claim]] = defaultdict(dict)
        for claim in claims:
            said[self._output(claim.identity)].setdefault(claim.locale, claim)
        found = []
        for claim in claims:
            versions = said[self._output(claim.identity)]
            if (
                not claim.locale
                and default in versions
                and other not in versions
                and (
                    # Most pages outside of it are in English, or it were no language's folder.
                    versions[default].folder
                    or (not self.is_han(claim.uri) and self.is_han(versions[default].uri))
                )
            ):
                chinese = versions[default].uri
                self.english.append((claim.uri, chinese, other))
                claim = replace(claim, locale=other)
            found.append(claim)
        return found

    def _is_original(self, claim: _Claim) -> bool:
        return claim.locale in {"", self.tree.default}

    def _order(self, claim: _Claim) -> tuple[object, ...]:
        """Plain names before others, and `index.md` before `README.md`."""
        stem = posixpath.splitext(posixpath.basename(claim.identity))[0]
        return (
            claim.spelled,
            claim.locale != "",
            claim.folder,
            is_index(claim.identity) and ("index", "README", stem).index(stem),
            claim.identity.count("/"),
            claim.uri,
        )

    def _take(
        self, claim: _Claim, taken: dict[tuple[str, str], str], identities: dict[str, str]
    ) -> None:
        tree = self.tree
        locale = claim.locale or tree.default
        holder = taken.get((self._output(claim.identity), locale))
        if holder is not None and claim.spelled:
            # No page is lost for a name that may mean nothing, as `mirror-cn.md` does.
            if locale != tree.default:
                tree.problems.append(page_tree_problems.spelled_twice(claim.uri, holder, locale))
            own = claim.uri.removeprefix(claim.folder)
            claim = replace(claim, identity=own, locale="", spelled=False)
            locale = tree.default
            holder = taken.get((self._output(own), locale))
        out = self._output(claim.identity)
        identity = identities.setdefault(out, claim.identity)
        tree.places[claim.uri] = Place(identity, locale, claim.folder, bool(claim.locale))
        if holder is not None:
            tree.refused.append(claim.uri)
            tree.problems.append(
                page_tree_problems.claimed(claim.uri, holder)
                if canonical(tree.places[holder].identity) == canonical(claim.identity)
                else page_tree_problems.same_address(claim.uri, holder, self._address(out, locale))
            )
            return
        taken[out, locale] = claim.uri
        tree.pages.setdefault(identity, {})[locale] = claim.uri
        if claim.spelled:
            self.spelled.append((claim.uri, identity, locale))

    def _leave_addresses_of_languages(self, taken: dict[tuple[str, str], str]) -> None:
        """Refuse an original whose address another language has for one of its pages."""
        default = self.tree.default
        outputs = {out for out, locale in taken if locale == default}
        for locale in self.locales[1:]:
            shown = outputs | {out for out, of in taken if of == locale} | {"index.html"}
            for out in sorted(shown):
                own = taken.get((f"{locale}/{out}", default))
                if own is None:
                    continue
                self._give_up(own, f"{locale}/{out}", taken)
                other = taken.get((out, locale)) or taken.get((out, default)) or ""
                self.tree.problems.append(
                    page_tree_problems.languages_address(own, other, f"{locale}/{out}", locale)
                )
        # The theme's page for readers who have lost the way.
        if (own := taken.get(("404.html", default))) is not None:
            self._give_up(own, "404.html", taken)
            self.tree.problems.append(page_tree_problems.same_address(own, "404.html", "404.html"))

    def _leave_places_of_files(
        self, taken: dict[tuple[str, str], str], other_files: list[str]
    ) -> None:
        """Refuse a page whose folder would be where a file is: feed.xml.md, a.png.md by a.png."""
        default = self.tree.default
        files = {*other_files, *generated_names(self.locales[1:])}
        for (out, locale), uri in list(taken.items()):
            # An original may stand in for its translations as well.
            shown = self.locales if locale == default else [locale]
            folders = (
                "/".join(parts[:depth])
                for parts in (self._address(out, of).split("/") for of in shown)
                for depth in range(1, len(parts))
            )
            file = next((folder for folder in folders if folder in files), None)
            if file is not None:
                self._give_up(uri, out, taken, locale)
                self.tree.problems.append(page_tree_problems.place_of_file(uri, file))

    def _give_up(
        self, uri: str, out: str, taken: dict[tuple[str, str], str], locale: str = ""
    ) -> None:
        """Refuse an original after all, or what has another `locale`."""
        locale, identity = locale or self.tree.default, self.tree.places[uri].identity
        del taken[out, locale]
        del self.tree.pages[identity][locale]
        if not self.tree.pages[identity]:
            del self.tree.pages[identity]
        self.tree.refused.append(uri)

    def _find_same_files(self, taken: dict[tuple[str, str], str]) -> None:
        """Tell of addresses, and so of files, that Windows and macOS take for one."""
        alike: dict[str, list[str]] = defaultdict(list)
        for (out, locale), uri in taken.items():
            alike[page_names.same_file(self._address(out, locale))].append(uri)
        for uris in alike.values():
            first, *rest = sorted(uris)
            self.tree.problems += [page_tree_problems.same_file(uri, first) for uri in rest]


def check_tree(tree: PageTree, likely: Callable[[str, list[str]], str | None]) -> list[Problem]:
    """Problems with files that are no page's, or the same page's twice.

    `likely(orphan, candidates)` names the original that an orphan was translated from.
    """
    problems = list(tree.problems)
    alone: dict[str, list[str]] = defaultdict(list)
    for uri in tree.orphans():
        place = tree.places[uri]
        original = likely(uri, tree.untranslated(place.locale))
        if place.folder and not original:
            alone[place.folder].append(uri)
        else:
            problems.append(page_tree_problems.orphan(uri, place.identity, original, place.locale))
    problems += [page_tree_problems.alone(folder, uris) for folder, uris in alone.items()]
    return problems
