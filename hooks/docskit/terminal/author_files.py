"""Write the files that authors own: whole or not at all.

The new text goes into a file beside the old one and takes its place when it is on the disk;
a full disk or a pulled plug leaves the old file as it was. Whoever's file it is keeps it, with
its mode. Where something about the file is odd nothing is written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from docskit.terminal.shown_path import shown_path


class NotWrittenError(Exception):
    """The file is what it was before; the message says in Chinese why, and what to do."""


_REASONS = {
    errno.ENOSPC: "磁盘满了；腾出地方再来一次",
    errno.EDQUOT: "磁盘配额用完了；腾出地方再来一次",
    errno.EFBIG: "文件太大，系统不让写",
    errno.EACCES: "没有写这个文件夹的权限",
    errno.EPERM: "没有写这个文件的权限",
    errno.EROFS: "这个磁盘是只读的",
}


def _refused(path: Path, error: OSError) -> NotWrittenError:
    reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
    return NotWrittenError(f"没有写 {shown_path(path)}，它还是原来的样子：{reason}")


def _odd(path: Path, docs_dir: Path, old: bytes) -> str:
    """Why `path` had better not be written to; '' where it is an author's plain file."""
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        return "它是一个链接；请改它指向的文件"
    if not stat.S_ISREG(status.st_mode):
        return "它不是普通文件"
    if not path.resolve().is_relative_to(docs_dir.resolve()):
        return "它不在文档文件夹里"
    if status.st_nlink > 1:
        return "它还有别的名字（硬链接），改了这一个，别的不会跟着变；请先复制成单独的文件"
    if not os.access(path, os.W_OK):
        return "它是只读的；要改的话先给它写的权限"
    if path.read_bytes() != old:
        return "它刚刚被改过；请再运行一次"
    return ""


def _own(handle: int, status: os.stat_result | None) -> None:
    """Give an open file the mode and the owner that it is to have; OSError where it cannot be."""
    if status is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    made = os.fstat(handle)
    if (made.st_uid, made.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(handle, status.st_uid, status.st_gid)
    os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _place(path: Path, data: bytes, status: os.stat_result | None) -> None:
    """Put `data` at `path`, with the mode and the owner of `status`, or the usual ones."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if os.name == "posix":
                _own(file.fileno(), status)
            os.fsync(file.fileno())
        if aside.read_bytes() != data:
            raise OSError(errno.EIO, "写下的和要写的不一样")
        if status is None and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "已经有这个文件了")
        aside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Let the new name reach the disk as well; not every system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def replace_file(path: Path, old: bytes, new: bytes, docs_dir: Path) -> None:
    """Write `new` over the file at `path`, which has to hold `old` still and lie in `docs_dir`.

    NotWrittenError where it is not written, and then nothing has changed.
    """
    try:
        odd = _odd(path, docs_dir, old)
        if odd:
            raise NotWrittenError(f"没有写 {shown_path(path)}：{odd}")
        _place(path, new, path.lstat())
    except OSError as error:
        raise _refused(path, error) from error


def create_file(path: Path, data: bytes, docs_dir: Path) -> None:
    """Write a new file; NotWrittenError where there is one by that name, whatever it is.

    Folders above it that are missing are made.
    """
    try:
        if not path.parent.resolve().is_relative_to(docs_dir.resolve()):
            raise NotWrittenError(f"没有写 {shown_path(path)}：它不在文档文件夹里")
        path.parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(path):
            raise NotWrittenError(f"没有写 {shown_path(path)}：已经有这个文件了")
        _place(path, data, None)
    except FileExistsError as error:
        raise NotWrittenError(f"没有写 {shown_path(path)}：已经有这个文件了") from error
    except OSError as error:
        raise _refused(path, error) from error
