"""Which files are one page, where each is published, and where it was before."""

from docskit.pages.addresses import ADDRESSES, dead_addresses, lines
from docskit.pages.draft_pages import (
    HEAD,
    is_draft,
    is_draft_file,
    left_out,
    may_be_draft,
    with_translations,
)
from docskit.pages.generated_names import (
    FEED,
    LLMS,
    LLMS_FULL,
    NOT_FOUND,
    SITEMAP,
    generated_instead,
)
from docskit.pages.heading_history import PATCH_ARGUMENTS, renamed_headings
from docskit.pages.lost_addresses import LIST, compose, list_of_pages, not_found_words
from docskit.pages.nav_file import read_nav
from docskit.pages.near_entries import LONG, near_entries
from docskit.pages.other_addresses import other_addresses, readings, said_addresses
from docskit.pages.page_history import LOG_ARGUMENTS, PageHistory, co_authors, read_log
from docskit.pages.page_names import canonical, is_mostly_han, output, same_file, split_locale
from docskit.pages.page_tree import PageTree, Place, check_tree, page_tree
from docskit.pages.page_tree_problems import copies, misnamed_pages, unusable_names
from docskit.pages.redirect_pages import (
    alias_destinations,
    destination,
    moved_identities,
    redirect_page,
    successors,
)
from docskit.pages.site_tree import INDEXES, PAGE_SUFFIXES, SiteTree, is_index, is_page

__all__ = [
    "ADDRESSES",
    "FEED",
    "HEAD",
    "INDEXES",
    "LIST",
    "LLMS",
    "LLMS_FULL",
    "LOG_ARGUMENTS",
    "LONG",
    "NOT_FOUND",
    "PAGE_SUFFIXES",
    "PATCH_ARGUMENTS",
    "SITEMAP",
    "PageHistory",
    "PageTree",
    "Place",
    "SiteTree",
    "alias_destinations",
    "canonical",
    "check_tree",
    "co_authors",
    "compose",
    "copies",
    "dead_addresses",
    "destination",
    "generated_instead",
    "is_draft",
    "is_draft_file",
    "is_index",
    "is_mostly_han",
    "is_page",
    "left_out",
    "lines",
    "list_of_pages",
    "may_be_draft",
    "misnamed_pages",
    "moved_identities",
    "near_entries",
    "not_found_words",
    "other_addresses",
    "output",
    "page_tree",
    "read_log",
    "read_nav",
    "readings",
    "redirect_page",
    "renamed_headings",
    "said_addresses",
    "same_file",
    "split_locale",
    "successors",
    "unusable_names",
    "with_translations",
]
