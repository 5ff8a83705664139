"""Builds that do only what changed: MkDocs' own steps, replaced where a result can be kept.

MkDocs has no extension point around the conversion or the rendering of one page, nor around
emptying the output folder, so four functions of it are replaced, once for each process, by
ones that fall back to the original wherever no build of ours is under way:
`mkdocs.commands.build._populate_page` and `_build_page`, `mkdocs.utils.clean_directory`,
`write_file` and `copy_file`. tests/site/test_mkdocs_inside.py pins what they rely on.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import sysconfig
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

import jinja2
from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docskit.fingerprint import digest, fingerprint
from mkdocs_bridge import build_inputs, site_folder
from mkdocs_bridge.cache_store import Store, cache_folder
from mkdocs_bridge.compiled_templates import CompiledTemplates
from mkdocs_bridge.conversion import Conversion
from mkdocs_bridge.outputs import Outputs, stamp
from mkdocs_bridge.page_build import page_build
from mkdocs_bridge.rendering import Rendering
from mkdocs_bridge.theme_listing import spare_icons

FLUSH_BYTES = 8_000_000
_SETTLED_NS = 200_000_000
"""A file changed more recently than this may change again within its time stamp's grain."""


class Build:
    """One build of all languages: its cache, its outputs and what it has learnt."""

    log = logging.getLogger("mkdocs.builds")

    def __init__(self, config: MkDocsConfig, serving: bool) -> None:
        self.config = config
        own = config.config_file_path or "mkdocs.yml"
        folder = cache_folder(config)
        site = [str(Path(own).resolve()), str(Path(config.docs_dir).resolve()), serving]
        scope = hashlib.sha256(repr(site).encode()).hexdigest()[:16]
        self.store = Store(folder, scope)
        self.environment = fingerprint([build_inputs.packages(), build_inputs.code(config)])
        self.theme = build_inputs.overrides(config)
        known = {
            str(path): (content, str(written))
            for path, content, written in self.store.rows("output", "path, digest, stat")
            if isinstance(content, bytes)
        }
        self.outputs = Outputs(config.site_dir, known, _Current.early)
        self._outside = os.path.join(os.path.abspath(folder), "outside", "")
        self._packages = tuple(
            {
                os.path.abspath(str(path)) + os.sep
                for path in (
                    *sysconfig.get_paths().values(),
                    sys.prefix,
                    Path(__file__).parent.parent,
                    folder,
                    "/proc",
                    "/dev",
                    "/usr",
                )
            }
        )
        self._docs = os.path.abspath(config.docs_dir) + os.sep
        self._digests: dict[str, bytes | None] = {}
        self._stamped: dict[str, tuple[object, object]] = {
            str(path): (written, content)
            for path, written, content in self.store.rows("file", "path, stat, digest")
        }
        self._rows: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        self._size = 0
        self._seen: dict[str, set[str]] = {"page": set(), "html": set()}
        self.listeners: list[Callable[[str], None]] = []
        self.templates = CompiledTemplates(self.environment, _Current.templates)
        self.authors_files: list[str] = []
        self.conversion: Conversion | None = None
        self.rendering: Rendering | None = None

    def start_language(self) -> None:
        """Forget what belongs to the language before; its pages are written."""
        if self.rendering is not None:
            for page in self.rendering.pages():
                page.content = page.markdown = None
                page_build(page).texts = {}
        self.conversion = self.rendering = None
        self.listeners.clear()

    def stop_if_superseded(self) -> None:
        """Call it now and then in a step that takes long: a preview has no use for the rest."""
        _stop_if_superseded()

    def advance(self, step: str) -> None:
        """One more page is through `step`, here or in a worker."""
        for listener in self.listeners:
            listener(step)

    def is_package_file(self, path: str) -> bool:
        """Whether versions or code in the key stand for the file already."""
        # The authors' folder may lie below one of them; what is known of pictures elsewhere does.
        return path.startswith(self._packages) and not path.startswith((self._docs, self._outside))

    def source(self, path: str) -> bytes:
        """The digest of a small file, read anew in every build; empty if there is none."""
        content = self._digests.get(path)
        if content is None:
            try:
                content = digest(Path(path).read_bytes())
            except OSError:
                content = b""
            self._digests[path] = content
        return content

    def file_digest(self, path: str) -> bytes:
        """The digest of any file, read only if it was touched; empty if there is none."""
        content = self._digests.get(path)
        if content is None:
            written = stamp(path)
            known = self._stamped.get(path)
            if (
                known
                and written is not None
                and known[0] == written
                and isinstance(known[1], bytes)
            ):
                content = self._digests[path] = known[1]
                return content
            content = self.source(path)
            if written is not None:
                changed = max(int(part) for part in written.split()[1:3])
                if changed < time.time_ns() - _SETTLED_NS:
                    self._rows["file"].append((path, written, content))
        return content

    def remember(self, table: str, row: tuple[object, ...]) -> None:
        """Store a row now or soon."""
        self._rows[table].append(row)
        self._size += sum(len(value) for value in row if isinstance(value, bytes))
        if self._size > FLUSH_BYTES:
            self.flush()

    def seen(self, table: str, name: str) -> None:
        """Keep the row of that name: the site still has its page."""
        self._seen[table].add(name)

    def flush(self) -> None:
        """Write what was remembered, so that an interrupted build has not lost it."""
        if any(self._rows.values()):
            self.store.write(dict(self._rows), {})
        self._rows.clear()
        self._size = 0

    def finish(self) -> None:
        """All languages are written: drop what the site no longer has."""
        self.outputs.finish()
        rows, gone = self.outputs.changes()
        self._rows["output"] = list(rows)
        removed: dict[str, Any] = {"output": gone}
        for table, names in self._seen.items():
            stored = {str(name) for (name,) in self.store.rows(table, "name")}
            removed[table] = stored - names
        if any(self._rows.values()) or any(removed.values()):
            self.store.write(dict(self._rows), removed)
        self.store.forget_old_sites()
        self.store.close()

    def abandon(self) -> None:
        """The build has failed: keep what is right so far."""
        self.flush()
        self.store.close()


