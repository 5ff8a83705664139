"""Put the previews of pull requests beside the published site, for preview.yml.

`python tools/previews.py REPOSITORY SITE` fills the folder SITE with what publish.yml has
published last, and adds `pr/N/` for each open pull request with the label `preview`. A preview
was built by the pull request's own code and is a stranger's archive: it is read here by code of
main, nothing of it is run, and one that is not as it should be is left out, saying why. Talks
to GitHub by its command line program `gh`, and needs nothing else.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

LABEL = "preview"
ARTIFACT = "pr-site"
PUBLISHED = "github-pages"
MOST = 10
"""Previews at a time, those changed last."""
MOST_FILES = 5_000
MOST_BYTES = 60_000_000
"""Of one preview, unpacked; GitHub Pages takes 1 GB of all."""
LONGEST_NAME = 240
# For programs that list sites: a preview is in no list.
LEFT_OUT = frozenset({"sitemap.xml", "feed.xml", "addresses.txt", "llms.txt", "llms-full.txt"})
# First of all in the page, where no mark-up can comment it out.
NO_INDEX = b'<!doctype html><meta name="robots" content="noindex, nofollow">'
_DOCTYPE = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<!doctype html>", re.IGNORECASE)


class RefusedError(Exception):
    """Why a preview is not published; the text is printed as it is."""


def members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of a preview, in order; RefusedError for what no site has."""
    found: list[zipfile.ZipInfo] = []
    seen: set[str] = set()
    for item in archive.infolist():
        name = item.filename
        parts = name.rstrip("/").split("/")
        # As the archive has it: zipfile cuts a name at NUL and turns backslashes on Windows.
        if item.orig_filename != name or "\\" in name or not name.isprintable():
            raise RefusedError(f"文件名里有不该有的字符：{name!r}")
        if name.startswith("/") or ":" in name or {"", ".", ".."} & set(parts):
            raise RefusedError(f"文件跑到外面去了：{name}")
        if any(len(part.encode()) > LONGEST_NAME for part in parts) or len(name) > 1_000:
            raise RefusedError(f"文件名太长：{name[:80]}……")
        kind = stat.S_IFMT(item.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise RefusedError(f"里面有链接或者别的不是文件的东西：{name}")
        if item.is_dir():
            continue
        if any(part.startswith(".") for part in parts):
            continue
        if name.casefold() in seen:
            raise RefusedError(f"有两个文件叫 {name}")
        seen.add(name.casefold())
        found.append(item)
    if len(found) > MOST_FILES:
        raise RefusedError(f"有 {len(found)} 个文件，最多 {MOST_FILES} 个")
    if "index.html" not in seen:
        raise RefusedError("没有首页 index.html")
    return [item for item in found if PurePosixPath(item.filename).name not in LEFT_OUT]


def unindexed(page: bytes) -> bytes:
    """A page that asks search engines to leave it out, however it is made."""
    return NO_INDEX + _DOCTYPE.sub(b"", page, count=1)


def unpack(archive: zipfile.ZipFile, target: Path) -> int:
    """Write the preview into the new folder `target`; the number of its files.

    What the archive says of its sizes is not believed: what comes out is counted.
    """
    left = MOST_BYTES
    chosen = members(archive)
    for item in chosen:
        with archive.open(item) as file:
            data = file.read(left + 1)
        left -= len(data)
        if left < 0:
            raise RefusedError(f"解开以后超过 {MOST_BYTES // 1_000_000} MB")
        path = target / item.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(unindexed(data) if path.suffix.lower() == ".html" else data)
    return len(chosen)


def add_preview(zip_file: Path, site: Path, number: int) -> int:
    """Put the preview into `pr/N/` of the site, wholly or not at all."""
    target = site / "pr" / str(number)
    if target.exists():
        raise RefusedError(f"网站自己有 pr/{number}/ 这个地址")
    try:
        with zipfile.ZipFile(zip_file) as archive:
            return unpack(archive, target)
    # What zipfile raises for a broken, encrypted or unknown archive, and a file where a folder is.
    except (RefusedError, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        shutil.rmtree(target, ignore_errors=True)
        raise RefusedError(str(error) or "压缩包坏了") from None
    except Exception as error:  # zlib.error, EOFError, struct.error, UnicodeError
        shutil.rmtree(target, ignore_errors=True)
        raise RefusedError(f"压缩包坏了（{type(error).__name__}）") from None


def unpack_published(zip_file: Path, site: Path) -> None:
    """Write what publish.yml has published, which is a tar in a zip, into the new folder `site`."""
    with (
        zipfile.ZipFile(zip_file) as archive,
        archive.open("artifact.tar") as file,
        tarfile.open(fileobj=file, mode="r|") as tar,
    ):
        tar.extractall(site, filter="data")


def wanted(pulls: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The open pull requests with the label, those changed last first."""
    labelled = [
        pull
        for pull in pulls
        if pull["state"] == "open"
        and pull["head"].get("repo")
        and any(label["name"] == LABEL for label in pull["labels"])
    ]
    return sorted(labelled, key=lambda pull: str(pull["updated_at"]), reverse=True)[:MOST]


def runs_of(pull: dict[str, Any], runs: Iterable[dict[str, Any]]) -> list[int]:
    """The ids of the checks of a pull request's newest commit, newest first.

    By GitHub's own word: the number that an archive might hold could be any other's.
    """
    head = pull["head"]
    own = [
        run
        for run in runs
        if run["event"] == "pull_request"
        and run["head_sha"] == head["sha"]
        and run["head_branch"] == head["ref"]
        and (run.get("head_repository") or {}).get("full_name") == head["repo"]["full_name"]
    ]
    return [int(run["id"]) for run in sorted(own, key=lambda run: int(run["id"]), reverse=True)]


def _gh(address: str, *words: str) -> Any:
    command = ["gh", "api", "-X", "GET", address, *words]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def _artifact(repository: str, run: int, name: str, most: int, target: Path) -> bool:
    """Download the artifact of a run; False where there is none."""
    listed = _gh(f"repos/{repository}/actions/runs/{run}/artifacts", "-f", f"name={name}")
    live = [item for item in listed["artifacts"] if item["name"] == name and not item["expired"]]
    if not live:
        return False
    newest = max(live, key=lambda item: int(item["id"]))
    if int(newest["size_in_bytes"]) > most:
        raise RefusedError(f"压缩包有 {int(newest['size_in_bytes']) // 1_000_000} MB")
    with target.open("wb") as file:
        address = f"repos/{repository}/actions/artifacts/{int(newest['id'])}/zip"
        subprocess.run(["gh", "api", address], stdout=file, check=True)
    return True


def _published(repository: str, branch: str, folder: Path, site: Path) -> bool:
    address = f"repos/{repository}/actions/workflows/publish.yml/runs"
    asked = ("-f", f"branch={branch}", "-f", "status=success", "-f", "per_page=1")
    runs = _gh(address, *asked)["workflow_runs"]
    zip_file = folder / "published.zip"
    if not runs or not _artifact(repository, int(runs[0]["id"]), PUBLISHED, 1 << 30, zip_file):
        return False
    unpack_published(zip_file, site)
    return True


def _preview(repository: str, pull: dict[str, Any], folder: Path, site: Path) -> str:
    """Add one preview; what is said of it."""
    number = int(pull["number"])
    address = f"repos/{repository}/actions/workflows/check.yml/runs"
    runs = _gh(address, "-f", f"head_sha={pull['head']['sha']}", "-f", "per_page=50")
    zip_file = folder / f"{number}.zip"
    for run in runs_of(pull, runs["workflow_runs"]):
        if _artifact(repository, run, ARTIFACT, MOST_BYTES, zip_file):
            return f"pr/{number}/：{add_preview(zip_file, site, number)} 个文件"
    return f"pr/{number}/：最新的提交还没有做好的预览（检查没跑完、没通过，或者过期了）"


def main(words: list[str]) -> int:
    """Assemble, and tell the workflow whether there is anything to deploy."""
    repository, target = words
    site = Path(target)
    branch = os.environ["DEFAULT_BRANCH"]
    pulls = _gh(f"repos/{repository}/pulls", "-f", "state=open", "-f", "per_page=100")
    chosen = wanted(pulls)
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        # Also without a preview: the one that has been closed may still be there.
        deploy = _published(repository, branch, Path(name), site)
        if chosen and not deploy:
            # Never a site of previews alone.
            print("::error::找不到上一次发布的网站（超过 90 天，或者还没有发布过）：先运行 publish")
            return 1
        for pull in chosen:
            try:
                lines.append(_preview(repository, pull, Path(name), site))
            except RefusedError as error:
                lines.append(f"pr/{int(pull['number'])}/：没有发布，{error}")
    # Names in an archive are a stranger's words: nothing but text, on one line.
    safe = [re.sub(r"[<>&`\r\n]", " ", line) for line in lines]
    print("\n".join(safe) or "没有要预览的拉取请求")
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"deploy={str(deploy).lower()}\n")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write("".join(f"- {line}\n" for line in safe))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
