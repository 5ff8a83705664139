"""Asking for drafts, checking them, asking once more, and keeping out what is still wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from docskit.checking import Avoided
from docskit.drafting.checks import Complaint, check, check_terms, check_words
from docskit.drafting.masking import unmask
from docskit.drafting.prompt import (
    Answer,
    Prompt,
    batches,
    prompt,
    read_answer,
    with_glossary,
)
from docskit.drafting.selection import Selection, Unit
from docskit.messages import Problem, Severity
from docskit.translation import Term

Ask = Callable[[Prompt], Answer]


@dataclass(frozen=True, slots=True)
class Drafted:
    """Drafts that passed every check, by the number of their unit, and why others did not."""

    texts: Mapping[int, str]
    problems: tuple[Problem, ...]


def judge(
    selection: Selection, units: Sequence[Unit], answer: Answer, terms: Sequence[Term]
) -> tuple[dict[int, str], dict[int, list[Complaint]], dict[int, str]]:
    """Number → draft of the units that are right, → complaints of the others, → raw answers."""
    raw, complaints = read_answer(answer, units)
    drafts: dict[int, str] = {}
    for unit in units:
        if unit.number not in raw:
            continue
        text, missing = unmask(raw[unit.number], unit.masked)
        found = [Complaint(1, zh, en) for zh, en in missing]
        if unit.field:
            found += check_words(unit.source, text, selection.locale)
        elif not found:
            found = check(unit.source, text, selection.locale)
        if found:
            complaints[unit.number] = found
        else:
            drafts[unit.number] = text
    if with_glossary(selection):
        present = selection.translation.source.text if selection.translation else ""
        page = "\n".join([present, *drafts.values()])
        for unit in units:
            if unit.number in drafts and not unit.field:
                found = check_terms(unit.source, drafts[unit.number], page, terms, selection.locale)
                if found:
                    complaints[unit.number] = found
        drafts = {number: text for number, text in drafts.items() if number not in complaints}
    return drafts, complaints, raw


def make_drafts(
    selection: Selection, terms: Sequence[Term], ask: Ask, avoided: Sequence[Avoided] = ()
) -> Drafted:
    """Ask for every unit, and once more for those whose draft is not right."""
    drafts: dict[int, str] = {}
    problems: list[Problem] = []
    for units in batches(selection.units):
        answer = ask(prompt(selection, units, terms, avoided=avoided))
        good, complaints, raw = judge(selection, units, answer, terms)
        wrong = [unit for unit in units if unit.number in complaints]
        if wrong:
            again = ask(prompt(selection, wrong, terms, complaints, raw, avoided))
            more, complaints, _ = judge(selection, wrong, again, terms)
            good |= more
        drafts |= good
        problems += kept_out(selection, units, complaints)
    return Drafted(drafts, tuple(problems))


def kept_out(
    selection: Selection, units: Sequence[Unit], complaints: Mapping[int, Sequence[Complaint]]
) -> list[Problem]:
    """What an author is told of drafts that are not taken, at the original's lines."""
    return [
        Problem(
            selection.original.path,
            unit.line + complaint.line - 1,
            0,
            "draft-kept-out",
            Severity.WARNING,
            f"“{unit.title or '页首'}”的机器译文没有采用：{complaint.zh}",
            f"the draft of '{unit.title or 'the beginning'}' was not taken: {complaint.en}",
        )
        for unit in units
        for complaint in complaints.get(unit.number, ())
    ]
