"""What is known of pictures on other hosts, by their address: in `.cache/outside/`.

`make fix` writes it, and builds read it. They never ask the host: where a maintainer has said
`OUTSIDE=fetch`, tools/fetch_outside.py has asked before the build.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from docskit.outside import outside_address
from mkdocs_bridge.cache import cache_folder, depend_on_file


@dataclass(frozen=True, slots=True)
class KnownPicture:
    """A picture that was fetched from `address`; `checked` is in seconds since 1970.

    `secure` tells that its host answers by https, whatever the address says. Width and height
    are in CSS pixels, 0 where they are not known. `trouble` says in Chinese, and `kind` in a
    word, why the picture did not come when it was asked for; then nothing else is known.
    """

    address: str
    extension: str
    secure: bool
    checked: float
    width: int = 0
    height: int = 0
    etag: str = ""
    modified: str = ""
    trouble: str = ""
    kind: str = ""


class OutsideStore:
    """One small file of facts for each address, and beside it the picture's bytes."""

    def __init__(self, cache: Path) -> None:
        self.folder = cache / "outside"

    def facts_path(self, address: str) -> Path:
        """Where the facts about `address` are, or would be."""
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.json"

    def known(self, address: str) -> KnownPicture | None:
        """What is known; None for nothing, or where the file cannot be read."""
        try:
            value = json.loads(self.facts_path(address).read_text(encoding="utf-8"))
            found = KnownPicture(**value)
        except (OSError, ValueError, TypeError):
            return None
        return found if found.address == address else None

    def data_path(self, address: str) -> Path:
        """Where the picture's bytes are, or would be."""
        return self.facts_path(address).with_suffix(".bin")

    def data(self, address: str) -> bytes | None:
        """The picture's bytes, None where they are not there."""
        try:
            return self.data_path(address).read_bytes()
        except OSError:
            return None

    def keep(self, known: KnownPicture, data: bytes | None = None) -> None:
        """Write facts, and bytes if they are new; a cache that cannot be written is none."""
        path = self.facts_path(known.address)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            if data is not None:
                _put(self.data_path(known.address), data)
            _put(path, json.dumps(asdict(known), ensure_ascii=False).encode())


class OutsideOf:
    """What is known of the pictures of one page, which is converted again when that changes."""

    def __init__(self, page: Page, config: MkDocsConfig) -> None:
        self._page = page
        self._store = OutsideStore(cache_folder(config))

    def known(self, src: str) -> KnownPicture | None:
        """What is known of the picture that the page has as `src`."""
        address = outside_address(src)
        if address is None:
            return None
        depend_on_file(self._page, self._store.facts_path(address))
        return self._store.known(address)

    def size(self, src: str) -> tuple[int, int] | None:
        """Width and height of the picture that the page has as `src`, None if nobody knows."""
        known = self.known(src)
        return (known.width, known.height) if known and known.width and known.height else None

    def is_secure(self, src: str) -> bool:
        """Whether its host is known to answer by https."""
        known = self.known(src)
        return known is not None and known.secure

    def data_path(self, src: str) -> Path | None:
        """The file with the picture that the page has as `src`, None where it is not here."""
        known = self.known(src)
        if known is None or known.trouble:
            return None
        path = self._store.data_path(known.address)
        depend_on_file(self._page, path)
        return path if path.is_file() else None


def _put(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).replace(path)
