"""Say which pictures of other hosts were wanted for the site and did not come."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from docskit.messages import Problem, Severity
from docskit.outside.addresses import outside_address
from docskit.outside.links import TROUBLES
from docskit.outside.picture_files import PICTURE_TROUBLES
from docskit.outside.places import outside_places, unplaced
from docskit.reading import AuthorPage
from docskit.references import Found

Trouble = tuple[str, str]
"""Why a picture did not come: in Chinese, and in a word as `RefusedError` has it."""


def _in_english(kind: str) -> str:
    if kind.isdecimal():
        return f"its site answered {kind}"
    if kind in TROUBLES:
        return TROUBLES[kind][1]
    return PICTURE_TROUBLES.get(kind, "its site does not answer")


def not_fetched(
    page: AuthorPage, found: Iterable[Found], trouble_of: Callable[[str], Trouble | None]
) -> list[Problem]:
    """One message for each place of a picture that is still on another host.

    `trouble_of` is asked with an address, and answers None for a picture that is here.
    """
    found = list(found)
    places = [(place.address, place.line) for place in outside_places(page, found)]
    places += [(address, 0) for raw in unplaced(page, found) if (address := outside_address(raw))]
    problems = []
    for address, line in places:
        trouble = trouble_of(address)
        if trouble is None:
            continue
        zh, kind = trouble
        problems.append(
            Problem(
                page.path,
                line,
                0,
                "outside-not-fetched",
                Severity.INFO,
                f"别处的图片没有取到，读者还是从那边看：{zh}。{address}。"
                "请换一张，或者把图片放进文档文件夹",
                f"a picture on another host was not fetched, and readers get it from there: "
                f"{_in_english(kind)}. {address}. Take another, or put it into the docs folder",
            )
        )
    return problems
