"""Nothing outside the docs folder is read into the site or written, however a link leads there."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from site_builder import MKDOCS, PNG, REPOSITORY, Built, build_site

SECRET = "这句话在文件夹外面"
INDEX = (
    "# 首页\n\n![甲](a.png) ![乙](within.png)\n\n"
    '--8<-- "secret.md"\n\n--8<-- "part.txt"\n\n--8<-- "linked/secret.md"\n'
)


def make(folder: Path) -> Path:
    """A docs folder with every kind of link, beside a folder that is none of its business."""
    outside, docs = folder / "outside", folder / "docs"
    (outside / "deep").mkdir(parents=True)
    for name in ("secret.md", "deep/secret.md"):
        (outside / name).write_text(f"---\nauther: 我\n---\n# 外\n\n{SECRET}\n", encoding="utf-8")
    (outside / "secret.png").write_bytes(PNG + SECRET.encode())
    (outside / "glossary.yml").write_text(f"- zh: {SECRET}\n  en: x\n", encoding="utf-8")
    (docs / "sub" / "deeper").mkdir(parents=True)
    (docs / "index.md").write_text(INDEX, encoding="utf-8")
    (docs / "a.png").write_bytes(PNG)
    (docs / "part.txt").write_text("里面的片段\n", encoding="utf-8")
    (docs / "sub" / "page.md").write_text("# 页\n\n里面的页\n", encoding="utf-8")
    for name, target in {
        # Out of the folder: a page, a picture, a folder, an absolute path, a page below a link.
        "secret.md": "../outside/secret.md",
        "secret.png": "../outside/secret.png",
        "linked": "../outside",
        "hostname": "/etc/hostname",
        "absolute.md": str(outside / "secret.md"),
        "twice.md": "secret.md",
        "glossary.yml": "../outside/glossary.yml",
        ".nav.yml": "../outside/nav.yml",
        # Nowhere, and round in circles.
        "gone.md": "nothing.md",
        "gone-outside.md": "../outside/nothing.md",
        "itself.md": "itself.md",
        "round": ".",
        "sub/up": "..",
        "sub/deeper/over": "../../other",
        "other": "sub/deeper",
        # All right: they stay inside.
        "within.png": "a.png",
        "within.md": "sub/page.md",
        "folder": "sub/deeper",
    }.items():
        (docs / name).symlink_to(target)
    os.mkfifo(docs / "fifo.md")
    (docs / "server.key").write_bytes(KEY)
    (docs / "sub/id_ed25519").write_bytes(KEY.replace(b"RSA", b"OPENSSH"))
    (docs / "bundle.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nYQ==\n" + KEY)
    (docs / "public.pem").write_bytes(KEY.replace(b"RSA PRIVATE", b"PUBLIC"))
    (docs / "example-key.txt").write_bytes(KEY)
    return docs


KEY = b"-----BEGIN RSA PRIVATE KEY-----\nYQ==\n-----END RSA PRIVATE KEY-----\n"
NAMED = {
    ".nav.yml": "不存在",
    "absolute.md": "外面",
    "bundle.pem": "私钥",
    "fifo.md": "不是普通文件",
    "glossary.yml": "外面",
    "gone-outside.md": "不存在",
    "gone.md": "不存在",
    "hostname": "外面",
    "itself.md": "绕了回来",
    "linked": "外面",
    "round": "绕了回来",
    "secret.md": "外面",
    "secret.png": "外面",
    "server.key": "私钥",
    "sub/deeper/over": "绕了回来",
    "sub/id_ed25519": "私钥",
    "sub/up": "绕了回来",
    "twice.md": "外面",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("links")
    make(folder)
    return build_site(folder, {}, strict=False)


def told(log: str) -> dict[str, str]:
    lines = [line for line in log.splitlines() if re.search("链接，|普通文件|私钥", line)]
    found = [line.split("docs/", 1)[1].split(": ", 1) for line in lines]
    assert len(found) == len(dict(found)), "each is told once"
    return dict(found)


def test_each_link_that_is_not_published_is_named_once(built: Built) -> None:
    said = told(built.log)
    assert {name: words for name, words in said.items() if NAMED.get(name, "?") in words} == said
    assert said.keys() == NAMED.keys()
    assert "Traceback" not in built.log


def test_a_private_key_is_not_published_and_what_only_looks_like_one_is(built: Built) -> None:
    for name in ("server.key", "sub/id_ed25519", "bundle.pem"):
        assert not (built.site_dir / name).exists()
    for name in ("public.pem", "example-key.txt"):
        assert (built.site_dir / name).is_file()


def test_nothing_of_the_outside_is_in_the_site(built: Built) -> None:
    hostname = Path("/etc/hostname").read_bytes().strip()
    found = [path for path in built.site_dir.rglob("*") if path.is_file()]
    assert found
    for path in found:
        data = path.read_bytes()
        assert SECRET.encode() not in data, path
        assert path.name != "hostname" or hostname not in data
    assert not any(path.is_symlink() for path in built.site_dir.rglob("*"))


def test_links_within_the_folder_are_published(built: Built) -> None:
    assert "里面的页" in built.read("within/")
    assert "里面的片段" in built.read("")
    assert (built.site_dir / "within.png").read_bytes() == PNG


def test_the_strict_build_fails_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").symlink_to("/etc/hostname")
    built = build_site(tmp_path, {"index.md": "# 首页\n"})
    assert built.status == 1
    assert "docs/a.txt: 它是一个链接，指到了文档文件夹外面的 '/etc/hostname'" in built.log
    assert "Traceback" not in built.log


def run(docs: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=120,
        env={
            **os.environ,
            "PYTHONPATH": "hooks:tools",
            "DOCS_DIR": str(docs),
            "SITE_DIR": str(docs.parent / "made"),
            "BUILD_CACHE": str(docs.parent / "cache"),
            "LANG": "zh_CN.UTF-8",
            "LC_ALL": "",
            "NO_MKDOCS_2_WARNING": "1",
        },
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "command",
    [
        ["tools/check.py"],
        ["tools/fix.py", "--yes"],
        ["tools/build_site.py"],
        ["tools/status.py"],
        ["tools/translate.py", "translate", "secret"],
        ["tools/translate.py", "translated", "linked/secret"],
    ],
    ids=lambda command: command[0].split("/")[1] + command[-1][:1],
)
def test_no_command_follows_a_link_out(tmp_path: Path, command: list[str]) -> None:
    docs = make(tmp_path)
    before = snapshot(tmp_path / "outside")
    done = run(docs, *command)
    assert "Traceback" not in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert snapshot(tmp_path / "outside") == before
    assert (docs / "secret.md").is_symlink()


def test_fix_leaves_a_link_to_another_page_and_mends_the_page(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("---\nauther: 我\n---\n# 页\n", encoding="utf-8")
    (docs / "also.md").symlink_to("index.md")
    done = run(docs, "tools/fix.py", "--yes")
    assert (docs / "also.md").is_symlink()
    assert (docs / "index.md").read_text(encoding="utf-8") == "---\nauthor: 我\n---\n# 页\n"
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有可以自动修正的地方" in run(docs, "tools/fix.py", "--yes").stdout


def test_the_preview_follows_no_link_out(tmp_path: Path) -> None:
    docs = make(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, MKDOCS, "serve", "-a", address],
            cwd=REPOSITORY,
            stdout=out,
            stderr=out,
            env={
                **os.environ,
                "NO_MKDOCS_2_WARNING": "1",
                "DOCS_DIR": str(docs),
                "BUILD_CACHE": str(tmp_path / "cache"),
                "SITE_URL": f"http://{address}/",
            },
        )
    try:
        status: dict[str, int] = {}
        for _ in range(600):
            with suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
                break
            time.sleep(0.1)
        for name in ("within.png", "hostname", "secret.png", "linked/secret.md", "secret/"):
            try:
                with urllib.request.urlopen(f"http://{address}/{name}", timeout=5) as answer:
                    status[name] = answer.status
            except urllib.error.HTTPError as error:
                status[name] = error.code
    finally:
        process.terminate()
        process.wait(20)
    assert status.pop("within.png") == 200
    assert set(status.values()) == {404}
    said = log.read_text("utf-8")
    assert "Traceback" not in said
    assert told(said).keys() == NAMED.keys()
