"""What a page is told beside its references, and the proof that nothing of it is lost."""

from docskit.checking.hints import hints_of
from docskit.checking.html_problems import html_problems
from docskit.checking.other_tools import hidden_public, not_pages
from docskit.checking.page_rules import name_hints
from docskit.checking.proof import lost, proof_problems, with_lost
from docskit.checking.proof_reading import read
from docskit.checking.snippets import snippet_problems
from docskit.checking.terms import TERMS, Avoided, read_terms

__all__ = [
    "TERMS",
    "Avoided",
    "hidden_public",
    "hints_of",
    "html_problems",
    "lost",
    "name_hints",
    "not_pages",
    "proof_problems",
    "read",
    "read_terms",
    "snippet_problems",
    "with_lost",
]
