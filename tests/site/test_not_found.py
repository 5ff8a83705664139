from __future__ import annotations

import re
from pathlib import Path

from site_builder import build_site
from translated_site import THREE

FILES: dict[str, str | bytes] = {"index.md": "# 首页\n"}
URL = {"SITE_URL": "https://example.org/deep/docs/"}


def test_the_404_page_has_every_language_and_addresses_that_work_anywhere(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, config=dict(THREE), env=URL)
    assert built.status == 0, built.log
    html = built.read("404.html")
    assert re.findall(r'<template id="page-(\w+)">', html) == ["zh", "en", "ja"]
    links = [tag["href"] for tag in built.tags("404.html", "link") if tag["rel"] == "stylesheet"]
    assert links
    assert all(link.startswith("/deep/docs/assets/") for link in links)
    assert "Page not found" in built.read("en/404.html")
