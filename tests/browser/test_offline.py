"""The zip of `make offline`, opened as a reader without a network opens it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from site_builder import REPOSITORY

from offline import write_zip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the zip was unpacked."""
    target = tmp_path_factory.mktemp("zip") / "notes.zip"
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "offline.py"), str(target)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": "hooks:tools", "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    zipfile.ZipFile(target).extractall(target.parent)
    return target.parent / "notes"


def test_pages_pictures_languages_and_search_need_no_server(page: Page, folder: Path) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((folder / "index.html").as_uri())
    page.goto((folder / "docker.html").as_uri())
    page.wait_for_load_state()
    widths = page.evaluate(
        """() => Promise.all([...document.querySelectorAll("article img")].map(async image => {
            image.loading = "eager"; await image.decode(); return image.naturalWidth }))"""
    )
    assert len(widths) >= 5
    assert min(widths) > 0

    page.locator(".md-footer__link--next").click()
    page.wait_for_url("**/docker/install.html")
    page.locator(".md-select button").hover()
    page.locator('.md-select__link[hreflang="en"]').click()
    page.wait_for_url("**/en/docker/install.html")
    assert page.url.startswith(folder.as_uri())

    page.wait_for_function("() => window.component$")  # the theme's scripts have run
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.insert_text("volume")
    page.keyboard.press("Shift")  # a key that types nothing: the dialog listens to keys
    page.locator(".md-search-result__item mark").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/docker/*.html*")
    expect(page.locator("article mark").first).to_be_visible()
    assert errors == []


def test_no_link_leads_out_of_the_folder_or_nowhere(page: Page, folder: Path) -> None:
    seen = 0
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        links = page.evaluate(
            "[...document.querySelectorAll('a[href], link[href]')]"
            ".map(link => link.href.split(/[#?]/)[0])"
        )
        for link in {link for link in links if link.startswith("file:")}:
            seen += 1
            assert Path(link.removeprefix("file://")).is_file(), f"{path.name}: {link}"
    assert seen > 100


def test_the_same_site_makes_the_same_zip(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "a").mkdir(parents=True)
    for name in ("index.html", "a/b.html", "a/b.md", "404.html"):
        (site / name).write_text(name, encoding="utf-8")
    made = []
    for moment in (1_000_000_000, 1_700_000_000):
        os.utime(site / "index.html", (moment, moment))
        assert write_zip(site, tmp_path / "x.zip") == 2
        made.append((tmp_path / "x.zip").read_bytes())
    assert made[0] == made[1]
