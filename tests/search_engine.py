"""The browser's search engine, run here on an index without a browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import quickjs
from site_builder import REPOSITORY

SCRIPTS = REPOSITORY / "overrides" / "assets" / "javascripts" / "search"


@dataclass(frozen=True)
class Answer:
    """What a query found: the pages' addresses in order, and all that the dialog is told."""

    pages: list[str]
    raw: dict[str, Any]

    def sections(self, page: str) -> list[dict[str, Any]]:
        """The results shown for a page, itself included, best first."""
        group = self.raw["items"][self.pages.index(page)]
        return sorted(group, key=lambda item: -item["score"])


class Engine:
    """The engine with one language's index loaded."""

    def __init__(self, *index_scripts: str) -> None:
        self._context = quickjs.Context()
        for name in ("words.js", "show.js", "engine.js"):
            self._context.eval((SCRIPTS / name).read_text(encoding="utf-8"))
        self._context.eval(
            "var engine, index; siteSearch.receive = (data) => {"
            " index = data; engine = new siteSearch.Engine(data); };"
            "siteSearch.receiveTexts = (texts) => siteSearch.receive({ ...index, texts });"
        )
        for script in index_scripts:
            self._context.eval(script)

    def search(self, query: str) -> Answer:
        """Answer `query` as the worker does."""
        raw = json.loads(self._context.eval(f"JSON.stringify(engine.search({json.dumps(query)}))"))
        return Answer([group[0]["location"].split("#")[0] for group in raw["items"]], raw)

    def call(self, expression: str) -> Any:
        """The value of a JavaScript expression over `siteSearch` and `engine`."""
        return json.loads(self._context.eval(f"JSON.stringify({expression})"))
