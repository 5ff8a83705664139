"""What the paths in a page mean, and how they are repaired."""

from docskit.references.empty_addresses import empty_addresses
from docskit.references.fixes import Shown, as_read, fixed_bytes, mark_edits, remote_media
from docskit.references.html_references import html_references, rewrite_html
from docskit.references.reference_extension import Found, PageLinks, ReferenceExtension
from docskit.references.reference_problems import places, reference_problems
from docskit.references.reference_targets import (
    Kind,
    Resolution,
    Status,
    resolve,
    spell,
    split_tail,
)
from docskit.references.source_references import SourceReference, source_references, without_code

__all__ = [
    "Found",
    "Kind",
    "PageLinks",
    "ReferenceExtension",
    "Resolution",
    "Shown",
    "SourceReference",
    "Status",
    "as_read",
    "empty_addresses",
    "fixed_bytes",
    "html_references",
    "mark_edits",
    "places",
    "reference_problems",
    "remote_media",
    "resolve",
    "rewrite_html",
    "source_references",
    "spell",
    "split_tail",
    "without_code",
]
