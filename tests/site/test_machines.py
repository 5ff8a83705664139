from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from site_builder import Built, build_site
from translated_site import FILES

from docskit.pages.generated_names import generated_names

ROOT = "https://example.org/docs/"


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    folder = tmp_path_factory.mktemp("machines")
    built = build_site(
        folder, FILES, config={"use_directory_urls": request.param}, env={"SITE_URL": ROOT}
    )
    assert built.status == 0, built.log
    return built


def at(built: Built, name: str) -> str:
    """The URL of a page, whichever way addresses are made."""
    if (built.site_dir / name).is_dir():
        return f"{name}/" if name else ""
    return f"{name}.html"


def links(built: Built, name: str, rel: str) -> list[dict[str, str]]:
    return [tag for tag in built.tags(at(built, name), "link") if tag.get("rel") == rel]


def test_the_head_names_the_page_in_both_languages(built: Built) -> None:
    zh, en = ROOT + at(built, "stale"), ROOT + at(built, "en/stale")
    for name in ("stale", "en/stale"):
        found = [
            (tag["hreflang"], tag["href"])
            for tag in links(built, name, "alternate")
            if "hreflang" in tag
        ]
        assert found == [("zh", zh), ("en", en), ("x-default", zh)]
    assert links(built, "en/stale", "canonical")[0]["href"] == en


def test_a_fallback_page_is_sold_as_nothing_but_the_original(built: Built) -> None:
    original = ROOT + at(built, "missing")
    for name in ("missing", "en/missing"):
        assert links(built, name, "canonical")[0]["href"] == original
        assert not [tag for tag in links(built, name, "alternate") if "hreflang" in tag]
    assert ROOT + at(built, "en/missing") not in built.read("sitemap.xml")
    assert original in built.read("sitemap.xml")
    assert "missing" not in built.read("en/feed.xml")


def test_each_language_has_its_own_title_and_description(built: Built) -> None:
    zh, en = (built.read(at(built, name)) for name in ("current", "en/current"))
    assert "<title>容器 - ISC-WEB 文档</title>" in zh
    assert "<title>Containers - ISC-WEB Docs</title>" in en
    assert "Notes on technology, by club members" in en


def test_structured_data_is_json_on_every_page(built: Built) -> None:
    for name in ("current", "en/current", "en/missing"):
        html = built.read(at(built, name))
        data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert data
        assert json.loads(data.group(1))["@graph"][0]["@type"] == "TechArticle"


def test_the_switcher_stays_on_the_page_wherever_the_site_lies(built: Built) -> None:
    expected = {"stale": "en/stale", "missing": "en/missing", "en/current": "current"}
    for name, other in expected.items():
        here = built.site_dir / at(built, name)
        switch = [
            t for t in built.tags(at(built, name), "a") if t.get("class") == "md-select__link"
        ]
        assert len(switch) == 2
        assert not [link for link in switch if link["href"].startswith(("/", "http"))]
        base = here if here.is_dir() else here.parent
        targets = [(base / link["href"]).resolve() for link in switch]
        assert (built.site_dir / at(built, other)).resolve() in targets


def test_every_page_has_its_markdown(built: Built) -> None:
    assert "status: original" in built.read("stale.md")
    assert "status: stale" in built.read("en/stale.md")
    assert "status: current" in built.read("en/current.md")
    assert "status: fallback" in built.read("en/missing.md")
    assert f"{ROOT}en/stale.md" in built.read("en/llms.txt")
    assert f"{ROOT}en/index.md" in built.read("en/llms.txt")
    assert "translated_from" not in built.read("en/stale.md")


def test_the_machines_files_are_well_formed(built: Built) -> None:
    for name in ("sitemap.xml", "feed.xml", "en/feed.xml"):
        ElementTree.fromstring(built.read(name))


def test_a_file_that_the_site_generates_itself_is_named_and_robots_txt_is_the_authors(
    tmp_path: Path,
) -> None:
    own, names = "作者自己的文件", generated_names(["en"])
    kept = ["robots.txt", "docker/feed.xml"]
    files: dict[str, str | bytes] = {"index.md": "# 首页\n", **dict.fromkeys([*names, *kept], own)}
    built = build_site(tmp_path, files, strict=False, env={"SITE_URL": ROOT})
    for name in names:
        assert own not in built.read(name), name
        assert built.log.count(f"docs/{name}: 网站自己会生成 /{name}，") == 1, built.log
    assert len(built.warnings) == len(names), built.log
    assert [built.read(name) for name in kept] == [own, own]
    # A file that the site begins to write one day must be among the names.
    at_the_roots = {
        path.relative_to(built.site_dir).as_posix()
        for folder in (built.site_dir, built.site_dir / "en")
        for path in folder.iterdir()
        if path.suffix in (".xml", ".txt", ".json", ".gz")
    }
    assert at_the_roots == {name for name in names if not name.endswith(".html")} | {"robots.txt"}
