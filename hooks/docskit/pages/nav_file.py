"""What a `.nav.yml` says, as far as it can be read; awesome-nav refuses the whole of it."""

from __future__ import annotations

import re
from difflib import get_close_matches

import yaml

from docskit.messages import Problem, Severity, fit, unfit_characters
from docskit.reading import MOST_VALUES, Loader, as_written, decode_source, size, too_deep

# https://lukasgeiter.github.io/mkdocs-awesome-nav/reference/
KEYS = (
    "nav",
    "title",
    "hide",
    "ignore",
    "sort",
    "append_unmatched",
    "use_index_title",
    "preserve_directory_names",
    "flatten_single_child_sections",
)
# `nav：` at the edge and `- 首页：index.md`: YAML takes either for one long word.
_KEY = rf"(?:{'|'.join(KEYS)})(?=：)"
_TITLE = r"""[ \t]*-[ \t]+[^\s:：#'"][^:：#'"\n]*(?=：\s*(?:\S+\.md|\S+/|)[ \t]*$)"""
_WIDE_COLON = re.compile(rf"^({_KEY}|{_TITLE})：[ \t]*", re.MULTILINE)


def read_nav(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The file as awesome-nav can read it, None where it is that already, and what was wrong.

    `path` is its source URI.
    """
    source, problems = decode_source(data, path)
    found = _Reader(path, [*problems, *unfit_characters(source.text, path)])
    if source.damaged:
        return "", found.problems
    read = found.read(fit(source.text))
    if not found.problems and not _is_safe(source.text):
        found.say(
            1,
            "导航文件里有 YAML 的标签（! 开头）或者别的写法读不懂，只用了页面的列表；请删掉它",
            "the navigation has a tag of YAML (!…) or the like that cannot be read, and only its "
            "pages are used; delete it",
        )
    if not found.problems:
        return None, []
    return yaml.safe_dump(read, allow_unicode=True, sort_keys=False), sorted(found.problems)


def _is_safe(text: str) -> bool:
    """Whether awesome-nav can make values of the file as it is."""
    try:
        yaml.load(text, Loader)  # noqa: S506, it is a safe loader
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return False
    return True


class _Reader:
    def __init__(self, path: str, problems: list[Problem]) -> None:
        self.path = path
        self.problems = problems

    def say(self, line: int, zh: str, en: str, severity: Severity = Severity.WARNING) -> None:
        self.problems.append(Problem(self.path, line, 1, "nav-file", severity, zh, en))

    def read(self, text: str) -> dict[str, object]:
        if too_deep(text):
            self.say(1, "括号或短横套得太深，没有读：导航请写成列表", "nested too deeply, not read")
            return {}
        if wide := _WIDE_COLON.search(text):
            self.say(
                text.count("\n", 0, wide.start()) + 1,
                "全角冒号“：”已当作半角；请改成 ': '",
                "a full-width colon was read as ':'; write ': '",
                Severity.INFO,
            )
            text = _WIDE_COLON.sub(r"\1: ", text)
        node, error = _composed(text)
        if error is not None and "\t" in text:
            line = text.count("\n", 0, text.index("\t")) + 1
            text = text.expandtabs(2)
            node, still = _composed(text)
            if still is None:
                error = None
                zh, en = (
                    "缩进用了 Tab，已当作空格；请改成空格",
                    "tabs were read as spaces; use spaces",
                )
                self.say(line, zh, en, Severity.INFO)
        if error is not None:
            line, message = error
            self.say(
                line,
                "导航文件读不懂这一行，整个文件没有用上；请写成 'nav:'，下面每行一个 '  - 页面.md'",
                f"the navigation cannot be read here and is not used ({message}); "
                "write 'nav:' and below it '  - page.md', one on a line",
            )
            return {}
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return {}
        return self._root(node)

    def _root(self, node: yaml.Node) -> dict[str, object]:
        if size(node) > MOST_VALUES:
            self.say(
                node.start_mark.line + 1,
                "导航文件的别名（& 和 *）套出了太多的值，没有读；请直接写出来",
                "the aliases (& and *) stand for too many values, and nothing was read",
            )
            return {}
        if isinstance(node, yaml.SequenceNode):
            self.say(
                node.start_mark.line + 1,
                "列表上面少一行 'nav:'，已补上；请加上这一行",
                "the line 'nav:' is missing above the list, and was added",
                Severity.INFO,
            )
            return {"nav": self._items(node)}
        if not isinstance(node, yaml.MappingNode):
            self.say(
                node.start_mark.line + 1,
                "导航文件没有用上：请写成 'nav:'，下面每行一个 '  - 页面.md'",
                "the navigation is not used: write 'nav:' and below it '  - page.md'",
            )
            return {}
        values: dict[str, object] = {}
        given: set[str] = set()
        for key, item in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in given:
                self.say(
                    line,
                    f"'{name}:' 写了两次，用了后一个；请合成一个",
                    f"'{name}:' is there twice, and the later one is used; make them one",
                )
            given.add(name)
            if name not in KEYS:
                near = get_close_matches(name, KEYS, n=1)
                self.say(
                    line,
                    f"导航文件里没有 '{name[:40]}' 这一项"
                    + (f"，是不是 '{near[0]}'？" if near else f"；可以写 {'、'.join(KEYS[:3])}"),
                    f"there is no '{name[:40]}' in a navigation"
                    + (f"; is it '{near[0]}'?" if near else ""),
                )
            elif name == "nav":
                if isinstance(item, yaml.SequenceNode):
                    values[name] = self._items(item)
                elif as_written(item) is not None:
                    self.say(
                        line,
                        "'nav:' 下面要是列表：每行一个 '  - 页面.md'",
                        "'nav:' takes a list: '  - page.md', one on a line",
                    )
            elif name == "title":
                values[name] = str(as_written(item) or "") or None
            else:
                values[name] = self._option(item, name)
        return values

    def _option(self, node: yaml.Node, name: str) -> object:
        try:
            return _Constructing().construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError, RecursionError):
            self.say(
                node.start_mark.line + 1,
                f"'{name}' 的值读不懂，没有用上",
                f"the value of '{name}' cannot be read and is not used",
            )
            return None

    def _items(self, node: yaml.SequenceNode) -> list[object]:
        items = (self._item(child) for child in node.value)
        return [item for item in items if item is not None]

    def _item(self, node: yaml.Node) -> object:
        if isinstance(node, yaml.ScalarNode):
            if node.value:
                return str(node.value)
        elif isinstance(node, yaml.MappingNode) and node.value:
            names = [str(key.value) for key, _ in node.value]
            if "glob" in names:
                return self._option(node, "glob")
            value = node.value[0][1]
            if len(names) == 1 and names[0]:
                if isinstance(value, yaml.SequenceNode):
                    return {names[0]: self._items(value)}
                if isinstance(value, yaml.ScalarNode) and value.value:
                    return {names[0]: str(value.value)}
        self.say(
            node.start_mark.line + 1,
            "导航里的这一项读不懂，没有用上；请写成 '- 页面.md' 或 '- 标题: 页面.md'",
            "this item of the navigation is not used; write '- page.md' or '- Title: page.md'",
        )
        return None


class _Constructing(yaml.SafeLoader):
    """Makes values of nodes that another loader has read."""

    def __init__(self) -> None:
        super().__init__("")


def _composed(text: str) -> tuple[yaml.Node | None, tuple[int, str] | None]:
    try:
        return yaml.compose(text, Loader), None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return None, (mark.line + 1 if mark else 1, " ".join((error.problem or "").split()))
    except (yaml.YAMLError, RecursionError) as error:
        return None, (1, " ".join(str(error).split()))
