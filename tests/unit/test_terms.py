"""Words that pages avoid: read from `terms.yml`, found in prose, and not in this site's pages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_builder import REPOSITORY

from docskit.checking.terms import TERMS, Avoided, read_terms, term_hints
from docskit.messages.problem import Problem, Severity
from docskit.reading.author_page import read_author_page

DOCS = REPOSITORY / "docs"
WORDS = [Avoided("要紧", "重要"), Avoided("anew", "again", "en"), Avoided("for want of", "x", "en")]


def hints(text: str, path: str = "git.md") -> list[Problem]:
    return term_hints(read_author_page(text.encode(), path)[0], WORDS)


def test_a_word_is_found_at_its_line_and_column() -> None:
    (found,) = hints("---\ndate: 2026-11-25\n---\n# 标题\n\n这件事要紧。\n")
    assert (found.line, found.column, found.severity) == (6, 4, Severity.HINT)
    assert found.format() == "docs/git.md:6:4: 用词：不用“要紧”，用“重要”"
    assert found.format(language="en") == "docs/git.md:6:4: wording: not '要紧' but '重要'"


@pytest.mark.parametrize(
    "text",
    [
        "`要紧`",
        "```text\n要紧\n```",
        "    要紧",
        "[重要](要紧.md)",
        '<img alt="图" src="要紧.png">',
        "https://example.com/要紧",
        "## 重要 {#要紧}",
    ],
)
def test_code_and_addresses_are_passed_over(text: str) -> None:
    assert hints(f"# 标题\n\n{text}\n") == []


def test_words_in_headings_tables_and_descriptions_of_images_are_found() -> None:
    text = "# 要紧\n\n| 要紧 |\n| --- |\n| 要紧 |\n\n![要紧](a.png)\n"
    assert [found.line for found in hints(text)] == [1, 3, 5, 7]


def test_english_words_are_found_whole_in_any_case_and_over_the_end_of_a_line() -> None:
    text = "# T\n\nAnew, but not canewood.\nIt failed for\nwant of memory.\n"
    assert [found.line for found in hints(text, "git.en.md")] == [3, 4]
    assert hints(text) == []
    assert hints("# T\n\n要紧\n", "git.en.md") == []


def test_a_terms_file_gives_its_words() -> None:
    text = "- {use: 重要, avoid: [要紧, 紧要]}\n- {use: again, avoid: [anew], language: en}\n"
    found, problems = read_terms(text.encode())
    assert found == [
        *(Avoided("要紧", "重要"), Avoided("紧要", "重要"), Avoided("anew", "again", "en")),
    ]
    assert problems == []


@pytest.mark.parametrize("text", ["", "# 还没有\n"])
def test_an_empty_terms_file_is_no_mistake(text: str) -> None:
    assert read_terms(text.encode()) == ([], [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- {use: a}\n", 1),
        ("- {use: a, avoid: [b]}\n- {avoid: [c]}\n", 2),
        ("- {use: a, avoid: b}\n", 1),
        ("- {use: a, avoid: [b], language: fr}\n", 1),
        ("- {use: a, avoid: [b, [c]]}\n", 1),
        ("- {use: a, avoid: ['']}\n", 1),
        ("- [\n", 2),
        ("要紧\n", 1),
    ],
)
def test_what_is_not_understood_is_reported_with_its_line(text: str, line: int) -> None:
    _, (problem,) = read_terms(text.encode())
    assert (problem.line, problem.severity) == (line, Severity.WARNING)
    assert problem.format().startswith(f"docs/{TERMS}:{line}")


PAGES = sorted(DOCS.rglob("*.md"))
_FILE = DOCS / TERMS
OWN, WRONG = read_terms(_FILE.read_bytes() if _FILE.is_file() else b"")


@pytest.mark.content
def test_this_sites_own_terms_are_right() -> None:
    assert len(OWN) > 30
    assert WRONG == []


@pytest.mark.content
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_no_page_of_this_site_uses_a_word_it_avoids(path: Path) -> None:
    page, _ = read_author_page(path.read_bytes(), path.relative_to(DOCS).as_posix())
    assert [problem.format() for problem in term_hints(page, OWN)] == []


@pytest.mark.content
@pytest.mark.parametrize(
    "name", ["README.md", "README.en.md", "CONTRIBUTING.md", "tools/FIGURES.md"]
)
def test_the_repositorys_own_pages_do_not_either(name: str) -> None:
    page, _ = read_author_page((REPOSITORY / name).read_bytes(), name)
    assert [problem.format("") for problem in term_hints(page, OWN)] == []


def spoken(code: str) -> Iterator[tuple[int, str]]:
    """The line and the text of each string of a program that is no docstring."""
    tree = ast.parse(code)
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
        ):
            yield node.lineno, node.value


def test_what_is_said_is_told_from_docstrings() -> None:
    code = '"""Anew."""\n\n\ndef f(x: str) -> str:\n    """Upon."""\n    return f"要紧{x}"\n'
    assert list(spoken(code)) == [(6, "要紧")]


PROGRAMS = sorted(
    path for folder in ("hooks", "tools") for path in (REPOSITORY / folder).rglob("*.py")
)


def test_the_generator_does_not_say_them_either() -> None:
    said = [
        (path, line, text)
        for path in [*PROGRAMS, REPOSITORY / "run.py"]
        for line, text in spoken(path.read_text("utf-8"))
    ]
    assert sum(any("一" <= char <= "鿿" for char in text) for _, _, text in said) > 500
    heard = [
        f"{path.relative_to(REPOSITORY)}:{line}: {avoided.word}"
        for path, line, text in said
        for avoided in OWN
        if any(avoided.places(text))
    ]
    assert heard == []
