"""Anchors of headings: given, spelled otherwise, and missing."""

from docskit.headings.anchor_extension import ALIAS_CLASS, AnchorExtension
from docskit.headings.anchor_problems import FragmentLink, fragment_problems
from docskit.headings.anchor_spellings import Headings, ids_of

__all__ = [
    "ALIAS_CLASS",
    "AnchorExtension",
    "FragmentLink",
    "Headings",
    "fragment_problems",
    "ids_of",
]
