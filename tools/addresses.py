"""Which addresses of the published site would a new version let die? For workflows' summaries.

`addresses.py OLD NEW` compares two lists of addresses (`addresses.txt` of a site) and prints
Markdown. It fails nothing: a page may be deleted on purpose.
"""

from __future__ import annotations

import sys
from pathlib import Path

from docskit.pages import dead_addresses, lines


def main(old: str, new: str) -> str:
    """The summary, empty if every address lives or there is no old list."""
    try:
        before = Path(old).read_text(encoding="utf-8")
    except OSError:
        return ""
    after = Path(new).read_text(encoding="utf-8").splitlines()
    found = lines(dead_addresses(before, after))
    return (
        "\n".join(["### 会失效的地址", "", *(f"- {line}" for line in found), ""]) if found else ""
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("用法：python tools/addresses.py 旧的addresses.txt 新的addresses.txt")
    print(main(*sys.argv[1:]), end="")
