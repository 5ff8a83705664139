"""Hints about spaces and punctuation between Han and Latin text, from AutoCorrect.

https://github.com/huacnlee/autocorrect; it knows Markdown and passes over code.
"""

from __future__ import annotations

import re

import autocorrect_py

from docskit.author_page import AuthorPage
from docskit.problem import Problem, Severity

_RUN = re.compile(r"\S{500,}")
_BEGIN_SOMETHING = 100


def _harmless(run: re.Match[str]) -> str:
    """As many letters where AutoCorrect would look for the ends of a thousand links.

    It takes minutes for 8,000 `[[a`, and 64,000 quotes end the process.
    """
    begun = sum(map(run[0].count, '["'))
    return "x" * len(run[0]) if begun > _BEGIN_SOMETHING else run[0]


def copy_hints(page: AuthorPage) -> list[Problem]:
    """One hint for each passage that AutoCorrect would write otherwise."""
    body, first = page.front_matter.body, page.front_matter.body_line - 1
    result = autocorrect_py.lint_for(_RUN.sub(_harmless, body), "markdown")
    return [
        Problem(
            page.path,
            found.line + first,
            found.col,
            "copy-rules",
            Severity.HINT,
            f"排版建议：'{found.old.strip()}' 可以写成 '{found.new.strip()}'",
            f"typography: '{found.old.strip()}' may be written '{found.new.strip()}'",
        )
        for found in result.lines
        if found.old != found.new and "x" * 500 not in found.old
    ]
