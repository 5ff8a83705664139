"""`make serve`: the page that was saved comes first, the rest of the site after it.

A save of an existing page converts and renders that page, and its twins in other languages,
with what the last whole build left in memory, and the browser reloads. Then the whole site is
built as always, which settles everything that the page has changed elsewhere; the browser
reloads again only if that changed a page. A newer save interrupts it. A build that fails
leaves the last good pages, with the message on them.
"""

from __future__ import annotations

import copy
import html
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer, _timestamp
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from mkdocs_bridge.build import incremental
from mkdocs_bridge.build.conversion import Conversion
from mkdocs_bridge.build.incremental import Superseded
from mkdocs_bridge.build.rendering import Rendering
from mkdocs_bridge.build.site_build import SiteBuild
from mkdocs_bridge.cache import mkdocs_log
from mkdocs_bridge.site import locales

log = mkdocs_log("livereload")

# Reading a file opens and closes it too: those events would make a build start the next.
_CHANGES: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileClosedEvent,
    FileMovedEvent,
    FileDeletedEvent,
]
_ALERT = (
    "position:fixed;inset:auto 0 0;z-index:99;margin:0;padding:1rem;white-space:pre-wrap;"
    "background:#b00020;color:#fff"
)
_CODE = Path(__file__).resolve().parents[2]
_EDITORS_OWN = ("~", ".swp", ".swx", ".tmp", "4913")


class _Language:
    """What the last whole build left of one language, with the configuration it had."""

    def __init__(self, build: SiteBuild, conversion: Conversion, rendering: Rendering) -> None:
        config = build.config
        self._conversion = conversion
        self._rendering = rendering
        self._pages = [
            (page, set(conversion.source_paths(page.file))) for page in rendering.pages()
        ]
        paths = (path for _, sources in self._pages for path in sources)
        self.sources = {path for path in paths if Path(path).exists()}
        self._plugin = config.plugins["i18n"]
        self._locale = getattr(self._plugin, "current_language", None)
        self._data = dict(config.data)
        self._extra = copy.deepcopy(config.extra)
        self._theme = dict(config.theme.items())

    def restore(self, config: MkDocsConfig) -> None:
        """Put the configuration back to what static-i18n had made of it for this language."""
        config.data.update(self._data)
        config.data["extra"] = copy.deepcopy(self._extra)
        for key, value in self._theme.items():
            config.theme[key] = value
        self._plugin.current_language = self._locale  # type: ignore[attr-defined]

    def write_pages(self, changed: set[str]) -> None:
        """Convert, render and write the pages that have one of the sources `changed`."""
        for page, sources in self._pages:
            if not changed.isdisjoint(sources):
                self._conversion.convert_again(page)
                incremental.write_early(self._rendering.rendered(page), page)


class LastBuild:
    """The last whole build."""

    def __init__(self) -> None:
        self._config: MkDocsConfig | None = None
        self._languages: list[_Language] = []
        # What the build under way has so far: a save may end it between two languages.
        self._coming: tuple[MkDocsConfig | None, list[_Language]] = (None, [])

    def remember(self, build: SiteBuild, conversion: Conversion, rendering: Rendering) -> None:
        """Take over a language, all of whose pages are converted, once all languages are there.

        With some of them only, a page would count as shown that is not written in the others.
        """
        config = build.config
        if self._coming[0] is not config:
            self._coming = (config, [])
        coming = self._coming[1]
        coming.append(_Language(build, conversion, rendering))
        if len(coming) == len(locales(config)):
            self._config, self._languages = config, coming
            self._coming = (None, [])

    def write_pages(self, changed: set[str]) -> bool:
        """Write the pages whose source is in `changed`; False where only a build can do it."""
        config = self._config
        if config is None:
            return False
        known = set().union(*(language.sources for language in self._languages))
        # An editor may save under another name and rename: that name is gone by now.
        changed = {path for path in changed if path in known or Path(path).exists()}
        if not changed or not all(path in known and Path(path).exists() for path in changed):
            return False
        logging.disable(logging.CRITICAL)
        try:
            for language in self._languages:
                language.restore(config)
                language.write_pages(changed)
        except Exception:
            # The whole build, which comes next, meets the same and can say so.
            return False
        finally:
            logging.disable(logging.NOTSET)
        return True


