"""run.py: what a user types becomes the programs that run, on every system and in two languages."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from site_builder import REPOSITORY


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_program", REPOSITORY / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["run_program"] = module
    spec.loader.exec_module(module)
    return module


RUN = _loaded()
LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    for name in ("SITE_DIR", "DOCS_DIR", "FUZZ", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)


def shown(words: str | list[str]) -> list[str]:
    """The programs that a command line runs, without folders of this machine."""
    name, *rest = words.split() if isinstance(words, str) else words
    command = RUN.COMMANDS[name]
    values, further = RUN.parsed(command, rest)
    lines = command.lines(values)
    lines[-1] = [*lines[-1], *further]
    python = str(RUN.python_of(RUN.VENV))
    return [
        " ".join(line)
        .replace(python, "python")
        .replace(str(REPOSITORY) + os.sep, "")
        .replace(os.sep, "/")
        for line in lines
    ]


@pytest.mark.parametrize(
    ("words", "programs"),
    [
        ("serve", ["python tools/serve.py 8000"]),
        ("serve PORT=8001", ["python tools/serve.py 8001"]),
        ("serve --port 8001 --open", ["python tools/serve.py 8001 --open"]),
        (["serve", "PORT="], ["python tools/serve.py "]),
        ("site", ["python tools/build_site.py --strict"]),
        ("site STRICT=", ["python tools/build_site.py"]),
        ("site STRICT=1", ["python tools/build_site.py --strict"]),
        ("site --no-strict", ["python tools/build_site.py"]),
        ("check", ["python tools/check.py"]),
        (
            "check FORMAT=github --messages=en",
            ["python tools/check.py --format github --language en"],
        ),
        ("fix", ["python tools/fix.py"]),
        ("fix --yes", ["python tools/fix.py --yes"]),
        ("fix YES=1", ["python tools/fix.py --yes"]),
        ("fix YES=", ["python tools/fix.py"]),
        ("offline", ["python tools/offline.py"]),
        ("book BOOKS=b STRICT=", ["python tools/make_book.py b"]),
        ("book --books b", ["python tools/make_book.py b --strict"]),
        ("offline ZIP=a.zip", ["python tools/offline.py a.zip"]),
        ("offline a.zip", ["python tools/offline.py a.zip"]),
        ("new PAGE=git/first", ["python tools/new_page.py git/first"]),
        ("translate docker --to en", ["python tools/translate.py translate docker --to en"]),
        ("translate", ["python tools/translate.py translate"]),
        (["translate", "PAGE=my page"], ["python tools/translate.py translate my page"]),
        ("translated PAGE=docker", ["python tools/translate.py translated docker"]),
        ("status", ["python tools/status.py"]),
        ("review", ["python tools/review.py origin/main"]),
        ("review main", ["python tools/review.py main"]),
        ("broken OUT=elsewhere", ["python tools/broken.py elsewhere"]),
        ("unit", ["python -m pytest tests/unit tests/site"]),
        ("unit -- -k zoom", ["python -m pytest tests/unit tests/site -k zoom"]),
        ("lint", ["python -m ruff check .", "python -m ruff format --check ."]),
        ("bench 100 500", ["python tools/bench.py 100 500"]),
        ("fidelity DIR=notes", ["python tools/fidelity.py notes"]),
        ("fidelity DOCS=notes", ["python tools/fidelity.py notes"]),
    ],
    ids=str,
)
def test_words_become_programs(words: str | list[str], programs: list[str]) -> None:
    assert shown(words) == programs


def test_every_program_is_there() -> None:
    """A command whose program was renamed would fail only for who runs it."""
    seen = 0
    for name, command in RUN.COMMANDS.items():
        if name in {"clean", "bench-search"}:
            continue
        for line in command.lines({}):
            for word in line[1:2]:
                if word.endswith((".py", ".sh")):
                    seen += 1
                    assert Path(word).is_file(), (name, word)
    assert seen > 12


@pytest.mark.parametrize("command", ["check", "site", "status"])
def test_folders_reach_any_command_whatever_they_hold(command: str) -> None:
    for folder in ("我 的/笔记/", "it's $5", r"D:\笔记\docs", "a=b"):
        for words in ([f"DOCS={folder}"], ["--docs", folder], [f"--docs={folder}"]):
            values, _ = RUN.parsed(RUN.COMMANDS[command], words)
            assert RUN.environment(values)["DOCS_DIR"] == folder
    values, _ = RUN.parsed(RUN.COMMANDS[command], ["OUT=there"])
    assert RUN.environment(values)["SITE_DIR"] == "there"
    assert "DOCS_DIR" not in RUN.environment({})


def test_programs_get_our_modules_and_utf_8() -> None:
    env = RUN.environment({"INDEX": "https://mirror.example/simple", "CARDS": "1"})
    assert env["PYTHONPATH"].split(os.pathsep) == [
        str(REPOSITORY / "hooks"),
        str(REPOSITORY / "tools"),
    ]
    assert env["PYTHONUTF8"] == env["NO_MKDOCS_2_WARNING"] == env["CARDS"] == "1"
    assert env["PIP_INDEX_URL"] == "https://mirror.example/simple"
    assert "FUZZ" not in env


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["chekc"], ("chekc", "是不是 check", "help")),
        (["site", "--otu", "x"], ("--otu", "是不是 --out")),
        (["site", "DCOS=notes"], ("DCOS=notes", "是不是 DOCS=notes")),
        (["site", "notes"], ("notes",)),
        (["check", "--docs"], ("--docs", "放文档的文件夹")),
        (["site", "--out", "DOCS=notes"], ("--out", "网站写到哪里")),
        (["site", "--out", "--docs", "notes"], ("--out", "网站写到哪里")),
        (["translate", "a", "b"], ("b",)),
        (["bench-search"], ("SETS=",)),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_runs(
    words: list[str],
    says: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(RUN, "ensure", lambda needs: None)
    monkeypatch.setattr(RUN, "run", lambda *_: pytest.fail("something ran"))
    assert RUN.main(words) == RUN.WRONG
    printed = capsys.readouterr().err
    for text in says:
        assert text in printed


def test_an_option_of_another_command_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    RUN.parsed(RUN.COMMANDS["check"], ["PORT=1", "DOCS=x", "OUT=y"])
    assert capsys.readouterr().err == "PORT 对 check 不起作用\n"


def test_help_names_all_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    chinese = RUN.help_text()
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    english = RUN.help_text()
    for text in (chinese, english):
        for name in RUN.COMMANDS:
            assert re.search(rf"^  {name} ", text, re.MULTILINE), name
        for option in RUN.OPTIONS:
            assert option.dashed in text
    assert not re.search(r"[\u3400-\u9fff]", english)
    for heading in ("写文章的人", "翻译和维护", "改生成器的人"):
        assert heading in chinese
    assert max(len(line) for line in english.splitlines()) < 100


@pytest.mark.parametrize(
    ("values", "english"),
    [
        ({}, False),
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, False),
        ({"LANG": "C.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "en_GB"}, True),
    ],
)
def test_the_locale_chooses_the_language(
    values: dict[str, str], english: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert RUN.speaks_english() is english


def test_the_makefile_knows_the_same_commands_and_variables() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")

    def listed(name: str) -> set[str]:
        found = re.search(rf"^{name} := (.*)$", makefile, re.MULTILINE)
        assert found
        return set(found[1].split())

    assert listed("COMMANDS") == {"help", *RUN.COMMANDS}
    assert listed("VARIABLES") == set(RUN.BY_NAME)


# What is installed.


def test_a_stamp_is_of_content_and_python_not_of_times_and_line_ends(tmp_path: Path) -> None:
    lock, other = tmp_path / "a.txt", tmp_path / "b.txt"
    lock.write_bytes(b"x==1\ny==2\n")
    other.write_bytes(b"x==1\r\ny==2\r\n")
    os.utime(other, (1, 1))
    first = RUN.stamp_of("3.11", lock)
    assert first == RUN.stamp_of("3.11", other)
    assert first != RUN.stamp_of("3.12", lock)
    lock.write_bytes(b"x==1\ny==3\n")
    assert first != RUN.stamp_of("3.11", lock)
    stamp = tmp_path / "stamp"
    assert not RUN.is_stamped(stamp, first)
    stamp.write_bytes(hashlib.sha256(b"").digest())
    assert not RUN.is_stamped(stamp, first)
    stamp.write_text(first, encoding="utf-8")
    assert RUN.is_stamped(stamp, first)


class Installed:
    """What `ensure` did: pip is not run, the virtual environments are real."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.files: list[str] = []
        monkeypatch.setattr(RUN, "REPOSITORY", folder)
        monkeypatch.setattr(RUN, "install", lambda _, file, *rest: self.files.append(file.name))

        def make(venv: Path) -> None:
            self.files.append("venv")
            command = [sys.executable, "-m", "venv", "--without-pip", str(venv)]
            subprocess.run(command, check=True)

        monkeypatch.setattr(RUN, "make_venv", make)
        for name in ("requirements", "requirements-dev"):
            (folder / f"{name}.txt").write_text("x==1\n", encoding="utf-8")

    def did(self) -> list[str]:
        done, self.files = self.files, []
        return done


