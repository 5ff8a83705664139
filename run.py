#!/usr/bin/env python3
"""Every command of this project, the same on Windows, macOS and Linux: `python run.py serve`.

Needs nothing but Python 3.11: it makes the virtual environment, installs by hash, and starts the
programs of tools/. An option may be written as make writes it (`DOCS=notes`) or with dashes
(`--docs notes`). Up to `main` this file runs on Python 3.8, to say what is missing there.
"""

from __future__ import annotations

import hashlib
import locale
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Dict, List, NoReturn  # noqa: UP035

REPOSITORY = Path(__file__).resolve().parent
VENV = REPOSITORY / ".venv"
LEAST = (3, 11)
WRONG = 2
"""Exit status where the command itself was wrong, as in tools/command.py."""


class StopError(Exception):
    """What the user has to do; the text is printed as it is."""


def speaks_english() -> bool:
    """Whether help and messages of this program are to be English: the locale says `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return os.environ[name].lower().startswith("en")
    if os.name == "nt":
        # Windows says it without an environment variable.
        return (locale.getlocale()[0] or "").lower().startswith("en")
    return False


def said(zh: str, en: str) -> str:
    """The one of the two that the reader reads."""
    return en if speaks_english() else zh


@dataclass(frozen=True)
class Option:
    """`NAME=value`, or `--name value`; `flag` takes no value and sets `flag_value`."""

    name: str
    zh: str
    en: str
    flag: str = ""
    flag_value: str | None = None

    @property
    def dashed(self) -> str:
        return self.flag or f"--{self.name.lower()}"


OPTIONS = [
    Option("DOCS", "放文档的文件夹（docs）", "folder of Markdown (docs)"),
    Option("OUT", "网站写到哪里（site）", "where the site goes (site)"),
    Option("PORT", "预览的端口（8000）", "port of the preview (8000)"),
    Option("OPEN", "打开浏览器", "open a browser", flag_value="1"),
    Option("STRICT", "有警告也继续", "go on in spite of warnings", "--no-strict", ""),
    Option("CARDS", "画分享卡片", "draw the pictures of shared links", flag_value="1"),
    Option("BOOKS", "电子书的文件夹（book）", "folder of the books (book)"),
    Option("OUTSIDE", "fetch：取来别处的图片一起发布", "fetch: publish outside pictures too"),
    Option("ZIP", "写成哪个文件（offline/site.zip）", "file to write (offline/site.zip)"),
    Option("FORMAT", "text、github 或 json", "text, github or json"),
    Option("MESSAGES", "提示的语言：zh 或 en", "language of the messages: zh or en"),
    Option("YES", "不问，直接写", "write without asking", flag_value="1"),
    Option("ONLY", "pictures 只取图片，text 不联网", "pictures, or text for no network"),
    Option("PAGE", "哪一页，例如 docker", "which page, such as docker"),
    Option("TITLE", "题目", "its title"),
    Option("TO", "译成哪种语言（en）", "language of the translation (en)"),
    Option("DRAFT", "1 由机器起草，prompt 写成提示词，memory 取回旧译文", "1, prompt or memory"),
    Option("ANSWER", "机器的回答存在哪个文件", "file with the machine's answer"),
    Option("LIMIT", "最多起草几页", "how many pages at most"),
    Option("READ", "各页地址的清单，看得最多的在前", "list of addresses, most read first"),
    Option("SECTION", "只记这一节", "only this section"),
    Option("BASE", "要合并到的分支（origin/main）", "branch to merge into (origin/main)"),
    Option("DIR", "和作者所见比较的文件夹", "folder to compare"),
    Option("FUZZ", "每种性质试多少页（12000）", "pages per property (12000)"),
    Option("BENCH", "页数（100）", "numbers of pages (100)"),
    Option("COMPOSED", "由语法拼出多少页（100000）", "pages composed (100000)"),
    Option("SETS", "名字=克隆 …，名字见 tests/search/", "NAME=CLONE …, see tests/search/"),
    Option("ARGS", "交给程序的其他参数", "further arguments of the program"),
    Option("FROM", "原来那个仓库的地址，第一次要写", "address of the repository you forked"),
    Option("INDEX", "软件包的镜像：https://…/simple", "mirror of the packages: https://…/simple"),
]
BY_NAME = {option.name: option for option in OPTIONS}
BY_FLAG = {option.dashed: option for option in OPTIONS}
# Any command may be told where the pages are, where the site goes, and where packages come from.
COMMON = ("DOCS", "OUT", "INDEX")

# Python 3.8 evaluates these two, and no annotation.
Values = Dict[str, str]  # noqa: UP006
Line = List[str]  # noqa: UP006


def _tool(name: str, *words: str) -> Line:
    return [str(python_of(VENV)), str(REPOSITORY / "tools" / f"{name}.py"), *words]


def _program(name: str, *words: str) -> Line:
    return [str(python_of(VENV)), "-m", name, *words]


def _valued(values: Values, **flags: str) -> Line:
    """`FORMAT="--format"` → `["--format", value]` for each that has a value."""
    return [
        word for name, flag in flags.items() if values.get(name) for word in (flag, values[name])
    ]


def _words(values: Values, name: str) -> Line:
    return [values[name]] if values.get(name) else []


def _out(values: Values) -> str:
    return values.get("OUT") or os.environ.get("SITE_DIR") or str(REPOSITORY / "site")


def _docs(values: Values) -> str:
    return values.get("DOCS") or os.environ.get("DOCS_DIR") or str(REPOSITORY / "docs")


def _serve(values: Values) -> list[Line]:
    opening = ["--open"] if values.get("OPEN") else []
    return [_tool("serve", values.get("PORT", "8000"), *opening)]


def _translate(values: Values) -> list[Line]:
    options = _valued(values, TO="--to", DRAFT="--draft", ANSWER="--answer", LIMIT="--limit")
    options += _valued(values, READ="--read")
    asked = ["--yes"] * bool(values.get("YES"))
    return [_tool("translate", "translate", *_words(values, "PAGE"), *options, *asked)]


def _translated(values: Values) -> list[Line]:
    options = _valued(values, TO="--to", SECTION="--section")
    return [_tool("translate", "translated", *_words(values, "PAGE"), *options)]


def _lint(_: Values) -> list[Line]:
    return [_program("ruff", "check", "."), _program("ruff", "format", "--check", ".")]


def _browser(_: Values) -> list[Line]:
    return [["sh", str(REPOSITORY / "tools" / "find_browser.sh")]]


def _site(values: Values) -> list[Line]:
    return [_tool("build_site", *["--strict"] * bool(values.get("STRICT", "1")))]


def _book(values: Values) -> list[Line]:
    strict = ["--strict"] * bool(values.get("STRICT", "1"))
    return [_tool("make_book", values.get("BOOKS") or str(REPOSITORY / "book"), *strict)]


def _audit(values: Values) -> list[Line]:
    return [*_site(values), *_browser(values), _tool("audit", _out(values))]


def _bench_search(values: Values) -> list[Line]:
    sets = values.get("SETS", "").split()
    if not sets:
        raise StopError('SETS="名字=克隆 …"：名字见 tests/search/，例如 SETS="hello=../hello-algo"')
    install_npm("minisearch")
    words = [*sets, "--baselines", str(baselines_python()), *values.get("ARGS", "").split()]
    return [*_browser(values), _tool("bench_search", *words)]


def _fuzz(_: Values) -> list[Line]:
    files = ["unit/test_fuzz", "unit/test_growth", "unit/test_long_pages", "unit/test_page_tree"]
    files += ["site/test_no_page_vanishes", "site/test_long_pages"]
    return [
        _program("pytest", *(f"tests/{name}.py" for name in files)),
        _program("pytest", "tests/site/test_builds.py", "-k", "random_edits"),
        _program("pytest", "-s", "tests/unit/test_composed_pages.py"),
    ]


def _lock(_: Values) -> list[Line]:
    how = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url"
    how += " --no-emit-find-links --no-header"
    return [
        ["uv", "pip", "compile", "-q", *how.split(), f"{name}.in", "-o", f"{name}.txt"]
        for name in ("requirements", "requirements-dev")
    ]


def _clean(_: Values) -> list[Line]:
    for name in ("site", ".cache", "build", "offline", "book"):
        shutil.rmtree(REPOSITORY / name, ignore_errors=True)
    return []


@dataclass(frozen=True)
class Command:
    """One command: what it needs installed, and which programs it runs, one after the other.

    `here` runs them in the folder of the repository, for programs that look there.
    """

    name: str
    zh: str
    en: str
    lines: Callable[[Values], list[Line]]
    options: tuple[str, ...] = ()
    needs: str = "site"
    here: bool = False


AUTHORS = [
    Command(
        "serve",
        "预览：http://127.0.0.1:8000，保存即刷新",
        "preview, reloads when you save",
        _serve,
        ("PORT", "OPEN"),
    ),
    Command(
        "new",
        "写一个新页面：PAGE=git/first",
        "begin a page: PAGE=git/first",
        lambda v: [_tool("new_page", *_words(v, "PAGE"), *_valued(v, TITLE="--title"))],
        ("PAGE", "TITLE"),
    ),
    Command(
        "check",
        "检查文档：每处问题、所在行和改法",
        "every problem, its line and what to do",
        lambda v: [_tool("check", *_valued(v, FORMAT="--format", MESSAGES="--language"))],
        ("FORMAT", "MESSAGES"),
    ),
    Command(
        "fix",
        "把有把握的修正写回文档，取回别处的图片：先看差异，再问",
        "write certain repairs back, and fetch outside pictures",
        lambda v: [_tool("fix", *["--yes"] * bool(v.get("YES")), *_valued(v, ONLY="--only"))],
        ("YES", "ONLY"),
    ),
    Command(
        "site",
        "严格构建到 site/",
        "build the site into site/, strictly",
        _site,
        ("STRICT", "CARDS", "OUTSIDE", "BOOKS"),
    ),
    Command(
        "book",
        "做成电子书：每种语言一本 EPUB、一本 PDF，写到 book/",
        "an EPUB and a PDF for each language, into book/",
        _book,
        ("STRICT", "BOOKS"),
        needs="dev",
    ),
    Command(
        "offline",
        "打包成 zip，没有网络也能打开",
        "a zip that opens without a network",
        lambda v: [_tool("offline", *_words(v, "ZIP"))],
        ("ZIP", "OUTSIDE"),
    ),
    Command("setup", "只装好要用的东西", "only install what is needed", lambda _: []),
]
MAINTAINERS = [
    Command(
        "translate",
        "翻译：搭架子，或列出原文哪几节变了",
        "begin or catch up a translation",
        _translate,
        ("PAGE", "TO", "DRAFT", "ANSWER", "LIMIT", "READ", "YES"),
    ),
    Command(
        "translated",
        "译文核对好了：记下它译自现在的原文",
        "record that it is up to date",
        _translated,
        ("PAGE", "TO", "SECTION"),
    ),
    Command(
        "status",
        "各页译文的状态，最该译的在前",
        "state of the translations, worst first",
        lambda _: [_tool("status")],
    ),
    Command(
        "review",
        "这次改动让哪些译文落后了",
        "which translations a change leaves behind",
        lambda v: [_tool("review", v.get("BASE") or "origin/main")],
        ("BASE",),
    ),
    Command(
        "broken",
        "数一数建好的站点里断了的图片和链接",
        "broken references of the built site",
        lambda v: [_tool("broken", _out(v))],
    ),
    Command(
        "outside",
        "问一遍别的网站上的链接，OUT=文件 另写成 Markdown",
        "ask for every link to another site; OUT=file writes it in Markdown",
        lambda v: [_tool("outside", *_valued(v, OUT="--out", MESSAGES="--language"))],
        ("MESSAGES",),
    ),
    Command(
        "glossary",
        "由 docs/glossary.yml 写出术语表页面",
        "write the glossary's page",
        lambda _: [_tool("glossary")],
        needs="dev",
        here=True,
    ),
    Command(
        "pictures",
        "由 docs/**/src/ 里的 .svg 和 .session 画出 PNG 图",
        "draw the pictures",
        lambda values: [_tool("draw_pictures", _docs(values))],
        needs="dev",
        here=True,
    ),
    Command(
        "upgrade",
        "别的社团：换上新版的生成器，页面和 club.yml 不动",
        "another club: the newest generator, your pages and club.yml as they are",
        lambda v: [
            [
                sys.executable,
                str(REPOSITORY / "tools" / "upgrade.py"),
                *_valued(v, FROM="--from"),
            ]
        ],
        ("FROM",),
        needs="",
        here=True,
    ),
    Command("clean", "删除生成物和缓存", "delete what was generated", _clean, needs=""),
]
DEVELOPERS = [
    Command(
        "test",
        "全部检查：风格、类型、单元、构建、真实的 Chromium",
        "everything",
        lambda v: [*_lint(v), _program("mypy"), *_browser(v), _program("pytest")],
        needs="dev",
        here=True,
    ),
    Command(
        "unit",
        "不开浏览器的测试，要几分钟",
        "tests without a browser; some minutes",
        lambda _: [_program("pytest", "tests/unit", "tests/site")],
        needs="dev",
        here=True,
    ),
    Command("lint", "代码风格", "style of the code", _lint, needs="dev", here=True),
    Command("types", "类型", "types", lambda _: [_program("mypy")], needs="dev", here=True),
    Command(
        "fuzz",
        "用十万个改坏的页面、几百个随机的文件夹试一试",
        "try 100,000 broken pages",
        _fuzz,
        ("FUZZ", "COMPOSED"),
        needs="dev",
        here=True,
    ),
    Command(
        "browser",
        "找到或装好浏览器测试用的 Chromium",
        "find or install a Chromium",
        _browser,
        needs="dev",
        here=True,
    ),
    Command(
        "audit",
        "在慢手机、慢网络上量每一页：大小、LCP、CLS、axe；五页 Lighthouse",
        "size, LCP, CLS and axe of every page, Lighthouse on five",
        _audit,
        ("STRICT", "CARDS"),
        "audit",
    ),
    Command(
        "bench",
        "与原版 MkDocs、Zensical 比速度",
        "speed against peers",
        lambda v: [_tool("bench", *(v.get("BENCH") or "100").split(), *v.get("ARGS", "").split())],
        ("BENCH", "ARGS"),
    ),
    Command(
        "bench-search",
        "与别家比搜索",
        "search against peers",
        _bench_search,
        ("SETS", "ARGS"),
        "dev",
    ),
    Command(
        "fidelity",
        "和作者所见比较",
        "compare with what authors saw",
        lambda v: [_tool("fidelity", v.get("DIR") or _docs(v))],
        ("DIR",),
        needs="dev",
    ),
    Command(
        "lock",
        "重新锁定依赖（需要 uv）",
        "lock the requirements again (needs uv)",
        _lock,
        needs="",
        here=True,
    ),
]
GROUPS = [
    (("写文章的人", "Authors"), AUTHORS),
    (("翻译和维护", "Translators and maintainers"), MAINTAINERS),
    (("改生成器的人", "Developers"), DEVELOPERS),
]
COMMANDS = {command.name: command for _, group in GROUPS for command in group}


# What the user typed.


def alike(name: str, names: list[str]) -> str:
    """`。是不是 x？` for the name that looks most alike; '' for none."""
    found = get_close_matches(name, names, n=1)
    return said(f"。是不是 {found[0]}？", f". Did you mean {found[0]}?") if found else ""


def _unknown(word: str, names: list[str]) -> NoReturn:
    help_is = said(f"{shown()} help 列出所有命令", f"{shown()} help lists the commands")
    raise StopError(said("不认识 ", "unknown: ") + word + (alike(word, names) or "。") + help_is)


def shown() -> str:
    """How this program is called on this system."""
    return ("py" if os.name == "nt" else "python3") + " run.py"


def parsed(command: Command, words: Line) -> tuple[Values, Line]:
    """What the words after a command say, and what stands after `--`, for its last program.

    A plain word is the page, the folder or the number of pages, where the command takes one.
    """
    values: Values = {}
    rest = list(words)
    plain = next((n for n in ("PAGE", "ZIP", "BASE", "DIR", "BENCH") if n in command.options), "")
    while rest:
        word = rest.pop(0)
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if word.startswith("-"):
            option = BY_FLAG.get(name) or _unknown(name, list(BY_FLAG))
            if option.flag_value is not None and not equals:
                value = option.flag_value
            elif not equals:
                if not rest:
                    raise StopError(
                        said(f"{name} 后面要写：", f"{name} needs: ") + said(option.zh, option.en)
                    )
                value = rest.pop(0)
                if value in BY_FLAG or value.partition("=")[0] in BY_NAME:
                    raise StopError(
                        said(f"{name} 后面要写：", f"{name} needs: ") + said(option.zh, option.en)
                    )
        elif equals and re.fullmatch(r"[A-Z_]+", name):
            option = BY_NAME.get(name) or _unknown(word, [f"{n}={value}" for n in BY_NAME])
        elif plain:
            earlier = f"{values[plain]} " if plain == "BENCH" and plain in values else ""
            if plain in values and not earlier:
                raise StopError(said(f"多了一个词：{word}", f"one word too many: {word}"))
            option, value = BY_NAME[plain], earlier + word
        else:
            _unknown(word, [o.dashed for o in OPTIONS if o.name in command.options])
        values[option.name] = value
        if option.name not in (*command.options, *COMMON):
            print(
                said(
                    f"{option.name} 对 {command.name} 不起作用",
                    f"{option.name} means nothing to {command.name}",
                ),
                file=sys.stderr,
            )
    return values, rest


def environment(values: Values) -> dict[str, str]:
    """What the programs get: our modules, UTF-8, and the folders."""
    set_here = {
        "PYTHONPATH": os.pathsep.join(str(REPOSITORY / name) for name in ("hooks", "tools")),
        # Material's notice of its end of life (May 2027) is known: see CONTRIBUTING.md.
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONUTF8": "1",
    }
    for name, variable in (("DOCS", "DOCS_DIR"), ("OUT", "SITE_DIR"), ("INDEX", "PIP_INDEX_URL")):
        if values.get(name):
            set_here[variable] = values[name]
    for name in ("CARDS", "OUTSIDE", "FUZZ", "COMPOSED"):
        if values.get(name):
            set_here[name] = values[name]
    if values.get("BOOKS"):
        set_here["BOOKS"] = str(Path(values["BOOKS"]).absolute())
    return {**os.environ, **set_here}


def help_text() -> str:
    """All commands by who uses them, with their options."""
    width = max(map(len, COMMANDS)) + 2
    lines = [said(f"用法：{shown()} 命令 [选项]", f"Usage: {shown()} COMMAND [OPTIONS]")]
    for (zh, en), group in GROUPS:
        lines += ["", said(zh, en)]
        for command in group:
            lines.append(f"  {command.name:<{width}}{said(command.zh, command.en)}")
            if command.options:
                lines.append(" " * (width + 4) + " ".join(map(usage_of, command.options)))
    lines += [
        "",
        said("选项（DOCS=x 和 --docs x 一样）", "Options (DOCS=x is the same as --docs x)"),
    ]
    lines += [
        f"  {usage_of(option.name):<{width + 9}}{said(option.zh, option.en)}" for option in OPTIONS
    ]
    lines += [
        "",
        said(
            "软件包下载慢，或者连不上：加上 INDEX=https://镜像的地址/simple"
            "（学校的镜像站通常都有 PyPI）。",
            "Slow or no download: add INDEX=https://your.mirror/simple.",
        ),
    ]
    return "\n".join(lines) + "\n"


def usage_of(name: str) -> str:
    """`--docs …`, or the flag alone."""
    option = BY_NAME[name]
    return option.dashed + ("" if option.flag_value is not None else " …")


# What has to be installed.


def python_of(venv: Path) -> Path:
    """The interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def version_of(python: Path) -> str:
    """`3.11` for an interpreter that runs; '' for one that is not there or does not."""
    command = [str(python), "-ISc", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def stamp_of(version: str, *lock_files: Path) -> str:
    """What a stamp holds when all of the lock files are installed for a Python version.

    By content: a checkout sets the times of files as it likes, and the ends of their lines.
    """
    whole = hashlib.sha256()
    for path in lock_files:
        whole.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return f"{version} {whole.hexdigest()}"


def is_stamped(stamp: Path, value: str) -> bool:
    """Whether the stamp holds this."""
    try:
        return stamp.read_text(encoding="utf-8") == value
    except (OSError, UnicodeDecodeError):
        return False


def _as_root() -> Line | None:
    """The words before a command that root has to run, if that is possible without a question."""
    if not hasattr(os, "getuid") or shutil.which("apt-get") is None:
        return None
    if os.getuid() == 0:
        return []
    asked = ["sudo", "-n", "true"]
    may = shutil.which("sudo") and subprocess.run(asked, capture_output=True, check=False)
    return ["sudo", "-n"] if may and may.returncode == 0 else None


def _venv_is_made(venv: Path) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(venv)], capture_output=True, check=False
    )
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
    return done.returncode == 0


