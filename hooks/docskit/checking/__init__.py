"""What a page is told beside its references, and the proof that nothing of it is lost."""

from docskit.checking.copy_rules import copy_hints
from docskit.checking.html_problems import html_problems
from docskit.checking.other_tools import hidden_public, not_pages, other_tools_hints
from docskit.checking.page_rules import name_hints, page_hints
from docskit.checking.proof import lost, proof_problems, with_lost
from docskit.checking.proof_reading import read
from docskit.checking.snippets import snippet_problems
from docskit.checking.terms import TERMS, Avoided, read_terms, term_hints

__all__ = [
    "TERMS",
    "Avoided",
    "copy_hints",
    "hidden_public",
    "html_problems",
    "lost",
    "name_hints",
    "not_pages",
    "other_tools_hints",
    "page_hints",
    "proof_problems",
    "read",
    "read_terms",
    "snippet_problems",
    "term_hints",
    "with_lost",
]
