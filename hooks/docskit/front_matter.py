"""Read the front matter of a page as far as it can be read, and say what was mended.

Strict YAML stays what it is. What YAML refuses is read key by key, so that one bad line
costs one line: full-width colons, tabs, `key:value`, values that need quotes, a missing
closing `---`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from docskit.front_matter_schema import KEYS, Kind, coerce, known_key, with_draft
from docskit.problem import Problem, Severity


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without the errors that a date like 2024-02-30 would raise."""


def _timestamp(loader: Any, node: Any) -> object:
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(loader, node)
    except ValueError:
        return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)

_OPEN = re.compile(r"(?:[ \t]*\n)*(?:---+|———?|－－－+|-—-?)[ \t]*\n")
_CLOSE = re.compile(r"(?:---+|\.\.\.|———?|－－－+)[ \t]*$")
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# A key at the left edge: ASCII or Chinese, then a colon of either width.
KEY_LINE = re.compile(
    r"""[ \t]*(["']?)([^\s:：#\-\[\]{}"'][^:：#"'\n]{0,60}?)\1[ \t]*([:：])(?!//)"""
)
_PREFIX_KEYS = 2


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a page says about itself, and where its text begins.

    `body` is the page without front matter and without leading empty lines; `body_line` is
    the 1-based line of the author's file on which it starts.
    """

    meta: dict[str, object]
    body: str
    body_line: int
    # Line of each key in the author's file, for messages about its value.
    lines: dict[str, int] = field(default_factory=dict)

    def render(self) -> str:
        """The page with clean YAML before it, as MkDocs reads it.

        A page without front matter gets an empty one: else MkDocs takes `Note: this` on its
        first line for MultiMarkdown metadata and swallows it.
        """
        text = yaml.dump(
            self.meta,
            Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper),
            allow_unicode=True,
            sort_keys=False,
            width=2**31 - 1,
        )
        return f"---\n{text}---\n{self.body}"


@dataclass(slots=True)
class _Reader:
    path: str
    problems: list[Problem] = field(default_factory=list)

    def say(self, severity: Severity, line: int, column: int, code: str, zh: str, en: str) -> None:
        self.problems.append(Problem(self.path, line, column, code, severity, zh, en))

    def mended(self, line: int, column: int, code: str, zh: str, en: str) -> None:
        self.say(Severity.INFO, line, column, code, zh, en)

    def wrong(self, line: int, column: int, code: str, zh: str, en: str) -> None:
        self.say(Severity.WARNING, line, column, code, zh, en)


def _is_text_line(line: str) -> bool:
    """Whether a line cannot stand in a YAML mapping: flush left, neither key, item nor comment."""
    if not line.strip() or line[0] in " \t#-[]{}\"'":
        return False
    return not KEY_LINE.match(line)


def _extent(lines: list[str], first: int) -> tuple[int, int, bool]:
    """End of the block (exclusive), first line of the body, and whether it was closed.

    `lines[first]` is the line after the opening one.
    """
    seen_key = False
    # A blank line or a heading may end a block that was never closed.
    stop: int | None = None
    for index in range(first, len(lines)):
        line = lines[index]
        if _CLOSE.match(line):
            return index, index + 1, True
        if _is_text_line(line) and stop is not None:
            return stop, stop, False
        if KEY_LINE.match(line):
            seen_key = True
        elif seen_key and stop is None and (not line.strip() or line.startswith("#")):
            stop = index
    if stop is None:
        stop = next(
            (i for i in range(first, len(lines)) if _is_text_line(lines[i])),
            len(lines),
        )
    return stop, stop, False


def _compose(text: str) -> tuple[dict[Hashable, object] | None, dict[str, int], str, int, int]:
    """Mapping or None, 0-based line of each key, the error with its 0-based line and column."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return {}, {}, "", 0, 0
        value = loader.construct_document(node)
        if not isinstance(value, dict):
            return None, {}, "", 0, 0
        places = {str(key.value): key.start_mark.line for key, _ in node.value}
        return value, places, "", 0, 0
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return (
            None,
            {},
            error.problem or "",
            mark.line if mark else 0,
            mark.column if mark else 0,
        )
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError) as error:
        return None, {}, str(error), 0, 0
    finally:
        loader.dispose()


