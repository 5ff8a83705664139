"""Pages that their authors do not want published yet: `draft: true` or `published: false`."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docskit.author_page import read_author_page
from docskit.page_tree import page_tree
from docskit.problem import Problem, Severity
from mkdocs_bridge.languages import default_locale, locales

_HEAD = 4096
_WORDS = [word.encode(code) for word in ("草稿", "发布") for code in ("utf-8", "gb18030")]
# Most pages have none of these, and need not be read.
_MAYBE = re.compile(rb"(?i)draft|publish|\0d\0r\0a|d\0r\0a\0|" + b"|".join(map(re.escape, _WORDS)))


def _is_draft(file: File) -> bool:
    try:
        with Path(str(file.abs_src_path)).open("rb") as opened:
            head = opened.read(_HEAD)
        if not _MAYBE.search(head):
            return False
        data = file.content_bytes
    except OSError:
        # Whoever converts the page says so.
        return False
    return read_author_page(data, file.src_uri)[0].front_matter.meta.get("draft") is True


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
    drafts = {uri: uri for uri in own}
    if own:
        # Without a look at the languages of texts: a draft's own does not matter here.
        tree = page_tree([file.src_uri for file in pages], default_locale(config), locales(config))
        for versions in tree.pages.values():
            original = versions.get(tree.default)
            if original in own:
                drafts.update({uri: drafts.get(uri, original) for uri in versions.values()})
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
    return [_left_out(uri, said) for uri, said in sorted(drafts.items())]


def draft_mark(locale: str) -> tuple[str, str]:
    """A word, and what it means, for a reader of the preview."""
    if locale.startswith("zh"):
        return "草稿", "只在预览里看得到，发布的网站里没有这一页。"
    return "Draft", "This page is in the preview only, not on the published site."


def _left_out(uri: str, said: str) -> Problem:
    zh, en = "它是草稿", "it is a draft"
    if said != uri:
        zh, en = f"原文 {said} 是草稿", f"its original {said} is a draft"
    return Problem(
        uri,
        0,
        0,
        "page-draft",
        Severity.INFO,
        f"{zh}，没有发布（预览里看得到）。要发布，就删掉页首的 draft: true 或 published: false",
        f"{en} and is not published (the preview shows it); delete draft: true "
        "or published: false in its front matter to publish it",
    )
