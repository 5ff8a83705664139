"""What a page depends on beside the pages: code, packages, configuration, theme, navigation."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel import Locale
from markdown.extensions import Extension
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from pathspec import PathSpec

from docskit.messages import digest, fingerprint

_NOT_SHOWN = {"site_dir", "config_file_path", "dev_addr", "watch", "strict", "hooks"}
_ASSET = re.compile(r"\.(css|js|mjs|map|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|wasm|gz)$", re.I)
_INCLUDED_ASSET = re.compile(
    r"""(include|import|extends)[^%]*\.(css|js)|\.(css|js)["'][^%]*include"""
)
_DATE = re.compile(r"build_date_utc|update_date")


def toc_values(links: Iterable[AnchorLink]) -> list[tuple[str, str, int, bool, list[Any]]]:
    """A table of contents as plain values."""
    return [
        (
            link.title,
            link.id,
            link.level,
            getattr(link, "active", False),
            toc_values(link.children),
        )
        for link in links
    ]


def reduce(value: object) -> object:
    """MkDocs' objects as the plain values that templates and conversion can see in them."""
    if isinstance(value, Page):
        return (value.url, value.title, value.meta, value.content, list(value.toc), value.edit_url)
    if isinstance(value, File):
        return file_values(value)
    if isinstance(value, Files):
        return [file_values(file) for file in value]
    if isinstance(value, AnchorLink):
        return (value.title, value.id, value.level, value.children)
    if isinstance(value, TableOfContents):
        return list(value)
    if isinstance(value, Navigation):
        return (navigation_values(value.items), value.homepage and value.homepage.url)
    if isinstance(value, (Section, Link)):
        return navigation_values([value])
    if isinstance(value, BasePlugin):
        return (type(value), dict(value.config))
    if isinstance(value, Extension):
        return (type(value), value.getConfigs())
    if isinstance(value, Locale):
        return str(value)
    if isinstance(value, PathSpec):
        return [str(getattr(pattern, "pattern", pattern)) for pattern in value.patterns]
    return NotImplemented


def file_values(file: File) -> tuple[object, ...]:
    """What a template or a link can see of a file, its content apart."""
    alternates: dict[str, File] = getattr(file, "alternates", {})
    return (
        file.src_uri,
        file.dest_uri,
        file.url,
        file.edit_uri,
        file.inclusion.value,
        file.name,
        getattr(file, "locale", None),
        getattr(file, "localization", None),
        {locale: other.url for locale, other in alternates.items()},
    )


def navigation_values(items: Iterable[Any]) -> list[object]:
    """Titles, addresses and front matter of the navigation, in its order."""
    return [
        (item.title, item.url, item.meta)
        if isinstance(item, Page)
        else (item.title, navigation_values(item.children))
        if isinstance(item, Section)
        else (item.title, item.url)
        for item in items
    ]


def configuration(config: MkDocsConfig) -> bytes:
    """Everything configured, for this language, that can show in a page."""
    values = {key: value for key, value in config.data.items() if key not in _NOT_SHOWN}
    return fingerprint(values, reduce)


def packages() -> bytes:
    """Python and every installed package with its version."""
    names = {
        path.name
        for folder in sys.path
        if folder.endswith("-packages")
        for path in Path(folder).glob("*.dist-info")
    }
    return fingerprint([sys.version, sorted(names)])


def code(config: MkDocsConfig) -> bytes:
    """The hooks' own source, with all that they import from beside them."""
    own = Path(__file__).resolve().parents[2]
    files = {*own.rglob("*.py"), *own.rglob("*.txt")}
    files |= {Path(module.__file__) for module in config.hooks.values() if module.__file__}  # type: ignore[attr-defined]
    return fingerprint(sorted((path.name, digest(path.read_bytes())) for path in files))


def _own_theme_dirs(config: MkDocsConfig) -> list[Path]:
    """The theme's folders that no package version stands for."""
    return [
        Path(folder)
        for folder in config.theme.dirs
        if "-packages" not in Path(folder).parts[-4:-1] and "site-packages" not in folder
    ]


def overrides(config: MkDocsConfig) -> tuple[bytes, bytes, bool]:
    """The overrides, their names alone, and whether a template shows today's date.

    Stylesheets, scripts and pictures are copied, not rendered: unless a template includes
    one, only its name counts.
    """
    entries: list[tuple[str, bytes]] = []
    assets: list[tuple[str, Path]] = []
    dated = included = False
    for folder in _own_theme_dirs(config):
        for path in sorted(folder.rglob("*")):
            if not path.is_file():
                continue
            name = path.relative_to(folder).as_posix()
            if _ASSET.search(name):
                assets.append((name, path))
                continue
            data = path.read_bytes()
            text = data.decode("utf-8", "replace")
            dated = dated or bool(_DATE.search(text))
            included = included or bool(_INCLUDED_ASSET.search(text))
            entries.append((name, digest(data)))
    entries += [(name, digest(path.read_bytes()) if included else b"") for name, path in assets]
    folders = [str(folder) for folder in config.theme.dirs]
    names = fingerprint([folders, sorted(name for name, _ in entries)])
    return fingerprint([folders, entries]), names, dated
