"""What users did, and what the commands have to say to them: never a traceback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import warm_programs
from site_builder import PNG, REPOSITORY

PYTHON = sys.executable
HOME = "# 首页\n\n正文。\n"
SITE = ("build_site.py", "--strict")
CHECK = ("check.py",)
NOBODY = 65534
ENTITY = f"&#{'9' * 5000};"

Files = dict[str, str | bytes]


def page(front_matter: str, text: str = "\n# 页面\n\n正文。\n") -> Files:
    """A site with one page beside the home page."""
    return {"index.md": HOME, "a.md": f"---\n{front_matter}\n---\n{text}"}


@dataclass(frozen=True)
class User:
    """One row: what somebody had and typed, and what has to come of it.

    `does` is a program of tools/ with its arguments, or "make" with its own; `{tmp}` in them
    is the user's folder, which holds `docs`. Every text of `says` is in what is printed;
    none of `never`.
    """

    what: str
    files: Files = field(default_factory=lambda: {"index.md": HOME})
    does: tuple[str, ...] = SITE
    status: int = 0
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    env: dict[str, str] = field(default_factory=dict)
    before: Callable[[Path], None] | None = None
    nobody: bool = False
    stdin: str = ""
    seconds: int = 60
    shell: str = ""


def run(user: User, tmp: Path) -> subprocess.CompletedProcess[bytes]:
    docs = tmp / "docs"
    docs.mkdir()
    for name, content in user.files.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if user.before is not None:
        user.before(tmp)
    words = [word.format(tmp=tmp) for word in user.does]
    if words[0] == "make":
        # The Makefile's own defaults are this repository's folders.
        command = ["make", "-s", f"DOCS={docs}", f"OUT={tmp / 'site'}", *words[1:]]
    else:
        words[0] = str(REPOSITORY / "tools" / words[0])
        command = [PYTHON, *words]
    if user.shell:
        command = ["bash", "-c", user.shell.format(command=" ".join(command), tmp=tmp)]
    if user.nobody:
        for path in (tmp, *tmp.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if "PYTEST" not in name and name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}
    }
    env = {
        **inherited,
        "PYTHONPATH": f"{REPOSITORY / 'hooks'}{os.pathsep}{REPOSITORY / 'tools'}",
        "PYTHONDONTWRITEBYTECODE": "1",
        "NO_MKDOCS_2_WARNING": "1",
        "DOCS_DIR": str(docs),
        "SITE_DIR": str(tmp / "site"),
        "BUILD_CACHE": str(tmp / "cache"),
        **{name: value.format(tmp=tmp) for name, value in user.env.items()},
    }
    if command == [PYTHON, *words]:
        return warm_programs.run(words, env, stdin=user.stdin.encode(), seconds=user.seconds)
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
        timeout=user.seconds,
        input=user.stdin.encode(),
        env=env,
    )


def _taken(tmp: Path) -> None:
    """Ports 18431 and 18432 are somebody else's until the test run ends."""
    for port in (18431, 18432):
        if port not in _SOCKETS:
            _SOCKETS[port] = socket.create_server(("127.0.0.1", port))


_SOCKETS: dict[int, socket.socket] = {}


def _unreadable(name: str) -> Callable[[Path], None]:
    return lambda tmp: (tmp / "docs" / name).chmod(0)


def _moved(name: str) -> Callable[[Path], None]:
    def move(tmp: Path) -> None:
        shutil.move(tmp / "docs", tmp / name)

    return move


def _read_only(tmp: Path) -> None:
    (tmp / "docs/a.md").chmod(0o444)
    (tmp / "docs").chmod(0o555)


def _non_utf8_name(tmp: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp / "docs") + b"/\xbd\xcc\xb3\xcc.md")).write_text("# 教程\n")


def _bad_picture_name(tmp: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp / "docs") + b"/\xbd\xcc\xb3\xcc.png")).write_bytes(PNG)


def _many(tmp: Path) -> None:
    for number in range(400):
        (tmp / "docs" / f"{number}.md").write_text(HOME)


