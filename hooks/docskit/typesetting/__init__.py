"""What a page's HTML needs beyond Markdown: tables, diagrams, code, notes, style sheets."""

from docskit.typesetting.admonition_titles import AdmonitionTitles
from docskit.typesetting.diagram_blocks import RECIPE, DiagramError, draw_diagrams
from docskit.typesetting.folded_code import fold_long_code
from docskit.typesetting.glossary_notes import notes_of, terms_of
from docskit.typesetting.home_sections import home_sections
from docskit.typesetting.html_typography import mark_han, mark_up_typography
from docskit.typesetting.reading_time import reading_minutes
from docskit.typesetting.shell_colours import shell_tokens
from docskit.typesetting.style_sheets import hashed_name, icon_rule, joined, with_plain_entries
from docskit.typesetting.tables import size_columns

__all__ = [
    "RECIPE",
    "AdmonitionTitles",
    "DiagramError",
    "draw_diagrams",
    "fold_long_code",
    "hashed_name",
    "home_sections",
    "icon_rule",
    "joined",
    "mark_han",
    "mark_up_typography",
    "notes_of",
    "reading_minutes",
    "shell_tokens",
    "size_columns",
    "terms_of",
    "with_plain_entries",
]
