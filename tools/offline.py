"""`make offline`: the whole site as a zip that opens from a folder, with search, in both languages.

Addresses end in `.html`, since a file system shows no index page of a folder. The same pages
make the same bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from command import REPOSITORY, UserError, guarded, prepare
from docskit.pages import ADDRESSES, LIST, LLMS, LLMS_FULL, NOT_FOUND
from docskit.terminal import shown_path

# Times before 1980 do not fit; the files' own would differ from build to build.
_TIME = (1980, 1, 1, 0, 0, 0)
# For servers and for programs that read sites.
_LEFT_OUT = {".md", ".xml", ".map", ".gz"}
_LEFT_OUT_NAMES = {NOT_FOUND, LIST, ADDRESSES, LLMS, LLMS_FULL}


def is_for_readers(path: Path) -> bool:
    """Whether a file of the site is of use without a server."""
    hidden = path.name.startswith(".")
    return not hidden and path.suffix not in _LEFT_OUT and path.name not in _LEFT_OUT_NAMES


def write_zip(site: Path, target: Path) -> int:
    """Put the site into `target`, below a folder of the zip's name; the number of files."""
    files = sorted(path for path in site.rglob("*") if path.is_file() and is_for_readers(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_suffix(".new")
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files:
            entry = zipfile.ZipInfo(f"{target.stem}/{path.relative_to(site).as_posix()}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    aside.replace(target)
    return len(files)


def main(arguments: list[str]) -> int:
    """Build, and write the zip named as the argument."""
    target = Path(arguments[0] if arguments else "offline/site.zip").absolute()
    if target.is_dir():
        raise UserError(f"{target} 是文件夹：ZIP= 要写一个文件，例如 ZIP=offline/site.zip")
    prepare()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".new").touch()
    except OSError as error:
        said = os.strerror(error.errno or 0)
        raise UserError(f"写不出 {target}：{said}。用 ZIP= 换一个地方") from None
    site = REPOSITORY / ".cache" / "offline-site"
    environment = {"DIRECTORY_URLS": "false", "SITE_URL": "", "SITE_DIR": str(site)}
    command = [sys.executable, str(REPOSITORY / "tools" / "build_site.py"), "--strict"]
    done = subprocess.run(command, env={**os.environ, **environment}, check=False)
    if done.returncode:
        return done.returncode
    count = write_zip(site, target)
    size = target.stat().st_size / 1e6
    print(f"{shown_path(target)}：{count} 个文件，{size:.1f} MB。解压后打开 index.html。")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
