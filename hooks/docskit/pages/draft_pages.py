"""Pages that their authors do not want published yet: `draft: true` or `published: false`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from docskit.messages import Problem, Severity
from docskit.pages.page_tree import PageTree
from docskit.reading import AuthorPage, read_author_page

# Bytes of a file within which front matter that says so begins to say it.
HEAD = 4096
_WORDS = [word.encode(code) for word in ("草稿", "发布") for code in ("utf-8", "gb18030")]
# Most pages have none of these, and need not be read.
_MAYBE = re.compile(rb"(?i)draft|publish|\0d\0r\0a|d\0r\0a\0|" + b"|".join(map(re.escape, _WORDS)))


def may_be_draft(head: bytes) -> bool:
    """Whether a file that begins with `head`, its first `HEAD` bytes, is worth reading."""
    return bool(_MAYBE.search(head))


def is_draft(page: AuthorPage) -> bool:
    """Whether the page itself says so."""
    return page.front_matter.meta.get("draft") is True


def is_draft_file(data: bytes, src_uri: str) -> bool:
    """The same of a file's bytes."""
    return may_be_draft(data[:HEAD]) and is_draft(read_author_page(data, src_uri)[0])


def with_translations(own: Collection[str], tree: PageTree) -> dict[str, str]:
    """Source URI of each draft, and of the file that says so: with an original, its translations.

    `own` are those that say so themselves.
    """
    drafts = {uri: uri for uri in own}
    if own:
        for versions in tree.pages.values():
            original = versions.get(tree.default)
            if original is not None and original in own:
                drafts.update({uri: drafts.get(uri, original) for uri in versions.values()})
    return drafts


def left_out(drafts: Mapping[str, str]) -> list[Problem]:
    """What is said of each of the drafts that `with_translations` has found."""
    return [_left_out(uri, said) for uri, said in sorted(drafts.items())]


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
