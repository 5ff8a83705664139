"""Draw the pictures of the pages: `…/src/NAME.svg` becomes `…/NAME.png` and `…/NAME.en.png`.

An SVG holds the Chinese text; an element's `data-en` holds its English. A picture without
`data-en` has no words and no English variant.
"""

from __future__ import annotations

import io
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

SVG = "{http://www.w3.org/2000/svg}"
# Pixels per SVG unit: sharp on a phone's screen, still small as a file.
SCALE = 2
COLOURS = 64


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
    browser_path = subprocess.run(
        ["sh", "tools/find_browser.sh"], check=True, capture_output=True, text=True
    ).stdout.strip()
    sources = [path for folder in arguments for path in Path(folder).rglob("src/*.svg")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=SCALE)
        for path in sorted(sources):
            for suffix, svg in variants(path.read_text(encoding="utf-8")):
                page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}")
                png = compressed(page.locator("svg").screenshot(omit_background=True))
                target = path.parent.parent / f"{path.stem}{suffix}.png"
                target.write_bytes(png)
                print(f"{target} {len(png) / 1024:.0f} KB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["docs"]))
