"""Bring the pictures home that pages take from other hosts: the plan of it, and the fetching."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from docskit.outside import (
    SOURCES,
    NoPictureError,
    OutsidePlace,
    PictureFile,
    SourcesError,
    picture_file,
    picture_folder,
    picture_name,
    read_sources,
    reference_to,
    with_names,
    with_sources,
)
from docskit.pages import same_file
from docskit.reading import AuthorPage
from mkdocs_bridge.stores import KnownPicture, OutsideStore
from outside_client import Answer, Client, RefusedError
from outside_queue import PATIENCE, each_of_its_host

_FRESH = 7 * 24 * 3600.0
_TROUBLE_FRESH = 24 * 3600.0
_SILENCE_FRESH = 3600.0
"""Seconds for which it is believed that a picture is not there, and that a host is silent."""
_SILENT = ("dns", "connect", "timeout", "cut", "slow", "tls", "429", "503", "left")

Result = PictureFile | str
"""A picture, or why there is none."""


@dataclass(frozen=True, slots=True)
class OutsidePage:
    """An author's page with the places where it names pictures on other hosts."""

    path: Path
    page: AuthorPage
    places: Sequence[OutsidePlace]


@dataclass(slots=True)
class Plan:
    """What is to be written, and what is not, in words.

    `pages` are the bytes of the pages at their paths, `needs` the new files each relies on;
    `sources` are (old bytes or None, new bytes).
    """

    pages: dict[Path, bytes] = field(default_factory=dict)
    needs: dict[Path, set[Path]] = field(default_factory=dict)
    files: dict[Path, tuple[bytes, str]] = field(default_factory=dict)
    sources: dict[Path, tuple[bytes | None, bytes]] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    rewritten: int = 0


def _fetched(address: str, store: OutsideStore, client: Client, now: float) -> PictureFile:
    """From the cache or from its host; RefusedError or NoPictureError."""
    known = store.known(address)
    data = store.data(address) if known else None
    if known is None or data is None:
        answer = client.get(address)
    elif now - known.checked < _FRESH:
        return PictureFile(data, known.extension, known.width, known.height)
    else:
        try:
            answer = client.get(address, known.etag, known.modified)
        except RefusedError:
            # Gone or silent there; it is still here.
            answer = Answer(None, known.secure, known.etag, known.modified)
        if answer.data is None:
            facts = (known.width, known.height, known.etag, known.modified)
            store.keep(KnownPicture(address, known.extension, answer.secure, now, *facts))
            return PictureFile(data, known.extension, known.width, known.height)
    picture = picture_file(answer.data or b"")
    facts = (picture.width, picture.height, answer.etag, answer.modified)
    store.keep(KnownPicture(address, picture.extension, answer.secure, now, *facts), picture.data)
    return picture


def _believed(known: KnownPicture | None, now: float) -> str:
    """Why there was no picture a little while ago; '' where that is to be asked again."""
    if known is None or not known.trouble:
        return ""
    fresh = _SILENCE_FRESH if known.kind in _SILENT else _TROUBLE_FRESH
    return known.trouble if 0 <= now - known.checked < fresh else ""


def fetch_all(
    addresses: Iterable[str],
    store: OutsideStore,
    client: Client,
    now: float,
    *,
    believe_trouble: bool = False,
) -> dict[str, Result]:
    """Each address's picture, or why there is none; few at once, and two of a host.

    With `believe_trouble` what did not come a little while ago is not asked for again.
    """
    silent: dict[str, int] = defaultdict(int)
    last_words: dict[str, str] = {}

    def failed(address: str, why: str, kind: str) -> str:
        if store.data(address) is None:
            store.keep(KnownPicture(address, "", False, now, trouble=why, kind=kind))
        return why

    def result_for(host: str, address: str) -> Result:
        if silent[host] >= PATIENCE:
            # What is in the cache is there all the same.
            known, data = store.known(address), store.data(address)
            if known is not None and data is not None:
                return PictureFile(data, known.extension, known.width, known.height)
            return failed(address, f"{last_words[host]}，这个网站剩下的没有再试", "left")
        if believe_trouble and (trouble := _believed(store.known(address), now)):
            return trouble
        try:
            picture = _fetched(address, store, client, now)
        except RefusedError as error:
            last_words[host] = str(error)
            silent[host] = silent[host] + 1 if error.host_down or error.busy else 0
            return failed(address, str(error), error.kind)
        except NoPictureError as error:
            return failed(address, str(error), "picture")
        silent[host] = 0
        return picture

    return each_of_its_host(addresses, result_for, "取图片")


