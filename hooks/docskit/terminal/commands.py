"""What every command says, and how it ends: what users get wrong is said in one Chinese sentence.

A mistake of the user's ends a command with status 2 and never with a traceback: a folder that is
not there, a port that is taken, a file without permission, a full disk, a closed pipe.
"""

from __future__ import annotations

import argparse
import codecs
import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, TextIO

from docskit.terminal.shown_path import shown_path

LANGUAGES = ("zh", "en")
"""Of messages."""
WRONG = 2
"""Exit status where the command itself was wrong; 1 is for pages that are."""
_INTERRUPTED = 130
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class UserError(Exception):
    """What a user has to change; the text is printed as it is."""


class Arguments(argparse.ArgumentParser):
    """A parser whose errors are Chinese; `more` says where all commands are listed."""

    more = "make help 列出所有命令"

    def error(self, message: str) -> NoReturn:
        raise UserError(f"参数不对：{message}。{self.more}")


def typed_text(word: str) -> str:
    """An argument that is text and no path: of UTF-8, where the locale said otherwise."""
    try:
        return os.fsencode(word).decode()
    except UnicodeError:
        return word.encode(errors="replace").decode()


class _Output:
    """A text stream that nobody may be reading any more: `make status | head`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            self._stream.write(text)
            self._stream.flush()
        except BrokenPipeError:
            # What is still buffered would be written, and fail, when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


# What stands for our marks in GBK, the console of Chinese Windows.
_OTHER_MARKS = str.maketrans("✓✗", "√×")


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    """For a character that a console lacks: another that means the same, or its number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacked = error.object[error.start : error.end]
    other = lacked.translate(_OTHER_MARKS)
    try:
        return other.encode(error.encoding), error.end
    except UnicodeEncodeError:
        return codecs.backslashreplace_errors(error)


def _open_outputs() -> None:
    codecs.register_error("readable", _readable)
    for stream in (sys.stdout, sys.stderr):
        try:
            "中".encode(getattr(stream, "encoding", None) or "utf-8")
            encoding = None
        except (UnicodeEncodeError, LookupError):
            encoding = "utf-8"
        # File names may hold bytes that are no text.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=encoding, errors="readable")
    sys.stdout = _Output(sys.stdout)


def one_of(name: str, given: str, known: Sequence[str]) -> str:
    """`given`, a value of the option NAME=; UserError, with the nearest, where it is not known."""
    if given not in known:
        listed = "、".join(known)
        raise UserError(f"{name}={given} 没有这一种：可以写 {listed}{nearest(given, known)}")
    return given


def message_language(given: str) -> str:
    """`zh` or `en`: what MESSAGES= says, else English for an English locale."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return one_of("MESSAGES", given or ("en" if spoken.startswith("en") else "zh"), LANGUAGES)


def nearest(name: str, names: Iterable[str]) -> str:
    """`。是不是 x？` for the name that looks most alike; '' for none."""
    by_fold = {other.casefold(): other for other in names}
    found = get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    return f"。是不是 {by_fold[found[0]]}？" if found else ""


def as_typed(path: str | os.PathLike[str]) -> str:
    """A path as its reader would type it: relative where it is below this folder."""
    full = str(Path(path).absolute())
    near = shown_path(full)
    return full if near.startswith("..") else near


def full_path(value: str, name: str) -> Path:
    """The absolute path that the variable `name` gives; UserError for one that cannot be."""
    try:
        path = Path(value).expanduser().absolute()
        path.exists()
    except (OSError, RuntimeError, ValueError):
        # Too long, of a user who is not there, or with a character that none may have.
        raise UserError(f"{name}={value[:80]} 不能做路径：太长了，或者写错了") from None
    return path


def folder_of_pages(value: str, name: str = "DOCS", *, pages: bool = True) -> Path:
    """The absolute path of a folder that the user names by the variable `name`."""
    folder = full_path(value, name)
    if not folder.exists():
        siblings = folder.parent.iterdir() if folder.parent.is_dir() else ()
        alike = nearest(folder.name, [path.name for path in siblings if path.is_dir()])
        raise UserError(f"找不到文件夹 {as_typed(folder)}{alike}（{name}={value}）")
    if not folder.is_dir():
        raise UserError(f"{as_typed(folder)} 不是文件夹（{name}={value}）：写放文档的那个文件夹")
    names = (name for _, _, files in os.walk(folder) for name in files)
    if pages and not any(name.endswith(".md") and name[0] != "." for name in names):
        raise UserError(
            f"{as_typed(folder)} 里没有 .md 文件，没有可以做成网页的东西。"
            f"先写一个 {as_typed(folder / 'index.md')}，或者用 {name}= 换一个文件夹"
        )
    return folder


def said_of(error: OSError) -> str | None:
    """One sentence for what the system has refused; None where it is no user's doing."""
    name = error.filename2 or error.filename
    place = as_typed(os.fsdecode(name)) if isinstance(name, (str, bytes)) else ""
    if error.errno in _FULL:
        return f"磁盘满了，写不下{' ' + place if place else ''}。腾出空间后再试一次"
    if error.errno not in _FORBIDDEN or not place:
        return None
    readable, writable = os.access(place, os.R_OK), os.access(place, os.W_OK)
    if readable and not writable:
        return f"写不进 {place}：没有写的权限。chmod u+w 可以加上，或者换一个地方"
    if os.access(place, os.F_OK) or not os.access(Path(place).parent, os.X_OK):
        return f"读不了 {place}：没有权限。chmod u+rwX 可以加上"
    return f"写不进 {place}：没有权限。换一个地方，或者用 chmod u+w 加上"


def guarded(main: Callable[[list[str]], int | None]) -> int:
    """The exit status of `main`, whatever a user did."""
    _open_outputs()
    # A long number on a page is no error: Python refuses more than 4,300 digits.
    sys.set_int_max_str_digits(0)
    try:
        return main(sys.argv[1:]) or 0
    except UserError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("\n停下了。", file=sys.stderr)
        return _INTERRUPTED
    except OSError as error:
        said = said_of(error)
        if said is None:
            raise
        print(said, file=sys.stderr)
    return WRONG