def test_only_what_changed_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done, venv = Installed(monkeypatch, tmp_path), tmp_path / "my venv"
    RUN.ensure("site", venv)
    assert done.did() == ["venv", "requirements.txt"]
    RUN.ensure("site", venv)
    os.utime(tmp_path / "requirements.txt")
    RUN.ensure("site", venv)
    assert done.did() == []
    RUN.ensure("dev", venv)
    assert done.did() == ["requirements-dev.txt"]
    (tmp_path / "requirements.txt").write_text("x==2\n", encoding="utf-8")
    RUN.ensure("dev", venv)
    assert done.did() == ["requirements.txt"]
    # The system's Python was replaced: what is installed belongs to the old one.
    (venv / "python.stamp").write_text("3.9", encoding="utf-8")
    RUN.ensure("site", venv)
    assert done.did() == ["venv", "requirements.txt"]
    # A full disk has emptied the stamp: nothing is wrong with what is installed.
    (venv / "python.stamp").write_bytes(b"")
    RUN.ensure("site", venv)
    assert done.did() == []
    RUN.python_of(venv).unlink()
    RUN.ensure("site", venv)
    assert done.did() == ["venv", "requirements.txt"]


def test_a_failed_installation_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, venv = Installed(monkeypatch, tmp_path), tmp_path / "venv"

    def fail(*_: object) -> None:
        raise RUN.StopError("no network")

    with monkeypatch.context() as offline:
        offline.setattr(RUN, "install", fail)
        with pytest.raises(RUN.StopError):
            RUN.ensure("site", venv)
    assert done.did() == ["venv"]
    RUN.ensure("site", venv)
    assert done.did() == ["requirements.txt"]


