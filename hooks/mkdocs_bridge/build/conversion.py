"""Pages converted, or taken from an earlier build, for one language of one build."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from docskit.messages import OpaqueError, digest, fingerprint
from mkdocs_bridge.build.fallback_pages import OtherwiseError, shown_again
from mkdocs_bridge.build.site_build import SiteBuild
from mkdocs_bridge.cache import (
    KIND,
    LANGUAGE,
    answerers,
    build_inputs,
    described,
    forget,
    forked,
    mkdocs_log,
    pack,
    pack_data,
    page_build,
    unpack,
    unpack_data,
    watched,
    worker_count,
)
from mkdocs_bridge.patches import Converter
from mkdocs_bridge.site import addresses_of, languages

PAYS_FROM = 24
"""Pages to convert from which starting processes is worth its price."""

# Made with the page, from things that are in the key, or belonging to the navigation.
_STRUCTURE = {
    "file",
    "parent",
    "children",
    "previous_page",
    "next_page",
    "_Page__active",
    "update_date",
    "canonical_url",
    "abs_url",
}


class _OpenedFiles:
    """The files opened for reading while a page is converted, whoever opens them.

    Python cannot unregister an audit hook, so there is one, which looks at `paths`.
    """

    def __init__(self) -> None:
        self.paths: set[str] | None = None
        self._thread = 0
        self._installed = False

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or self.paths is None or threading.get_ident() != self._thread:
            return
        if isinstance(arguments[0], (str, bytes)):
            self.paths.add(os.fsdecode(arguments[0]))

    @contextmanager
    def noted(self) -> Iterator[set[str]]:
        """The paths opened in this thread inside the block, as they were given."""
        if not self._installed:
            # Not sooner: from then on Python calls it for much else.
            sys.addaudithook(self._note)
            self._installed = True
        self._thread = threading.get_ident()
        paths: set[str] = set()
        self.paths = paths
        try:
            yield paths
        finally:
            self.paths = None


_opened = _OpenedFiles()


class _Lines(logging.Handler):
    """Keeps what is logged while one page is converted."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.name, record.levelno, record.getMessage()))


def _toc_links(values: Iterable[tuple[str, str, int, bool, list[Any]]]) -> list[AnchorLink]:
    links = []
    for title, identifier, level, active, children in values:
        link = AnchorLink(title, identifier, level)
        if active:
            link.active = True  # type: ignore[attr-defined]
        link.children = _toc_links(children)
        links.append(link)
    return links


def _row(packed: bytes) -> tuple[bytes, bytes, dict[str, bytes], list[Any], bytes, bool, Any]:
    """What `_snapshot` has put together; raises `ValueError` where it was not that."""
    match unpack(packed):
        case (
            bytes(content),
            bytes(data),
            dict(files),
            list(lines),
            bytes(tree),
            bool(whole),
            dict(answers),
        ) if all(isinstance(question, tuple) and question for question in answers):
            return content, data, files, lines, tree, whole, answers
    raise ValueError("not a converted page")


def _results(data: bytes) -> tuple[dict[str, Any], dict[str, object]]:
    """What conversion has left on a page and what hooks have kept."""
    match unpack_data(data):
        case (dict(values), dict(kept)) if not any(
            _is_private(name) or callable(getattr(Page, name, None)) for name in values
        ):
            return values, kept
    raise ValueError("not a converted page")


def _is_private(name: str) -> bool:
    """Whether conversion leaves the attribute to this build; what hooks keep for themselves is."""
    return name in _STRUCTURE or (name.startswith("_") and name != "_title_from_render")


