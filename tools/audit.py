"""Measure the built site in Chromium as a cheap phone behind a slow line sees it.

    make audit
    python3 run.py audit -- docker/ en/docker/     some pages

Every page of site/: what its first view weighs, LCP, CLS, requests to other hosts, and axe in
light and dark; Lighthouse on five of them. Text is sent compressed, as GitHub Pages does. Slow 4G
is 1.6 Mbit/s with 150 ms, and the processor four times slower, as Lighthouse has it. Lighthouse's
own LCP is not observed but worked out, from a load without a slow line.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from browser import find_browser
from docskit.pages import SITEMAP

LIGHTHOUSE_PAGES = ["", "docker/", "en/docker/", "authors/", "maintain/"]
MOST_KIB = 120
FULL = 100
LIGHTHOUSE = Path(".cache/lighthouse/node_modules/lighthouse/cli/index.js")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
_OBSERVE = """
window.audit = { lcp: 0, cls: 0 };
new PerformanceObserver((list) => { for (const e of list.getEntries()) audit.lcp = e.startTime })
  .observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => { for (const e of list.getEntries()) audit.cls += e.value })
  .observe({ type: "layout-shift", buffered: true });
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    prefix = "/"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.removeprefix(self.prefix[:-1])))
        path = path / "index.html" if path.is_dir() else path
        if not self.path.startswith(self.prefix) or not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in _TEXT:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        # A page that is left has no use for the rest.
        with suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def _served(site: Path) -> Iterator[str]:
    """Serve the site under the path of the address that it was built for, which 404.html names."""
    home = re.search("<loc>https?://[^/<]*(/[^<]*)</loc>", (site / SITEMAP).read_text("utf-8"))
    prefix = home[1] if home else "/"
    served = type("Served", (_Handler,), {"prefix": prefix})
    handler = functools.partial(served, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{prefix}"
        server.shutdown()


@dataclass(slots=True)
class Measured:
    """One page, as the first screen of a cheap phone fetches it; sizes are those of the line."""

    text: float = 0
    pictures: float = 0
    requests: int = 0
    paint: float = 0
    shift: float = 0
    strangers: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What is over a limit, for the last column."""
        found = [f"axe: {name}" for name in self.broken]
        found += [f"asks {address}" for address in self.strangers]
        if self.text + self.pictures > MOST_KIB:
            found.append(f"{self.text + self.pictures:.0f} KiB > {MOST_KIB}")
        if round(self.shift, 3):
            found.append(f"CLS {self.shift:.3f}")
        return found


def _load(browser: Browser, site: str, address: str) -> Measured:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": 1_600_000 / 8,
            "uploadThroughput": 750_000 / 8,
        },
    )
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}
    found = Measured()
    protocol.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    protocol.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
    )
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((site, "data:", "blob:"))
            else found.strangers.append(request.url)
        ),
    )
    page.add_init_script(_OBSERVE)
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("window.audit")
    context.close()
    pictures = sum(size for key, size in sizes.items() if kinds.get(key) == "Image")
    found.pictures = pictures / 1024
    found.text = sum(sizes.values()) / 1024 - found.pictures
    found.requests = len(sizes)
    found.paint, found.shift = seen["lcp"], seen["cls"]
    return found


def _axe(pages: list[Page], address: str) -> list[str]:
    """The rules that the page breaks in light or dark, each once."""
    broken: dict[str, None] = {}
    for page in pages:
        page.goto(address, wait_until="load")
        broken.update({found["id"]: None for found in Axe().run(page).response["violations"]})
    return list(broken)


def _pages(site: Path) -> list[str]:
    """The address of every page, from the site's root; those that lead on are none."""
    found = []
    for path in [*site.rglob("index.html"), *site.rglob("404.html")]:
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")[:2000]:
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            found.append(address)
    return sorted(found)


def _lighthouse(address: str, browser: str) -> tuple[list[int], float]:
    """Scores from 0 to 100 in the order of `CATEGORIES`, and the simulated LCP in seconds."""
    command = ["node", str(LIGHTHOUSE), address, "--quiet", "--output=json"]
    options = ["--output-path=stdout", "--chrome-flags=--headless=new --no-sandbox"]
    done = subprocess.run(
        [*command, *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CHROME_PATH": browser},
    )
    if done.returncode:
        raise RuntimeError(f"Lighthouse: {done.stderr[-2000:]}")
    report = json.loads(done.stdout)
    scores = [round(100 * report["categories"][name]["score"]) for name in CATEGORIES]
    return scores, report["audits"]["largest-contentful-paint"]["numericValue"] / 1000


def main(site: Path, only: list[str]) -> int:
    """Print the table for the site at `site`; 1 if a page is over a limit or a score below 100.

    `only` are the addresses of the pages to look at, all of them if there are none.
    """
    program = find_browser()
    if not program:
        return 1
    pages = [name for name in _pages(site) if not only or name in only]
    if not pages:
        raise SystemExit(f"没有这样的页面 / no such page: {' '.join(only) or site}")
    faults = 0
    with _served(site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        schemes = [
            browser.new_context(color_scheme="light").new_page(),
            browser.new_context(color_scheme="dark").new_page(),
        ]
        print(f"{'KiB':>6} {'+图':>6} {'请求':>4} {'LCP ms':>7} {'CLS':>6} {'axe':>4}  页面 / page")
        all_measured = []
        for name in pages:
            address = url + quote(name)
            measured = _load(browser, url, address)
            if round(measured.shift, 3):
                # A busy machine paints half a header; what moves by itself moves twice.
                again = _load(browser, url, address)
                measured.shift = min(measured.shift, again.shift)
            measured.broken = _axe(schemes, address)
            all_measured.append(measured)
            faults += len(measured.faults())
            told = "".join(f"  ✗ {fault}" for fault in measured.faults())
            print(
                f"{measured.text:6.1f} {measured.pictures:6.1f} {measured.requests:5} "
                f"{measured.paint:7.0f} {measured.shift:6.3f} {len(measured.broken):4}  "
                f"/{name}{told}",
                flush=True,
            )
        browser.close()
        heaviest = max(all_measured, key=lambda one: one.text + one.pictures)
        paints = sorted(one.paint for one in all_measured)
        print(
            f"{len(pages)} 页 / pages: {heaviest.text + heaviest.pictures:.1f} KiB at most, "
            f"CLS {max(one.shift for one in all_measured):.3f} at most, "
            f"{sum(len(one.strangers) for one in all_measured)} requests to strangers, "
            f"axe {sum(len(one.broken) for one in all_measured)}, "
            f"LCP {paints[len(paints) // 2]:.0f} ms in the median, {paints[-1]:.0f} at most"
        )
        print("Lighthouse:", "/".join(CATEGORIES))
        for name in LIGHTHOUSE_PAGES:
            if name in pages:
                scores, paint = _lighthouse(url + name, program)
                faults += sum(score < FULL for score in scores)
                print(f"  /{name:20} {'/'.join(map(str, scores))}, LCP {paint:.1f} s", flush=True)
    print("KiB：第一屏取来的，压缩后 / what the first view fetches, compressed; +图: its pictures")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site"), sys.argv[2:]))
