"""A picture for the day and one for the night: the page's own switch decides."""

from pathlib import Path

from playwright.sync_api import Page
from site_builder import REPOSITORY, build_site
from site_server import serve

PICTURE = (REPOSITORY / "tests/cases/pictures/small.png").read_bytes()
PAGE = """# 首页

<picture>
  <source media="(prefers-color-scheme: dark)" srcset="img/night.png">
  <img src="img/day.png" alt="图">
</picture>

![白天](img/day.png#only-light)![夜里](img/night.png#only-dark)
"""
SHOWN = """() => [...document.querySelectorAll("article img")].filter(image => image.offsetWidth)
  .map(image => [image.src.split("/").pop().split("#")[0], image.naturalWidth > 0])"""
STOPS = """() => [...document.querySelectorAll("a.glightbox")]
  .filter(link => link.getClientRects().length).length"""


def test_the_page_shows_the_one_of_its_scheme(page: Page, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.md": PAGE,
        "img/day.png": PICTURE,
        "img/night.png": PICTURE,
    }
    built = build_site(tmp_path, files)
    assert built.status == 0, built.log
    with serve(built.site_dir) as url:
        # The reader's system prefers the dark, and the reader of this page the light.
        page.emulate_media(color_scheme="dark")
        for scheme, name in (("default", "day.png"), ("slate", "night.png")):
            page.goto(url)
            page.evaluate(
                "name => document.body.setAttribute('data-md-color-scheme', name)", scheme
            )
            page.wait_for_function(
                "[...document.images].every((i) => i.complete || !i.offsetWidth)"
            )
            assert page.evaluate(SHOWN) == [[name, True], [name, True]]
            assert page.evaluate(STOPS) == 2
