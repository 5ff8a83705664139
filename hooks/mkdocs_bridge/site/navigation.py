"""awesome-nav, with the rules that no page vanishes and that a page is called by its identity.

- A `.nav.yml` that lists files has the others of its folder at its end. awesome-nav does so
  where the file says `append_unmatched: true`; here it has to say `false` to have it otherwise.
- A page stands where it would stand in the original's language: `en/git.md` beside `index.md`,
  not in a section `En`, and `docker/readme.md` is the `index.md` of its folder.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs_awesome_nav.nav import config as nav_config
from mkdocs_awesome_nav.nav import context as nav_context
from mkdocs_awesome_nav.nav import pattern as nav_pattern
from mkdocs_awesome_nav.nav.page import NavPage
from mkdocs_awesome_nav.nav.pattern import NavPattern
from mkdocs_awesome_nav.nav.section import NavSection

from docskit.messages import Problem, Severity
from docskit.pages import canonical, near_entries
from docskit.reading import decode_source
from mkdocs_bridge.site.drafts import drafts_of
from mkdocs_bridge.site.languages import identity
from mkdocs_bridge.site.page_places import tree_of

_NOTES = "_nav_notes"
_FOLDERS = "_nav_folders"
_Page = nav_context.Page
_add_file_object = nav_context.MkdocsFilesContext._add_file_object
REPLACED = {
    "add": _add_file_object,
    "page": _Page.__init__,
    "nav": nav_config.NavConfig.nav.func,
    "append": nav_config.NavConfig.append_unmatched.func,
    "pattern": NavPattern.resolve,
    "entry": NavPage.to_mkdocs_config,
    "matches": NavPattern._find_matches,
}
"""What the bridge relies on, as awesome-nav has it."""


def _to_mkdocs_config(self: Any) -> Any:
    # By its file: another page's may be called as this one is in every language.
    uri = self.page.file.src_uri
    return {self.title: uri} if self.title else uri


@dataclass(slots=True)
class _Notes:
    """Each `.nav.yml` with what it has not got, and with what there is not."""

    unlisted: list[tuple[str, list[Any]]] = field(default_factory=list)
    unmatched: list[tuple[str, str]] = field(default_factory=list)


class _IdentifiedPage(_Page):  # type: ignore[misc, valid-type]
    """A page of awesome-nav, at the path that it has in every language."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self.path = PurePosixPath(canonical(identity(file)))


def _add(self: Any, file_object: Any) -> None:
    _add_file_object(self, file_object)
    self.__dict__.setdefault(_FOLDERS, {}).setdefault(file_object.path.parent, []).append(
        file_object
    )
    if isinstance(file_object, _Page):
        # Found by the name that a `.nav.yml` has for it, and by that of its file.
        self._by_path[PurePosixPath(file_object.file.src_uri)] = file_object


class _Pattern(NavPattern):  # type: ignore[misc]
    """An entry of a `.nav.yml` that is no page or folder; what it does not match is noted."""

    unlisted = False
    _ignore_no_matches: bool

    def resolve(self, context: Any) -> list[Any]:
        quiet, self._ignore_no_matches = self._ignore_no_matches, True
        items: list[Any] = super().resolve(context)
        if self.config.config_path is not None:
            uri = self.config.config_path.as_posix()
            notes = context._mkdocs_files.__dict__.setdefault(_NOTES, _Notes())
            if self.unlisted and items:
                notes.unlisted.append((uri, items))
            elif not items and not quiet:
                notes.unmatched.append((uri, self.pattern))
        return items

    def _find_matches(self, context: Any) -> Any:
        """Look through the one folder that `*` is about, not through all of the site for each."""
        if "/" not in self.pattern and "**" not in self.pattern:
            there = context.__dict__.get(_FOLDERS, {}).get(self.path, ())
            near = [item for item in there if item in context.unvisited]
            return super()._find_matches(SimpleNamespace(unvisited=near))
        return super()._find_matches(context)


class _Unlisted(nav_config.NavConfigItemPatternOptions):  # type: ignore[misc]
    def parse(self, **options: Any) -> Any:
        pattern = super().parse(**options)
        pattern.unlisted = True
        return pattern