class _ChangeObserver(Observer):  # type: ignore[misc, valid-type]
    """The system's own notifications, which come at once; only of changes."""

    def schedule(self, event_handler: Any, path: str, **options: Any) -> Any:
        return super().schedule(event_handler, path, **{**options, "event_filter": _CHANGES})

    def start(self) -> None:
        if not self.is_alive():
            super().start()


class _Changes(FileSystemEventHandler):
    """Tells the server which files have changed."""

    def __init__(self, server: PreviewServer) -> None:
        self._server = server

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Ask for a build."""
        paths = {str(event.src_path), str(event.dest_path or "")} - {""}
        paths = {path for path in paths if not path.endswith(_EDITORS_OWN)}
        if event.is_directory or not paths:
            return
        server = self._server
        with server._rebuild_cond:
            server.changed |= paths
            server._want_rebuild = True
            server._rebuild_cond.notify_all()


class _CodeChanges(FileSystemEventHandler):
    """Says that a changed hook is not in use yet: Python has loaded the old one."""

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Say so for each save of Python code."""
        path = Path(str(event.dest_path or event.src_path))
        if path.suffix == ".py" and not event.is_directory:
            log.warning(
                "hooks/%s 变了，预览用的还是旧的代码：按 Ctrl-C 停下，再运行 make serve。",
                path.relative_to(_CODE).as_posix() if path.is_relative_to(_CODE) else path.name,
            )


class PreviewServer(LiveReloadServer):
    """MkDocs' server with another loop around the build."""

    changed: set[str]
    interruptible: bool
    last: LastBuild
    failure: str

    def _reload(self) -> None:
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch = _timestamp()
            self._epoch_cond.notify_all()

    def wants_rebuild(self) -> bool:
        """Whether something was saved since the build under way began."""
        return self.interruptible and (self._want_rebuild or self._shutdown)

    def _build_loop(self) -> None:
        pending: set[str] = set()
        while True:
            with self._rebuild_cond:
                while not self._rebuild_cond.wait_for(
                    lambda: self._want_rebuild or self._shutdown, timeout=self.shutdown_delay
                ):
                    pass
                if self._shutdown:
                    return
                while self._rebuild_cond.wait(timeout=self.build_delay):
                    pass
                pending |= self.changed
                self.changed = set()
                self._want_rebuild = False
            early = self.last.write_pages(pending)
            if early:
                self.failure = ""
                log.info("Reloading browsers")
                self._reload()
            else:
                self._wanted_epoch = _timestamp()
            # Only what is on the screen already may wait: the rest must come to an end.
            self.interruptible = early
            if self._build(early):
                pending = set()

    def _build(self, early: bool) -> bool:
        """Build the whole site; False where a newer save has interrupted it, or it failed."""
        try:
            self.builder()
        except Superseded:
            return False
        except Exception as error:
            if isinstance(error, SystemExit):
                print(error, file=sys.stderr)
            else:
                traceback.print_exc()
            self.failure = str(error) or type(error).__name__
            log.error("构建失败，预览里仍是上一次成功的页面。改好后保存即可。")
            self._reload()
            return False
        was_broken, self.failure = bool(self.failure), ""
        if not early or was_broken or incremental.wrote_pages():
            log.info("Reloading browsers")
            self._reload()
        return True

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        if self.failure:
            text = html.escape(f"构建失败，这是上一次成功的页面。{self.failure}")
            content += f'<pre role="alert" style="{_ALERT}">{text}</pre>'.encode()
        return super()._inject_js_into_html(content, epoch)  # type: ignore[no-any-return, no-untyped-call]


def take_over(server: LiveReloadServer, last: LastBuild, folders: list[str]) -> None:
    """Make `server` a `PreviewServer`; call it in `on_serve`, before it starts."""
    watched = [*server._watched_paths, *folders]
    server.__class__ = PreviewServer
    assert isinstance(server, PreviewServer)  # noqa: S101
    server.changed, server.interruptible = set(), False
    server.last, server.failure = last, ""
    server.build_delay = 0.06
    incremental.interrupt_when(server.wants_rebuild)
    observer = _ChangeObserver()
    try:
        for path in watched:
            server._watch_refs[path] = observer.schedule(_Changes(server), path, recursive=True)
        observer.schedule(_CodeChanges(), str(_CODE), recursive=True)
        observer.start()
    except OSError as error:
        # For example too many folders for the system's limit: MkDocs' own polling goes on.
        log.info("系统的文件通知用不了（%s），改为轮询。", error)
        return
    for path in folders:
        server._watched_paths.setdefault(path, 1)
    server.observer = observer
