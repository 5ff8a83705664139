"""Builds that do only what changed: MkDocs' own steps, replaced where a result can be kept.

MkDocs has no extension point around the conversion or the rendering of one page, nor around
emptying the output folder, so four functions of it are replaced, once for each process, by
ones that fall back to the original wherever no build of ours is under way:
`mkdocs.commands.build._populate_page` and `_build_page`, `mkdocs.utils.clean_directory`,
`write_file` and `copy_file`. tests/site/test_mkdocs_inside.py pins what they rely on.
"""

from __future__ import annotations

import os
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

from docskit.messages import digest
from mkdocs_bridge.build.conversion import Conversion
from mkdocs_bridge.build.rendering import Rendering
from mkdocs_bridge.build.site_build import SiteBuild
from mkdocs_bridge.cache import page_build
from mkdocs_bridge.folders import site_folder, stamp
from mkdocs_bridge.patches import spare_icons


class Superseded(Exception):  # noqa: N818
    """A newer save makes the build under way pointless."""


class _Current:
    """The build under way in this process, if any, and MkDocs' own functions.

    `early` holds digest and stamp of the files that a preview has written since the last build,
    `rewritten` the files that the last build has changed, `templates` what has been compiled.
    """

    build: SiteBuild | None = None
    conversion: Conversion | None = None
    rendering: Rendering | None = None
    early: ClassVar[dict[str, tuple[bytes, str]]] = {}
    rewritten: ClassVar[set[str]] = set()
    templates: ClassVar[dict[str, bytes]] = {}
    interrupted: Callable[[], bool] | None = None
    remember: Callable[[SiteBuild, Conversion, Rendering], None] | None = None
    originals: dict[str, Callable[..., Any]] | None = None


def current_build() -> SiteBuild | None:
    """The build under way; None for MkDocs without `hooks/builds.py`."""
    return _Current.build


def _forget_language() -> None:
    """Forget what belongs to the language before; its pages are written."""
    if _Current.rendering is not None:
        for page in _Current.rendering.pages():
            page.content = page.markdown = None
            page_build(page).texts = {}
    _Current.conversion = _Current.rendering = None


def begin_language(config: MkDocsConfig, serving: bool) -> None:
    """Call it in `on_config` when the language is known, for every language."""
    install()
    build = _Current.build
    # static-i18n builds all its languages with one configuration object.
    if build is None or build.config is not config:
        _undo_interrupted_i18n()
        build = SiteBuild(config, serving, _Current.early, _Current.templates, _stop_if_superseded)
        _Current.build = build
        # Pages of a build before may still be a preview's.
        _Current.conversion = _Current.rendering = None
    else:
        _forget_language()
    build.listeners.clear()
    spare_icons(config.theme)


def finish() -> None:
    """Call it in `on_post_build` after the last language."""
    build, _Current.build = _Current.build, None
    _Current.conversion = _Current.rendering = None
    if build is not None:
        build.finish()
        _Current.early.clear()
        _Current.rewritten.clear()
        _Current.rewritten.update(build.outputs.rewritten)


def abandon() -> None:
    """Call it in `on_build_error`."""
    if _Current.build is not None:
        _Current.build.abandon()
    _Current.build = _Current.conversion = _Current.rendering = None


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


def remember_languages(remember: Callable[[SiteBuild, Conversion, Rendering], None]) -> None:
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
    if _Current.conversion is None:
        pages = [file.page for file in files.documentation_pages() if file.page is not None]
        _Current.conversion = Conversion(build, config, files, pages)
    try:
        _Current.conversion.populate(page)
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
    if _Current.rendering is None:
        expected = _Current.conversion.misses if _Current.conversion else len(doc_files)
        _Current.rendering = Rendering(build, config, doc_files, nav, env, expected)
        if _Current.remember is not None and _Current.conversion is not None:
            _Current.remember(build, _Current.conversion, _Current.rendering)
    try:
        _Current.rendering.build(page, excluded)
    except Exception as error:
        _tell("building", page, error)
        raise


def convert_again(page: Page) -> None:
    """Convert `page` as its file is now, past the cache; call it while its language is built."""
    build = _Current.build
    if build is None or _Current.conversion is None:
        raise RuntimeError("no language is being built")
    _Current.conversion.convert_again(page)


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


def _is_output(build: SiteBuild | None, path: str) -> bool:
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
