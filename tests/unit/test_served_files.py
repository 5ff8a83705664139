"""What the site serves of other people's work, pinned: an upgrade fails here with a name."""

import hashlib
import re
from importlib.metadata import files

from mkdocs_bridge.package_files import package_file

# npm's mermaid 11.16.0, dist/mermaid.min.js.
MERMAID_SHA256 = "74d7c46dabca328c2294733910a8aa1ed0c37451776e8d5295da38a2b758fb9b"


def test_mermaid_is_the_file_that_npm_has() -> None:
    script = package_file("mermaidx", "assets/mermaid.js")
    assert hashlib.sha256(script.read_bytes()).hexdigest() == MERMAID_SHA256


def test_material_asks_other_hosts_only_for_what_the_site_gives_it() -> None:
    """Mermaid unless the global exists; a polyfill no browser of today needs; forge statistics."""
    bundles = [
        file
        for file in files("mkdocs-material") or []
        if re.search(r"assets/javascripts/bundle\.\w+\.min\.js$", str(file))
    ]
    assert len(bundles) == 1
    script = bundles[0].read_text(encoding="utf-8")
    hosts = set(re.findall(r"https?://([\w.]+\.[a-z]+)", script))
    assert hosts == {"api.github.com", "clipboardjs.com", "unpkg.com"}
    assert re.findall(r"""unpkg\.com/([^"'`]+)""", script) == [
        "resize-observer-polyfill",
        "mermaid@11/dist/mermaid.min.js",
    ]
    assert 'typeof mermaid=="undefined"||mermaid instanceof Element' in script
    assert 'typeof ResizeObserver=="undefined"' in script
