"""What a reader is told about a page that is not the original, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from docskit.messages import in_language
from docskit.translation.translation import Kind, State, Translation

_WORDS = {
    "zh": {
        "missing": "本页还没有中文版",
        "missing_text": "下面是原文。",
        "stale": "原文更新了，这份译文还没跟上",
        "stale_text": "下面这些小节与原文不一致，以原文为准：",
        "changed": "原文已修改",
        "added": "原文新增，尚未翻译",
        "removed": "原文已删去",
        "untranslated": "尚未翻译",
        "mark_changed": "翻译之后，这一节的原文改过。",
        "mark_removed": "这一节在原文里已经删去。",
        "mark_untranslated": "这一节还没有翻译。",
        "mark_drafted": "这一节由机器起草，还没有人读过；发现译错了，请看原文，也请告诉我们。",
        "page_drafted": "这一页由机器起草，还没有人读过；发现译错了，请看原文，也请告诉我们。",
        "report": "怎样改",
        "beginning": "页首",
        "original": "看原文",
        "help": "怎样帮忙翻译",
        "join": "：",
    },
    "en": {
        "missing": "This page is not translated yet",
        "missing_text": "You are reading the Chinese original.",
        "stale": "The Chinese original has changed since this translation",
        "stale_text": "These sections differ from the original, which is the one to trust:",
        "changed": "changed in the original",
        "added": "new in the original, not translated yet",
        "removed": "no longer in the original",
        "untranslated": "not translated yet",
        "mark_changed": "The original of this section has changed since it was translated.",
        "mark_removed": "This section is no longer in the original.",
        "mark_untranslated": "This section is not translated yet.",
        "mark_drafted": "Drafted by machine and not read by a person yet; "
        "where it is wrong, trust the original, and please tell us.",
        "page_drafted": "This page was drafted by machine and not read by a person yet; "
        "where it is wrong, trust the original, and please tell us.",
        "report": "How to help",
        "beginning": "The beginning of the page",
        "original": "Read the original",
        "help": "How to help translate",
        "join": ": ",
    },
}


@dataclass(frozen=True, slots=True)
class Line:
    """One section that is not current: `url` is relative to the site's root, or empty."""

    title: str
    text: str
    url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Notice:
    """The box at the top of a page. URLs are relative to the site's root."""

    state: str
    title: str
    text: str
    join: str
    lines: tuple[Line, ...]
    original: str
    original_url: str
    original_lang: str
    help: str
    help_url: str


def words(locale: str) -> Mapping[str, str]:
    """The phrases in a locale; locales without their own are given English ones."""
    return in_language(_WORDS, locale)


def language_tag(locale: str) -> str:
    """The BCP 47 tag of a locale for `lang` attributes: Chinese without a region is mainland's."""
    return "zh-CN" if locale == "zh" else locale.replace("_", "-")


def notice(
    translation: Translation,
    locale: str,
    original_locale: str,
    *,
    page_url: str,
    original_url: str,
    help_url: str,
) -> Notice | None:
    """The notice for a reader of `locale`; None where there is nothing to tell."""
    if translation.state not in {State.STALE, State.MISSING}:
        return None
    say = words(locale)
    lines = tuple(
        Line(
            change.title or say["beginning"],
            say[change.kind],
            *(
                (f"{page_url}#{change.anchor}" if change.anchor else page_url, "")
                if change.kind is not Kind.ADDED
                else (f"{original_url}#{change.original_anchor}", language_tag(original_locale))
            ),
        )
        for change in translation.changes
    )
    state = str(translation.state)
    # Nearly every original is Chinese, and English readers like to know why they cannot read it.
    title, text = (
        say[name] if original_locale.startswith("zh") else say[name].replace("Chinese ", "")
        for name in (state, f"{state}_text")
    )
    return Notice(
        state,
        title,
        text,
        say["join"],
        lines,
        say["original"],
        original_url,
        language_tag(original_locale),
        say["help"],
        help_url,
    )


_HEADING = re.compile(r'<h([1-6])\b[^>]*?\bid="([^"]*)"[^>]*>.*?</h\1>', re.DOTALL)


def mark_sections(
    html: str, translation: Translation, locale: str, *, original_url: str = "", help_url: str = ""
) -> str:
    """The page with a line below the heading of each section that is not current.

    So is each that a machine has drafted; where all are, or what stands before the first
    heading, one line at the top says so. `original_url` and `help_url` are where that line
    leads, relative to the page; '' for no link.
    """
    say = words(locale)
    drafts = translation.drafts
    whole = len(drafts) >= translation.sections or any(not draft.anchor for draft in drafts)
    links = [
        f'<a href="{escape(url)}">{escape(say[name])}</a>'
        for name, url in (("original", original_url), ("report", help_url))
        if url
    ]
    marks = {
        escape(draft.anchor): _mark(say["mark_drafted"], links)
        for draft in drafts
        if draft.anchor and not whole
    }
    # What has changed since weighs more than who wrote it.
    for change in translation.changes:
        text = say.get(f"mark_{change.kind}", "")
        if change.anchor and text:
            old = marks.get(escape(change.anchor), "")
            marks[escape(change.anchor)] = _mark(text, []) + old

    def mark(heading: re.Match[str]) -> str:
        return heading.group() + marks.pop(heading.group(2), "")

    marked = _HEADING.sub(mark, html) if marks else html
    if not drafts or not whole:
        return marked
    line = _mark(say["page_drafted"], links)
    first = _HEADING.search(marked)
    at = first.end() if first and first.group(1) == "1" else 0
    return marked[:at] + (line if at else line.lstrip() + "\n") + marked[at:]


def _mark(text: str, links: list[str]) -> str:
    said = " ".join([escape(text), " · ".join(links)]).rstrip()
    return f'\n<p class="translation-mark" data-search-exclude>{said}</p>'
