"""What MkDocs and its plugins say to authors, said as everything else is: in Chinese, with a place.

Each message of theirs that somebody who writes pages can meet is known here by its words and
becomes a problem of ours, which is told once for all languages. Others pass as they are.
tests/site/test_messages.py brings each of them about, so that new words of an upgrade
show.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import Problem, Severity
from docskit.reading import decode_source
from mkdocs_bridge.cache import mkdocs_log
from mkdocs_bridge.site import log_problems

_LOGGERS = (
    "plugins.awesome-nav",
    "plugins.mkdocs_static_i18n.plugin",
    "structure.files",
    "structure.nav",
)
_NAV = ".nav.yml"


class _Docs:
    """The docs folder, to find the line that a message is about."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._folder = Path(config.docs_dir)

    def nav_files(self) -> list[str]:
        """Source URIs of all navigation files, the outermost first."""
        found = [path.relative_to(self._folder).as_posix() for path in self._folder.rglob(_NAV)]
        return sorted(found, key=lambda uri: (uri.count("/"), uri))

    def line(self, uri: str, words: str) -> int:
        """The 1-based line of a file that has `words` first; 0 where none does."""
        try:
            text = decode_source((self._folder / uri).read_bytes(), uri)[0].text
        except OSError:
            return 0
        whole = re.compile(rf"(?<![\w/.-]){re.escape(words)}(?![\w/.-])")
        lines = enumerate(text.split("\n"), 1)
        return next((number for number, line in lines if whole.search(line)), 0)

    def nav_place(self, words: str) -> tuple[str, int]:
        """The navigation file that has `words`, and the line; else the outermost."""
        files = self.nav_files()
        places = ((uri, self.line(uri, words)) for uri in files)
        return next((place for place in places if place[1]), (files[0] if files else _NAV, 0))


_Answer = tuple[str, int, int, str, str, str]
"""Source URI, line, column, code, and the message in Chinese and English."""


def _no_match(match: re.Match[str], docs: _Docs) -> _Answer:
    item, uri = match[1], match[2]
    return (
        uri,
        docs.line(uri, item),
        0,
        "nav-missing",
        f"导航里的 '{item}' 没有对应的页面。请照文件名改，或者删掉这一行",
        f"no page for '{item}' of the navigation; write it as the file is named, or delete it",
    )


def _no_effect(match: re.Match[str], docs: _Docs) -> _Answer:
    option, uri = match[1], match[2]
    return (
        uri,
        docs.line(uri, option),
        0,
        "nav-option",
        f"最外层的导航没有地方用 '{option}'，写在这里不起作用；请删掉这一行",
        f"'{option}' has no effect in the outermost navigation; delete this line",
    )


def _not_yaml(match: re.Match[str], docs: _Docs) -> _Answer:
    del docs
    place = re.findall(r"line (\d+), column (\d+)", match[2])
    line, column = map(int, place[-1]) if place else (0, 0)
    return (
        match[1],
        line,
        column,
        "nav-unreadable",
        "导航从这里起读不懂，整个文件没有用上，页面按文件名排列。"
        "请看看这一行和上一行的冒号、引号、括号和缩进",
        "the navigation cannot be read from here on and is not used: pages are in the order of "
        "their names; look at colons, quotes, brackets and indentation here and above",
    )


def _not_valid(match: re.Match[str], docs: _Docs) -> _Answer:
    uri, where = match[1], match[2].split("\n")[0].strip()
    names = [part for part in where.split(".") if re.fullmatch(r"[a-z_]+", part)]
    name = names[0] if names else where
    return (
        uri,
        docs.line(uri, name),
        0,
        "nav-unreadable",
        f"导航里 '{name}' 的写法不对，整个文件没有用上，页面按文件名排列。"
        "nav 要写成一个列表，每行一项：'- 文件.md' 或 '- 名字: 文件.md'",
        f"'{name}' of the navigation is not as it should be, and the file is not used: pages are "
        "in the order of their names; nav is a list of '- file.md' or '- Title: file.md'",
    )


def _no_home(match: re.Match[str], docs: _Docs) -> _Answer:
    del match
    uri, line = docs.nav_place("nav")
    return (
        uri,
        line,
        0,
        "nav-home",
        "导航里没有首页，网站左上角的名字就不知道通到哪里。请在 nav 里加上 '- index.md'",
        "the navigation has no home page for the site's name to lead to; add '- index.md' to nav",
    )


def _nav_link(match: re.Match[str], docs: _Docs) -> _Answer:
    target = match[1]
    return (
        *docs.nav_place(target),
        0,
        "nav-missing",
        f"导航里的 '{target}' 没有对应的页面。请照文件名改，或者删掉这一行",
        f"no page for '{target}' of the navigation; write it as the file is named, or delete it",
    )


def _nav_absolute(match: re.Match[str], docs: _Docs) -> _Answer:
    target = match[1]
    return (
        *docs.nav_place(target),
        0,
        "nav-absolute",
        f"导航里的 '{target}' 以 '/' 开头，会指到网站外面。请从这个文件夹写起，去掉开头的 '/'",
        f"'{target}' of the navigation begins with '/' and leads out of the site; "
        "write it from this folder on, without the '/'",
    )


def _two_homes(match: re.Match[str], docs: _Docs) -> _Answer:
    del docs
    uri, other = match[1], match[2]
    return (
        uri,
        0,
        0,
        "page-claimed",
        f"它和 {other} 是同一个文件夹的首页，网站只用了 {other}。请合并成一个文件，删掉另一个",
        f"this and {other} are the home page of one folder, and only {other} is published; "
        "merge the two files into one",
    )


_KNOWN: list[tuple[re.Pattern[str], Callable[[re.Match[str], _Docs], _Answer]]] = [
    (re.compile(r"The nav item '(.*)' doesn't match any files or directories \[(.+)\]"), _no_match),
    (re.compile(r"'(title|hide)' option has no effect at the top level \[(.+)\]"), _no_effect),
    (re.compile(r"Parsing error \[(.+?)\]\n(.*)", re.DOTALL), _not_yaml),
    (re.compile(r"Validation error \[(.+?)\]\n(.*)", re.DOTALL), _not_valid),
    (re.compile(r"Could not find a homepage for locale '[^']*'"), _no_home),
    (re.compile(r"A reference to '(.*)' is included in the 'nav' configuration, "), _nav_link),
    (re.compile(r"An absolute path to '(.*)' is included in the 'nav' config"), _nav_absolute),
    (re.compile(r"Excluding '(.*)' from the site because it conflicts with '(.*)'"), _two_homes),
]


class _Translator(logging.Filter):
    """Takes a record that is known, and logs a problem instead."""

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__()
        self._config = config

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        text = record.getMessage()
        for pattern, answer in _KNOWN:
            if match := pattern.search(text):
                uri, line, column, code, zh, en = answer(match, _Docs(self._config))
                problem = Problem(uri, line, column, code, Severity.WARNING, zh, en)
                log_problems([problem], self._config)
                return False
        return True


def translate(config: MkDocsConfig) -> None:
    """Translate for this build, and no longer for the one before."""
    for name in _LOGGERS:
        logger = mkdocs_log(name)
        for old in [known for known in logger.filters if isinstance(known, _Translator)]:
            logger.removeFilter(old)
        logger.addFilter(_Translator(config))
