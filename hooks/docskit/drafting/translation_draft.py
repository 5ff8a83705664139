"""Making a translation: its first draft, what to catch up with, and recording that it is done."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import unified_diff

import yaml

from docskit.drafting.masking import has_words
from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage, Edit, Edits, Form, Section, Span, read_front_matter
from docskit.references import mark_edits
from docskit.translation import (
    BEGINNING,
    DRAFTS,
    RECORD,
    UNTRANSLATED,
    UNTRANSLATED_MARK,
    matched,
    read_record,
    record_of,
    sections_of,
)

_TOML_BLOCK = {
    key: re.compile(rf"^\[{key}\][ \t]*(?:#.*)?\n(?:(?!\[).*\n?)*", re.MULTILINE)
    for key in (RECORD, DRAFTS)
}
_CONTINUED = re.compile(r"(?:[ \t]+\S.*\n?|[ \t]*\n(?=(?:[ \t]*\n)*[ \t]+\S))*")


def _yaml_block(key: str, values: Mapping[str, str]) -> str:
    body = yaml.safe_dump(dict(values), allow_unicode=True, sort_keys=False, width=1000)
    lines = "".join(f"  {line}\n" for line in body.splitlines())
    return f"{key}:  # make translated\n{lines}"


def _toml_block(key: str, values: Mapping[str, str]) -> str:
    lines = "".join(
        f'{json.dumps(name, ensure_ascii=False)} = "{value}"\n' for name, value in values.items()
    )
    return f"[{key}]  # make translated\n{lines}"


def _place(page: AuthorPage, span: Span, key: str) -> tuple[int, int]:
    """Where a key and its values stand in the page's text, or would: an empty span."""
    text, line = page.source.text, page.front_matter.lines.get(key)
    if key not in page.front_matter.meta and line is None:
        return span.end, span.end
    if span.form is Form.TOML:
        found = _TOML_BLOCK[key].search(text, span.start, span.end)
        return found.span() if found else (span.end, span.end)
    start = 0
    for _ in range((line or 1) - 1):
        start = text.index("\n", start) + 1
    end = text.find("\n", start, span.end) + 1 or span.end
    found = _CONTINUED.match(text, end, span.end)
    return start, found.end() if found else end


def with_record(
    page: AuthorPage, record: dict[str, str], drafts: Mapping[str, str] | None = None
) -> Edits | None:
    """The changes that put the record into a page's front matter, whatever its form.

    `drafts` are the hashes of the machine's sections that nobody has read; without any there
    is no such key. Nothing else of it changes, but for marks that others would not read; None
    where the page would then say anything else than before, as in front matter of one line.
    """
    text, span = page.source.text, page.front_matter.span
    if span is None:
        noted = _yaml_block(DRAFTS, drafts) if drafts else ""
        edits = Edits([Edit(0, 0, f"---\n{_yaml_block(RECORD, record)}{noted}---\n\n")])
    else:
        start, end = _place(page, span, RECORD)
        written = _toml_block if span.form is Form.TOML else _yaml_block
        block = written(RECORD, record)
        noted = written(DRAFTS, drafts) if drafts else ""
        if start > 0 and text[start - 1] != "\n":
            block = "\n" + block
        edits = Edits()
        old_start, old_end = _place(page, span, DRAFTS)
        if old_start == old_end:
            block = (block if block.endswith("\n") else block + "\n") + noted
        elif not edits.add(Edit(old_start, old_end, noted)):
            return None
        # The marks first: what closes the block comes after what is added to its end.
        for mark in mark_edits(page):
            if mark.start == start == end:
                block += mark.new.lstrip("\n")
                end = mark.end
            else:
                edits.add(mark)
        if not edits.add(Edit(start, end, block)):
            return None
    before = page.front_matter
    after = read_front_matter(edits.apply(text), page.path)[0]
    wanted: dict[str, object] = {**before.meta, RECORD: record, DRAFTS: dict(drafts or {})}
    if not drafts:
        del wanted[DRAFTS]
    same = after.meta.keys() == wanted.keys() and all(
        repr(after.meta[key]) == repr(value) for key, value in wanted.items()
    )
    return edits if same and after.body == before.body else None


