"""A page of 100 KB, whatever is on it, is built in less than 2 s of the processor's time.

`make test` builds pages of tokens that begin little; `make fuzz` builds pages of all those in
tests/cases/long_tokens.jsonl. Those in tests/cases/slow_tokens.jsonl are known to take longer,
in Python-Markdown's inline patterns, its block parser or the reading of dialect, and are said
to be so until they do not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import REPOSITORY, build_site

SIZE, SECONDS = 100_000, 2.0
ALL = int(os.environ.get("FUZZ", "0")) >= 1000


def _tokens(name: str) -> list[str]:
    text = (REPOSITORY / "tests/cases" / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


SLOW = _tokens("slow_tokens.jsonl")
TOKENS = (
    list(dict.fromkeys([*_tokens("long_tokens.jsonl"), *SLOW]))
    if ALL
    else ["a", "字", " ", "\n", "|", "#", "> ", "&", "(", ":", "，", "<!-- -->"]
)


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    """Of each token's page, all languages and steps together."""
    folder = tmp_path_factory.mktemp("long")
    # Writes the configuration of the project for that folder.
    assert build_site(folder, {"index.md": "# 首页\n"}).status == 0
    for number, token in enumerate(TOKENS):
        text = (token * (SIZE // len(token.encode()) + 1)).encode()[:SIZE].decode("utf-8", "ignore")
        (folder / f"docs/t{number}.md").write_text(text, encoding="utf-8", newline="")
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
def test_a_long_page_is_built_in_two_seconds(token: str, seconds: dict[str, float]) -> None:
    if token in SLOW and seconds[token] >= SECONDS:
        pytest.xfail(f"{seconds[token]:.1f} s")
    assert seconds[token] < SECONDS
