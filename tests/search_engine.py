"""The browser's search engine, run here on an index without a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping
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

    def terms(self, text: str) -> list[str]:
        """The pairs and words of a text, as the engine folds and cuts it."""
        self._context.set("given", text)
        found: list[str] = self.call(
            "siteSearch.tokens(engine.fold(given)).flatMap(({text, han}) => !han || text.length < 2"
            " ? [text] : Array.from({length: text.length - 1}, (_, i) => text.slice(i, i + 2)))"
        )
        return found

    def call(self, expression: str) -> Any:
        """The value of a JavaScript expression over `siteSearch` and `engine`."""
        return json.loads(self._context.eval(f"JSON.stringify({expression})"))


class PartsEngine:
    """The engine with one language's index in parts, which it loads as it asks for them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._context = quickjs.Context()
        for name in ("words.js", "show.js", "engine.js", "parts.js"):
            self._context.eval((SCRIPTS / name).read_text(encoding="utf-8"))
        self._files = files
        self.asked: list[str] = []
        self._context.add_callable("fetched", self._fetch)
        self._context.eval(
            "var engine, part; siteSearch.receivePart = ([name, value]) => { part = value; };"
            "const loaded = new Map();"
            "const load = async (name) => { if (!loaded.has(name)) {"
            " eval(fetched(name)); loaded.set(name, part); } return loaded.get(name); };"
            "siteSearch.receive = (data) => { engine = new siteSearch.Parts(data, load); };"
        )
        self._context.eval(next(iter(files.values())))

    def _fetch(self, name: str) -> str:
        self.asked.append(name)
        return self._files[f"{name}.js"]

    def _wait(self, expression: str) -> Any:
        self._context.eval(
            "var answer, failure;"
            f"({expression}).then((value) => {{ answer = JSON.stringify(value); }},"
            " (error) => { failure = String(error); });"
        )
        while self._context.execute_pending_job():
            pass
        assert self._context.get("failure") is None, self._context.get("failure")
        return json.loads(self._context.get("answer"))

    def _answer(self, query: str, then: str) -> Answer:
        raw = self._wait(
            f"(async (q) => {{ const f = await engine.find(q); {then} }})({json.dumps(query)})"
        )
        return Answer([group[0]["location"].split("#")[0] for group in raw["items"]], raw)

    def early(self, query: str) -> Answer:
        """What is shown while the texts are on their way."""
        return self._answer(query, "return engine.named(q, f);")

    def search(self, query: str) -> Answer:
        """Answer `query` as the worker does."""
        return self._answer(query, "return engine.whole(q, f);")

    def pages_of(self, term: str) -> list[int]:
        """The numbers of the pages on which a term stands."""
        found: list[int] = self._wait(
            f"engine.listed({json.dumps(term)}).then(({{pages}}) => [...pages.keys()])"
        )
        return found
