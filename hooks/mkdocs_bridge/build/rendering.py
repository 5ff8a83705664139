"""Pages put into their template, or left as they are, for one language of one build."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docskit.messages import OpaqueError, digest, fingerprint
from mkdocs_bridge.build.nav_entries import NavEntries
from mkdocs_bridge.build.site_build import SiteBuild
from mkdocs_bridge.cache import build_inputs, forked, page_build, reduce, toc_values, worker_count
from mkdocs_bridge.site import languages

if TYPE_CHECKING:
    from collections.abc import Sequence

PAYS_FROM = 24
"""Pages to render from which starting processes is worth its price."""

# In the key once for all pages, or of no interest to a template.
_COMMON = {"nav", "pages", "config", "page", "mkdocs_version", "build_date_utc"}
_NOT_SHOWN = {
    "parent",
    "previous_page",
    "next_page",
    "children",
    "file",
    "update_date",
    "present_anchor_ids",
    "links_to_anchors",
}


def _neighbour(page: Page | None) -> tuple[object, ...] | None:
    return (page.url, page.title, page.meta) if page else None


class Rendering:
    """What `_build_page` does for each page, done only where something changed."""

    def __init__(
        self,
        build: SiteBuild,
        config: MkDocsConfig,
        files: Sequence[File],
        nav: Navigation,
        env: jinja2.Environment,
        expected: int,
    ) -> None:
        self._build = build
        self._config = config
        self._files = files
        self._nav = nav
        self._env = env
        self._entries = NavEntries()
        env.globals["nav_entry"] = self._entries.entry
        self._locale = languages.building_locale(config)
        # Plugins put them into each page's context; they are in the base already.
        self._plugin_configs = {
            id(plugin.config)
            for plugin in config.plugins.values()
            if isinstance(plugin, BasePlugin)
        }
        self._base = self._base_key()
        self._stored: dict[str, tuple[object, object]] = {
            str(name): (key, content)
            for name, key, content in build.store.rows("html", "name, key, digest")
        }
        if self._base_changed():
            expected = len(files)
        self._done: set[str] = set()
        workers = worker_count()
        self._parallel = workers > 1 and expected >= PAYS_FROM and self._base is not None
        if self._parallel:
            self._render_in_workers(workers)

    def _base_changed(self) -> bool:
        name = f"{self._locale} "
        key = self._base or b""
        changed = self._stored.get(name, (None, None))[0] != key
        if changed:
            self._build.remember("html", (name, key, b"", b""))
        self._build.seen("html", name)
        return changed

    def _base_key(self) -> bytes | None:
        theme, _, dated = self._build.theme
        functions = {
            name: value for name, value in self._env.globals.items() if not callable(value)
        }
        try:
            return fingerprint(
                [
                    self._build.environment,
                    build_inputs.configuration(self._config),
                    self._locale,
                    theme,
                    get_context(self._nav, [], self._config)["build_date_utc"].date()
                    if dated
                    else None,
                    self._nav,
                    [
                        (build_inputs.file_values(file), file.page and _neighbour(file.page))
                        for file in self._files
                    ],
                    functions,
                ],
                reduce,
            )
        except OpaqueError as error:
            self._build.log.info("模板里有无法辨认的值（%s），页面不用缓存。", error)
            return None

    def _name(self, page: Page) -> str:
        return f"{self._locale} {page.file.src_uri}"

    def _key(self, page: Page, context: Any, excluded: bool) -> bytes | None:
        if self._base is None:
            return None
        record = page_build(page)
        # The digest stands for what is as conversion has left it.
        own = {
            name: value
            for name, value in page.__dict__.items()
            if name not in _NOT_SHOWN
            and not name.startswith("_")
            and not (name in record.texts and record.texts[name] is value)
        }
        own["toc"] = toc_values(page.toc)
        added = {
            name: value
            for name, value in context.items()
            if name not in _COMMON and id(value) not in self._plugin_configs
        }
        try:
            return fingerprint(
                [
                    self._base,
                    record.digest,
                    build_inputs.file_values(page.file),
                    own,
                    page.title,
                    _neighbour(page.previous_page),
                    _neighbour(page.next_page),
                    [(section.title, section.is_section) for section in page.ancestors],
                    added,
                    self._config.extra,
                    excluded,
                ],
                reduce,
            )
        except OpaqueError as error:
            self._build.log.debug("not kept: %s: %s", page.file.src_uri, error)
            return None

    def _context(self, page: Page) -> Any:
        context = get_context(self._nav, self._files, self._config, page)
        return self._config.plugins.on_page_context(
            context, page=page, config=self._config, nav=self._nav
        )

    def _render(self, page: Page, context: Any, excluded: bool) -> bytes:
        template = self._env.get_template(page.meta.get("template", "main.html"))
        content = page.content
        if excluded:
            page.content = (
                '<div class="mkdocs-draft-marker" '
                'title="This page will not be included into the built site.">'
                "DRAFT"
                "</div>" + (page.content or "")
            )
        output = template.render(context)
        output = self._config.plugins.on_post_page(output, page=page, config=self._config)
        page.content = content
        if not output.strip():
            return b""
        return output.encode("utf-8", errors="xmlcharrefreplace")

    def _write(self, page: Page, html: bytes) -> None:
        if html:
            self._build.outputs.write(page.file.abs_dest_path, html)
        else:
            self._build.log.info("Page skipped: '%s'. Generated empty output.", page.file.src_uri)

    def _is_current(self, page: Page, key: bytes | None) -> bool:
        """Whether the page needs no template, its output being there or in the cache."""
        stored_key, content = self._stored.get(self._name(page), (None, None))
        if key is None or stored_key != key or not isinstance(content, bytes):
            return False
        path = page.file.abs_dest_path
        if self._build.outputs.is_right(path, content):
            self._build.outputs.keep(path)
            return True
        packed = self._build.store.value("html", self._name(page))
        try:
            html = zlib.decompress(packed or b"")
        except zlib.error:
            return False
        if digest(html) != content:
            return False
        self._build.outputs.write(path, html)
        return True

    def _render_in_workers(self, workers: int) -> None:
        pages = self.pages()

        def work(number: int) -> bytes:
            page = pages[number]
            page.active = True
            self._config._current_page = page
            excluded = bool(page.file.inclusion.is_excluded())  # type: ignore[no-untyped-call]
            context = self._context(page)
            key = self._key(page, context, excluded)
            if key is None:
                raise ValueError("to be rendered by the parent")
            if self._stored.get(self._name(page), (None, None))[0] == key:
                return b""
            html = self._render(page, context, excluded)
            page.active = False
            if not html:
                raise ValueError("to be skipped by the parent")
            path = page.file.abs_dest_path
            self._build.outputs.write(path, html)
            return key + digest(html) + zlib.compress(html, 1)

        for number, packed in forked(len(pages), work, workers):
            if not packed:
                continue
            page = pages[number]
            key, content, compressed = packed[:16], packed[16:32], packed[32:]
            self._build.outputs.wrote(page.file.abs_dest_path, content)
            self._build.remember("html", (self._name(page), key, content, compressed))
            self._done.add(self._name(page))
            self._build.advance("写出")

    def pages(self) -> list[Page]:
        """The pages of the language."""
        return [file.page for file in self._files if file.page is not None]

    def rendered(self, page: Page) -> bytes:
        """The page in its template, whether or not it is known already."""
        self._entries.forget()
        self._config._current_page = page
        page.active = True
        try:
            excluded = bool(page.file.inclusion.is_excluded())  # type: ignore[no-untyped-call]
            return self._render(page, self._context(page), excluded)
        finally:
            page.active = False
            self._config._current_page = None

    def build(self, page: Page, excluded: bool) -> None:
        """Leave the site as `_build_page` leaves it."""
        name = self._name(page)
        self._build.seen("html", name)
        self._config._current_page = page
        page.active = True
        try:
            context = self._context(page)
            if name in self._done:
                return
            self._build.advance("写出")
            key = self._key(page, context, excluded)
            if self._is_current(page, key):
                return
            html = self._render(page, context, excluded)
            self._write(page, html)
            if key is not None and html:
                row = (name, key, digest(html), zlib.compress(html, 1))
                self._build.remember("html", row)
        finally:
            page.active = False
            self._config._current_page = None