def _nav(self: Any) -> list[Any]:
    nav: list[Any] = self._model.nav.copy()
    if self.append_unmatched:
        nav.append(_Unlisted(glob="*", ignore_no_matches=True))
    return nav


def _append_unmatched(self: Any) -> bool:
    if self._model.append_unmatched is not None:
        return bool(self._model.append_unmatched)
    return self._parent is None or bool(self._parent.append_unmatched)


def _cached(function: Any, name: str) -> None:
    replaced: Any = cached_property(function)
    replaced.__set_name__(nav_config.NavConfig, name)
    setattr(nav_config.NavConfig, name, replaced)


def install() -> None:
    """Give it to awesome-nav; again and again is once."""
    nav_pattern.NavPattern = _Pattern
    NavPage.to_mkdocs_config = _to_mkdocs_config
    nav_context.Page = _IdentifiedPage
    nav_context.MkdocsFilesContext._add_file_object = _add
    _cached(_nav, "nav")
    _cached(_append_unmatched, "append_unmatched")


@dataclass(frozen=True, slots=True)
class Nearby:
    """Numbered entries of the navigation, and how many are left out, in words."""

    shown: list[tuple[int, Any]]
    before: str
    after: str


def nearby(words: dict[str, str], items: Sequence[Any]) -> Nearby:
    """What stands around the page that is shown, or from the first where it is not among them.

    Without `words` for what is left out, nothing is.
    """
    if not words:
        return Nearby(list(enumerate(items, 1)), "", "")
    current = next((number for number, item in enumerate(items) if item.active), 0)
    near = near_entries(items, current)
    return Nearby(
        list(enumerate(near.shown, near.before + 1)),
        words["before"].format(n=near.before) if near.before else "",
        words["after"].format(n=near.after) if near.after else "",
    )


def _paths(items: Iterable[Any]) -> Iterable[str]:
    for item in items:
        if isinstance(item, NavPage):
            yield item.page.path.as_posix()
        elif isinstance(item, NavSection):
            yield f"{item.path.as_posix()}/"


def navigation_problems(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Pages that a `.nav.yml` has not got, and entries of it that name nothing.

    Call it in `on_nav`, after awesome-nav.
    """
    notes = files.__dict__.get(_NOTES, _Notes())
    known = {*drafts_of(config), *tree_of(config).places, *tree_of(config).pages}
    return [
        *(_unlisted(uri, sorted(set(_paths(items)))) for uri, items in notes.unlisted),
        *(
            _unmatched(uri, entry, files)
            for uri, entry in notes.unmatched
            # That it is a draft, in another language or refused was said or needs no word.
            if posixpath.normpath(posixpath.join(posixpath.dirname(uri), entry)) not in known
        ),
    ]


def _unlisted(uri: str, names: list[str]) -> Problem:
    more = len(names) - 5
    zh = "、".join(names[:5]) + (f" 等 {len(names)} 项" if more > 0 else "")
    en = ", ".join(names[:5]) + (f" and {more} more" if more > 0 else "")
    return Problem(
        uri,
        0,
        0,
        "nav-unlisted",
        Severity.INFO,
        f"没有列出 {zh}，已排在目录的最后。想换个位置，就把它写进这个文件",
        f"does not list {en}, which now stands at the end of the navigation; "
        "add it to this file to have it elsewhere",
    )


def _unmatched(uri: str, entry: str, files: Files) -> Problem:
    file = files.get_file_from_path(uri)
    text = decode_source(file.content_bytes, uri)[0].text if file else ""
    at = text.find(entry)
    line = text.count("\n", 0, at) + 1 if at >= 0 else 0
    folder = posixpath.dirname(uri)
    names = [
        posixpath.relpath(canonical(identity(page)), folder or ".")
        for page in files.documentation_pages()
    ]
    near = get_close_matches(entry, names, n=1)
    zh = f"。是不是 '{near[0]}'？" if near else "。请改成有的文件，或者删掉这一项"
    en = f"; did you mean '{near[0]}'?" if near else "; name one that there is, or delete this"
    return Problem(
        uri,
        line,
        0,
        "nav-unmatched",
        Severity.WARNING,
        f"目录里的 '{entry}' 找不到对应的文件或文件夹{zh}",
        f"'{entry}' in the navigation is no file or folder{en}",
    )