def make_venv(venv: Path) -> None:
    """Make a virtual environment; on Debian and Ubuntu install the part that is missing there."""
    if _venv_is_made(venv):
        return
    root = _as_root()
    if root is not None:
        for words in (["update", "-qq"], ["install", "-y", "-qq", "python3-venv"]):
            subprocess.run([*root, "apt-get", *words], stdout=subprocess.DEVNULL, check=False)
        if _venv_is_made(venv):
            return
    if shutil.which("apt-get"):
        raise StopError(
            said(
                "建不了虚拟环境。请先运行：sudo apt install python3-venv，然后再试一次。",
                "No virtual environment. Run: sudo apt install python3-venv, and try again.",
            )
        )
    raise StopError(
        said(
            f"建不了虚拟环境 {venv}：这个 Python（{sys.executable}）缺了 venv 或 pip，"
            "或者这个文件夹不能写。从 python.org 装一个完整的 Python，再试一次。",
            f"No virtual environment {venv}: this Python ({sys.executable}) lacks venv or pip, or "
            "the folder cannot be written. Install Python from python.org and try again.",
        )
    )


def why_not_installed(log: str) -> str:
    """One sentence for what pip could not do, from what it printed."""
    wanted = re.findall(r"^Collecting (\S+)", log, re.MULTILINE)
    package = wanted[-1] if wanted else "requirements.txt"
    host = re.search(r"host='([^']+)'|https?://([^/\s'\"]+)", log)
    place = next((part for part in host.groups() if part), "") if host else ""
    again = f"{shown()} setup INDEX=https://…/simple"
    if re.search(r"DO NOT MATCH THE HASHES", log):
        return said(
            f"{package} 下载下来的内容和锁定的不一样，没有装：多半是下载断了，或者镜像有问题。"
            f"再试一次；还不行就换一个镜像：{again}",
            f"{package} is not what was locked, and was not installed: a broken download, or a bad "
            f"mirror. Try again, or take another mirror: {again}",
        )
    if re.search(r"No space left|磁盘|ENOSPC|Errno 28", log):
        return said(
            "磁盘满了，装不下。腾出空间再试一次", "The disk is full. Make room and try again"
        )
    if re.search(r"Connection|timed out|Retry|resolve|SSL|ProxyError|HTTP error|unreachable", log):
        return said(
            f"下载 {package} 失败：连不上 {place or '软件包的网站'}。"
            f"看看网络；网络慢或被挡住，就换一个镜像：{again}",
            f"Downloading {package} failed: no answer from {place or 'the package index'}. "
            f"Check the network, or take a mirror: {again}",
        )
    if re.search(r"No matching distribution|Could not find a version", log):
        return said(
            f"找不到 {package}：{place or '镜像'} 上没有这个版本，或者没有给"
            f"这个 Python（{sys.version.split()[0]}）的。换一个镜像：{again}，或者用 Python 3.13",
            f"{package} was not found on {place or 'the index'} for this Python "
            f"({sys.version.split()[0]}). Take another mirror: {again}, or Python 3.13",
        )
    return said(f"没有装好，停在 {package}", f"Not installed: stopped at {package}")