def _git(tmp: Path) -> None:
    for words in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(tmp), *words], check=True)


BOMB = "x0: &a0 [甲, 乙]\n" + "\n".join(
    f"x{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)
)
MERGES = "x0: &a0 {k: 1}\n" + "\n".join(
    f"x{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}], k{n}: 1}}" for n in range(1, 12)
)
TRANSLATED = (
    "title：T\ntranslated_from:  # make translated\n  '-': 1f0c2a9b\n  简介: 5d3e8f10\n"
    "  title: 5d3e8f11"
)

MENDED = {"a list", "with a Chinese colon", "with a tab", "with control characters"}
NAVIGATIONS: list[tuple[str, str | bytes, tuple[str, ...]]] = [
    ("a list", "- index.md\n- a.md\n", ("nav:",)),
    ("a text", "index.md\n", ("nav:",)),
    ("no YAML", "nav: [a\n", (":",)),
    ("with a Chinese colon", "nav：\n  - index.md\n", ("冒号",)),
    ("with a tab", "nav:\n\t- index.md\n", ("Tab",)),
    ("with a key of no meaning", "naw:\n  - index.md\n", ("naw", "nav")),
    ("with items of no meaning", "nav:\n  - 5: 3\n  - [a]\n", ("nav",)),
    ("a bomb", BOMB, (":",)),
    ("with control characters", "nav:\n  - index.md\n  - a\x01.md\n", ("控制字符",)),
    ("binary", b"\x00\xff\x01\xfe" * 20, ("UTF-8",)),
]

