"""What all commands have in common: what users get wrong is said in one Chinese sentence.

A mistake of the user's ends a command with status 2 and never with a traceback: a folder that is
not there, a port that is taken, a file without permission, a full disk, a closed pipe.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from docskit.terminal import (
    LANGUAGES,
    WRONG,
    Arguments,
    UserError,
    as_typed,
    folder_of_pages,
    full_path,
    guarded,
    message_language,
    nearest,
    one_of,
    said_of,
    typed_text,
)
from mkdocs_bridge.folders import keep_texts

__all__ = [
    "CONFIG",
    "LANGUAGES",
    "REPOSITORY",
    "WRONG",
    "Arguments",
    "UserError",
    "folder_of_pages",
    "git",
    "guarded",
    "make_folder",
    "message_language",
    "nearest",
    "one_of",
    "prepare",
    "said_of",
    "typed_text",
]

REPOSITORY = Path(__file__).resolve().parent.parent
CONFIG = str(REPOSITORY / "mkdocs.yml")


def git(folder: Path, *arguments: str, said: bytes = b"") -> bytes | None:
    """What git prints in a folder, with names as they are; None where it fails or is not there."""
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, input=said)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def _output_folder(value: str, docs: Path) -> Path:
    site = full_path(value, "OUT")
    said = f"（OUT={value}）"
    existing = next(path for path in (site, *site.parents) if path.exists())
    if not existing.is_dir():
        raise UserError(f"{as_typed(existing)} 是文件，网站要写进文件夹{said}。用 OUT= 换一个地方")
    if docs.resolve().is_relative_to(site.resolve()):
        raise UserError(f"网站不能写进 {as_typed(site)}：文档文件夹 DOCS 在它里面，会被清空{said}")
    if site.resolve().is_relative_to(docs.resolve()):
        raise UserError(f"网站不能写在文档文件夹 DOCS 里面，下一次会被当成文档{said}")
    make_folder(site, "OUT")
    return site


def make_folder(folder: Path, name: str) -> None:
    """Make the folder that the variable `name` asks for, and see that it can be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = said_of(error) or f"{os.strerror(error.errno or 0)}。用 {name}= 换一个地方"
        raise UserError(f"写不进 {as_typed(folder)}（{name}）：{said}") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"写不进 {as_typed(folder)}（{name}）：没有权限。用 {name}= 换一个地方")


def _check_addresses() -> None:
    for name in ("SITE_URL", "REPO_URL"):
        value = os.environ.get(name, "")
        parts = urlsplit(value)
        if value and not (parts.scheme in {"http", "https"} and parts.netloc):
            raise UserError(f"{name}={value} 不是完整的网址：请写成 {name}=https://…")
    # MkDocs takes it for the time of the build, as Debian's programs do.
    day = os.environ.get("SOURCE_DATE_EPOCH", "")
    if day and not day.isdecimal():
        raise UserError(f"SOURCE_DATE_EPOCH={day} 不是时间：请写成从 1970 年起的秒数，或者不设它")


def prepare(*, writes_site: bool = False) -> Path:
    """Check what the environment says of the folders, make it absolute, and return the docs."""
    docs = folder_of_pages(os.environ.get("DOCS_DIR") or str(REPOSITORY / "docs"))
    os.environ["DOCS_DIR"] = str(docs)
    if writes_site:
        site = _output_folder(os.environ.get("SITE_DIR") or str(REPOSITORY / "site"), docs)
        os.environ["SITE_DIR"] = str(site)
    _check_addresses()
    keep_texts()
    return docs