class Superseded(Exception):  # noqa: N818
    """A newer save makes the build under way pointless."""


class _Current:
    """The build under way in this process, if any, and MkDocs' own functions.

    `early` holds digest and stamp of the files that a preview has written since the last build,
    `rewritten` the files that the last build has changed, `templates` what has been compiled.
    """

    build: Build | None = None
    early: ClassVar[dict[str, tuple[bytes, str]]] = {}
    rewritten: ClassVar[set[str]] = set()
    templates: ClassVar[dict[str, bytes]] = {}
    interrupted: Callable[[], bool] | None = None
    remember: Callable[[Build, Conversion, Rendering], None] | None = None
    originals: dict[str, Callable[..., Any]] | None = None


def current_build() -> Build | None:
    """The build under way; None for MkDocs without `hooks/builds.py`."""
    return _Current.build


def begin_language(config: MkDocsConfig, serving: bool) -> None:
    """Call it in `on_config` when the language is known, for every language."""
    install()
    build = _Current.build
    # static-i18n builds all its languages with one configuration object.
    if build is None or build.config is not config:
        _undo_interrupted_i18n()
        build = Build(config, serving)
        _Current.build = build
    build.start_language()
    spare_icons(config.theme)


def finish() -> None:
    """Call it in `on_post_build` after the last language."""
    build, _Current.build = _Current.build, None
    if build is not None:
        build.finish()
        _Current.early.clear()
        _Current.rewritten.clear()
        _Current.rewritten.update(build.outputs.rewritten)


def abandon() -> None:
    """Call it in `on_build_error`."""
    if _Current.build is not None:
        _Current.build.abandon()
    _Current.build = None


def listen(advance: Callable[[str], None]) -> None:
    """Call `advance` with a short Chinese word for each page of this language that is through.

    Per-page events cannot be counted: they do not run here for pages that are kept, or that
    another process converts.
    """
    if _Current.build is not None:
        _Current.build.listeners.append(advance)


def note_files(files: Files) -> None:
    """Call it in `on_files`, before static-i18n drops the files of other languages."""
    if _Current.build is not None:
        _Current.build.authors_files = [file.src_uri for file in files]


def converted(env: jinja2.Environment) -> None:
    """Call it in `on_env`: every page of the language is converted, no template is compiled."""
    if _Current.build is not None:
        _Current.build.flush()
        env.bytecode_cache = _Current.build.templates


def _undo_interrupted_i18n() -> None:
    """Take back what static-i18n sets while it builds its other languages.

    It does so itself only where none of them fails.
    """
    utils.clean_directory = _clean_directory
    kept = [item for item in mkdocs_build.log.filters if type(item).__name__ != "I18nLoggingFilter"]
    mkdocs_build.log.filters[:] = kept


def interrupt_when(newer: Callable[[], bool]) -> None:
    """Let `newer` stop a build under way, with `Superseded`, between two pages."""
    _Current.interrupted = newer


