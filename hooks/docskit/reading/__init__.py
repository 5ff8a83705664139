"""An author's file: its encoding, front matter, headings, sections and blocks."""

from docskit.reading.attribute_lists import ATTRIBUTES
from docskit.reading.author_page import AuthorPage, read_author_page
from docskit.reading.blocks import WholeLines, block_tokens, heading_without_space
from docskit.reading.dates import parse_date
from docskit.reading.edits import Edit, Edits
from docskit.reading.front_matter import KEY_LINE, Form, Span, is_plain_close, read_front_matter
from docskit.reading.front_matter_schema import known_key
from docskit.reading.heading_anchors import NO_WORDS, Anchor, Heading, anchors, short_slug
from docskit.reading.line_scan import atx_heading, scan
from docskit.reading.sections import Section, heading_of, split_sections
from docskit.reading.source_text import decode_source
from docskit.reading.yaml_values import MOST_VALUES, Loader, as_written, excerpt, size, too_deep

__all__ = [
    "ATTRIBUTES",
    "KEY_LINE",
    "MOST_VALUES",
    "NO_WORDS",
    "Anchor",
    "AuthorPage",
    "Edit",
    "Edits",
    "Form",
    "Heading",
    "Loader",
    "Section",
    "Span",
    "WholeLines",
    "anchors",
    "as_written",
    "atx_heading",
    "block_tokens",
    "decode_source",
    "excerpt",
    "heading_of",
    "heading_without_space",
    "is_plain_close",
    "known_key",
    "parse_date",
    "read_author_page",
    "read_front_matter",
    "scan",
    "short_slug",
    "size",
    "split_sections",
    "too_deep",
]
