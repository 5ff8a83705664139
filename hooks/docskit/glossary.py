"""The site's own terms: how each is said in Chinese and English, and what else it is called."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from docskit.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: the forms that pages use, and the others that readers do."""

    zh: str
    en: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to say it, each once."""
        return tuple(dict.fromkeys(name for name in (self.zh, self.en, *self.also) if name))


def read_glossary(text: str, path: str = "glossary.yml") -> tuple[list[Term], list[Problem]]:
    """The entries of a glossary file, in its order.

    `path` is its source URI. An entry without `zh` and `en` is left out and reported; a file
    that is not YAML has no entries.
    """
    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        return [], [_problem(path, line, "术语表不是合法的 YAML", "the glossary is not valid YAML")]
    if not isinstance(entries, list):
        return [], [_problem(path, 1, "术语表应当是一个列表", "the glossary has to be a list")]
    terms: list[Term] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict) and entry.get("zh") and entry.get("en"):
            also = entry.get("also") or []
            others = also if isinstance(also, list) else [also]
            terms.append(Term(str(entry["zh"]), str(entry["en"]), tuple(map(str, others))))
        else:
            problems.append(
                _problem(
                    path,
                    0,
                    f"第 {number} 个术语缺少 zh 或 en，两个都要写",
                    f"term {number} lacks zh or en; give both",
                )
            )
    return terms, problems


def _problem(path: str, line: int, zh: str, en: str) -> Problem:
    return Problem(path, line, 0, "glossary-entry", Severity.WARNING, zh, en)
