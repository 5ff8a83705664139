"""Readers' queries over the site's own pages: how many find their page, and how high."""

from __future__ import annotations

import shutil

import pytest
import yaml
from search_engine import Engine
from site_builder import CLUB, REPOSITORY, build_site

QUERIES = yaml.safe_load(
    (REPOSITORY / "tests" / "search" / "site_queries.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Engine]:
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(REPOSITORY / "docs", folder / "docs")
    built = build_site(folder, {}, club=CLUB)
    assert built.status == 0, built.log
    return {locale: Engine(built.read(f"search/{locale}.js")) for locale in ("zh", "en")}


@pytest.mark.parametrize(("locale", "first", "third"), [("zh", 0.85, 0.95), ("en", 0.9, 0.97)])
def test_readers_find_what_they_look_for(
    engines: dict[str, Engine], locale: str, first: float, third: float
) -> None:
    ranks: dict[str, int] = {}
    for entry in QUERIES[locale]:
        ((query, pages),) = entry.items()
        prefix = "en/" if locale == "en" else ""
        wanted = {f"{prefix}{page}/" for page in ([pages] if isinstance(pages, str) else pages)}
        found = engines[locale].search(str(query)).pages
        ranks[str(query)] = next((at for at, url in enumerate(found, 1) if url in wanted), 99)
    missed = {query: rank for query, rank in ranks.items() if rank > 1}
    assert all(rank <= 10 for rank in ranks.values()), missed
    assert sum(rank == 1 for rank in ranks.values()) >= first * len(ranks), missed
    assert sum(rank <= 3 for rank in ranks.values()) >= third * len(ranks), missed