def test_a_folder_that_is_no_environment_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Installed(monkeypatch, tmp_path)
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "thesis.md").write_text("论文", encoding="utf-8")
    with pytest.raises(RUN.StopError, match=r"移走"):
        RUN.ensure("site", tmp_path / "venv")
    assert (tmp_path / "venv" / "thesis.md").is_file()


@pytest.mark.parametrize(
    ("log", "says"),
    [
        (
            "Collecting mkdocs==1.6.1\nWARNING: Retrying (Retry(total=0)) after "
            "'NewConnectionError(\"HTTPSConnection(host='mirror.example', port=443): Failed\")'\n"
            "ERROR: No matching distribution found for mkdocs==1.6.1\n",
            ("mkdocs==1.6.1", "连不上 mirror.example", "INDEX="),
        ),
        (
            "Collecting pillow==1.2\n  ReadTimeoutError: HTTPSConnectionPool(host='f.example', "
            "port=443): Read timed out.\n",
            ("pillow==1.2", "f.example", "INDEX="),
        ),
        (
            "Collecting a==1\nERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n",
            ("a==1", "和锁定的不一样", "INDEX="),
        ),
        (
            "Collecting a==1\nERROR: Could not find a version that satisfies the requirement a==1\n"
            "ERROR: No matching distribution found for a==1\n",
            ("a==1", "没有这个版本", "INDEX="),
        ),
        (
            "Collecting a==1\nERROR: [Errno 28] No space left on device\n",
            ("磁盘满了",),
        ),
        ("Collecting a==1\nsomething else\n", ("停在 a==1",)),
        ("", ("requirements.txt",)),
    ],
)
def test_a_failed_download_says_which_and_what_to_do(log: str, says: tuple[str, ...]) -> None:
    for text in says:
        assert text in RUN.why_not_installed(log)


def test_pip_that_cannot_reach_its_index_is_explained(tmp_path: Path) -> None:
    """With the real pip, and a port where nobody listens."""
    lock = tmp_path / "requirements.txt"
    lock.write_text(f"nothing-at-all==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    log = tmp_path / "install.log"
    index = ["--retries", "0", "--index-url", "http://127.0.0.1:9/simple", "nothing-at-all==1"]
    with pytest.raises(RUN.StopError, match=r"127\.0\.0\.1") as failed:
        RUN.install(Path(sys.executable), lock, log, *index)
    assert "install.log" in str(failed.value)
    assert "Traceback" not in log.read_text(encoding="utf-8")


# Other systems.


def test_its_syntax_is_that_of_python_3_8() -> None:
    ast.parse((REPOSITORY / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.parametrize(("lang", "word"), [("zh_CN.UTF-8", "需要 Python 3.11"), ("en_US", "3.11")])
def test_an_old_python_is_told_in_one_sentence(
    lang: str, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", lang)
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert RUN.main(["serve"]) == RUN.WRONG
    said = capsys.readouterr().err
    assert word in said
    assert "3.8.18" in said
    assert said.count("\n") == 1


def test_windows_keeps_its_programs_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RUN.os, "name", "nt")
    assert RUN.python_of(RUN.VENV).as_posix().endswith(".venv/Scripts/python.exe")
    assert RUN.shown() == "py run.py"


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_help_fits_any_console(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "run.py"), "help"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
    )
    assert done.stdout.decode(encoding).count("\n") > len(RUN.COMMANDS)
    assert done.stderr == b""


def test_a_program_s_status_is_handed_on(tmp_path: Path) -> None:
    for status in (0, 1, 3):
        words = [sys.executable, "-c", f"raise SystemExit({status})"]
        assert RUN.run(words, dict(os.environ), tmp_path) == status
    with pytest.raises(RUN.StopError, match="nothing-of-the-kind"):
        RUN.run(["nothing-of-the-kind"], dict(os.environ), None)


def test_the_double_click_is_a_batch_file() -> None:
    data = (REPOSITORY / "preview.cmd").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 5
    assert b"run.py serve --open" in data
