"""One real Chromium and one build of the site's own pages for all browser tests."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from site_builder import CLUB, REPOSITORY, Built, build_site
from site_server import serve


def _chromium() -> str:
    found = subprocess.run(
        ["sh", str(REPOSITORY / "tools" / "find_browser.sh")],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    if found.returncode:
        pytest.fail(found.stderr, pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that tools/find_browser.sh finds; without one the tests fail, saying why."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=_chromium(),
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The repository's own pages, built strictly."""
    folder = tmp_path_factory.mktemp("own")
    shutil.copytree(REPOSITORY / "docs", folder / "docs")
    built = build_site(folder, {}, club=CLUB, env={"SITE_URL": "https://example.org/docs/"})
    assert built.status == 0, built.log
    return built


@pytest.fixture(scope="session")
def own_url(own_site: Built) -> Iterator[str]:
    """Where the own site is served; ends in `/docs/`."""
    with serve(own_site.site_dir) as url:
        yield url


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with every way of writing on one page."""
    folder = tmp_path_factory.mktemp("everything")
    shutil.copytree(Path(__file__).parent / "everything", folder / "docs")
    picture = REPOSITORY / "tests/cases/pictures/photo.png"
    shutil.copyfile(picture, folder / "docs/figures/photo.png")
    built = build_site(
        folder,
        {},
        env={
            "SITE_URL": "https://example.org/docs/",
            "REPO_URL": "https://github.com/example/docs",
        },
    )
    assert built.status == 0, built.log
    return built


@pytest.fixture(scope="session")
def everything_url(everything: Built) -> Iterator[str]:
    """Where that site is served; ends in `/docs/`."""
    with serve(everything.site_dir) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab of a desktop reader who prefers Chinese."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A fresh tab of a reader on a phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="zh-CN",
    )
    yield context.new_page()
    context.close()
