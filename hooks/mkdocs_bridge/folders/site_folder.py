"""The output folder: emptied only if what is in it was made here."""

from __future__ import annotations

import os
from pathlib import Path

from docskit.terminal import shown_path

MARKER = ".made-by-make-site"
_TEXT = "这个文件夹由 make site 生成，每次构建都会重写。\nEach build rewrites this folder.\n"


def why_not(site_dir: str | Path, docs_dir: str | Path, repository: str | Path) -> str:
    """Why a site must not be written to `site_dir`, in Chinese with what to do; '' if it may.

    The folder `site` of the repository is ours by name, and so is its cache.
    """
    site, docs, own = (Path(os.path.realpath(path)) for path in (site_dir, docs_dir, repository))
    shown = shown_path(site_dir)
    if site == docs or site.is_relative_to(docs) or docs.is_relative_to(site):
        return (
            f"输出不能写到 {shown}：它和文档文件夹套在一起，写的时候会清空文档。请换一个 OUT=文件夹"
        )
    if own.is_relative_to(site):
        return f"输出不能写到 {shown}：仓库就在里面，写的时候会被清空。请换一个 OUT=文件夹"
    if not site.exists():
        return ""
    if not site.is_dir():
        return f"输出不能写到 {shown}：它是一个文件。请换一个 OUT=文件夹"
    ours = site == own / "site" or site.is_relative_to(own / ".cache")
    if ours or (site / MARKER).is_file():
        return ""
    others = sorted(entry.name for entry in os.scandir(site) if not entry.name.startswith("."))
    if not others:
        return ""
    some = "、".join(others[:3]) + (" 等" if len(others) > 3 else "")
    return (
        f"输出不能写到 {shown}：里面有别的东西（{some}），写的时候会被清空。"
        "请换一个空文件夹；如果那是以前生成的网站，请先把它删掉"
    )


def mark(site_dir: str | Path) -> None:
    """Let later builds know the folder."""
    folder = Path(site_dir)
    folder.mkdir(parents=True, exist_ok=True)
    marker = folder / MARKER
    if not marker.is_file():
        marker.write_text(_TEXT, encoding="utf-8")
