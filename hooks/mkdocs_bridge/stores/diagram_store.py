"""The diagrams of a build: drawn once for each code, and kept for later builds."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import fingerprint
from docskit.typesetting import RECIPE, DiagramError
from mkdocs_bridge.cache import KeptFiles


class DiagramStore:
    """The folder `diagrams` in the build's cache."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._kept = KeptFiles(config, "diagrams")

    def draw(self, codes: Sequence[str]) -> list[str | DiagramError]:
        """Each diagram's `<svg>`, or why there is none."""
        names = {code: self._name(code) for code in codes}
        found: dict[str, str | DiagramError] = {}
        for code, name in names.items():
            try:
                found[code] = self._kept.path(name).read_text(encoding="utf-8")
                self._kept.note_use(name)
            except (OSError, UnicodeDecodeError):
                continue
        missing = [code for code in names if code not in found]
        if missing:
            # Not before: it starts a thread, after which nothing is forked any more.
            from docskit.typesetting.diagram_drawing import draw_all

            for code, drawing in zip(missing, draw_all(missing), strict=True):
                found[code] = drawing
                if isinstance(drawing, str):
                    self._kept.write(names[code], drawing.encode())
        return [found[code] for code in codes]

    def forget_old(self) -> None:
        """Drop what no build has asked for in a month."""
        self._kept.forget_old()

    @staticmethod
    def _name(code: str) -> str:
        made_of = fingerprint([RECIPE, version("mermaidx"), code])
        return f"{made_of.hex()[:32]}.svg"
