"""HTML as text: its tags and tokens, balance, escaping, and formulas as MathML."""

from docskit.html.formulas import formulas_to_mathml, without_latex
from docskit.html.html_balance import Kind, Repair, balance, tag_depths
from docskit.html.html_tags import Tag, tags, up_to, walk, without_tags
from docskit.html.html_text import Html, headings_of, html_of, text_of
from docskit.html.html_tokens import COMMENT, HEADINGS, TAG, VOID

__all__ = [
    "COMMENT",
    "HEADINGS",
    "TAG",
    "VOID",
    "Html",
    "Kind",
    "Repair",
    "Tag",
    "balance",
    "formulas_to_mathml",
    "headings_of",
    "html_of",
    "tag_depths",
    "tags",
    "text_of",
    "up_to",
    "walk",
    "without_latex",
    "without_tags",
]
