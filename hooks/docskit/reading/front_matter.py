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
from enum import StrEnum

import yaml

from docskit.messages import Problem, Severity, fit, unfit_characters
from docskit.reading.front_matter_schema import (
    KEYS,
    Kind,
    coerce,
    dates_of,
    is_attempt,
    is_held_back,
    known_key,
    search_option,
    similar_key,
    with_draft,
)
from docskit.reading.yaml_values import (
    MOST_VALUES,
    Loader,
    as_written,
    excerpt,
    plain,
    size,
    too_deep,
)

# Hyphens, and what editors and input methods make of them.
_DASHES = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_RULE = rf"(?:---+|(?=-*[{_DASHES}])[-{_DASHES}]+)"
# Blanks and what nobody sees are nothing to anyone.
_UNSEEN = r"\u200b-\u200f\ufeff"
_BLANKS = rf"[ \t\u00a0\u2000-\u200a\u3000{_UNSEEN}]*"
_OPEN = re.compile(rf"(?:{_BLANKS}\n)*[{_UNSEEN}]*{_RULE}{_BLANKS}(?:ya?ml{_BLANKS})?\n")
_PLAIN_OPEN = re.compile(r"---[ \t]*\n")
_PLAIN_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_CLOSE = re.compile(rf"(?:{_RULE}|\.\.\.){_BLANKS}$")
_TOML_OPEN = re.compile(r"\+\+\+[ \t]*\n")
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)(^\+\+\+[ \t]*(?:\n|\Z))", re.DOTALL | re.MULTILINE)
# A key at the left edge: ASCII or Chinese, then a colon of either width.
KEY_LINE = re.compile(
    r"""[ \t]*(["']?)([^\s:：#\-\[\]{}"'][^:：#"'\n]{0,60}?)\1[ \t]*([:：])(?!//)"""
)
# Lines like `key: value` that make a head of one without an opening `---`; one may be a sentence.
_PREFIX_KEYS = 2
# What may be meant as front matter and is none: below a heading or a comment, or a second block.
_STRAY = re.compile(
    r"(?:<!--.*?-->\s*)?(?:#[^#\n][^\n]*\n\s*)?(?P<line>[ \t]*"
    rf"(?P<mark>{_RULE}|\*\*\*+|===+|~~~+|;;;|\{{){_BLANKS}(?:ya?ml|toml|json)?{_BLANKS}\n)",
    re.DOTALL,
)
_MOST_STRAY = 40
_COLON_SLIP = re.compile("([^:：]+)[:：]")


class Form(StrEnum):
    """In what the lines of front matter are written."""

    YAML = "yaml"
    TOML = "toml"