class _Folder:
    """One folder of pictures: what is in it, and what is to come."""

    def __init__(self, docs_dir: Path, folder: str) -> None:
        self.folder = folder
        self.path = docs_dir / folder
        self.old: bytes | None = None
        self.trouble = ""
        self.by_address: dict[str, str] = {}
        self.added: dict[str, str] = {}
        self.created: set[str] = set()
        self.taken: set[str] = {same_file(SOURCES)}
        if self.path.exists() and not self.path.is_dir():
            self.trouble = f"{folder} 是文件，放不了图片"
            return
        if self.path.is_dir():
            self.taken |= {same_file(item.name) for item in self.path.iterdir()}
        sources = self.path / SOURCES
        try:
            self.old = sources.read_bytes() if sources.exists() else None
            known = read_sources((self.old or b"").decode())
        except (SourcesError, UnicodeDecodeError, OSError) as error:
            self.trouble = f"{folder}/{SOURCES} {error}；请改好，或者换个名字"
            return
        # Of two names for an address the first; a picture that was deleted is fetched again.
        for name, address in known.items():
            if PurePosixPath(name).name == name and (self.path / name).is_file():
                self.by_address.setdefault(address, name)

    def name_for(self, address: str, picture: PictureFile) -> str:
        """The name under which the picture is, or will be, in this folder."""
        if address in self.by_address:
            return self.by_address[address]

        assigned = {same_file(name) for name in self.by_address.values()}

        def is_other(name: str) -> bool:
            # A run that was stopped may have left the very picture.
            return name in self.taken and (name in assigned or not self._holds(name, picture.data))

        name = picture_name(address, picture.extension, is_other)
        if same_file(name) not in self.taken:
            self.created.add(name)
        self.taken.add(same_file(name))
        self.by_address[address] = name
        self.added[name] = address
        return name

    def _holds(self, folded: str, data: bytes) -> bool:
        return any(
            same_file(item.name) == folded
            and item.is_file()
            and not item.is_symlink()
            and item.read_bytes() == data
            for item in (self.path.iterdir() if self.path.is_dir() else ())
        )


def plan_pictures(
    pages: Iterable[OutsidePage],
    docs_dir: Path,
    locales: Iterable[str],
    fetch: Callable[[Iterable[str]], dict[str, Result]],
) -> Plan:
    """Fetch what the pages name and is not at home, and say what is to be written where."""
    pages = sorted(pages, key=lambda page: page.page.path)
    locales = list(locales)
    folders: dict[str, _Folder] = {}
    homes: dict[Path, _Folder] = {}
    plan = Plan()
    wanted: list[str] = []
    for page in pages:
        name = picture_folder(page.page.path, locales)
        folder = homes[page.path] = folders.setdefault(name, _Folder(docs_dir, name))
        if folder.trouble:
            plan.messages.append(f"{os.path.relpath(page.path)}: 图片没有取：{folder.trouble}")
            continue
        wanted += [p.address for p in page.places if p.address not in folder.by_address]
    results = fetch(wanted) if wanted else {}
    for page in pages:
        folder = homes[page.path]
        if folder.trouble:
            continue
        names: dict[OutsidePlace, str] = {}
        needs: set[Path] = set()
        for place in page.places:
            result = results.get(place.address, "")
            if place.address in folder.by_address:
                name = folder.by_address[place.address]
            elif isinstance(result, PictureFile):
                name = folder.name_for(place.address, result)
            else:
                where = f"{os.path.relpath(page.path)}:{place.line}"
                plan.messages.append(f"{where}: 图片没有取到：{result}。{place.address}")
                continue
            if name in folder.created and isinstance(result, PictureFile):
                plan.files[folder.path / name] = result.data, place.address
            if name in folder.created:
                needs.add(folder.path / name)
            names[place] = reference_to(folder.folder, name, page.page.path)
        if names:
            plan.pages[page.path] = with_names(page.page, names)
            plan.needs[page.path] = needs
            plan.rewritten += len(names)
    for folder in folders.values():
        if folder.added:
            new = with_sources((folder.old or b"").decode(), folder.added).encode()
            plan.sources[folder.path / SOURCES] = folder.old, new
    return plan
