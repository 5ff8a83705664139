"""Smaller copies of the authors' pictures, made once for each content and kept for later builds."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import PIL
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import digest
from docskit.pictures import RECIPE, DamagedPictureError, webp_variants
from mkdocs_bridge.cache import KeptFiles

_FOLDER = "assets/pictures"


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


def _file(content: str, width: int) -> str:
    return f"{content}.{width}.webp"


def _record(content: str) -> str:
    return f"{content}.json"


class PictureStore:
    """The folder `pictures` in the build's cache."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._kept = KeptFiles(config, "pictures")
        self._site = Path(config.site_dir)

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
            widths = json.loads(self._kept.path(_record(content)).read_bytes())
        except (OSError, ValueError):
            return None
        right = isinstance(widths, list) and all(
            isinstance(width, int) and self._kept.path(_file(content, width)).is_file()
            for width in widths
        )
        return widths if right else None

    def _make(self, content: str, data: bytes) -> list[int]:
        made = webp_variants(data)
        for width, webp in made.items():
            self._kept.write(_file(content, width), webp)
        # Last, so that a build that is killed leaves no record of files that are not there.
        self._kept.write(_record(content), json.dumps(list(made)).encode())
        return list(made)

    def publish(self, variant: Variant) -> None:
        """Copy it to the site; made again if someone has emptied the cache."""
        name = _file(variant.content, variant.width)
        if not self._kept.path(name).is_file():
            with suppress(OSError, DamagedPictureError):
                self.variants(Path(variant.source))
        utils.copy_file(str(self._kept.path(name)), str(self._site / variant.uri))
        self._kept.note_use(name)
        self._kept.note_use(_record(variant.content))

    def forget_old(self) -> None:
        """Drop what no build has asked for in a month."""
        self._kept.forget_old()
