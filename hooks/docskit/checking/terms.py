"""Words that a site does not use, and what it writes instead: `terms.yml` of the docs folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml

from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage, decode_source
from docskit.references import without_code

TERMS = "terms.yml"
LANGUAGES = ("zh", "en")
# An address is no prose, nor is a tag; the `alt` of an image is.
_NO_PROSE = re.compile(r"\]\([^)\s]*|https?://\S+|\b(?:src|href|srcset)=\"[^\"]*\"|\{[^}\n]*\}")


@dataclass(frozen=True, slots=True)
class Avoided:
    """One word that pages of `language` avoid, and what to write instead."""

    word: str
    use: str
    language: str = "zh"

    def places(self, prose: str) -> Iterator[re.Match[str]]:
        """Where the word stands in `prose`; an English one whole, and in any case."""
        # Lines of English are wrapped anywhere.
        pattern = re.escape(self.word).replace(r"\ ", r"\s+")
        if self.language == "en":
            pattern = rf"(?<!\w){pattern}(?!\w)"
        return re.finditer(pattern, prose, re.IGNORECASE)


def read_terms(data: bytes, path: str = TERMS) -> tuple[list[Avoided], list[Problem]]:
    """The words of a terms file; an entry that is not understood is left out and reported."""
    source, problems = decode_source(data, path)
    try:
        root = yaml.compose(source.text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        return [], [*problems, _bad(path, line, column)]
    if root is None or root.tag == "tag:yaml.org,2002:null":
        return [], problems
    found: list[Avoided] = []
    entries = root.value if isinstance(root, yaml.SequenceNode) else [root]
    for entry in entries:
        words = _words(entry)
        if words is None:
            problems = [*problems, _bad(path, entry.start_mark.line + 1, 0)]
        else:
            found += words
    return found, problems


def _words(entry: yaml.Node) -> list[Avoided] | None:
    if not isinstance(entry, yaml.MappingNode):
        return None
    values = {str(key.value): value for key, value in entry.value}
    use, avoid, language = (values.get(key) for key in ("use", "avoid", "language"))
    if not isinstance(use, yaml.ScalarNode) or not isinstance(avoid, yaml.SequenceNode):
        return None
    of = str(language.value) if language else "zh"
    words = [str(item.value).strip() for item in avoid.value if isinstance(item, yaml.ScalarNode)]
    if of not in LANGUAGES or len(words) != len(avoid.value) or not all([*words, use.value]):
        return None
    return [Avoided(word, str(use.value), of) for word in words]


def _bad(path: str, line: int, column: int) -> Problem:
    return Problem(
        path,
        line,
        column,
        "terms-entry",
        Severity.WARNING,
        "用词表的这一条读不懂，没有用上；写成“- {use: 该用的, avoid: [不用的]}”，"
        "英文的再加 language: en",
        "this entry of the terms cannot be read and is not used; write "
        "'- {use: what to write, avoid: [what not to]}', with 'language: en' for English",
    )


def term_hints(page: AuthorPage, avoided: list[Avoided]) -> list[Problem]:
    """One hint for each avoided word in the prose of a page, at its line and column.

    `git.en.md` is held to the English words, `git.md` to the Chinese ones. An English word is
    found whole and in any case. Code, addresses and attributes are passed over.
    """
    language = PurePosixPath(page.path).stem.rpartition(".")[2]
    language = language if language in LANGUAGES else "zh"
    body, first = page.front_matter.body, page.front_matter.body_line - 1
    prose = _NO_PROSE.sub(lambda match: " " * len(match[0]), without_code(body))
    hints: list[Problem] = []
    for term in (term for term in avoided if term.language == language):
        for match in term.places(prose):
            start = match.start()
            hints.append(
                Problem(
                    page.path,
                    body.count("\n", 0, start) + 1 + first,
                    start - body.rfind("\n", 0, start),
                    "term-avoided",
                    Severity.HINT,
                    f"用词：不用“{match[0]}”，用“{term.use}”",
                    f"wording: not '{match[0]}' but '{term.use}'",
                )
            )
    return sorted(hints)