COMMANDS = [
    # A folder that is not there, is none, or holds nothing.
    User(
        "DOCS=nothere",
        does=("make", "site", "DOCS={tmp}/nothere"),
        status=2,
        says=("找不到文件夹", "nothere", "DOCS"),
    ),
    User(
        "DOCS nearly right",
        does=("make", "site", "DOCS={tmp}/dosc"),
        status=2,
        says=("是不是", "docs"),
    ),
    User(
        "DOCS with a space",
        {"index.md": HOME},
        ("make", "site", "DOCS={tmp}/my docs", "OUT={tmp}/my site", "STRICT=1"),
        before=_moved("my docs"),
    ),
    User(
        "DOCS with a quote and a dollar",
        does=("make", "check", "DOCS={tmp}/it's $$5"),
        before=_moved("it's $5"),
    ),
    User(
        "DOCS is a file",
        does=("make", "site", "DOCS={tmp}/docs/index.md"),
        status=2,
        says=("不是文件夹",),
    ),
    User("DOCS is empty", {}, ("make", "site"), status=2, says=("没有", ".md")),
    User("DOCS has only pictures", {"a.png": PNG}, status=2, says=("没有", ".md")),
    User(
        "DOCS is a number",
        does=("build_site.py", "--strict"),
        env={"DOCS_DIR": "2026"},
        status=2,
        says=("找不到文件夹", "2026"),
    ),
    *[
        User(
            f"{name} of a folder that is not there",
            does=(f"{name}.py",),
            status=2,
            env={"DOCS_DIR": "{tmp}/nothere"},
            says=("找不到文件夹", "nothere"),
        )
        for name in ("check", "fix", "status", "review", "serve", "offline")
    ],
    *[
        User(f"{name} of an empty folder", {}, (f"{name}.py",), status=2, says=("没有", ".md"))
        for name in ("check", "fix", "status", "serve", "offline")
    ],
    User(
        "translate in a folder that is not there",
        does=("translate.py", "translate", "docker"),
        status=2,
        env={"DOCS_DIR": "{tmp}/nothere"},
        says=("找不到文件夹",),
    ),
    # Pages by their names.
    User(
        "PAGE misspelt",
        {"index.md": HOME, "docker.md": HOME},
        ("make", "translate", "PAGE=dokcer"),
        status=2,
        says=("找不到页面", "dokcer", "是不是", "docker"),
    ),
    User(
        "PAGE misspelt in a folder",
        {"index.md": HOME, "docker/install.md": HOME},
        ("make", "translated", "PAGE=docker/instal"),
        status=2,
        says=("是不是", "docker/install"),
    ),
    User(
        "PAGE with a space",
        {"index.md": HOME, "my page.md": HOME},
        ("make", "translate", "PAGE=my page"),
        says=("my page.en.md",),
    ),
    User(
        "PAGE with quotes",
        {"index.md": HOME, "it's.md": HOME},
        ("make", "translate", "PAGE=it's"),
        says=("it's.en.md",),
    ),
    User("no PAGE", does=("make", "translate"), status=2, says=("PAGE=",)),
    User(
        "TO a language that is not there",
        does=("make", "translate", "PAGE=index", "TO=fr"),
        status=2,
        says=("fr", "en"),
    ),
    User(
        "translated without a translation",
        does=("make", "translated", "PAGE=index"),
        status=2,
        says=("make translate",),
    ),
    # Elsewhere.
    User(
        "make from another folder",
        does=("make", "-f", str(REPOSITORY / "Makefile"), "-C", "{tmp}", "site"),
        status=2,
        says=("cd ",),
    ),
    User("a program from another folder", does=CHECK, shell="cd {tmp} && {command}"),
    User("status from another folder", does=("status.py",), shell="cd {tmp} && {command}"),
    User("site from another folder", shell="cd {tmp} && {command}"),
    User("fix from another folder", does=("fix.py",), shell="cd {tmp} && {command}"),
    # Ports.
    User(
        "port taken",
        does=("make", "serve", "PORT=18431"),
        status=2,
        before=_taken,
        says=("18431", "占用", "18433"),
        never=("Building", "INFO"),
    ),
    User("port no number", does=("make", "serve", "PORT=abc"), status=2, says=("abc", "PORT=")),
    User("port too large", does=("make", "serve", "PORT=99999"), status=2, says=("99999", "PORT=")),
    User("port empty", does=("serve.py", ""), status=2, says=("PORT=",)),
    # Where it is written.
    User(
        "OUT not writable",
        does=SITE,
        nobody=True,
        status=2,
        env={"SITE_DIR": "/proc/site"},
        says=("写不", "/proc/site", "OUT"),
    ),
    User(
        "OUT below a file",
        env={"SITE_DIR": "{tmp}/docs/index.md/site"},
        status=2,
        says=("OUT", "index.md"),
    ),
    User(
        "OUT is a file", env={"SITE_DIR": "{tmp}/docs/index.md"}, status=2, says=("OUT", "index.md")
    ),
    User(
        "OUT of another user",
        nobody=True,
        env={"SITE_DIR": "/usr/site"},
        status=2,
        says=("写不", "/usr/site", "OUT"),
    ),
    User(
        "OUT too long",
        env={"SITE_DIR": "{tmp}/" + "x" * 300},
        status=2,
        says=("OUT", "太长"),
    ),
    User(
        "OUT of a user who is not there", env={"SITE_DIR": "~nobody-9/x"}, status=2, says=("OUT",)
    ),
    User("DOCS too long", env={"DOCS_DIR": "x" * 5000}, status=2, says=("DOCS", "太长")),
    User("DOCS has only hidden pages", {".a.md": HOME}, status=2, says=("没有", ".md")),
    User("disk full", shell="ulimit -f 20; {command}", status=2, says=("磁盘",)),
    User("OUT contains DOCS", env={"SITE_DIR": "{tmp}"}, status=2, says=("OUT", "DOCS")),
    User("OUT inside DOCS", env={"SITE_DIR": "{tmp}/docs/site"}, status=2, says=("OUT", "DOCS")),
    User(
        "ZIP in a place that cannot be",
        does=("offline.py", "/proc/x.zip"),
        status=2,
        says=("写不", "x.zip"),
    ),
    User("ZIP is a folder", does=("offline.py", "{tmp}/docs"), status=2, says=("ZIP",)),
    User(
        "translate where nothing can be written",
        does=("translate.py", "translate", "index"),
        nobody=True,
        status=2,
        before=lambda tmp: (tmp / "docs").chmod(0o555),
        says=("没有写", "权限", "index.en.md"),
    ),
    User(
        "fix of a page that cannot be written",
        page("auther: 我"),
        ("fix.py", "--yes"),
        nobody=True,
        status=2,
        before=_read_only,
        says=("没有写", "只读", "a.md"),
    ),
    # Permission to read.
    User(
        "a page without permission",
        {"index.md": HOME, "a.md": HOME},
        nobody=True,
        status=1,
        before=_unreadable("a.md"),
        says=("docs/a.md", "没有权限", "chmod"),
    ),
    User(
        "a page without permission, checked",
        {"index.md": HOME, "a.md": HOME},
        CHECK,
        nobody=True,
        status=1,
        before=_unreadable("a.md"),
        says=("docs/a.md", "没有权限", "chmod"),
    ),
    User(
        "a page without permission, status",
        {"index.md": HOME, "a.md": HOME, "a.en.md": HOME},
        ("status.py",),
        nobody=True,
        status=2,
        before=_unreadable("a.md"),
        says=("docs/a.md", "没有权限"),
    ),
    User(
        "a picture without permission",
        {"index.md": HOME + "\n![图](a.png)\n", "a.png": PNG},
        nobody=True,
        status=1,
        before=_unreadable("a.png"),
        says=("docs/a.png", "没有权限", "chmod"),
    ),
    User(
        "a folder without permission",
        {"index.md": HOME, "sub/a.md": HOME},
        nobody=True,
        status=1,
        before=_unreadable("sub"),
        says=("docs/sub", "没有权限", "chmod"),
    ),
    User(
        "a folder without permission, checked",
        {"index.md": HOME, "sub/a.md": HOME},
        CHECK,
        nobody=True,
        status=1,
        before=_unreadable("sub"),
        says=("docs/sub", "没有权限"),
    ),
    User(
        "a page that is a pipe",
        {"index.md": HOME},
        status=1,
        says=("docs/a.md", "不是普通文件"),
        before=lambda tmp: os.mkfifo(tmp / "docs/a.md"),
    ),
    User("a folder called like a page", {"index.md": HOME, "a.md/b.md": HOME}),
    # Names.
    User(
        "a page with a name in GBK",
        {"index.md": HOME},
        status=1,
        before=_non_utf8_name,
        says=("文件名", "UTF-8", "教程.md"),
    ),
    User(
        "a page with a name in GBK, checked",
        {"index.md": HOME},
        CHECK,
        status=1,
        before=_non_utf8_name,
        says=("文件名", "UTF-8"),
    ),
    User(
        "a picture with a name in GBK",
        {"index.md": HOME},
        status=1,
        before=_bad_picture_name,
        says=("文件名", "UTF-8", "教程.png"),
    ),
    User(
        "a name with control characters",
        {"index.md": HOME, "a\x01b.md": "正文。\n"},
        status=1,
        says=("Windows", "U+0001"),
    ),
    User(
        "a name with a line end",
        {"index.md": HOME, "a\nb.md": "正文。\n"},
        status=1,
        says=("Windows", "U+000A"),
    ),
    User(
        "names that Windows cannot have",
        {"index.md": HOME, "AUX.md": HOME, "a:b.md": HOME, "c /d.md": HOME, "e?.png": PNG},
        status=1,
        says=("docs/AUX.md", "docs/a:b.md", "docs/c :", "docs/e?.png"),
    ),
    User(
        "a page where a file of the site stands",
        {"index.md": HOME, "feed.xml.md": HOME, "a.png": PNG, "a.png.md": HOME},
        status=1,
        says=("docs/feed.xml.md", "docs/a.png.md"),
    ),
    User(
        "a page for MDX", {"index.md": HOME, "a.mdx": HOME}, status=1, says=("docs/a.mdx", "a.md")
    ),
    # Output.
    User(
        "a broken pipe",
        does=("status.py",),
        before=_many,
        shell="{command} | head -1; exit ${{PIPESTATUS[0]}}",
        status=0,
        never=("Broken", "Exception"),
    ),
    User(
        "check into a broken pipe",
        {"index.md": HOME, **{f"{n}.md": "---\nauther: 我\n---\n# 页\n" for n in range(30)}},
        CHECK,
        shell="{command} | true; exit ${{PIPESTATUS[0]}}",
        never=("Broken", "Exception"),
    ),
    User(
        "a terminal without Chinese", page("auther: 我"), CHECK, env={"PYTHONIOENCODING": "ascii"}
    ),
    User(
        "a build in a terminal without Chinese",
        page("auther: 我"),
        env={"PYTHONIOENCODING": "ascii"},
    ),
    # Options.
    User(
        "FORMAT that is not there",
        does=("make", "check", "FORMAT=xml"),
        status=2,
        says=("FORMAT", "github"),
    ),
    User(
        "MESSAGES that are not there",
        does=("make", "check", "MESSAGES=fr"),
        status=2,
        says=("MESSAGES", "en"),
    ),
    User(
        "BASE that is not there",
        does=("review.py", "nothere"),
        status=2,
        before=_git,
        says=("nothere", "BASE"),
    ),
    User(
        "review without git",
        does=("review.py", "main"),
        status=2,
        env={"PATH": "/nowhere"},
        says=("git",),
    ),
    User("review outside a repository", does=("review.py", "main"), status=2, says=("git",)),
    User(
        "fix with nobody to answer", page("auther: 我"), ("fix.py",), status=1, says=("没有改动",)
    ),
    User(
        "broken of a site that is not there",
        does=("broken.py", "{tmp}/nothere"),
        status=2,
        says=("找不到", "nothere"),
    ),
    User(
        "broken of a folder without pages",
        does=("broken.py", "{tmp}/docs"),
        status=2,
        says=("没有", "make site"),
    ),
    User(
        "fidelity of a folder that is not there",
        does=("make", "fidelity", "DIR={tmp}/nothere"),
        status=2,
        says=("找不到文件夹", "nothere"),
    ),
    User(
        "bench of no number", does=("make", "bench", "BENCH=many"), status=2, says=("many", "BENCH")
    ),
    # The environment.
    User("SITE_NAME=2026", env={"SITE_NAME": "2026"}),
    *[
        User(f"SITE_NAME={name!r}", env={"SITE_NAME": name}, seconds=60)
        for name in ("yes", "[a", "a: b", "~", "#1", "2026-01-01", "!!x", "*a")
    ],
    User("SITE_NAME_EN=2026", env={"SITE_NAME_EN": "2026"}),
    User("SITE_URL=2026", env={"SITE_URL": "2026"}, status=2, says=("SITE_URL", "https://")),
    User(
        "SITE_URL without its scheme",
        env={"SITE_URL": "example.org/docs"},
        status=2,
        says=("SITE_URL", "https://"),
    ),
    User(
        "REPO_URL without its scheme",
        env={"REPO_URL": "github.com/x/y"},
        status=2,
        says=("REPO_URL", "https://"),
    ),
    User(
        "SOURCE_DATE_EPOCH=abc",
        env={"SOURCE_DATE_EPOCH": "abc"},
        status=2,
        says=("SOURCE_DATE_EPOCH",),
    ),
    User("CARDS=perhaps", env={"CARDS": "perhaps"}),
    User("BUILD_WORKERS=many", env={"BUILD_WORKERS": "many"}),
    User("BUILD_CACHE below a file", env={"BUILD_CACHE": "{tmp}/docs/index.md/x"}, says=("缓存",)),
    User("no HOME, no git, C", env={"HOME": "/nowhere", "PATH": "/nowhere", "LC_ALL": "C"}),
    # `.nav.yml`.
    *[
        User(
            f".nav.yml that is {what}",
            {"index.md": HOME, "a.md": HOME, ".nav.yml": text},
            status=0 if what in MENDED else 1,
            says=("docs/.nav.yml", *says),
        )
        for what, text, says in NAVIGATIONS
    ],
    User(
        ".nav.yml that is in GBK",
        {
            "index.md": HOME,
            "a.md": HOME,
            ".nav.yml": "nav:\n  - 首页: index.md\n  - 第一页: a.md\n".encode("gbk"),
        },
        says=("docs/.nav.yml", "GBK"),
    ),
    User(
        ".nav.yml that is a list, checked",
        {"index.md": HOME, ".nav.yml": "- index.md\n"},
        CHECK,
        status=0,
        says=("docs/.nav.yml", "nav:"),
    ),
    User(".nav.yml that is empty", {"index.md": HOME, ".nav.yml": ""}),
    User(".nav.yml that has only a comment", {"index.md": HOME, ".nav.yml": "# 空的\n"}),
    User(
        ".nav.yml in UTF-16",
        {"index.md": HOME, ".nav.yml": "nav:\n  - 首页: index.md\n".encode("utf-16")},
        says=("docs/.nav.yml", "UTF-16"),
    ),
    User(
        ".nav.yml without permission",
        {"index.md": HOME, ".nav.yml": "nav:\n  - index.md\n"},
        nobody=True,
        status=1,
        before=_unreadable(".nav.yml"),
        says=("docs/.nav.yml", "没有权限"),
    ),
    # glossary.yml.
    User(
        "glossary.yml without permission",
        {"index.md": HOME, "glossary.yml": "- zh: 镜像\n  en: image\n"},
        nobody=True,
        status=1,
        before=_unreadable("glossary.yml"),
        says=("docs/glossary.yml", "没有权限"),
    ),
    User(
        "glossary.yml of aliases",
        {"index.md": HOME, "glossary.yml": BOMB},
        status=1,
        says=("docs/glossary.yml",),
    ),
]

