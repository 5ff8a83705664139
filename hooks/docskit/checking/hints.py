"""What could be better about a page, and is no error: for whoever asks for it, not in a build."""

from __future__ import annotations

from docskit.checking.copy_rules import copy_hints
from docskit.checking.other_tools import other_tools_hints
from docskit.checking.page_rules import page_hints
from docskit.checking.terms import Avoided, term_hints
from docskit.messages import Problem
from docskit.reading import AuthorPage


def hints_of(page: AuthorPage, avoided: list[Avoided]) -> list[Problem]:
    """Title, typography, words to avoid, and what only another tool understands."""
    return [
        *page_hints(page),
        *copy_hints(page),
        *term_hints(page, avoided),
        *other_tools_hints(page),
    ]
