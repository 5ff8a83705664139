"""Drafts of translations by machine: what is stale, asked for, checked and put in its place."""

from docskit.drafting.checks import HAN_LETTERS
from docskit.drafting.drafts import Drafted, judge, kept_out, make_drafts
from docskit.drafting.masking import HAN
from docskit.drafting.memory import remember
from docskit.drafting.prompt import Answer, Prompt, batches, prompt
from docskit.drafting.selection import Selection, select
from docskit.drafting.splicing import section_named, section_read, spliced
from docskit.drafting.translation_draft import catch_up, draft, untranslated, with_record

__all__ = [
    "HAN",
    "HAN_LETTERS",
    "Answer",
    "Drafted",
    "Prompt",
    "Selection",
    "batches",
    "catch_up",
    "draft",
    "judge",
    "kept_out",
    "make_drafts",
    "prompt",
    "remember",
    "section_named",
    "section_read",
    "select",
    "spliced",
    "untranslated",
    "with_record",
]
