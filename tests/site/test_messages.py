"""One mistake, one message: what an author is told of a page, all of it, word for word."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from site_builder import REPOSITORY

FOLDER = REPOSITORY / "tests" / "cases" / "messages"
PICTURE = (REPOSITORY / "tests/cases/pictures/small.png").read_bytes()


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert found
    return found


PAGES = {case.get("page", f"page-{n}.md"): case for n, case in enumerate(cases("pages.yml"))}


def check(docs: Path, language: str = "zh") -> dict[str, list[str]]:
    """Source URI → what is said of it: `line:column message`."""
    done = subprocess.run(
        [sys.executable, "tools/check.py", "--format=json", f"--language={language}"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": "hooks:tools",
            "DOCS_DIR": str(docs),
            "BUILD_CACHE": str(docs.parent / "cache"),
            "NO_MKDOCS_2_WARNING": "1",
        },
    )
    assert done.returncode in {0, 1}, done.stderr
    root = os.path.relpath(docs, REPOSITORY)
    found: dict[str, list[str]] = {}
    for problem in json.loads(done.stdout):
        uri = problem["path"].removeprefix(root + "/")
        words = f"{problem['line']}:{problem['column']} {problem['message']}"
        found.setdefault(uri, []).append(words)
    return found


def make(docs: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in {
        "index.md": "# 首页\n",
        "other.md": "# 别的\n\n## 节\n",
        "other.en.md": "# Other\n\n## Section\n\n## More\n",
        "git/b.png": PICTURE,
        "git/a&b.png": PICTURE,
        "git/中文abc.png": PICTURE,
        "git/empty.png": b"",
        ".h/a.png": PICTURE,
        **files,
    }.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return docs


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    docs = tmp_path_factory.mktemp("messages") / "docs"
    return check(make(docs, {name: case["text"] for name, case in PAGES.items()}))


@pytest.mark.parametrize("name", PAGES, ids=[case["name"] for case in PAGES.values()])
def test_a_page(said: dict[str, list[str]], name: str) -> None:
    assert said.get(name, []) == PAGES[name]["said"]


def test_nothing_else_is_said(said: dict[str, list[str]]) -> None:
    others = {name: words for name, words in said.items() if name not in PAGES}
    # The two versions of other.md have another number of sections on purpose.
    assert list(others) == ["other.en.md"]


@pytest.mark.parametrize(
    "case", cases("navigation.yml"), ids=[case["name"] for case in cases("navigation.yml")]
)
def test_the_navigation(tmp_path: Path, case: dict[str, Any]) -> None:
    found = check(make(tmp_path / "docs", {".nav.yml": case["text"]}))
    found.pop("other.en.md")
    assert found == {".nav.yml": case["said"]}


def test_in_english_for_who_sets_it(tmp_path: Path) -> None:
    docs = make(tmp_path / "docs", {".nav.yml": "nav:\n  - nothing.md\n", "a.md": "![]()\n![](x)"})
    found = check(docs, "en")
    assert len(found[".nav.yml"]) == 2
    words = [text for texts in found.values() for text in texts]
    assert len(words) > 4
    assert [text for text in words if re.search("[\u3000-\u9fff\uff01-\uff5e]", text)] == []