class Conversion:
    """What `_populate_page` does for each page of `files`, done only where something changed."""

    def __init__(
        self, build: SiteBuild, config: MkDocsConfig, files: Files, pages: list[Page]
    ) -> None:
        self._build = build
        self._config = config
        self._files = files
        self._locale = languages.building_locale(config)
        self._locales = languages.locales(config)
        self._watched = watched(files)
        self._converter = Converter(config, self._watched)
        self._tree = fingerprint(
            [
                [(file.src_uri, file.url, file.inclusion.value) for file in files],
                build.authors_files,
                # Not among the files, though what links mean depends on it.
                addresses_of(config),
            ]
        )
        self._answerers: dict[str, Callable[..., str]] = {
            **answerers(config),
            KIND: lambda _page, path: described(files.get_file_from_path(path)),
            LANGUAGE: lambda _page: self._locale,
        }
        self._messages: dict[str, list[tuple[str, int, str]]] = {}
        self._counted: set[str] = set()
        self._keys: dict[str, bytes | None] = {}
        base = self._base()
        for page in pages:
            self._keys[page.file.src_uri] = self._key(page, base) if base else None
        self._restore_all({self._name(page): page for page in pages})
        missing = [page for page in pages if page.file.src_uri not in self._messages]
        self.misses = len(missing)
        workers = worker_count()
        if workers > 1 and len(missing) >= PAYS_FROM:
            self._convert_in_workers(missing, workers)

    def _name(self, page: Page) -> str:
        return f"{self._locale} {page.file.src_uri}"

    def _base(self) -> bytes | None:
        try:
            return fingerprint(
                [
                    self._build.environment,
                    # Which templates and icons there are; those that are opened are noted.
                    self._build.theme[1],
                    build_inputs.configuration(self._config),
                    self._locale,
                ]
            )
        except OpaqueError as error:
            self._build.log.info("配置里有无法辨认的值（%s），页面不用缓存。", error)
            return None

    def _key(self, page: Page, base: bytes) -> bytes:
        file = page.file
        return fingerprint(
            [
                base,
                build_inputs.file_values(file),
                page.__dict__.get("title"),
                page.meta,
                page.canonical_url,
                page.edit_url,
                page.is_homepage,
                sorted(page_build(page).contributions),
                self._sources(file),
            ]
        )

    def _sources(self, file: File) -> list[bytes]:
        """The page as its author wrote it, in every language."""
        if file.abs_src_path is None:
            return [digest(file.content_bytes)]
        return [self._build.source(path) for path in self.source_paths(file)]

    def source_paths(self, file: File) -> list[str]:
        """Where the page's text is in every language, its own file first."""
        alternates: dict[str, File] = getattr(file, "alternates", {})
        files = [file, *(alternates[locale] for locale in sorted(alternates))]
        return list(dict.fromkeys(str(other.abs_src_path) for other in files))

    def convert_again(self, page: Page) -> None:
        """Convert `page` as its source is now, without a look at the cache."""
        forget(page)
        page.markdown = page.content = page._title_from_render = None
        page.toc = TableOfContents([])
        page.meta = {}
        self._populate(page)

    def _restore_all(self, pages: dict[str, Page]) -> None:
        for name, key, packed in self._build.store.rows("page", "name, key, value"):
            self._build.stop_if_superseded()
            page = pages.get(str(name))
            if (
                page is None
                or self._keys[page.file.src_uri] != key
                or not isinstance(packed, bytes)
            ):
                continue
            try:
                self._restore(page, packed)
            except ValueError:
                self._build.log.info("缓存里 %s 的记录已损坏，重新转换。", page.file.src_uri)
        for page in pages.values():
            if page.file.src_uri not in self._messages and languages.is_fallback(
                page.file, self._config
            ):
                self._build.stop_if_superseded()
                self._show_again(page)

    def _show_again(self, page: Page) -> None:
        """Take what conversion has left in the page's own language, where it is the same here."""
        locale = languages.source_locale(page.file)
        original = getattr(page.file, "alternates", {}).get(locale)
        name = f"{locale} {page.file.src_uri}"
        if original is None or name not in self._build.converted:
            return
        packed = self._build.store.value("page", name)
        if packed is None or self._keys[page.file.src_uri] is None:
            return
        try:
            _, data, files, lines, _, whole, answers = _row(packed)
            if whole:
                raise OtherwiseError("looked at all files")
            row = (*_results(data), answers)
            values, kept, now = shown_again(page, original, row, self._answerers)
        except Exception as error:
            # Whatever it is, to convert the page is right as well.
            self._build.log.debug("converted again: %s: %s", page.file.src_uri, error)
            return
        self._build.log.debug("shown again: %s", page.file.src_uri)
        data = pack_data((values, kept))
        packed = pack((digest(data), data, files, lines, self._tree, False, now))
        if self._restore(page, packed):
            self._remember(page, packed)

    def _restore(self, page: Page, packed: bytes) -> bool:
        """Put the result of an earlier conversion into `page`, unless a file has changed."""
        content, data, files, lines, tree, whole, answers = _row(packed)
        if tree != self._tree and (whole or not self._still_answered(page, answers)):
            return False
        if any(self._build.file_digest(path) != content for path, content in files.items()):
            return False
        values, kept = _results(data)
        for name, value in values.items():
            match name:
                case "toc":
                    page.toc = TableOfContents(_toc_links(value))
                case "present_anchor_ids":
                    page.present_anchor_ids = set(value)
                case "links_to_anchors":
                    page.links_to_anchors = {
                        file: anchors
                        for uri, anchors in value.items()
                        if (file := self._files.src_uris.get(uri)) is not None
                    }
                case _:
                    page.__dict__[name] = value
        record = page_build(page)
        record.kept.update(kept)
        self._name_content(page, content, values)
        record.files.update(files)
        record.answers.update(answers)
        self._messages[page.file.src_uri] = lines
        self._build.converted.add(self._name(page))
        return True

    def _still_answered(self, page: Page, answers: dict[tuple[str, ...], str]) -> bool:
        """Whether everything that the page asked about other files has the same answer now."""
        return all(
            kind in self._answerers and self._answerers[kind](page, *question) == answer
            for (kind, *question), answer in answers.items()
        )

    def _snapshot(
        self, page: Page, before: dict[str, Any], opened: set[str], lines: list[Any]
    ) -> bytes:
        """What conversion has done to `page`, as bytes; raises where that is not plain data."""
        values: dict[str, object] = {}
        for name, value in page.__dict__.items():
            # What hooks keep for themselves can be had again; MkDocs' title cannot.
            if _is_private(name) or (name in before and before[name] is value):
                continue
            if name == "toc":
                value = build_inputs.toc_values(page.toc)
            elif name == "present_anchor_ids" and value is not None:
                value = sorted(value)
            elif name == "links_to_anchors" and value is not None:
                value = {file.src_uri: anchors for file, anchors in value.items()}
            values[name] = value
        record = page_build(page)
        files = {
            path: self._build.file_digest(path)
            for path in sorted(record.files | {str(Path(path).absolute()) for path in opened})
            if not self._build.is_package_file(path) and path != page.file.abs_src_path
        }
        # A snippet that is not there would be, if someone made the file.
        whole = record.looked_at_all_files or "-8<-" in (page.markdown or "")
        data = pack_data((values, record.kept))
        content = digest(data)
        self._name_content(page, content, values)
        return pack((content, data, files, lines, self._tree, whole, record.answers))

    @staticmethod
    def _name_content(page: Page, content: bytes, values: dict[str, object]) -> None:
        """Spare later steps from reading all of `values` to see whether it has changed."""
        record = page_build(page)
        record.digest = content
        record.texts = {name: value for name, value in values.items() if isinstance(value, str)}

    def _convert(self, page: Page) -> tuple[bytes | None, list[tuple[str, int, str]]]:
        """Convert `page` here; its snapshot, or None where it must not be kept."""
        before = dict(page.__dict__)
        handler = _Lines()
        root = mkdocs_log()
        root.addHandler(handler)
        try:
            with _opened.noted() as opened:
                self._populate(page)
        finally:
            root.removeHandler(handler)
        if self._keys.get(page.file.src_uri) is None:
            return None, handler.lines
        try:
            return self._snapshot(page, before, opened, handler.lines), handler.lines
        except Exception as error:
            self._build.log.debug("not kept: %s: %s", page.file.src_uri, error)
            return None, handler.lines

    def _populate(self, page: Page) -> None:
        config, files = self._config, self._watched
        config._current_page = files.page = page
        try:
            page = config.plugins.on_pre_page(page, config=config, files=files)
            page.read_source(config)
            page.markdown = config.plugins.on_page_markdown(
                page.markdown or "", page=page, config=config, files=files
            )
            self._converter.render(page)
            page.content = config.plugins.on_page_content(
                page.content or "", page=page, config=config, files=files
            )
        finally:
            config._current_page = files.page = None

    def _convert_in_workers(self, pages: list[Page], workers: int) -> None:
        def work(number: int) -> bytes:
            packed, _ = self._convert(pages[number])
            if packed is None:
                raise ValueError("to be converted by the parent")
            return packed

        for number, packed in forked(len(pages), work, workers):
            page = pages[number]
            self._restore(page, packed)
            self._remember(page, packed)
            self._build.advance("转换")
            self._counted.add(page.file.src_uri)

    def _remember(self, page: Page, packed: bytes) -> None:
        self._build.remember("page", (self._name(page), self._keys[page.file.src_uri], packed))
        self._build.converted.add(self._name(page))

    def populate(self, page: Page) -> None:
        """Leave `page` as `_populate_page` leaves it."""
        self._build.seen("page", self._name(page))
        if page.file.src_uri not in self._counted:
            self._build.advance("转换")
        lines = self._messages.pop(page.file.src_uri, None)
        if lines is not None:
            for name, level, message in lines:
                logging.getLogger(name).log(level, "%s", message)
            return
        packed, _ = self._convert(page)
        if packed is not None:
            self._remember(page, packed)
