"""A section that says again what it said before gets its former translation, from git alone."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from drafted_pages import english, git, original, run, status, write_five
from translation_server import Conversation, translation_server


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with translation_server() as talk:
        yield talk


def commit(docs: Path, what: str) -> None:
    git(docs.parent, "add", ".")
    git(docs.parent, "commit", "-qm", what)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Translated by people, in the repository's first commit."""
    docs = tmp_path / "docs"
    write_five(docs, new=False)
    git(tmp_path, "init", "-q")
    commit(docs, "translated")
    return docs


def change(docs: Path, talk: Conversation) -> None:
    """Two sections change and are drafted; what the machine wrote is committed."""
    (docs / "p0.md").write_text(original(0, new=True), encoding="utf-8")
    commit(docs, "changed")
    assert run(docs, talk, "translate", "p0", "--draft", "1", "--yes").returncode == 0
    commit(docs, "drafted")


def test_words_that_return_bring_their_translation_back(docs: Path, talk: Conversation) -> None:
    change(docs, talk)
    (docs / "p0.md").write_text(original(0, new=False), encoding="utf-8")
    asked = len(talk.asked)
    # No address and no key: nobody could be asked.
    done = run(docs, None, "translate", "p0", "--draft", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "取回了 docs/p0.en.md 的 2 节" in done.stdout
    assert (docs / "p0.en.md").read_bytes() == english(0)
    assert len(talk.asked) == asked
    assert "机器起草" not in status(docs)


def test_a_draft_that_nobody_had_read_comes_back_as_one(docs: Path, talk: Conversation) -> None:
    change(docs, talk)
    drafted = (docs / "p0.en.md").read_bytes()
    (docs / "p0.md").write_text(original(0, new=False), encoding="utf-8")
    assert run(docs, None, "translate", "p0", "--draft", "memory").returncode == 0
    commit(docs, "back")
    (docs / "p0.md").write_text(original(0, new=True), encoding="utf-8")
    assert run(docs, None, "translate", "p0", "--draft", "memory").returncode == 0
    assert (docs / "p0.en.md").read_bytes() == drafted
    assert "机器起草、还没有人读过的小节 2 处" in status(docs)


def test_what_was_edited_before_its_record_is_no_memory(docs: Path, talk: Conversation) -> None:
    """The text of the last commit before `make translated` belongs to the words after it."""
    page, own = docs / "p0.md", docs / "p0.en.md"
    page.write_text(original(0, new=True), encoding="utf-8")
    own.write_bytes(own.read_bytes().replace(b"About `cmd 2`", b"Quite new, about `cmd 2`"))
    commit(docs, "both, and nothing recorded")
    assert run(docs, None, "translated", "p0").returncode == 0
    commit(docs, "recorded")
    page.write_text(original(0, new=False), encoding="utf-8")
    assert run(docs, None, "translate", "p0", "--draft", "memory").returncode == 0
    assert own.read_bytes() == english(0)


def test_a_page_that_is_made_again_is_remembered_under_its_old_name(docs: Path) -> None:
    git(docs, "mv", "p1.md", "renamed.md")
    git(docs, "mv", "p1.en.md", "renamed.en.md")
    commit(docs, "renamed")
    (docs / "renamed.en.md").unlink()
    commit(docs, "gone")
    done = run(docs, None, "translate", "renamed", "--draft", "memory")
    assert done.returncode == 0, done.stderr
    text = (docs / "renamed.en.md").read_text(encoding="utf-8")
    assert text.count("About `cmd") == 5
    assert "machine_draft" not in text


def test_a_shallow_clone_remembers_nothing_and_does_not_fail(
    docs: Path, talk: Conversation, tmp_path: Path
) -> None:
    change(docs, talk)
    (docs / "p0.md").write_text(original(0, new=False), encoding="utf-8")
    commit(docs, "back")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{docs.parent}", str(clone))
    done = run(clone / "docs", None, "translate", "p0", "--draft", "memory")
    assert (done.returncode, done.stderr) == (0, "")
    assert "docs/p0.md：还有 2 节要翻译，git 历史里没有" in done.stdout


def test_without_a_repository_there_is_no_memory(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write_five(docs)
    done = run(docs, None, "translate", "p0", "--draft", "memory")
    assert (done.returncode, done.stderr) == (0, "")


def test_one_process_reads_a_long_history(docs: Path, talk: Conversation) -> None:
    """Two hundred commits are asked for at once: processes do not grow with them."""
    change(docs, talk)
    own = docs / "p0.en.md"
    lines = [
        "commit refs/heads/main",
        "committer a <a@example.org> 1800000000 +0000",
        "data 1",
        "x",
    ]
    head = git(docs, "rev-parse", "HEAD").strip()
    stream = ""
    for number in range(200):
        text = own.read_text(encoding="utf-8") + f"\n<!-- {number} -->\n"
        data = text.encode()
        stream += "\n".join(lines) + "\n" + (f"from {head}\n" if number == 0 else "")
        stream += f"M 100644 inline docs/p0.en.md\ndata {len(data)}\n{text}\n"
    branch = git(docs, "branch", "--show-current").strip()
    stream = stream.replace("refs/heads/main", f"refs/heads/{branch}")
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force"], cwd=docs, input=stream.encode(), check=True
    )
    git(docs, "reset", "-q", "--hard")
    (docs / "p0.md").write_text(original(0, new=False), encoding="utf-8")
    done = run(docs, None, "translate", "p0", "--draft", "memory", GIT_TRACE=str(docs / "trace"))
    assert "取回了 docs/p0.en.md 的 2 节" in done.stdout
    trace = (docs / "trace").read_text(encoding="utf-8")
    assert 3 <= trace.count("trace: built-in: git") <= 12
