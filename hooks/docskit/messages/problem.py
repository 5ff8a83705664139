"""What is wrong with an author's page, where, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: the strict build fails on warnings only."""

    WARNING = "warning"  # the page is wrong
    INFO = "info"  # the page was wrong and has been repaired
    HINT = "hint"  # the page is right and could be better


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One message to an author.

    `path` is the source URI relative to the docs folder; `line` and `column` are
    1-based, in the file as the author saved it (front matter included), 0 where
    the whole file or line is meant. `code` is the stable kebab-case name of the kind.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    zh: str
    en: str

    def text(self, language: str = "zh") -> str:
        """The message without its place, in Chinese unless `language` starts with 'en'."""
        return self.en if language.startswith("en") else self.zh

    def format(self, root: str = "docs", language: str = "zh") -> str:
        """`docs/git.md:12:3: message`, with `root` put before the source URI."""
        place = f"{root}/{self.path}" if root else self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place}: {self.text(language)}"
