"""A page of 100 KB, whatever is on it, is built in less than 2 s of the processor's time.

`make test` builds pages of tokens that begin little; `make fuzz` builds pages of all those in
tests/cases/long_tokens.jsonl. Those in tests/cases/slow_tokens.jsonl may take longer, where they
are thousands of blocks, links or repairs, and are said to; that they take no more than their
length warrants is for tests/unit/test_long_pages.py.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from long_tokens import LongPage, known
from site_builder import REPOSITORY, build_site

SIZE, SECONDS = 100_000, 2.0
ALL = int(os.environ.get("FUZZ", "0")) >= 1000


LONG_TOKENS = (REPOSITORY / "tests/cases/long_tokens.jsonl").read_text(encoding="utf-8")
SLOW = known()
TOKENS = (
    list(dict.fromkeys([*(LongPage(json.loads(line)) for line in LONG_TOKENS.splitlines()), *SLOW]))
    if ALL
    else [
        LongPage(token)
        for token in ("a", "字", " ", "\n", "|", "#", "> ", "&", "(", ":", "，", "<!-- -->")
    ]
)


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> dict[LongPage, float]:
    """Of each token's page, all languages and steps together."""
    folder = tmp_path_factory.mktemp("long")
    # Writes the configuration of the project for that folder.
    assert build_site(folder, {"index.md": "# 首页\n"}).status == 0
    for number, token in enumerate(TOKENS):
        path = folder / f"docs/t{number}.md"
        path.write_text(token.text(SIZE), encoding="utf-8", newline="")
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "tests/page_times.py"), "mkdocs.yml", str(SECONDS)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
        env={
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONPATH": str(REPOSITORY / "hooks"),
            "DOCS_DIR": str(folder / "docs"),
            "SITE_DIR": str(folder / "site"),
            "BUILD_CACHE": str(folder / "other-cache"),
            "BUILD_WORKERS": "1",
        },
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    pages = [Path(f"t{number}.md").name for number in range(len(TOKENS))]
    assert set(pages) <= found.keys()
    return {token: found[page] for token, page in zip(TOKENS, pages, strict=True)}


@pytest.mark.parametrize("token", TOKENS, ids=repr)
def test_a_long_page_is_built_in_two_seconds(
    token: LongPage, seconds: dict[LongPage, float]
) -> None:
    if token in SLOW and seconds[token] >= SECONDS:
        pytest.xfail(f"{seconds[token]:.1f} s")
    assert seconds[token] < SECONDS
