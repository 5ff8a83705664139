"""What the site serves of other people's work, pinned: an upgrade fails here with a name."""

import re
from importlib.metadata import files


def test_material_asks_other_hosts_only_for_what_the_site_gives_it() -> None:
    """Mermaid where a page has its class, and none has; an old polyfill; forge statistics."""
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