def _show_progress(number: int, package: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{number}  {package}")
        sys.stderr.flush()


def install(python: Path, lock_file: Path, log_file: Path, *more: str) -> None:
    """Install what a lock file lists, by hash; StopError says which download failed, and why."""
    words = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    words += [*more] if more else ["--require-hashes", "-r", str(lock_file)]
    done = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    lines: Line = []
    number = 0
    for line in done.stdout or ():
        lines.append(line)
        if line.startswith("Collecting "):
            number += 1
            _show_progress(number, line.split()[1])
    if done.wait() == 0:
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")
        return
    log = "".join(lines)
    log_file.write_text(log, encoding="utf-8")
    where = os.path.relpath(log_file) if log_file.drive == Path.cwd().drive else str(log_file)
    full = said(f"（完整的记录在 {where}）", f" (all of it is in {where})")
    raise StopError(f"{why_not_installed(log)}{full}")


def ensure(needs: str, venv: Path = VENV) -> None:
    """Make the virtual environment, and install what `needs` names, unless that was done."""
    python = python_of(venv)
    version = version_of(python)
    made_for = venv / "python.stamp"
    fits = version and tuple(map(int, version.split("."))) >= LEAST
    # A stamp that a full disk has left empty says nothing about what is installed.
    was_made = made_for.read_bytes() if made_for.is_file() else b""
    if not fits or (was_made and was_made != version.encode()):
        if venv.exists() and not (venv / "pyvenv.cfg").exists() and any(venv.iterdir()):
            raise StopError(
                said(
                    f"{venv} 不是虚拟环境，没有动它；请把它移走",
                    f"{venv} is no virtual environment; please move it away",
                )
            )
        shutil.rmtree(venv, ignore_errors=True)
        make_venv(venv)
        version = version_of(python)
    if not is_stamped(made_for, version):
        made_for.write_text(version, encoding="utf-8")
    for name in ("requirements", "requirements-dev")[: 1 if needs == "site" else 2]:
        lock_file = REPOSITORY / f"{name}.txt"
        stamp = venv / f"{name}.stamp"
        wanted = stamp_of(version, lock_file)
        if is_stamped(stamp, wanted):
            continue
        print(
            said("正在装要用的软件包，第一次要一两分钟……", "Installing packages; a minute or two"),
            file=sys.stderr,
        )
        stamp.unlink(missing_ok=True)
        install(python, lock_file, venv / "install.log")
        stamp.write_text(wanted, encoding="utf-8")
    if needs == "audit":
        install_npm("lighthouse")


def install_npm(name: str) -> None:
    """Install what a folder of tools/ locks for Node.js, which is for two measurements alone."""
    source, target = REPOSITORY / "tools" / name, REPOSITORY / ".cache" / name
    wanted = stamp_of("node", source / "package-lock.json")
    if is_stamped(target / "stamp", wanted):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise StopError("要有 Node.js 20 以上和 npm：Debian 上 apt-get install npm")
    target.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, target)
    done = subprocess.run(
        [npm, "ci", "--prefix", str(target), "--silent", "--no-fund", "--no-audit"], check=False
    )
    if done.returncode:
        raise StopError("npm ci 没有成功，见上面的输出")
    (target / "stamp").write_text(wanted, encoding="utf-8")


