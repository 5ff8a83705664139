"""What a change means for the translations: the summary that a pull request is given."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from docskit.pages import PageTree, is_draft
from docskit.reading import AuthorPage
from docskit.references import source_references, without_code
from docskit.translation.glossary import Term
from docskit.translation.translation import (
    Kind,
    SectionChange,
    compare,
    counterparts,
    matched,
    original_locale,
    read_record,
    record_of,
    sections_of,
)

# After a word they make another word of it: 服务器, 客户端, 容器化, 镜像站.
_MAKES_ANOTHER = "器端商员者化性率站型式"
OFTEN = 3
"""Times that a section says a term from which it is about it."""

_PICTURE = re.compile(r"\.(png|jpe?g|gif|webp|svg|avif)$", re.IGNORECASE)
_WORDS = {
    "zh": {
        "title": "译文检查",
        "fine": "这次改动没有让译文落后。",
        "stale": "这次改动让这些译文小节过期了",
        "drafts": "这些小节由机器起草，还没有人读过",
        "twinless": "新增的页面还没有译文",
        "pictures": "译文页面上的图片没有译文版（图里有中文的话，请补一张）",
        "terms": "术语和术语表不一致",
        "section": "`{page}`：{title}（原文 `{original}:{line}`）",
        "beginning": "页首",
        "page": "`{page}` 没有 `{twin}`",
        "picture": "`{page}:{line}`：`{picture}` 没有 `{variant}`",
        "term": "`{page}:{line}`：“{zh}”在术语表里译作“{en}”，这一节没有用",
        "todo": "要改的话运行 `make translate PAGE={page}`，"
        "改好后运行 `make translated PAGE={page}`。",
    },
    "en": {
        "title": "Translations",
        "fine": "This change leaves no translation behind.",
        "stale": "This change makes these sections of translations outdated",
        "drafts": "Drafted by machine and not read by a person yet",
        "twinless": "New pages without a translation",
        "pictures": "Pictures on translated pages without a translated variant "
        "(add one if there is Chinese in it)",
        "terms": "Terms that differ from the glossary",
        "section": "`{page}`: {title} (original at `{original}:{line}`)",
        "beginning": "the beginning",
        "page": "`{page}` has no `{twin}`",
        "picture": "`{page}:{line}`: `{picture}` has no `{variant}`",
        "term": "`{page}:{line}`: the glossary has “{en}” for “{zh}”, not used in this section",
        "todo": "`make translate PAGE={page}` shows what to do, `make translated PAGE={page}` "
        "records that it is done.",
    },
}


@dataclass(frozen=True, slots=True)
class Before:
    """The site as it was: source URIs of changed files, and their former text if they had one."""

    changed: frozenset[str]
    read: Callable[[str], AuthorPage | None]


@dataclass(frozen=True, slots=True)
class Now:
    """The site as it is; `assets` are the source URIs of all files that are no pages.

    `has_han(picture)` says whether there is Chinese in a picture; None where nobody knows.
    """

    tree: PageTree
    read: Callable[[str], AuthorPage]
    locales: tuple[str, ...]
    assets: frozenset[str]
    has_han: Callable[[str], bool | None]
    terms: tuple[Term, ...]


@dataclass(slots=True)
class Review:
    """Lines of Markdown under each heading of the summary."""

    stale: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    twinless: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    todo: list[str] = field(default_factory=list)


def review(before: Before, now: Now, language: str = "zh") -> str:
    """The summary, in Markdown."""
    words = _WORDS["en" if language.startswith("en") else "zh"]
    found = Review()
    for identity, versions in sorted(now.tree.pages.items()):
        if now.tree.default not in versions:
            continue
        # It will be looked at when it is published; its translations wait with it.
        if before.changed & {*versions.values()} and is_draft(now.read(versions[now.tree.default])):
            continue
        written = now.tree.default
        if len(versions) > 1:
            pages = {locale: now.read(uri) for locale, uri in versions.items()}
            written = original_locale(pages, now.tree.default)
        original_uri = versions[written]
        for locale in now.locales:
            uri = versions.get(locale)
            if locale == written:
                continue
            if uri is None:
                if original_uri in before.changed and not _was_published(before, original_uri):
                    twin = now.tree.translation_name(identity, locale)
                    found.twinless.append(words["page"].format(page=original_uri, twin=twin))
            elif {uri, original_uri} & before.changed:
                original, translation = now.read(original_uri), now.read(uri)
                stale = _newly_stale(before, original, translation)
                found.stale += _section_lines(stale, original, translation, words)
                if uri in before.changed:
                    drafts = compare(original, translation)[0].drafts
                    found.drafts += _section_lines(drafts, original, translation, words)
                if stale:
                    page = identity.removesuffix(".md")
                    found.todo.append(words["todo"].format(page=page))
                found.terms += _term_lines(original, translation, now.terms, locale, words)
            if uri is not None:
                touched = uri in before.changed
                found.pictures += _picture_lines(now.read(uri), touched, before, now, locale, words)
    return _markdown(found, words)


def _was_published(before: Before, uri: str) -> bool:
    page = before.read(uri)
    return page is not None and not is_draft(page)


def _newly_stale(
    before: Before, original: AuthorPage, translation: AuthorPage
) -> list[SectionChange]:
    """What is stale now and was not before, or was not said to be."""
    old_original = before.read(original.path)
    old_translation = before.read(translation.path)
    now = compare(original, translation)[0].changes
    if old_original is None or is_draft(old_original):
        return list(now)
    if read_record(translation)[0] is None:
        # Nobody has said what it was made from: it may as well be what there was before.
        if old_translation is None or translation.path in before.changed:
            return []
        record = record_of(sections_of(old_original))
        sections = sections_of(original)
        sources = matched(record, sections)
        return [
            SectionChange(
                Kind.CHANGED if index in sources else Kind.ADDED,
                section.heading.text if section.heading else "",
                "",
                section.anchor,
            )
            for index, section in enumerate(sections)
            if record.get(sources.get(index, "")) != section.hash
        ]
    was = compare(old_original, old_translation)[0].changes if old_translation else ()
    known = {(change.kind, change.original_anchor, change.title) for change in was}
    return [c for c in now if (c.kind, c.original_anchor, c.title) not in known]


def _section_lines(
    changes: Iterable[SectionChange],
    original: AuthorPage,
    translation: AuthorPage,
    words: Mapping[str, str],
) -> list[str]:
    places = {section.anchor: section.line for section in sections_of(original)}
    return [
        words["section"].format(
            page=translation.path,
            title=change.title or words["beginning"],
            original=original.path,
            line=places.get(change.original_anchor, 1),
        )
        for change in changes
    ]


def _picture_lines(
    page: AuthorPage,
    touched: bool,
    before: Before,
    now: Now,
    locale: str,
    words: Mapping[str, str],
) -> list[str]:
    lines = []
    body = page.front_matter
    for reference in source_references(body.body):
        target = unquote(reference.value.partition("#")[0].partition("?")[0])
        if not _PICTURE.search(target) or "://" in target:
            continue
        picture = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), target))
        stem, extension = posixpath.splitext(picture)
        variant = f"{stem}.{locale}{extension}"
        is_new = touched or picture in before.changed
        known = picture in now.assets and not stem.endswith(f".{locale}")
        if is_new and known and variant not in now.assets and now.has_han(picture) is not False:
            lines.append(
                words["picture"].format(
                    page=page.path,
                    line=reference.line + body.body_line - 1,
                    picture=picture,
                    variant=variant,
                )
            )
    return lines


def _term_lines(
    original: AuthorPage,
    translation: AuthorPage,
    terms: Iterable[Term],
    locale: str,
    words: Mapping[str, str],
) -> list[str]:
    """Terms that a translation does not use where its original does; each once a page.

    A sentence may be turned so that a word falls away: only terms that the page never uses
    are told, and those that a section of the original is about.
    """
    if not locale.startswith("en"):
        return []
    # The longest first: `镜像层` is no `镜像`.
    ordered = sorted(terms, key=lambda term: -len(term.zh))
    originals, own = sections_of(original), sections_of(translation)
    pairs = counterparts(originals, own, read_record(translation)[0])
    whole = translation.front_matter.body
    told: set[str] = set()
    lines = []
    for index, own_index in pairs.items():
        text = without_code(originals[index].source)
        for term in ordered:
            uses = len(whole_word(term.zh).findall(text))
            often = uses >= OFTEN
            text = text.replace(term.zh, " ")
            if not uses:
                continue
            said = says(own[own_index].source if often else whole, term)
            if term.zh not in told and not said:
                told.add(term.zh)
                lines.append(
                    words["term"].format(
                        page=translation.path, line=own[own_index].line, zh=term.zh, en=term.en
                    )
                )
    return lines


@cache
def whole_word(word: str) -> re.Pattern[str]:
    """The word where it is not the beginning of another: `服务` in `服务器` says nothing of it."""
    return re.compile(rf"{re.escape(word)}(?![{_MAKES_ANOTHER}])")


def says(text: str, term: Term) -> bool:
    """Whether a translation has the term, or another word that the glossary knows for it.

    An inflected form of the last word will do: `images`, `built` does not.
    """
    return any(name.isascii() and term_uses(text, name) for name in (term.en, *term.also))


def term_uses(text: str, name: str) -> list[tuple[int, int]]:
    """Where an English text has a term, inflected or not: start and end of each."""
    stem = re.escape(name[:-1] if len(name) > 4 and name[-1] in "ey" else name)
    form = rf"(?<![A-Za-z]){stem}[a-z]{{0,4}}(?![A-Za-z])"
    return [use.span() for use in re.finditer(form, text, re.IGNORECASE)]


def _markdown(found: Review, words: Mapping[str, str]) -> str:
    parts = [f"## {words['title']}"]
    for name, lines in (
        ("stale", found.stale),
        ("drafts", found.drafts),
        ("twinless", found.twinless),
        ("pictures", found.pictures),
        ("terms", found.terms),
    ):
        if lines:
            unique = dict.fromkeys(lines)
            parts.append(f"### {words[name]}\n\n" + "\n".join(f"- {line}" for line in unique))
        if name == "stale" and found.todo:
            parts.append("\n".join(dict.fromkeys(found.todo)))
    if len(parts) == 1:
        parts.append(words["fine"])
    return "\n\n".join(parts) + "\n"
