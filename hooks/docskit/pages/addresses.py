"""The addresses that a site has had, and which of them a new version would let die."""

from __future__ import annotations

from collections.abc import Collection

# Beside the home page of the published site: one address a line, relative to the root.
ADDRESSES = "addresses.txt"
_MOST_LINES = 20


def dead_addresses(before: str, after: Collection[str]) -> list[str]:
    """Those in the list `before` (the text of `ADDRESSES`) that are not among `after`."""
    return sorted({line for line in before.splitlines() if line} - set(after))


def lines(dead: list[str], language: str = "zh") -> list[str]:
    """What to tell whoever is about to publish, a line each address; none if none dies."""
    shown = dead[:_MOST_LINES]
    if language.startswith("en"):
        found = [
            f"the address '{address}' was on the site and leads nowhere now; if its page has "
            f"moved, write `aliases: [{address}]` into the new page's front matter"
            for address in shown
        ]
        more = f"and {len(dead) - len(shown)} more addresses"
    else:
        found = [
            f"网站以前有“{address}”这个地址，现在没有了。页面要是搬了家，"
            f"请在新页面的页首信息里写 aliases: [{address}]"
            for address in shown
        ]
        more = f"还有 {len(dead) - len(shown)} 个地址也没有了"
    return found + ([more] if len(dead) > len(shown) else [])
