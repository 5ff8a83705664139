"""The site's own terms: how each is said in Chinese and English, and what else it is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from docskit.messages import Problem, Severity
from docskit.reading import decode_source

GLOSSARY = "glossary.yml"
_NULL = "tag:yaml.org,2002:null"
_LISTS = {"also": "[映像, images]", "scope": "[docker]", "unless": "[服务器, 服务商]"}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: the forms that pages use, the others that readers do, and what it means.

    `scope` names the pages and folders in which it means that, all of
    them if it names none, and with `-` before it where it does not;
    `unless` is longer words that contain it and mean something else.
    """

    zh: str
    en: str
    also: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""
    scope: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to say it, each once."""
        return tuple(dict.fromkeys(name for name in (self.zh, self.en, *self.also) if name))


def read_glossary(data: bytes, path: str = GLOSSARY) -> tuple[list[Term], list[Problem]]:
    """The entries of a glossary file, in its order.

    `path` is its source URI. What is wrong is left out and reported; a file that is not YAML
    has no entries.
    """
    source, problems = decode_source(data, path)
    try:
        root = yaml.compose(source.text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [], [*problems, _bad_yaml(path, mark, getattr(error, "problem", None))]
    except RecursionError:
        return [], [*problems, _bad_yaml(path, None, None)]
    if root is None or root.tag == _NULL:
        return [], problems
    if not isinstance(root, yaml.SequenceNode):
        return [], [
            *problems,
            _problem(
                path,
                root,
                "术语表应当是一个列表：每条以“- zh: ”开头",
                "the glossary has to be a list, each entry beginning with '- zh: '",
            ),
        ]
    terms: list[Term] = []
    seen: dict[tuple[str, str], int] = {}
    for node in root.value:
        term, found = _term(node, path)
        problems += found
        if term is None:
            continue
        line = seen.setdefault((term.zh.casefold(), term.en.casefold()), _line(node))
        if line != _line(node):
            problems.append(
                _problem(
                    path,
                    node,
                    f"“{term.zh}”（{term.en}）第 {line} 行已经有了，把两条合成一条",
                    f"'{term.zh}' ({term.en}) is on line {line} already; make them one entry",
                )
            )
        terms.append(term)
    return terms, problems


def _term(entry: yaml.Node, path: str) -> tuple[Term | None, list[Problem]]:
    """One entry; None where it lacks a form that pages use."""
    if not isinstance(entry, yaml.MappingNode):
        return None, [
            _problem(
                path,
                entry,
                "这一条应当写成“zh: 镜像”和“en: image”两行，冒号是半角的，后面空一格",
                "an entry needs the lines 'zh: …' and 'en: …', a space after each colon",
            )
        ]
    problems: list[Problem] = []
    values: dict[str, yaml.Node] = {}
    for key, value in entry.value:
        name = str(key.value)
        if name in values:
            problems.append(
                _problem(
                    path,
                    key,
                    f"{name} 写了两次，只有第一个算数；删掉一个",
                    f"{name} is given twice and only the first counts; delete one",
                )
            )
        values.setdefault(name, value)
    names = {}
    for key in ("zh", "en"):
        node = values.get(key)
        texts = [] if node is None else [text for text in _texts(node) if text]
        if node is not None and not isinstance(node, yaml.ScalarNode):
            problems.append(
                _problem(
                    path,
                    node,
                    f"{key} 只能写一个词，别的写法放进 also",
                    f"{key} takes one word; put the others into also",
                )
            )
        elif not texts:
            problems.append(
                _problem(
                    path,
                    entry,
                    f"这个术语缺少 {key}，zh 和 en 两个都要写",
                    f"this term lacks {key}; give both zh and en",
                )
            )
        else:
            names[key] = texts[0]
    lists: dict[str, tuple[str, ...]] = {}
    for key, example in _LISTS.items():
        node = values.get(key)
        if node is None:
            continue
        lists[key] = tuple(text for text in _texts(node) if text)
        problems += [
            _problem(
                path,
                bad,
                f"{key} 是一串词，写成 {key}: {example}",
                f"{key} is a list of words: {key}: {example}",
            )
            for bad in _nested(node)
        ]
    notes = {}
    for key in ("note_zh", "note_en"):
        node = values.get(key)
        if node is None:
            continue
        if isinstance(node, yaml.ScalarNode):
            notes[key] = " ".join(next(_texts(node), "").split())
        else:
            problems.append(
                _problem(path, node, f"{key} 是一句话", f"{key} is a sentence, not a list")
            )
    if len(names) < 2:
        return None, problems
    term = Term(
        names["zh"],
        names["en"],
        lists.get("also", ()),
        notes.get("note_zh", ""),
        notes.get("note_en", ""),
        lists.get("scope", ()),
        lists.get("unless", ()),
    )
    return term, problems


def _texts(node: yaml.Node) -> Iterator[str]:
    """The words of a value as they are written: `no` is a word and not a truth value."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(item, yaml.ScalarNode) and item.tag != _NULL:
            yield str(item.value).strip()


def _nested(node: yaml.Node) -> Iterator[yaml.Node]:
    """What is no word in a list of words."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if not isinstance(item, yaml.ScalarNode):
            yield item


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _problem(path: str, node: yaml.Node, zh: str, en: str) -> Problem:
    return Problem(path, _line(node), 0, "glossary-entry", Severity.WARNING, zh, en)


def _bad_yaml(path: str, mark: yaml.Mark | None, reason: str | None) -> Problem:
    line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
    said = f"（{reason}）" if reason else ""
    return Problem(
        path,
        line,
        column,
        "glossary-yaml",
        Severity.WARNING,
        f"术语表从这里起读不懂{said}，一条也没有用上；看看这一行和上一行的冒号、引号和缩进",
        f"the glossary cannot be read from here on{f' ({reason})' if reason else ''} and none of "
        "it is used; look at colons, quotes and indentation here and on the line before",
    )