@dataclass(frozen=True, slots=True)
class Span:
    """Where front matter stands in a page: offsets into its text.

    `text[:start]` is the opening mark with the blank lines before it, `text[start:end]` the
    lines themselves, and `text[end:after]` the closing mark; the page's own text begins at
    `after`. A mark that the author left out is empty. This is the only answer to where front
    matter begins and ends: whoever reads or writes it asks here.
    """

    start: int
    end: int
    after: int
    form: Form = Form.YAML
    # Whether the marks are as others read them too: `---` on the first line, and a closing one.
    opened: bool = True
    closed: bool = True


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a page says about itself, and where its text begins.

    `body` is the page without front matter and without leading empty lines; `body_line` is
    the 1-based line of the author's file on which it starts. `span` is None where the page
    has no front matter.
    """

    meta: dict[str, object]
    body: str
    body_line: int
    # Line of each key in the author's file, for messages about its value.
    lines: dict[str, int] = field(default_factory=dict)
    span: Span | None = None

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
        return f"---\n{text}---\n{fit(self.body)}"


@dataclass(slots=True)
class _Reader:
    path: str
    problems: list[Problem] = field(default_factory=list)

    def say(self, severity: Severity, line: int, column: int, code: str, zh: str, en: str) -> None:
        self.problems.append(Problem(self.path, line, column, code, severity, zh, en))

    def mended(self, line: int, column: int, code: str, zh: str, en: str) -> None:
        self.say(Severity.INFO, line, column, code, zh, en)

    def note(self, notes: list[tuple[Severity, int, str, str, str]], first_line: int) -> None:
        for severity, line, code, zh, en in notes:
            self.say(severity, first_line + line, 1, code, zh, en)

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


@dataclass(slots=True)
class _Composed:
    """A mapping or None, the 0-based line of each key, and the error with its 0-based place.

    `notes` say what was left out or read otherwise: severity, 0-based line, code, zh, en.
    """

    value: dict[Hashable, object] | None
    places: dict[str, int] = field(default_factory=dict)
    error: str = ""
    line: int = 0
    column: int = 0
    notes: list[tuple[Severity, int, str, str, str]] = field(default_factory=list)


def _compose(text: str) -> _Composed:
    if too_deep(text):
        return _Composed(None, error="nested too deeply")
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return _Composed({})
        if not isinstance(node, yaml.MappingNode):
            return _Composed(None)
        for key, _ in node.value:
            slip = _COLON_SLIP.match(str(key.value))
            if slip and known_key(slip[1]):
                # `标题：a: b` is YAML too, though of another key than its author's.
                mark = key.start_mark
                return _Composed(None, {}, "full-width colon", mark.line, mark.column)
        notes = _without_excess(node)
        value = loader.construct_document(node)
        composed = _Composed(value, notes=notes)
        lines = text.split("\n")
        for key, item in node.value:
            name = str(key.value)
            line = key.start_mark.line
            if name in composed.places:
                notes.append((Severity.WARNING, line, *_twice(name)))
            composed.places[name] = line
            if KEYS.get(known_key(name) or "") in _TEXTS and _is_plain(item):
                value[name] = as_written(item)
                _read_comment(composed, name, item, lines)
        return composed
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line, mark.column) if mark else (0, 0)
        return _Composed(None, {}, error.problem or "", *place)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError) as error:
        return _Composed(None, error=str(error))
    finally:
        loader.dispose()


_TEXTS = {Kind.TEXT, Kind.WORD, Kind.NAMES, Kind.TAGS}


def _twice(name: str) -> tuple[str, str, str]:
    return (
        "front-matter-twice",
        f"页首信息里 '{name}' 写了两次，用了后一个；请删掉一个",
        f"front matter has '{name}' twice, and the later one is used; delete one",
    )


def _is_plain(node: yaml.Node) -> bool:
    """Whether all of a value is text, numbers and the like, without tags of the author's."""
    if isinstance(node, yaml.ScalarNode):
        return node.tag.removeprefix("tag:yaml.org,2002:") in _SCALARS
    children = node.value
    if isinstance(node, yaml.MappingNode):
        children = [child for pair in children for child in pair]
    return node.tag in _COLLECTIONS and all(map(_is_plain, children))


