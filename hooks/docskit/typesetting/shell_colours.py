"""Colours in shell commands that say what a word is: the command, an option, a string.

Pygments' own say where a number begins and which names bash has built in: `127` in an address
and `exec` in `docker exec` stood out, and the command itself did not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, Text

Token = tuple[int, Any, str]
"""Offset in characters, kind, text; as lexers yield them."""

_OPTION = re.compile(r"--?[A-Za-z][\w-]*")
_BEFORE_COMMAND = frozenset({"|", "||", "|&", "&&", "&", ";", "(", "{", "$(", "`", "!"})
_OPENING_WORDS = frozenset({"if", "then", "else", "elif", "while", "until", "do", "time"})
# Commands whose first argument is a command.
_PREFIXES = frozenset({"sudo", "time", "nohup", "exec", "env"})
_WORDS = (Text, Number, Name.Builtin)


def shell_tokens(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of Pygments' bash lexer with their words told apart; the text is the same.

    A command is `Name.Function`, an option `Name.Tag`, any other word plain text; strings,
    variables, comments and the shell's own words stay what they were.
    """
    at_command, inside_word = True, False
    for index, kind, value in tokens:
        if not value.strip():
            yield index, kind, value
            at_command, inside_word = at_command or "\n" in value, False
        elif kind in Comment:
            yield index, kind, value
            at_command, inside_word = at_command or value.endswith("\n"), False
        elif kind in Keyword and value.isalpha() and not at_command and value != "in":
            yield index, Text, value  # `echo if`: a word like others
            inside_word = True
        elif kind in Keyword or kind in Operator or kind in Punctuation:
            yield index, kind, value
            opens = value in _BEFORE_COMMAND or value in _OPENING_WORDS
            # The assignment before a command leaves its place free.
            at_command = opens or (at_command and value == "=")
            inside_word = not opens
        elif not any(kind in word for word in _WORDS):
            yield index, kind, value
            goes_on = value.startswith("\\") or (kind in Name.Variable and value[0] != "$")
            at_command, inside_word = at_command and goes_on, value != "\\\n"
        elif inside_word:
            yield index, Text, value
        elif option := _OPTION.match(value):
            yield index, Name.Tag, option[0]
            if option.end() < len(value):
                yield index + option.end(), Text, value[option.end() :]
            inside_word = True
        else:
            yield index, Name.Function if at_command else Text, value
            at_command, inside_word = at_command and value in _PREFIXES, True
