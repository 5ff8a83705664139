"""Draw the pictures of the pages: `…/src/NAME.svg` becomes `…/NAME.png` and `…/NAME.en.png`.

An SVG holds the Chinese text; an element's `data-en` holds its English. A picture without
`data-en` has no words and no English variant. One on a bright sheet is drawn for the night as
well, as `NAME-dark.png` and `NAME-dark.en.png`. `NAME.session` is a terminal session as it was
recorded, and `NAME.en.session` the same with English messages.
"""

from __future__ import annotations

import io
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

import terminal_picture
from browser import find_browser
from command import folder_of_pages, guarded

SVG = "{http://www.w3.org/2000/svg}"
# Pixels per SVG unit: sharp on a phone's screen, still small as a file.
SCALE = 2
COLOURS = 64
SHEET = "#f4f7fb"
# Colours of the drawings by day and by night. A style sheet's `fill:` is the colour of words,
# an attribute's `fill="` that of boxes.
NIGHT = {
    f'fill="{SHEET}"': 'fill="#1b2233"',
    "fill:#1d2b4a": "fill:#e8eefc",
    "fill:#51607f": "fill:#a9b6d3",
    "stroke:#51607f": "stroke:#a9b6d3",
    'fill="#51607f"': 'fill="#a9b6d3"',
    'fill="#1d2b4a"': 'fill="#0c1322"',
    'fill="#fff"': 'fill="#2b3650"',
    'fill="#c9d4e6"': 'fill="#465573"',
    'fill="#f6c465"': 'fill="#7a5a14"',
    'fill="#fbdd9e"': 'fill="#96701d"',
    'fill="#dbe8fb"': 'fill="#37558c"',
}


def variants(source: str) -> Iterator[tuple[str, str]]:
    """The `(suffix, svg)` of each language in which the picture `source` is to be drawn."""
    ElementTree.register_namespace("", SVG.strip("{}"))
    yield "", source
    root = ElementTree.fromstring(source)  # noqa: S314 - our own files
    worded = [element for element in root.iter() if "data-en" in element.attrib]
    for element in worded:
        element.text = element.attrib.pop("data-en")
    if worded:
        yield ".en", ElementTree.tostring(root, encoding="unicode")


def by_night(svg: str) -> str:
    """The same drawing in colours that do not shine in the dark."""
    for day, night in NIGHT.items():
        svg = svg.replace(day, night)
    return svg


def pictures(source: Path) -> Iterator[tuple[Path, str]]:
    """The `(target, svg)` of each PNG to be drawn from a file in a folder `src`."""
    text = source.read_text(encoding="utf-8")
    folder = source.parent.parent
    if source.suffix == ".session":
        yield folder / f"{source.stem}.png", terminal_picture.drawn(text)
        return
    for suffix, svg in variants(text):
        yield folder / f"{source.stem}{suffix}.png", svg
        if SHEET in svg:
            yield folder / f"{source.stem}-dark{suffix}.png", by_night(svg)


def sources(folder: Path) -> list[Path]:
    """The files below `folder` that pictures are drawn from."""
    return sorted([*folder.rglob("src/*.svg"), *folder.rglob("src/*.session")])


def compressed(png: bytes) -> bytes:
    """The same picture with a palette: flat drawings lose nothing that an eye can see."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    out = io.BytesIO()
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Draw every picture below the folders in `arguments` with the Chromium found here."""
    folders = [folder_of_pages(folder) for folder in arguments or ["docs"]]
    browser_path = find_browser()
    if not browser_path:
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=SCALE)
        found = [path for folder in folders for path in sources(folder)]
        for target, svg in (picture for path in found for picture in pictures(path)):
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
            png = compressed(page.locator("svg").screenshot(omit_background=True))
            target.write_bytes(png)
            print(f"{target} {len(png) / 1024:.0f} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
