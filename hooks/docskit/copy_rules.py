"""Hints about spaces and punctuation between Han and Latin text, from AutoCorrect.

https://github.com/huacnlee/autocorrect; it knows Markdown and passes over code.
"""

from __future__ import annotations

import autocorrect_py

from docskit.author_page import AuthorPage
from docskit.problem import Problem, Severity


def copy_hints(page: AuthorPage) -> list[Problem]:
    """One hint for each passage that AutoCorrect would write otherwise."""
    body, first = page.front_matter.body, page.front_matter.body_line - 1
    result = autocorrect_py.lint_for(body, "markdown")
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
        if found.old != found.new
    ]
