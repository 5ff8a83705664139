"""Whose pages docs/ holds: some tests hold to the pages of ISC-WEB, and a copy has its own.

A repository made by "Use this template" keeps the tests of the generator and replaces docs/ and
club.yml. There the tests of our content are left out, and said to be. They are left out by the
club's own word alone: as long as club.yml names ISC-WEB anywhere, a page that is missing fails.
"""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
CLUB = "ISC-WEB"
# Without these docs/ is not ours, whatever club.yml says.
PAGES = ("docs/.nav.yml", "docs/docker.md", "docs/authors/check.md", "docs/maintain/index.md")
# Whole files of tests that read our pages as they are collected. A single test is marked with
# `@pytest.mark.content`; whatever uses the fixture `own_site` is content without a mark.
FILES = (
    "unit/test_git_tutorial.py",
    "unit/test_handbook.py",
    "unit/test_tutorial.py",
    "site/test_quoted_messages.py",
    "site/test_search_quality.py",
)


def names_us(club: str) -> bool:
    """Whether any setting in the text of a club.yml, comments aside, names ISC-WEB."""
    lines = (line.partition(" #")[0] for line in club.splitlines())
    return any(CLUB in line for line in lines if not line.lstrip().startswith("#"))


def is_ours(repository: Path = REPOSITORY) -> bool:
    """Whether the tests of our content are to run; ValueError where our name has no pages."""
    if not names_us((repository / "club.yml").read_text(encoding="utf-8")):
        return False
    missing = [page for page in PAGES if not (repository / page).is_file()]
    if missing:
        raise ValueError(
            f"club.yml 里还写着 {CLUB}，可是没有 {'、'.join(missing)}。换成你们自己的页面了，"
            f"就把 club.yml 里所有的 {CLUB} 也换成你们的名字（site_name、site_author……）；"
            "不是，就把页面找回来。"
        )
    return True