def baselines_python() -> Path:
    """An environment of its own for what our search is compared with."""
    venv = REPOSITORY / ".cache" / "bench-search-venv"
    python = python_of(venv)
    peers = ("jieba==0.42.1", "pagefind[extended]==1.5.2")
    wanted = stamp_of(" ".join(peers), REPOSITORY / "requirements.txt")
    if not is_stamped(venv / "stamp", wanted):
        make_venv(venv)
        install(python, REPOSITORY / "requirements.txt", venv / "install.log")
        install(python, REPOSITORY / "requirements.txt", venv / "install.log", *peers)
        (venv / "stamp").write_text(wanted, encoding="utf-8")
    return python


# Running.


def run(words: Line, env: dict[str, str], folder: Path | None) -> int:
    """Run one program to its end, and hand on what would end this one."""
    try:
        child = subprocess.Popen(words, env=env, cwd=folder)
    except FileNotFoundError:
        raise StopError(
            said(f"这台电脑上没有 {words[0]}，要先装好它", f"{words[0]} is not installed")
        ) from None
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            status = child.wait()
        except KeyboardInterrupt:
            # The terminal has told the child as well, and it says goodbye itself.
            continue
        return 128 - status if status < 0 else status


def commanded(words: Line) -> int:
    """Do what the words say; the exit status."""
    if not words or words[0] in {"help", "-h", "--help"} or {"-h", "--help"} & set(words):
        sys.stdout.write(help_text())
        return 0
    command = COMMANDS.get(words[0]) or _unknown(words[0], list(COMMANDS))
    values, further = parsed(command, words[1:])
    if command.name == "fuzz":
        # Ten properties, so that 12000 makes 120,000 pages; some five minutes.
        values = {"FUZZ": "12000", "COMPOSED": "100000", **values}
        os.environ.setdefault("SEED", str(int(time.time())))
    env = environment(values)
    if values.get("INDEX"):
        os.environ["PIP_INDEX_URL"] = values["INDEX"]
    if command.needs:
        ensure(command.needs)
    lines = command.lines(values)
    if further and lines:
        lines[-1] = [*lines[-1], *further]
    for line in lines:
        status = run(line, env, REPOSITORY if command.here else None)
        if status:
            return status
    return 0


def main(words: Line) -> int:
    """The command line, with the exit status as its value."""
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a character shows its number instead of ending the program.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    if sys.version_info < LEAST:
        version = ".".join(map(str, sys.version_info[:3]))
        print(
            said(
                f"需要 Python 3.11 或更新的版本，这一个是 {version}。"
                "请到 python.org 下载；已经装了的话，用它来运行，例如 python3.12 run.py serve"
                "（make serve PYTHON=python3.12，Windows 上 py -3.12 run.py serve）。",
                f"Python 3.11 or later is needed, and this is {version}. Get it from python.org; "
                "if you have it, run that one, such as python3.12 run.py serve "
                "(make serve PYTHON=python3.12; on Windows py -3.12 run.py serve).",
            ),
            file=sys.stderr,
        )
        return WRONG
    try:
        return commanded(words)
    except StopError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        name = error.filename or ""
        print(
            said(f"做不了：{name} {error.strerror}", f"{name}: {error.strerror}"), file=sys.stderr
        )
    except KeyboardInterrupt:
        print(said("\n停下了。", "\nStopped."), file=sys.stderr)
        return 130
    return WRONG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
