"""Every page file is published at an address of its own, or named in a warning.

Real builds of random folders, several in one process; `make fuzz` makes hundreds.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from random_trees import random_tree
from site_builder import REPOSITORY, write_config

FUZZ = int(os.environ.get("FUZZ", "0"))
# Each has some sixteen pages in two languages.
TREES = max(10, FUZZ // 60)
FIRST = 7 if FUZZ == 0 else FUZZ
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)
_HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, dict[str, str]]:
    """Each folder with a finished build, and the files that it was made of."""
    base = tmp_path_factory.mktemp("trees")
    made = {}
    for seed in range(FIRST, FIRST + TREES):
        files = random_tree(seed)
        for uri, text in files.items():
            path = base / str(seed) / "docs" / uri
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        made[base / str(seed)] = files
    subprocess.run(
        [
            sys.executable,
            REPOSITORY / "tests" / "build_many.py",
            write_config(base),
            *made,
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(REPOSITORY / "hooks")},
    )
    return made


def shown(folder: Path) -> dict[str, set[str]]:
    """The number of each page, and the pages of HTML whose article it is."""
    found: dict[str, set[str]] = {}
    for path in sorted((folder / "site").rglob("*.html")):
        article = _ARTICLE.search(path.read_text(encoding="utf-8"))
        words = set(re.findall(r"mark-(\d+)-", article[0] if article else ""))
        address = path.relative_to(folder / "site").as_posix()
        assert len(words) <= 1, f"{address} has several pages in it"
        for word in words:
            found.setdefault(word, set()).add(address)
    return found


def test_every_page_is_published_or_named(folders: dict[Path, dict[str, str]]) -> None:
    pages = published = named = 0
    for folder, files in folders.items():
        log = (folder / "log").read_text(encoding="utf-8")
        assert "died" not in log, log
        warnings = [
            line
            for line in log.splitlines()
            if _HAN.search(line) and (line.startswith("WARNING") or "是草稿" in line)
        ]
        found = shown(folder)
        for uri, text in files.items():
            number = re.search(r"mark-(\d+)-", text)
            if number is None or uri.endswith(".html"):
                continue
            pages += 1
            if number[1] in found:
                published += 1
            else:
                assert any(f"docs/{uri}: " in line for line in warnings), (folder.name, uri, log)
                named += 1
    # A generator that no longer makes what it is there for would pass for ever.
    assert published > pages * 0.7
    assert named > pages * 0.02


def test_nothing_of_a_draft_and_no_leftover_is_published(
    folders: dict[Path, dict[str, str]],
) -> None:
    drafts = 0
    for folder, files in folders.items():
        numbers = re.findall(r"draft-\d+-", "".join(files.values()))
        drafts += len(numbers)
        for path in (folder / "site").rglob("*"):
            if not path.is_file():
                continue
            assert b"leftover-" not in path.read_bytes()[:2000], path
            if path.suffix in {".html", ".xml", ".txt", ".json", ".md", ".js"}:
                text = path.read_text(encoding="utf-8", errors="replace")
                assert not re.search(r"draft-\d+-", text), path
    assert drafts > 0


def test_every_page_is_in_the_navigation(folders: dict[Path, dict[str, str]]) -> None:
    entries = 0
    for folder in folders:
        for number, addresses in shown(folder).items():
            for address in addresses:
                html = (folder / "site" / address).read_text(encoding="utf-8")
                navigation = html[html.index("md-nav--primary") :]
                navigation = navigation[: navigation.index("<article")]
                assert "md-nav__link--active" in navigation, (folder.name, address, number)
                entries += 1
    assert entries > 0
