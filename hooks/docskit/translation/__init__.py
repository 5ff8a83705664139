"""What state the translations are in, and the terms that they share."""

from docskit.translation.glossary import GLOSSARY, Term, read_glossary
from docskit.translation.review import OFTEN, Before, Now, review, says, term_uses, whole_word
from docskit.translation.translation import (
    BEGINNING,
    DRAFTS,
    RECORD,
    UNTRANSLATED,
    UNTRANSLATED_MARK,
    State,
    Translation,
    compare,
    counterparts,
    matched,
    original_locale,
    page_and_language,
    read_drafts,
    read_record,
    record_of,
    sections_of,
    unread_drafts,
)
from docskit.translation.translation_notice import language_tag, mark_sections, notice
from docskit.translation.translation_origin import likely_original
from docskit.translation.translation_progress import WORDS, status, status_page, table, tree_status
from docskit.translation.twin_anchors import outline, twin_anchors

__all__ = [
    "BEGINNING",
    "DRAFTS",
    "GLOSSARY",
    "OFTEN",
    "RECORD",
    "UNTRANSLATED",
    "UNTRANSLATED_MARK",
    "WORDS",
    "Before",
    "Now",
    "State",
    "Term",
    "Translation",
    "compare",
    "counterparts",
    "language_tag",
    "likely_original",
    "mark_sections",
    "matched",
    "notice",
    "original_locale",
    "outline",
    "page_and_language",
    "read_drafts",
    "read_glossary",
    "read_record",
    "record_of",
    "review",
    "says",
    "sections_of",
    "status",
    "status_page",
    "table",
    "term_uses",
    "tree_status",
    "twin_anchors",
    "unread_drafts",
    "whole_word",
]
