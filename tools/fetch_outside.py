"""Fetch the pictures that pages take from other hosts into the cache: `make site OUTSIDE=fetch`.

Nothing is written into docs/. A picture that does not come is no error here: the build that
follows names it, with file and line, and leaves it where it is.
"""

from __future__ import annotations

import sys
import time

from command import CONFIG, Arguments, guarded, prepare
from docskit.outside import outside_address
from docskit.references import Kind
from mkdocs_bridge.build import survey
from mkdocs_bridge.stores import OutsideStore
from outside_client import Client
from outside_pictures import fetch_all


def main(arguments: list[str]) -> int:
    """Ask for each picture that is not in the cache, or has been there for a week."""
    parser = Arguments(description=__doc__)
    parser.add_argument("--config", default=CONFIG)
    options = parser.parse_args(arguments)
    prepare()
    surveyed = survey(options.config, as_written=True)
    wanted = [
        address
        for page in surveyed.pages.values()
        for item in page.found
        if item.kind is Kind.MEDIA and (address := outside_address(item.raw))
    ]
    store = OutsideStore(surveyed.cache)
    fetch_all(wanted, store, Client(), time.time(), believe_trouble=True)
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