def _is_complete(line: str) -> bool:
    """Whether a line is a key with its value, so that nothing can be nested below it."""
    match = KEY_LINE.match(line)
    return bool(match) and line[match.end() :].strip()[:1] not in ("", "|", ">") if match else False


def _chunks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Split a block into its top-level keys: index of the first line, and the lines."""
    chunks: list[tuple[int, list[str]]] = []
    for index, line in enumerate(lines):
        match = KEY_LINE.match(line)
        # An indented key below a value that is complete can only be a slip of the finger.
        slip = match and chunks and known_key(match[2].strip()) and _is_complete(chunks[-1][1][0])
        starts = match and (line[0] not in " \t" or slip)
        if starts or not chunks or _is_text_line(line):
            chunks.append((index, [line]))
        else:
            chunks[-1][1].append(line)
    return chunks


def _mend(chunk: list[str]) -> list[tuple[str, str, str, str]]:
    """Readings of one key that YAML refused, likeliest first: text, code, zh, en."""
    readings = []
    text = "\n".join(chunk)
    if "\t" in text:
        text = text.expandtabs(2)
        readings.append(
            (
                text,
                "front-matter-tab",
                "缩进用了 Tab，已当作空格；请改成空格",
                "tabs were read as spaces; use spaces",
            )
        )
    match = KEY_LINE.match(text)
    if not match:
        return readings
    key, rest = match[2].strip(), text[match.end() :]
    head, _, more = rest.partition("\n")
    if match[3] == "：":
        code, zh, en = (
            "front-matter-colon",
            f"'{key}' 后面是全角冒号“：”，已当作半角；请改成 '{key}: '",
            f"'{key}' is followed by a full-width colon, read as ':'; write '{key}: '",
        )
    elif head[:1] not in ("", " ", "\t"):
        code, zh, en = (
            "front-matter-space",
            f"'{key}:' 后面少一个空格，已补上",
            f"a space is missing after '{key}:', and was added",
        )
    else:
        code, zh, en = (
            "front-matter-quotes",
            f"'{key}' 的值里有 YAML 的特殊字符，已当作普通文字；请给值加上引号",
            f"the value of '{key}' has characters that mean something in YAML, read as text; "
            "put it in quotes",
        )
    tail = "\n" + more if more else ""
    readings.append((f"{key}: {head.strip()}{tail}", code, zh, en))
    if not more.strip():
        plain = head.strip()
        if len(plain) > 1 and plain[0] in "\"'" and plain[-1] == plain[0]:
            plain = plain[1:-1]
        readings.append((f"{key}: {json.dumps(plain, ensure_ascii=False)}", code, zh, en))
    return readings


def _read_block(
    reader: _Reader, lines: list[str], first_line: int
) -> tuple[dict[str, object], dict[str, int]]:
    """Key by key where YAML refuses the whole; `first_line` is the author's 1-based line."""
    whole, places, *_ = _compose("\n".join(lines) + "\n")
    if whole is not None:
        return (
            {str(key): value for key, value in whole.items()},
            {key: first_line + line for key, line in places.items()},
        )
    meta: dict[str, object] = {}
    where: dict[str, int] = {}
    for start, chunk in _chunks(lines):
        line = first_line + start
        if all(not part.strip() or part.lstrip().startswith("#") for part in chunk):
            continue
        dedented = [chunk[0].lstrip(), *chunk[1:]] if KEY_LINE.match(chunk[0]) else chunk
        value, _, message, error_line, error_column = _compose("\n".join(dedented) + "\n")
        if value is None:
            for text, code, zh, en in _mend(dedented):
                value, *_ = _compose(text + "\n")
                if value is not None:
                    column = len(chunk[0]) - len(chunk[0].lstrip()) + 1
                    reader.mended(line, column, code, f"页首信息：{zh}", f"front matter: {en}")
                    break
        if value is None:
            excerpt = chunk[0].strip()[:40]
            reader.wrong(
                line + min(error_line, len(chunk) - 1),
                error_column + 1,
                "front-matter-unreadable",
                f"页首信息读不懂这一行：'{excerpt}'。"
                "请写成 '名称: 值'，值里有冒号或引号时用引号括起来",
                f"front matter cannot be read here: '{excerpt}' ({message or 'no key'}); "
                "write 'key: value', and quote values with colons or quotes in them",
            )
            continue
        for key, item in value.items():
            meta[str(key)] = item
            where[str(key)] = line
    return meta, where


