"""Leave out what cannot be read before anything tries to, and repair what says the order."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from docskit.messages import Problem, Severity
from docskit.pages import read_nav

NAVIGATION = ".nav.yml"
_KEY_FILE = re.compile(r"(?:^|[\\/])id_[a-z0-9]+$|\.(?:pem|key|ppk)$", re.IGNORECASE)
_KEY_BEGINS = 16_384
"""A bundle may have its certificates first."""


def drop_unreadable(files: Files, config: MkDocsConfig) -> list[Problem]:
    """Take out files without permission, pipes, private keys, and names that are no text.

    Call it early.
    """
    problems = _closed_folders(config.docs_dir)
    for file in list(files):
        if file.abs_src_path is None or file.inclusion is InclusionLevel.EXCLUDED:
            continue
        problem = _refusal(file, file.abs_src_path)
        if problem is not None:
            problems.append(problem)
            files.remove(file)
    return problems


def read_navigation(files: Files) -> list[Problem]:
    """Put what was meant into the navigation files; after static-i18n, which needs their paths."""
    problems: list[Problem] = []
    for file in files:
        if PurePosixPath(file.src_uri).name == NAVIGATION and file.abs_src_path is not None:
            text, found = read_nav(file.content_bytes, file.src_uri)
            problems += found
            if text is not None:
                file.content_string = text
    return problems


def _refusal(file: File, path: str) -> Problem | None:
    shown = os.fsencode(file.src_uri).decode("gb18030", "replace")
    try:
        file.src_uri.encode()
    except UnicodeEncodeError:
        return _problem(
            shown,
            "file-name",
            f"文件名 '{shown}' 不是 UTF-8，没有发布；多半是从 Windows 的压缩包里解出来的，请改名",
            f"the file's name '{shown}' is not UTF-8 and it is not published; rename it",
        )
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        # A link that leads nowhere is told by whoever follows it.
        return None
    if not stat.S_ISREG(mode):
        return _problem(
            file.src_uri,
            "file-kind",
            "不是普通文件（是管道、设备或别的），没有发布；请删掉或换成文件",
            "no ordinary file but a pipe, a device or the like, and not published; delete it",
        )
    if not os.access(path, os.R_OK):
        return _forbidden(file.src_uri)
    return _secret(file.src_uri) if _is_private_key(path) else None


def _is_private_key(path: str) -> bool:
    if not _KEY_FILE.search(path):
        return False
    with Path(path).open("rb") as file:
        return b"PRIVATE KEY-----" in file.read(_KEY_BEGINS)


def _secret(uri: str) -> Problem:
    return _problem(
        uri,
        "private-key",
        "里面是私钥，没有发布。请从仓库里删掉它；推送过的私钥要当作已经泄露，换一把新的",
        "holds a private key and is not published; delete it from the repository, and if it was "
        "pushed, treat it as known to everybody and make a new one",
    )


def _forbidden(uri: str) -> Problem:
    return _problem(
        uri,
        "file-permission",
        "没有权限读，没有发布；运行 chmod -R u+rwX 加上权限",
        "there is no permission to read it, and it is not published; run chmod -R u+rwX",
    )


def _problem(uri: str, code: str, zh: str, en: str) -> Problem:
    return Problem(uri, 0, 0, code, Severity.WARNING, zh, en)


def _closed_folders(docs_dir: str) -> list[Problem]:
    closed: list[Problem] = []

    def note(error: OSError) -> None:
        if isinstance(error, PermissionError) and isinstance(error.filename, str):
            closed.append(_forbidden(Path(error.filename).relative_to(docs_dir).as_posix()))

    for _ in os.walk(docs_dir, onerror=note):
        pass
    return closed