def draft(
    original: AuthorPage,
    drafts: Mapping[int, str] | None = None,
    noted: Mapping[str, str] | None = None,
    written: str = "zh",
) -> str | None:
    """A translation to be filled in: the original, each section with words marked.

    `drafts` are sections that a machine has translated, by their index, and `noted` what the
    front matter says of them. `written` is the original's locale.
    Headings, code, links and pictures are there to be kept or translated in place. None where
    the front matter is of a form that takes no record.
    """
    sections = sections_of(original)
    edits = with_record(original, record_of(sections), noted)
    if edits is None:
        return None
    text, matter = original.source.text, original.front_matter
    after = matter.span.after if matter.span else 0
    body_start = len(text) - len(matter.body)
    parts = [edits.apply(text[:after]), text[after:body_start]]
    if not sections:
        parts.append(matter.body)
    for index, section in enumerate(sections):
        if drafts and index in drafts:
            bare = section.source.strip("\n")
            parts.append(section.source.replace(bare, drafts[index].strip("\n"), 1))
            continue
        head, rest = _split_heading(section)
        marked = has_words(section.source, written)
        parts.append(f"{head}{UNTRANSLATED}\n\n{rest.lstrip()}" if marked else section.source)
    whole = "".join(parts)
    read = read_front_matter(whole, original.path)[0].meta
    added = {RECORD, DRAFTS} if noted else {RECORD}
    return whole if read.keys() == {*matter.meta, *added} else None


def _split_heading(section: Section) -> tuple[str, str]:
    """The heading with the empty line after it, and the rest."""
    if section.heading is None:
        return "", section.source
    lines = section.source.split("\n")
    # A heading of the other kind is underlined, and may have more than one line.
    end = 1
    if not lines[0].lstrip().startswith("#"):
        underlines = (n for n, line in enumerate(lines) if re.fullmatch(r" {0,3}(=+|-+)\s*", line))
        end = next(underlines, 0) + 1
    return "\n".join(lines[:end]) + "\n\n", "\n".join(lines[end:])


def untranslated(translation: AuthorPage) -> list[Problem]:
    """The marks that are still in a translation."""
    return [
        Problem(
            translation.path,
            number,
            0,
            "translation-unfinished",
            Severity.WARNING,
            f"这一节还没有翻译；翻译好以后删掉 '{UNTRANSLATED}' 这一行",
            f"this section is not translated yet; when it is, delete the line '{UNTRANSLATED}'",
        )
        for number, line in enumerate(translation.source.text.split("\n"), 1)
        if UNTRANSLATED_MARK.search(line)
    ]


@dataclass(frozen=True, slots=True)
class SectionDiff:
    """What happened to one section of the original; `diff` is empty where the old is unknown.

    `line` is the section's 1-based line in the original; 0 for one that is gone.
    """

    title: str
    line: int
    diff: str
    now: str


def catch_up(
    original: AuthorPage, translation: AuthorPage, old: Callable[[set[str]], dict[str, str]]
) -> list[SectionDiff]:
    """The sections of the original that are not what the translation was made from.

    `old(hashes)` finds texts of former sections by their hashes.
    """
    record = read_record(translation)[0] or {}
    sections = sections_of(original)
    sources = matched(record, sections)
    stale = {
        index: record.get(sources.get(index, ""), "")
        for index, section in enumerate(sections)
        if record.get(sources.get(index, "")) not in {"", section.hash}
    }
    gone = {key: record[key] for key in record if key not in sources.values() and record[key]}
    texts = old({value for value in [*stale.values(), *gone.values()] if value})
    found = [
        SectionDiff(
            _title(sections[index]),
            sections[index].line,
            _diff(texts.get(value, ""), sections[index].source) if value else "",
            sections[index].source,
        )
        for index, value in stale.items()
    ]
    found += [
        SectionDiff("" if key == BEGINNING else key, 0, _diff(texts.get(value, ""), ""), "")
        for key, value in gone.items()
    ]
    return found


def _title(section: Section) -> str:
    return section.heading.text if section.heading else ""


def _diff(old: str, new: str) -> str:
    if not old:
        return ""
    lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=2)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))
