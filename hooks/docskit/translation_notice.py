"""What a reader is told about a page that is not the original, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from docskit.translation import Kind, SectionChange, State, Translation

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
    return _WORDS["zh" if locale.startswith("zh") else "en"]


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
    return Notice(
        state,
        say[state],
        say[f"{state}_text"],
        say["join"],
        lines,
        say["original"],
        original_url,
        language_tag(original_locale),
        say["help"],
        help_url,
    )


_HEADING = re.compile(r'<h([1-6])\b[^>]*?\bid="([^"]*)"[^>]*>.*?</h\1>', re.DOTALL)


def mark_sections(html: str, changes: tuple[SectionChange, ...], locale: str) -> str:
    """The page with a line below the heading of each section that is not current."""
    say = words(locale)
    marks = {escape(change.anchor): change.kind for change in changes if change.anchor}

    def mark(heading: re.Match[str]) -> str:
        kind = marks.pop(heading.group(2), None)
        text = say.get(f"mark_{kind}", "")
        if not text:
            return heading.group()
        return (
            f'{heading.group()}\n<p class="translation-mark" data-search-exclude>{escape(text)}</p>'
        )

    return _HEADING.sub(mark, html) if marks else html