def _is_readable(name: str, value: object) -> bool:
    return value is not None and value != "" and coerce(KEYS[name], value) is not None


def _normalise(
    reader: _Reader, raw: dict[str, object], where: dict[str, int]
) -> tuple[dict[str, object], dict[str, int]]:
    """Known keys under their own name and in their own type; the rest as it is."""
    meta: dict[str, object] = {}
    lines: dict[str, int] = {}
    more_tags: list[object] = []
    for key, value in raw.items():
        line = where.get(key, 0)
        name = known_key(key)
        if name is None:
            meta[key], lines[key] = value, line
            continue
        if name != key and KEYS[name] is Kind.TAGS:
            # Other generators have categories beside tags: together they are our tags.
            words = coerce(Kind.TAGS, value)
            more_tags += words if isinstance(words, list) else []
            lines.setdefault(name, line)
            continue
        if name != key:
            if name in raw or name in meta:
                spare = name in meta or _is_readable(name, raw[name])
                used = name if spare else key
                reader.wrong(
                    line,
                    1,
                    "front-matter-twice",
                    f"页首信息里 '{key}' 和 '{name}' 是同一项，用了 '{used}'；请删掉一个",
                    f"front matter has '{key}' and '{name}' for the same thing; "
                    f"'{used}' is used, delete one",
                )
                if spare:
                    meta.setdefault(key, value)
                    continue
            elif key.casefold() != "authors":
                reader.mended(
                    line,
                    1,
                    "front-matter-key",
                    f"页首信息 '{key}' 已当作 '{name}'；请改成 '{name}'",
                    f"front matter '{key}' was read as '{name}'; write '{name}'",
                )
        if value is None or value == "":
            continue
        kind = KEYS[name]
        good = coerce(kind, value)
        lines[name] = line
        if good is None:
            shown = str(value)[:40]
            hint = {
                Kind.DATE: ("请写成 2024-04-25", "write 2024-04-25"),
                Kind.HIDE: ("可以写 navigation、toc、path", "it may be navigation, toc, path"),
                Kind.FLAG: ("请写 true 或 false", "write true or false"),
                Kind.SEARCH: ("请写 search: {exclude: true}", "write search: {exclude: true}"),
            }.get(kind, ("请写成一行文字", "write one line of text"))
            reader.wrong(
                line,
                1,
                "front-matter-value",
                f"页首信息 '{name}' 的值 '{shown}' 读不懂；{hint[0]}",
                f"front matter '{name}' has a value that cannot be read: '{shown}'; {hint[1]}",
            )
            continue
        if kind is Kind.NAMES and isinstance(good, list):
            # One name stays a text: that is what themes and feeds expect of `author`.
            meta[name] = good[0] if len(good) == 1 else good
            continue
        if kind is Kind.DATE and isinstance(value, str | int):
            reader.mended(
                line,
                1,
                "front-matter-date",
                f"日期 '{value}' 已当作 {good}；请写成 {str(good)[:10]}",
                f"the date '{value}' was read as {good}; write {str(good)[:10]}",
            )
        meta[name] = good
    if more_tags:
        tags = meta.get("tags")
        meta["tags"] = list(dict.fromkeys([*(tags if isinstance(tags, list) else []), *more_tags]))
    return meta, lines


