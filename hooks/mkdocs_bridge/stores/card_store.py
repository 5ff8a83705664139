"""The cards of a build: drawn once for each content, and copied to the site."""

from __future__ import annotations

from pathlib import Path

import PIL
from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import fingerprint
from docskit.publishing import RECIPE, Card, Fonts, draw_card, is_drawable
from mkdocs_bridge.cache import KeptFiles, forked, worker_count

_FOLDER = "assets/cards"


class CardStore:
    """The folder `cards` in the build's cache, and the cards that this build wants."""

    def __init__(self, config: MkDocsConfig, fonts: Fonts) -> None:
        self._kept = KeptFiles(config, "cards")
        self._site = Path(config.site_dir)
        self._fonts = fonts
        self._wanted: dict[str, Card] = {}

    def want(self, card: Card) -> str:
        """Where the site will have the card, relative to its root; '' if it cannot be drawn."""
        if not is_drawable(card, self._fonts):
            return ""
        made_of = fingerprint([RECIPE, PIL.__version__, self._fonts.digest, card])
        name = f"{made_of.hex()[:16]}.png"
        self._wanted[name] = card
        return f"{_FOLDER}/{name}"

    def publish(self) -> None:
        """Draw what is missing of the cards wanted so far, on all cores, and copy them."""
        wanted, self._wanted = self._wanted, {}
        missing = [name for name in wanted if not self._kept.path(name).is_file()]

        def draw(number: int) -> bytes:
            return draw_card(wanted[missing[number]], self._fonts)

        for number, png in forked(len(missing), draw, worker_count()):
            self._kept.write(missing[number], png)
        for name in wanted:
            if self._kept.path(name).is_file():
                utils.copy_file(str(self._kept.path(name)), str(self._site / _FOLDER / name))
                self._kept.note_use(name)

    def forget_old(self) -> None:
        """Drop what no build has wanted in a month."""
        self._kept.forget_old()