_SCALARS = {"str", "int", "float", "bool", "null", "timestamp"}
_COLLECTIONS = {"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


def _without_excess(node: yaml.MappingNode) -> list[tuple[Severity, int, str, str, str]]:
    """Take what aliases blow up beyond all measure out of a mapping, and say so."""
    kept, notes, room = [], [], float(MOST_VALUES)
    for key, item in node.value:
        needed = size(key) + size(item)
        if needed <= room:
            kept.append((key, item))
            room -= needed
            continue
        name = str(key.value)[:40]
        notes.append(
            (
                Severity.WARNING,
                key.start_mark.line,
                "front-matter-aliases",
                f"页首信息 '{name}' 用别名（& 和 *）套出了太多的值，没有读；请直接写出需要的值",
                f"the aliases (& and *) of front matter '{name}' stand for too many values, and "
                "it was not read; write out the values that are needed",
            )
        )
    node.value[:] = kept
    return notes


def _read_comment(composed: _Composed, name: str, node: yaml.Node, lines: list[str]) -> None:
    """`tags: #docker` and `title: 第 #1 课`: YAML takes the rest of the line for a comment."""
    if not isinstance(node, yaml.ScalarNode) or node.style or composed.value is None:
        return
    mark = node.end_mark
    line = composed.places[name]
    rest = lines[line] if mark.line == line else ""
    if node.value == "":
        rest = lines[line]
        match = KEY_LINE.match(rest)
        rest = rest[match.end() :].strip() if match else ""
    else:
        rest = rest[mark.column :].strip()
    if not re.match(r"#[^\s#]", rest):
        return
    if node.value == "":
        composed.value[name] = rest
        code = "front-matter-hash"
        zh = f"'{name}' 的值以 # 开头，在 YAML 里是注释，已当作文字；请加上引号"
        en = f"the value of '{name}' begins with '#', a comment in YAML; read as text, quote it"
    else:
        code = "front-matter-comment"
        zh = f"'{name}' 里的 '{rest[:40]}' 在 YAML 里是注释，没有显示；是值的一部分就加上引号"
        en = (
            f"'{rest[:40]}' is a comment in YAML, no part of '{name}'; quote the value if it is one"
        )
    composed.notes.append((Severity.INFO, line, code, f"页首信息：{zh}", f"front matter: {en}"))


def _is_complete(line: str) -> bool:
    """Whether a line is a key with its value, so that nothing can be nested below it."""
    match = KEY_LINE.match(line)
    if match is None:
        return False
    return line[match.end() :].strip()[:1] not in ("", "|", ">", "#", "&", "!")


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
    whole = _compose("\n".join(lines) + "\n")
    if whole.value is not None:
        reader.note(whole.notes, first_line)
        return (
            {_named(key): value for key, value in whole.value.items()},
            {key: first_line + line for key, line in whole.places.items()},
        )
    meta: dict[str, object] = {}
    where: dict[str, int] = {}
    for start, chunk in _chunks(lines):
        line = first_line + start
        if all(not part.strip() or part.lstrip().startswith("#") for part in chunk):
            continue
        dedented = [chunk[0].lstrip(), *chunk[1:]] if KEY_LINE.match(chunk[0]) else chunk
        read = _compose("\n".join(dedented) + "\n")
        place = (read.error, read.line, read.column)
        if read.value is None:
            for text, code, zh, en in _mend(dedented):
                read = _compose(text + "\n")
                if read.value is not None:
                    column = len(chunk[0]) - len(chunk[0].lstrip()) + 1
                    reader.mended(line, column, code, f"页首信息：{zh}", f"front matter: {en}")
                    break
        if read.value is None:
            error, error_line, error_column = place
            message = " ".join(error.split())
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
        reader.note(read.notes, line)
        for key, item in read.value.items():
            name = _named(key)
            if name in meta:
                reader.wrong(line, 1, *_twice(name))
            meta[name] = item
            where[name] = line
    return meta, where


def _named(key: object) -> str:
    return key if isinstance(key, str) else str(key)


def _is_readable(name: str, value: object) -> bool:
    return value is not None and value != "" and coerce(KEYS[name], value) is not None


def _normalise(
    reader: _Reader, raw: dict[str, object], where: dict[str, int]
) -> tuple[dict[str, object], dict[str, int]]:
    """Known keys under their own name and in their own type; the rest as it is."""
    meta: dict[str, object] = {}
    lines: dict[str, int] = {}
    more_tags: list[object] = []
    for key, value in _taken_apart(reader, raw, where).items():
        line = where.get(key, 0)
        name = known_key(key)
        if is_held_back(key, value):
            reader.mended(
                line,
                1,
                "front-matter-published",
                f"页首信息 '{key}' 不会让这一页不发布；还不想发布就写 draft: true",
                f"front matter '{key}' does not keep this page back; write draft: true for that",
            )
        if name is not None and name != key and not _is_ours(name, value):
            reader.say(
                Severity.HINT,
                line,
                1,
                "front-matter-foreign",
                f"页首信息 '{key}' 的值不像 '{name}'，原样留下；若是 '{name}'，请改写它的值",
                f"the value of front matter '{key}' is none of '{name}', and was left as it is",
            )
            name = None
        if name is None:
            meta[key], lines[key] = value, line
            near = similar_key(key)
            if near is not None and near not in raw:
                reader.say(
                    # The page may be one that nobody was to see yet.
                    Severity.INFO if near == "draft" else Severity.HINT,
                    line,
                    1,
                    "front-matter-similar",
                    f"页首信息 '{key}' 没有用到；是不是 '{near}'？",
                    f"front matter '{key}' is not used; is it '{near}'?",
                )
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
        if kind is Kind.DATE and (dates := dates_of(value)):
            for part, day in dates.items():
                meta.setdefault(part, day)
                lines.setdefault(part, line)
            continue
        good = coerce(kind, value)
        lines[name] = line
        if good is None:
            shown = excerpt(value)
            hint = {
                Kind.DATE: ("请写成 2024-04-25", "write 2024-04-25"),
                Kind.ADDRESSES: ("请写成 [old/page]", "write [old/page]"),
                Kind.HIDE: ("可以写 navigation、toc、path", "it may be navigation, toc, path"),
                Kind.FLAG: ("请写 true 或 false", "write true or false"),
                Kind.SEARCH: (
                    "请写 search: {exclude: true}，或者 search: {boost: 2}",
                    "write search: {exclude: true} or search: {boost: 2}",
                ),
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
        if kind is Kind.DATE and not str(value).startswith(str(good)[:10]):
            # Quoted, with a time or a `T`, as exports have it, the day is as it should be.
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
    return {fit(key): plain(value) for key, value in meta.items()}, lines


def _is_ours(name: str, value: object) -> bool:
    """Whether the value under another spelling of `name` is one of its own, or meant to be."""
    kind = KEYS[name]
    if value is None or value == "" or coerce(kind, value) is not None:
        return True
    return kind is Kind.DATE and (bool(dates_of(value)) or is_attempt(value))


def _taken_apart(
    reader: _Reader, raw: dict[str, object], where: dict[str, int]
) -> dict[str, object]:
    """`search.boost: 2` as `search: {boost: 2}`."""
    values: dict[str, object] = {}
    for key, value in raw.items():
        option = search_option(key)
        if option is None:
            values[key] = value
            continue
        known = values.get("search", raw.get("search"))
        values["search"] = {**(known if isinstance(known, dict) else {}), option: value}
        where.setdefault("search", where.get(key, 0))
        reader.mended(
            where.get(key, 0),
            1,
            "front-matter-key",
            f"页首信息 '{key}' 已当作 search 里的 {option}；请写成 search: {{{option}: …}}",
            f"front matter '{key}' was read as {option} in search; write search: {{{option}: …}}",
        )
    return values


def _known_prefix(lines: list[str]) -> int:
    """Lines of `key: value` with known keys before a `---`, where the opening `---` is missing."""
    for index, line in enumerate(lines[:20]):
        if index >= _PREFIX_KEYS and _CLOSE.match(line) and line.startswith("---"):
            return index
        match = KEY_LINE.match(line)
        if not match or line[0] in " \t" or known_key(match[2].strip()) is None:
            return 0
    return 0


def _toml_line(text: str, key: str) -> int:
    """The line of the file on which a key of the block below the first `+++` is."""
    found = re.search(rf"""^[ \t]*\[?["']?{re.escape(key)}["']?[ \t]*[=.\]]""", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 2 if found else 1


def _toml_error_line(text: str, message: str) -> int:
    if named := re.search(r"at line (\d+)", message):
        return int(named[1]) + 1
    number = re.search(r"\d{4000}", text)
    return text.count("\n", 0, number.start()) + 2 if number else 1


def _offset(text: str, line: int) -> int:
    """Where the 0-based line begins; the text's length where it has fewer."""
    place = 0
    for _ in range(line):
        place = text.find("\n", place) + 1
        if not place:
            return len(text)
    return place


def _looks_like_keys(block: list[str]) -> bool:
    """Whether a block is nothing but `key: value` lines, one of the keys being ours."""
    keys = [line for line in block if line.strip() and line[:1] not in " \t-#"]
    known = any(known_key(_key_of(line)) for line in keys)
    return known and all(KEY_LINE.match(line) for line in keys)


def is_plain_close(mark: str) -> bool:
    """Whether a closing mark is one that YAML's other readers know, or is left out."""
    return not mark or bool(_PLAIN_CLOSE.fullmatch(mark))


def front_matter_span(text: str) -> Span | None:
    """Where the front matter of a page (Unix line ends, no BOM) stands; None for a page without.

    Nothing that is not front matter is taken: a page that begins with a rule keeps it.
    """
    if match := _TOML.match(text):
        return Span(match.start(1), match.end(1), match.end(), Form.TOML)
    if match := _OPEN.match(text):
        first = match[0].count("\n")
        lines = text.split("\n")
        end, start, closed = _extent(lines, first)
        block = lines[first:end]
        keys = [line for line in block if KEY_LINE.match(line)]
        opened = bool(_PLAIN_OPEN.match(text))
        empty = closed and not any(line.strip() for line in block) and opened
        trusted = bool(keys) and (opened or all(known_key(_key_of(line)) for line in keys))
        # Also keys of a form that the line by line reading does not know.
        mapping = closed and opened and bool(_compose("\n".join(block) + "\n").places)
        likely = closed and not opened and _looks_like_keys(block)
        if trusted or empty or mapping or likely or (closed and "".join(block).strip() == "{}"):
            places = match.end(), _offset(text, end), _offset(text, start)
            return Span(*places, opened=opened, closed=closed)
        return None
    if count := _known_prefix(text.split("\n", 21)[:21]):
        return Span(0, _offset(text, count), _offset(text, count + 1), opened=False)
    return None


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, list[Problem]]:
    """Split a page (Unix line ends, no BOM) into its front matter, repaired, and its text."""
    reader = _Reader(path)
    raw: dict[str, object] = {}
    where: dict[str, int] = {}
    span = front_matter_span(text)
    body = text if span is None else text[span.after :]
    if span is None:
        _say_what_was_left(reader, text)
    elif span.form is Form.TOML:
        raw, where = _read_toml(reader, text[span.start : span.end])
    else:
        _say_marks(reader, text, span)
        first = text.count("\n", 0, span.start)
        block = text[span.start : span.end].removesuffix("\n")
        lines = block.split("\n") if span.end > span.start else []
        raw, where = _read_block(reader, lines, first + 1)
    if span is not None:
        _say_stray(reader, text, span.after)
    meta, lines_of = _normalise(reader, with_draft(raw), where)
    stripped = body.lstrip("\n")
    body_line = text.count("\n", 0, len(text) - len(stripped)) + 1
    # The line of a problem is one of the front matter's, not of the page below.
    head = text[: len(text) - len(stripped)].split("\n")
    problems = _told_once([_placed(problem, head) for problem in reader.problems], head)
    problems += unfit_characters(text, path)
    return FrontMatter(meta, stripped, body_line, lines_of, span), problems


def _read_toml(reader: _Reader, block: str) -> tuple[dict[str, object], dict[str, int]]:
    try:
        raw = dict(tomllib.loads(block))
    except (ValueError, RecursionError) as error:
        reader.wrong(
            _toml_error_line(block, str(error)),
            1,
            "front-matter-unreadable",
            "'+++' 之间的页首信息读不懂这一行；请改用 '---' 和 '名称: 值'",
            "the front matter between '+++' cannot be read here; use '---' and 'key: value'",
        )
        return {}, {}
    return raw, {key: _toml_line(block, key) for key in raw}


def _say_marks(reader: _Reader, text: str, span: Span) -> None:
    """What is not as usual about the two marks."""
    opening = text[: span.start]
    if not opening:
        reader.mended(
            1,
            1,
            "front-matter-start",
            "页首信息没有开头的 '---'，已当作有；请在第一行补上 '---'",
            "the front matter has no opening '---', which was supplied; add '---' as first line",
        )
    elif not span.opened:
        line = text.count("\n", 0, span.start)
        reader.mended(
            line,
            1,
            "front-matter-mark",
            "页首信息要从第一行的 '---' 开始，已当作是；请在第一行写 '---'，三个减号，前面不留空行",
            "front matter begins with '---' on the first line, and this was read as if it did; "
            "write three hyphens there, and no empty line before them",
        )
    closing = text[span.end : span.after]
    if not span.closed:
        reader.mended(
            text.count("\n", 0, span.end) + (not text[: span.end].endswith("\n")),
            1,
            "front-matter-open",
            "页首信息没有结尾的 '---'，已在这里结束；请在下一行补上 '---'",
            "the front matter has no closing '---' and was ended here; add '---' on the next line",
        )
    elif not is_plain_close(closing):
        reader.mended(
            text.count("\n", 0, span.end) + 1,
            1,
            "front-matter-mark",
            "页首信息要以 '---' 一行结束，已当作是；请写成 '---'，三个减号",
            "front matter ends with the line '---', and this was read as one; write three hyphens",
        )


def _say_what_was_left(reader: _Reader, text: str) -> None:
    """A block at the top that others may have meant as front matter stays on the page."""
    if _TOML_OPEN.match(text):
        reader.wrong(
            1,
            1,
            "front-matter-unreadable",
            "'+++' 的页首信息没有结尾的 '+++'，全部当作了正文；请改用 '---' 和 '名称: 值'",
            "the front matter of '+++' has no closing '+++' and is shown as text; "
            "use '---' and 'key: value'",
        )
        return
    _say_stray(reader, text, 0)


def _say_stray(reader: _Reader, text: str, start: int) -> None:
    """Lines of `key: value` between two marks, first of what stands at `start`."""
    place = start + len(text[start:]) - len(text[start:].lstrip())
    match = _STRAY.match(text, place)
    if match is None:
        return
    mark = match["mark"][:3]
    block: list[str] = []
    for line in text[match.end() :].split("\n", _MOST_STRAY)[:_MOST_STRAY]:
        if line.strip().startswith("}" if mark == "{" else mark):
            break
        block += [line] * bool(line.strip())
    else:
        return
    keys = [KEY_LINE.match(line.replace("=", ":", 1)) for line in block]
    named = [known_key(key[2].strip()) for key in keys if key]
    at_top = start == 0 and _OPEN.match(text)
    if not block or not all(keys) or not (at_top or any(named)):
        return
    reader.mended(
        text.count("\n", 0, match.start("line")) + 1,
        1,
        "front-matter-text",
        "这几行像页首信息，却没有从第一行的 '---' 开始，已当作正文；"
        "是页首信息的话，请在第一行写 '---'，前面不留空行",
        "these lines look like front matter that does not begin with '---' on the first "
        "line, and are shown as text; if it is front matter, write '---' there",
    )


_SIGNS = {"front-matter-colon", "front-matter-space"}


def _told_once(problems: list[Problem], lines: list[str]) -> list[Problem]:
    """A key and the colon after it are one mistake, with one thing to write instead."""
    signs = {problem.line for problem in problems if problem.code in _SIGNS}
    keys = {problem.line for problem in problems if problem.code == "front-matter-key"}
    told = []
    for problem in problems:
        if problem.code in _SIGNS and problem.line in keys:
            continue
        match = KEY_LINE.match(lines[problem.line - 1]) if problem.line <= len(lines) else None
        if problem.code == "front-matter-key" and problem.line in signs and match:
            old, new = match[0].strip(), known_key(match[2].strip())
            told.append(
                replace(
                    problem,
                    zh=f"页首信息 '{old}' 已当作 '{new}: '；请改成 '{new}: '",
                    en=f"front matter '{old}' was read as '{new}: '; write '{new}: '",
                )
            )
        else:
            told.append(problem)
    return told


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
