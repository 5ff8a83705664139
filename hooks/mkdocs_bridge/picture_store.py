"""Smaller copies of the authors' pictures, made once for each content and kept for later builds.

They are no rows of the build's cache: they belong to a content and not to a site, and the site
takes them as files.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import PIL
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig

from docskit.fingerprint import digest
from docskit.pictures import RECIPE, DamagedPictureError, webp_variants
from mkdocs_bridge.cache_store import cache_folder

_FOLDER = "assets/pictures"
_KEPT_SECONDS = 30 * 24 * 3600
_NOTED_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Variant:
    """A copy of the picture at the absolute `source`, `width` pixels wide."""

    source: str
    content: str
    width: int

    @property
    def uri(self) -> str:
        """Where the site has it, relative to the site's root; not yet quoted."""
        return f"{_FOLDER}/{Path(self.source).stem[:40]}.{self.content[:12]}.{self.width}.webp"

    def address(self, page_url: str) -> str:
        """As the page at `page_url` writes it."""
        return quote(utils.get_relative_url(self.uri, page_url))


class PictureStore:
    """The folder `pictures` in the build's cache."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._folder = cache_folder(config) / "pictures"
        self._site = Path(config.site_dir)

    def _file(self, content: str, width: int) -> Path:
        return self._folder / f"{content}.{width}.webp"

    def _record(self, content: str) -> Path:
        return self._folder / f"{content}.json"

    def variants(self, source: Path) -> list[Variant]:
        """What there is, or should be, of the picture; raises `DamagedPictureError`, `OSError`."""
        data = source.read_bytes()
        content = digest(data + f"\0{RECIPE} {PIL.__version__}".encode()).hex()
        widths = self._known(content)
        if widths is None:
            widths = self._make(content, data)
        return [Variant(str(source), content, width) for width in widths]

    def _known(self, content: str) -> list[int] | None:
        try:
            widths = json.loads(self._record(content).read_bytes())
        except (OSError, ValueError):
            return None
        right = isinstance(widths, list) and all(
            isinstance(width, int) and self._file(content, width).is_file() for width in widths
        )
        return widths if right else None

    def _make(self, content: str, data: bytes) -> list[int]:
        made = webp_variants(data)
        self._folder.mkdir(parents=True, exist_ok=True)
        for width, webp in made.items():
            self._write(self._file(content, width), webp)
        # Last, so that a build that is killed leaves no record of files that are not there.
        self._write(self._record(content), json.dumps(list(made)).encode())
        return list(made)

    def _write(self, path: Path, data: bytes) -> None:
        aside = path.with_name(f"{path.name}.{os.getpid()}")
        aside.write_bytes(data)
        aside.replace(path)

    def publish(self, variant: Variant) -> None:
        """Copy it to the site; made again if someone has emptied the cache."""
        kept = self._file(variant.content, variant.width)
        if not kept.is_file():
            with suppress(OSError, DamagedPictureError):
                self.variants(Path(variant.source))
        target = self._site / variant.uri
        utils.copy_file(str(kept), str(target))
        with suppress(OSError):
            record = self._record(variant.content)
            if record.stat().st_mtime < time.time() - _NOTED_SECONDS:
                record.touch()

    def forget_old(self) -> None:
        """Drop what no build has asked for in a month."""
        oldest = time.time() - _KEPT_SECONDS
        for record in self._folder.glob("*.json"):
            with suppress(OSError):
                if record.stat().st_mtime < oldest:
                    for path in self._folder.glob(f"{record.stem}.*"):
                        path.unlink()
