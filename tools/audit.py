"""Measure the built site in Chromium as a cheap phone behind a slow line sees it.

    make audit            pages of site/: weight, LCP, CLS, requests, axe, Lighthouse

Text is sent compressed, as GitHub Pages does. Slow 4G is 1.6 Mbit/s with 150 ms, and the
processor four times slower, as Lighthouse has it. Lighthouse's own LCP is not observed but
worked out, from a load without a slow line.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

PAGES = ["", "docker/", "en/docker/", "authors/", "maintain/"]
PREFIX = "/docs/"
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

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.removeprefix(PREFIX[:-1])))
        path = path / "index.html" if path.is_dir() else path
        if not self.path.startswith(PREFIX) or not path.is_file():
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

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}"
        server.shutdown()


def _measure(browser: Browser, address: str) -> tuple[str, int]:
    """One row of the table, and how many rules of axe the page breaks in both schemes."""
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
    protocol.on("Network.responseReceived", lambda e: kinds.update({e["requestId"]: e["type"]}))
    protocol.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}),
    )
    page.add_init_script(_OBSERVE)
    page.goto(address, wait_until="networkidle")
    seen = page.evaluate("window.audit")
    context.close()
    words = sum(size for key, size in sizes.items() if kinds.get(key) != "Image")
    broken = 0
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        broken += len(Axe().run(page).response["violations"])
        context.close()
    row = f"{words / 1024:8.1f} {len(sizes):8} {seen['lcp']:8.0f} {seen['cls']:8.3f} {broken:5}"
    return row, broken


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


def main(site: Path) -> int:
    """Print the table for the site at `site`; 1 if axe finds anything or a score is not 100."""
    root = Path(__file__).resolve().parent
    found = subprocess.run(
        ["sh", str(root / "find_browser.sh")], capture_output=True, text=True, check=True
    )
    total = 0
    with _served(site) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.stdout.strip(),
            args=["--no-sandbox", "--disable-background-networking", "--no-first-run"],
        )
        print(
            f"{'page':20}{'KiB*':>8} {'requests':>8} {'LCP ms':>8} {'CLS':>8} {'axe':>5}"
            f"  {'/'.join(CATEGORIES)}, LCP"
        )
        for name in PAGES:
            if (site / name / "index.html").is_file():
                row, broken = _measure(browser, url + name)
                scores, paint = _lighthouse(url + name, found.stdout.strip())
                total += broken + sum(score < 100 for score in scores)
                judged = "/".join(map(str, scores))
                print(f"{'/' + name:20}{row}  {judged}, {paint:.1f} s", flush=True)
        browser.close()
    print("* 压缩后，不含图片 / compressed, without pictures")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site")))
