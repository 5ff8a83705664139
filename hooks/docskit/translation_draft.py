"""Making a translation: its first draft, what to catch up with, and recording that it is done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import unified_diff

import yaml

from docskit.author_page import AuthorPage
from docskit.problem import Problem, Severity
from docskit.sections import Section
from docskit.translation import (
    BEGINNING,
    RECORD,
    UNTRANSLATED,
    matched,
    read_record,
    record_of,
    sections_of,
)

_BLOCK = re.compile(rf"^{RECORD}[ \t]*:.*\n(?:[ \t]+.*\n|[ \t]*\n(?=[ \t]))*", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r"<!--\s*to be translated\s*-->", re.IGNORECASE)
_PROSE = re.compile(r"[\u3400-\u9fff]")


def _record_text(record: dict[str, str]) -> str:
    body = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=1000)
    lines = "".join(f"  {line}\n" for line in body.splitlines())
    return f"{RECORD}:  # make translated\n{lines}"


def with_record(text: str, record: dict[str, str]) -> tuple[int, int, str]:
    """The edit (start, end, new text) that puts the record into a page's front matter.

    `text` is the page with Unix line ends. Nothing else of the front matter is touched.
    """
    block = _record_text(record)
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return 0, 0, f"---\n{block}---\n\n"
    old = _BLOCK.search(matter.group(1))
    start = matter.start(1)
    if old is None:
        return matter.end(1), matter.end(1), block
    return start + old.start(), start + old.end(), block


def draft(original: AuthorPage) -> str:
    """A translation to be filled in: the original, each section with words marked.

    Headings, code, links and pictures are there to be kept or translated in place.
    """
    sections = sections_of(original)
    text = original.source.text
    lines = text.split("\n")
    body_start = sections[0].line - 1 if sections else original.front_matter.body_line - 1
    parts = ["\n".join(lines[:body_start])]
    if parts[0]:
        parts[0] += "\n"
    for section in sections:
        head, rest = _split_heading(section)
        marked = _PROSE.search(section.source)
        parts.append(f"{head}{UNTRANSLATED}\n\n{rest.lstrip()}" if marked else section.source)
    whole = _without_record("".join(parts))
    start, end, block = with_record(whole, record_of(sections))
    return whole[:start] + block + whole[end:]


def _without_record(text: str) -> str:
    matter = _FRONT_MATTER.match(text)
    if matter is None:
        return text
    return text[: matter.start(1)] + _BLOCK.sub("", matter.group(1)) + text[matter.end(1) :]


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
        if _MARK.search(line)
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