# What an author wrote between the dashes of `a.md`.
VALUES = [
    User(
        "template: a partial",
        page("template: partials/nav.html"),
        status=1,
        says=("docs/a.md:2", "partials/nav.html"),
    ),
    User(
        "template: not there",
        page("template: nothere.html"),
        status=1,
        says=("docs/a.md:2", "nothere.html"),
    ),
    User(
        "template: nearly right",
        page("template: hoem.html"),
        status=1,
        says=("docs/a.md:2", "是不是", "home.html"),
    ),
    User(
        "template: without its ending",
        page("template: home"),
        status=1,
        says=("docs/a.md:2", "是不是", "home.html"),
    ),
    User("template: a path", page("template: ../../mkdocs.yml"), status=1, says=("docs/a.md:2",)),
    User(
        "template: an absolute path",
        page("template: /etc/hostname"),
        status=1,
        says=("docs/a.md:2",),
    ),
    User(
        "template: a stylesheet",
        page("template: assets/stylesheets/text.css"),
        status=1,
        says=("docs/a.md:2",),
    ),
    User("template: a folder", page("template: partials"), status=1, says=("docs/a.md:2",)),
    User("template: the feed", page("template: 404.html"), status=1, says=("docs/a.md:2",)),
    User("template: a dot", page("template: ."), status=1, says=("docs/a.md:2",)),
    *[
        User(f"search: {value}", page(f"search: {value}"), status=1, says=("docs/a.md:2", "search"))
        for value in (
            "{boost: high}",
            "{boost: .nan}",
            "{boost: .inf}",
            "{boost: -1}",
            "{boost: [2]}",
            "{boost: 1e400}",
            "{boost: 0x" + "f" * 5000 + "}",
            "{exclude: perhaps}",
            "5",
            "[exclude]",
            "{bost: 2}",
        )
    ],
    User("search.boost: high", page("search.boost: high"), status=1, says=("docs/a.md:2", "boost")),
    User("search.boost: 2", page("search.boost: 2"), says=("docs/a.md:2", "boost")),
    User("search.exclude in Chinese", page("search:\n  exclude: 是")),
    User("boost as text", page("search: {boost: '2'}")),
    User("aliases of aliases", page(BOMB), status=1, says=("docs/a.md:", "别名"), seconds=20),
    User("merges of merges", page(MERGES), status=1, says=("docs/a.md:", "别名"), seconds=20),
    User("an alias of itself", page("a: &a [*a]"), status=1, says=("docs/a.md:2", "别名")),
    User(
        "an alias of itself in a mapping",
        page("a: &a {b: *a}"),
        status=1,
        says=("docs/a.md:2", "别名"),
    ),
    User("aliases in a known key", page("tags: &t [甲]\nkeywords: *t")),
    User(
        "brackets in brackets",
        page("x: " + "[" * 3000 + "]" * 3000),
        status=1,
        says=("docs/a.md:2",),
        seconds=20,
    ),
    User("C#", page("tags: C#"), never=("docs/a.md",)),
    User("published: true", page("published: true"), never=("docs/a.md",)),
    User(
        "date: created and updated",
        page("date: {created: 2024-01-02, updated: 2024-03-04}"),
        never=("docs/a.md",),
    ),
    User(
        "date: created only, of no date",
        page("date: {created: 昨天}"),
        status=1,
        says=("docs/a.md:2",),
    ),
    User("tile: big", page("tile: big"), never=("WARNING",)),
    User("time: 5 min", page("time: 5 min"), never=("WARNING",)),
    User("wide: true", page("wide: true"), never=("WARNING",)),
    User("data of another program", page("data: {a: 1}"), never=("WARNING",)),
    User(
        "by a text",
        page("created: true\nmodified: by me\nintro: [1]\ncategory: {a: b}\nmates: 3\nstats: off"),
        never=("WARNING",),
    ),
    User("日期 of no day", page("日期: 2024-02-30"), status=1, says=("docs/a.md:2", "2024-02-30")),
    User(
        "a record beside a Chinese colon",
        {"index.md": HOME, "a.md": HOME, "a.en.md": f"---\n{TRANSLATED}\n---\n# Page\n\nText.\n"},
        status=0,
        says=("docs/a.en.md:2",),
        never=("简介",),
    ),
    User(
        "numbers of 5,000 digits",
        page("date: " + "1" * 5000 + "\nweight: " + "2" * 5000),
        status=1,
        says=("docs/a.md:2",),
    ),
    User(
        "hexadecimal numbers of 5,000 digits",
        page("title: 0x" + "f" * 5000 + "\ndate: 0x" + "f" * 5000),
        status=1,
        says=("docs/a.md:3",),
    ),
    User(
        "TOML of 5,000 digits",
        {"index.md": HOME, "a.md": "+++\nx = " + "1" * 5000 + "\n+++\n# 页\n"},
    ),
    User(
        "TOML with a time",
        {"index.md": HOME, "a.md": "+++\ntitle = '题'\nt = 07:32:00\n+++\n# 页\n"},
    ),
    User(
        "TOML with a line that is wrong",
        {"index.md": HOME, "a.md": "+++\ntitle = '题'\nx = \n+++\n# 页\n"},
        status=1,
        says=("docs/a.md:3",),
    ),
    User(
        "a picture's viewBox of 400 digits",
        {
            "index.md": HOME + "\n![图](a.svg)\n",
            "a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {"9" * 400} 10"/>',
        },
        status=0,
    ),
    User(
        "a picture's width of 5,000 digits",
        {
            "index.md": HOME + "\n![图](a.svg)\n",
            "a.svg": f'<svg width="{"9" * 5000}" height="1e999"/>',
        },
        status=0,
    ),
    User(
        "a width of 5,000 digits",
        {"index.md": HOME + f'\n<img src="a.png" width="{"9" * 5000}">\n', "a.png": PNG},
    ),
    User(
        "an entity of 5,000 digits",
        {"index.md": f"# 首页 {ENTITY}\n\n正文 {ENTITY} 完\n\n<b title='{ENTITY}'>粗</b>\n"},
    ),
    User(
        "a list that begins with 5,000 digits",
        {"index.md": HOME + f"\n{'9' * 5000}. 一\n{'9' * 5000}. 二\n"},
    ),
    User(
        "a table, a rowspan of 5,000 digits",
        {"index.md": HOME + f'\n<table><tr><td colspan="{"9" * 5000}">一</td></tr></table>\n'},
    ),
    User(
        "code with a line number of 5,000 digits",
        {"index.md": HOME + f'\n```py linenums="{"9" * 5000}" hl_lines="{"9" * 5000}"\nx\n```\n'},
    ),
    User(
        "a diagram and a formula of digits",
        {"index.md": HOME + f"\n$$\n\\rule{{{'9' * 5000}em}}{{1em}}\n$$\n"},
        status=1,
        says=("docs/index.md:6",),
    ),
    User(
        "U+FFFE in a heading",
        {"index.md": "# 首\ufffe页\n\n## 二\ufffe\uffff\n\n正文。\n"},
        says=("docs/index.md:1", "U+FFFE"),
    ),
    User(
        "control characters in a paragraph",
        {"index.md": "# 首页\n\n从终端\x08复制\x1b[31m来的一段文字，够长。\n"},
        says=("docs/index.md:3", "U+0008"),
    ),
    User(
        "control characters in front matter",
        page('title: 题\x08目\ndescription: "a\\u0001b"'),
        says=("docs/a.md:2", "U+0008"),
    ),
    User(
        "half a surrogate pair",
        page('title: "a\\ud800b"\ndescription: "\\ud83d"'),
        says=("docs/a.md:2",),
    ),
    User("a key twice", page("title: 甲\ntitle: 乙"), status=1, says=("docs/a.md:3", "title")),
    User("a title that is a word of YAML", page("title: No"), never=("WARNING",)),
    User("a tag that begins with a hash", page("tags: #docker #linux"), says=("docs/a.md:2",)),
    *[
        User(
            f"aliases: {text[:9]}",
            page(f"aliases: {text}"),
            status=1,
            says=("docs/a.md", "aliases"),
        )
        for text in ("x" * 3000, "字" * 90, "../../x", "a/" + "y" * 250)
    ],
    User(
        ".nav.yml with a tag of Python",
        {"index.md": HOME, ".nav.yml": "nav: !!python/object/apply:os.system [echo]\n"},
        status=1,
        says=("docs/.nav.yml",),
    ),
    *[
        User(text, page(text), says=("docs/a.md:2", "draft"))
        for text in (
            "darft: true",
            "hidden: true",
            "visible: false",
            "status: draft",
            "unlisted: 是",
        )
    ],
    User("hidden: false", page("hidden: false\nstatus: new"), never=("docs/a.md",)),
    *[
        User(
            f"a picture that browsers do not show: {name}",
            {"index.md": HOME + f"\n![图]({name})\n", name: data},
            status=1,
            says=("docs/index.md:5", name),
        )
        for name, data in {
            "IMG_1.HEIC": b"\0\0\0\x18ftypheic",
            "a.tif": b"II*\0",
            "b.svg": b"\x1f\x8b",
        }.items()
    ],
    User("icon of no text", page("icon: [a]"), status=1, says=("docs/a.md:2", "icon")),
    User("icon: a path", page("icon: ../../../etc/passwd"), says=("docs/a.md:2", "icon")),
    User("binary", page("title: !!binary aGVsbG8="), status=1, says=("docs/a.md:2", "title")),
    User(
        "a set and a tag of Python",
        page("x: !!set {a, b}\ny: !!python/object/apply:os.system [echo]"),
        says=("docs/a.md:3",),
    ),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not pytest's own: every other run of it closes that to users like `nobody`."""
    with tempfile.TemporaryDirectory(prefix="users-") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        for inner in path.rglob("*"):
            if inner.is_dir() and not inner.is_symlink():
                inner.chmod(0o755)


@pytest.mark.parametrize("user", COMMANDS + VALUES, ids=lambda user: user.what[:60])
def test_a_user_is_told_what_is_wrong_and_what_to_do(user: User, folder: Path) -> None:
    done = run(user, folder)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said, said[-3000:]
    assert "Error:" not in said, said[-3000:]
    assert done.returncode == user.status, said[-3000:]
    for text in user.says:
        assert text in said, said[-3000:]
    for text in user.never:
        assert text not in said, said[-3000:]