def remember_languages(remember: Callable[[Build, Conversion, Rendering], None]) -> None:
    """Hand over each language of each build when all its pages are converted."""
    _Current.remember = remember


def write_early(html: bytes, page: Page) -> None:
    """Write one page of the last build anew, at once for whoever reads it meanwhile."""
    path = page.file.abs_dest_path
    aside = f"{path}.new"
    with open(aside, "wb") as file:
        file.write(html)
    os.replace(aside, path)
    written = stamp(path)
    if written is not None:
        _Current.early[path] = (digest(html), written)


def wrote_pages() -> bool:
    """Whether the last build changed a page; every language's 404.html is written anew."""
    return any(
        path.endswith(".html") and not path.endswith("404.html") for path in _Current.rewritten
    )


def _stop_if_superseded() -> None:
    if _Current.interrupted is not None and _Current.interrupted():
        raise Superseded


def install() -> None:
    """Replace MkDocs' functions, once for each process."""
    if _Current.originals is not None:
        return
    _Current.originals = {
        "_populate_page": mkdocs_build._populate_page,
        "_build_page": mkdocs_build._build_page,
        "clean_directory": utils.clean_directory,
        "write_file": utils.write_file,
        "copy_file": utils.copy_file,
    }
    mkdocs_build._populate_page = _populate_page
    mkdocs_build._build_page = _build_page
    utils.clean_directory = _clean_directory
    utils.write_file = _write_file
    utils.copy_file = _copy_file


def _original(name: str) -> Callable[..., Any]:
    assert _Current.originals is not None  # noqa: S101
    return _Current.originals[name]


def _tell(doing: str, page: Page, error: Exception) -> None:
    message = f"Error {doing} page '{page.file.src_uri}':"
    if not isinstance(error, BuildError):
        message += f" {error}"
    mkdocs_build.log.error(message)


def _populate_page(page: Page, config: MkDocsConfig, files: Files, dirty: bool = False) -> None:
    build = _Current.build
    if build is None or dirty:
        _original("_populate_page")(page, config, files, dirty)
        return
    _stop_if_superseded()
    if build.conversion is None:
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        build.conversion = Conversion(build, config, files, pages)
    try:
        build.conversion.populate(page)
    except Exception as error:
        _tell("reading", page, error)
        raise


def _build_page(
    page: Page,
    config: MkDocsConfig,
    doc_files: Sequence[File],
    nav: Navigation,
    env: jinja2.Environment,
    dirty: bool = False,
    excluded: bool = False,
) -> None:
    build = _Current.build
    if build is None or dirty:
        _original("_build_page")(page, config, doc_files, nav, env, dirty, excluded)
        return
    _stop_if_superseded()
    if build.rendering is None:
        expected = build.conversion.misses if build.conversion else len(doc_files)
        build.rendering = Rendering(build, config, doc_files, nav, env, expected)
        if _Current.remember is not None and build.conversion is not None:
            _Current.remember(build, build.conversion, build.rendering)
    try:
        build.rendering.build(page, excluded)
    except Exception as error:
        _tell("building", page, error)
        raise


def convert_again(page: Page) -> None:
    """Convert `page` as its file is now, past the cache; call it while its language is built."""
    build = _Current.build
    if build is None or build.conversion is None:
        raise RuntimeError("no language is being built")
    build.conversion.convert_again(page)


def _clean_directory(directory: str) -> None:
    build = _Current.build
    if build is not None and os.path.abspath(directory) == build.outputs.site_dir:
        config = build.config
        repository = Path(config.config_file_path or ".").absolute().parent
        reason = site_folder.why_not(directory, config.docs_dir, repository)
        if reason:
            raise BuildError(reason)
        build.outputs.clean()
        site_folder.mark(directory)
    else:
        _original("clean_directory")(directory)


def _is_output(build: Build | None, path: str) -> bool:
    return build is not None and os.path.abspath(path).startswith(build.outputs.site_dir + os.sep)


def _write_file(content: bytes, output_path: str) -> None:
    build = _Current.build
    if build is not None and _is_output(build, output_path):
        build.outputs.write(os.path.abspath(output_path), content)
    else:
        _original("write_file")(content, output_path)


def _copy_file(source_path: str, output_path: str) -> None:
    build = _Current.build
    if build is None or not _is_output(build, output_path) or os.path.isdir(output_path):
        _original("copy_file")(source_path, output_path)
    else:
        build.outputs.copy(source_path, os.path.abspath(output_path))
