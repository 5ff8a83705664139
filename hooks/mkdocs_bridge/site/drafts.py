"""Pages that their authors do not want published yet: `draft: true` or `published: false`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docskit.messages import Problem, in_language
from docskit.pages import HEAD, is_draft_file, left_out, may_be_draft, page_tree, with_translations
from mkdocs_bridge.site.languages import default_locale, locales

_MARKS = {
    "zh": ("草稿", "只在预览里看得到，发布的网站里没有这一页。"),
    "en": ("Draft", "This page is in the preview only, not on the published site."),
}


def _is_draft(file: File) -> bool:
    try:
        with Path(str(file.abs_src_path)).open("rb") as opened:
            head = opened.read(HEAD)
        return may_be_draft(head) and is_draft_file(file.content_bytes, file.src_uri)
    except OSError:
        # Whoever converts the page says so.
        return False


def find_drafts(files: Files, config: MkDocsConfig) -> dict[str, str]:
    """Source URI of each draft, and of the file that says so: with an original, its translations.

    Remembered for `is_draft`; call it in `on_files`, before the pages are arranged.
    """
    known: dict[str, str] | None = config.__dict__.get("_drafts")
    if known is not None:
        # One configuration object lives exactly as long as one build of all languages.
        return known
    pages = [file for file in files.documentation_pages() if file.abs_src_path is not None]
    own = {file.src_uri for file in pages if _is_draft(file)}
    # Without a look at the languages of texts: a draft's own does not matter here.
    uris = [file.src_uri for file in pages] if own else []
    drafts = with_translations(own, page_tree(uris, default_locale(config), locales(config)))
    config.__dict__["_drafts"] = drafts
    return drafts


def drafts_of(config: MkDocsConfig) -> dict[str, str]:
    """What `find_drafts` found."""
    found: dict[str, str] = config.__dict__.get("_drafts", {})
    return found


def is_draft(file: File, config: MkDocsConfig) -> bool:
    """Whether the page is a draft, or the translation of one."""
    return file.src_uri in drafts_of(config)


def leave_out_drafts(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Take drafts out of the site, and say so."""
    drafts = drafts_of(config)
    for uri in drafts:
        files.remove(files.src_uris[uri])
    return left_out(drafts)


def draft_mark(locale: str) -> tuple[str, str]:
    """A word, and what it means, for a reader of the preview."""
    return in_language(_MARKS, locale)
