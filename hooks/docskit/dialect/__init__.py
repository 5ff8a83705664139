"""Authors' Markdown (CommonMark, GFM, Typora, Obsidian, VuePress) in Python-Markdown.

`DialectExtension` makes Python-Markdown build its tree from markdown-it's tokens; `reading_of`
has those of the page that was converted last.
"""

from docskit.dialect.block_rules import CONTENTS, DEEPEST, add_block_rules
from docskit.dialect.emphasis import is_cjk
from docskit.dialect.extension import DialectExtension, reading_of
from docskit.dialect.html_tags import is_unknown
from docskit.dialect.inline_rules import add_literal_rules
from docskit.dialect.link_labels import use_known_labels
from docskit.dialect.reading import Reading
from docskit.dialect.slips import PICTURE, TAG, is_slip, media_kind, spaced_tag

__all__ = [
    "CONTENTS",
    "DEEPEST",
    "PICTURE",
    "TAG",
    "DialectExtension",
    "Reading",
    "add_block_rules",
    "add_literal_rules",
    "is_cjk",
    "is_slip",
    "is_unknown",
    "media_kind",
    "reading_of",
    "spaced_tag",
    "use_known_labels",
]