def _known_prefix(lines: list[str]) -> int:
    """Lines of `key: value` with known keys before a `---`, where the opening `---` is missing."""
    for index, line in enumerate(lines[:20]):
        if index >= _PREFIX_KEYS and _CLOSE.match(line) and line.startswith("---"):
            return index
        match = KEY_LINE.match(line)
        if not match or line[0] in " \t" or known_key(match[2].strip()) is None:
            return 0
    return 0


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, list[Problem]]:
    """Split a page (Unix line ends, no BOM) into its front matter, repaired, and its text.

    Nothing that is not front matter is taken: a page that begins with a rule keeps it.
    """
    reader = _Reader(path)
    raw: dict[str, object] = {}
    where: dict[str, int] = {}
    body = text
    if match := _TOML.match(text):
        try:
            raw = dict(tomllib.loads(match[1]))
            where = dict.fromkeys(raw, 1)
            body = text[match.end() :]
        except (tomllib.TOMLDecodeError, RecursionError):
            reader.wrong(
                1,
                1,
                "front-matter-unreadable",
                "'+++' 之间的页首信息读不懂；请改用 '---' 和 '名称: 值'",
                "the front matter between '+++' cannot be read; use '---' and 'key: value'",
            )
            body = text[match.end() :]
    elif match := _OPEN.match(text):
        first = match[0].count("\n")
        lines = text.split("\n")
        end, start, closed = _extent(lines, first)
        block = lines[first:end]
        keys = [line for line in block if KEY_LINE.match(line)]
        leading = first > 1 or not match[0].startswith("---\n")
        empty = closed and not any(line.strip() for line in block) and not leading
        trusted = keys and (not leading or all(known_key(_key_of(line)) for line in keys))
        # Also keys of a form that the line by line reading does not know.
        mapping = closed and not leading and bool(_compose("\n".join(block) + "\n")[1])
        if trusted or empty or mapping or (closed and "".join(block).strip() == "{}"):
            if not closed:
                reader.mended(
                    end,
                    1,
                    "front-matter-open",
                    "页首信息没有结尾的 '---'，已在这里结束；请在下一行补上 '---'",
                    "the front matter has no closing '---' and was ended here; "
                    "add '---' on the next line",
                )
            raw, where = _read_block(reader, block, first + 1)
            body = "\n".join(lines[start:])
    elif count := _known_prefix(text.split("\n", 21)[:21]):
        lines = text.split("\n")
        reader.mended(
            1,
            1,
            "front-matter-start",
            "页首信息没有开头的 '---'，已当作有；请在第一行补上 '---'",
            "the front matter has no opening '---', which was supplied; add '---' as first line",
        )
        raw, where = _read_block(reader, lines[:count], 1)
        body = "\n".join(lines[count + 1 :])
    meta, lines_of = _normalise(reader, with_draft(raw), where)
    stripped = body.lstrip("\n")
    body_line = text.count("\n", 0, len(text) - len(stripped)) + 1
    # The line of a problem is one of the front matter's, not of the page below.
    head = text[: len(text) - len(stripped)].split("\n")
    problems = [_placed(problem, head) for problem in reader.problems]
    return FrontMatter(meta, stripped, body_line, lines_of), problems


_AT_SIGN = {"front-matter-colon", "front-matter-space"}
_AT_VALUE = {"front-matter-value", "front-matter-date", "front-matter-quotes"}


def _placed(problem: Problem, lines: list[str]) -> Problem:
    """`problem` at the value or the sign that it is about, rather than at its line's beginning."""
    if problem.code not in _AT_SIGN | _AT_VALUE or not 1 <= problem.line <= len(lines):
        return problem
    line = lines[problem.line - 1]
    match = KEY_LINE.match(line)
    if not match:
        return problem
    at = match.start(3)
    if problem.code in _AT_VALUE:
        at = match.end() + len(line[match.end() :]) - len(line[match.end() :].lstrip())
    return replace(problem, column=at + 1)


def _key_of(line: str) -> str:
    match = KEY_LINE.match(line)
    return match[2].strip() if match else ""
