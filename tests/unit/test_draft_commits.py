"""The weekly drafts: one commit a page, a report that is only text, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from drafted_pages import KEY, git, run, write_five
from site_builder import REPOSITORY
from translation_server import Conversation, honest, translation_server

from draft import drafting, most_read
from mkdocs_bridge.site.site_settings import SiteSettings

WORKFLOW = REPOSITORY / ".github" / "workflows" / "drafts.yml"


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with translation_server() as talk:
        yield talk


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    write_five(tmp_path / "docs")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "before")
    return tmp_path


def commits(repository: Path, talk: Conversation, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "draft_commits.py"), *words],
        capture_output=True,
        text=True,
        check=False,
        env={
            "DOCS_DIR": str(repository / "docs"),
            "PYTHONPATH": "hooks:tools",
            "PATH": os.environ["PATH"],
            "GITHUB_OUTPUT": str(repository.parent / "output"),
            "TRANSLATE_URL": talk.url,
            "TRANSLATE_MODEL": "m",
            "TRANSLATE_KEY": KEY,
        },
    )


def test_one_commit_a_page_and_a_report(repository: Path, talk: Conversation) -> None:
    talk.answer = lambda user, number: (
        honest(user) if number < 3 else "<img src=https://evil.example/x> @everyone, no."
    )
    report = repository.parent / "report.md"
    done = commits(repository, talk, str(report), "--limit", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    log = git(repository, "log", "--format=%s", "--name-only").split("\n\n")
    made = [
        entry.split() for entry in git(repository, "log", "--format=", "--name-only", "-2").split()
    ]
    assert len(made) == 2
    assert log[0].startswith("Draft p")
    for number in range(2):
        names = git(repository, "show", "--format=", "--name-only", f"HEAD~{number}").split()
        assert len(names) == 1 and re.fullmatch(r"docs/p\d\.en\.md", names[0])
        body = git(repository, "log", "-1", "--format=%b", f"HEAD~{number}")
        assert "Nobody has read it" in body
    assert git(repository, "status", "--porcelain") == ""
    told = report.read_text(encoding="utf-8")
    assert "机器起草了 2 页" in told
    assert "没有采用" in told
    assert "<img" not in told
    # Inside of <pre> nobody is called.
    outside = re.sub(r"<pre>.*?</pre>", "", told, flags=re.DOTALL)
    assert "@" not in outside
    assert (repository.parent / "output").read_text() == "pages=2\n"
    assert KEY not in told + done.stdout + done.stderr


def test_a_service_that_fails_keeps_what_there_is(repository: Path, talk: Conversation) -> None:
    talk.answer = lambda user, _: honest(user)
    talk.status = [200, 402]
    report = repository.parent / "report.md"
    assert commits(repository, talk, str(report)).returncode == 0
    assert len(talk.asked) == 2
    told = report.read_text(encoding="utf-8")
    assert "机器起草了 1 页" in told
    assert "余额不足" in told


def test_uncommitted_work_is_not_swept_in(repository: Path, talk: Conversation) -> None:
    (repository / "docs" / "p0.md").write_text("# 改了\n", encoding="utf-8")
    done = commits(repository, talk, str(repository.parent / "report.md"))
    assert (done.returncode, talk.asked) == (2, [])


def _script(job: str, name: str) -> str:
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"][job]["steps"]
    found = [str(step["run"]) for step in steps if step.get("name") == name]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("stray", [False, True])
def test_the_workflow_pushes_its_own_branch_of_pages_and_nothing_else(
    repository: Path, talk: Conversation, tmp_path: Path, stray: bool
) -> None:
    """Its own shell, with `gh` replaced: from the commits to the branch on the other side."""
    base = git(repository, "rev-parse", "HEAD").strip()
    remote, drafts = tmp_path / "remote.git", tmp_path / "drafts"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(remote))
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{remote}", str(clone))
    drafts.mkdir()
    assert commits(repository, talk, str(drafts / "report.md")).returncode == 0
    if stray:
        (repository / "run.py").write_text("evil", encoding="utf-8")
        git(repository, "add", "run.py")
        git(repository, "commit", "-qm", "stray")
        git(repository, "rm", "-q", "run.py")
        git(repository, "commit", "-qm", "hidden")
    git(repository, "bundle", "create", "-q", str(drafts / "drafts.bundle"), f"{base}..HEAD")
    tools = tmp_path / "bin"
    tools.mkdir()
    gh = tools / "gh"
    gh.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/gh.log\n', encoding="utf-8")
    gh.chmod(0o755)
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", _script("propose", "Open the pull request")],
        cwd=clone,
        capture_output=True,
        text=True,
        check=False,
        env={
            "PATH": f"{tools}:{os.environ['PATH']}",
            "GITHUB_SHA": base,
            "GITHUB_REPOSITORY": "club/docs",
            "BASE": "main",
            "DRAFTS": str(drafts),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.file://{remote}.insteadOf",
            "GIT_CONFIG_VALUE_0": "https://github.com/club/docs.git",
        },
    )
    branches = git(remote, "branch", "--format=%(refname:short)").split()
    assert git(remote, "rev-parse", "main").strip() == base
    if stray:
        assert (done.returncode, branches) == (1, ["main"])
        assert "没有推送" in done.stdout
        return
    assert done.returncode == 0, done.stdout + done.stderr
    assert branches == ["machine-drafts", "main"] or branches == ["main", "machine-drafts"]
    assert git(remote, "rev-list", "--count", "main..machine-drafts").strip() == "5"
    # Windows line ends and all.
    sent = subprocess.run(
        ["git", "show", "machine-drafts:docs/p4.en.md"], cwd=remote, capture_output=True, check=True
    ).stdout
    assert sent == (repository / "docs" / "p4.en.md").read_bytes()
    called = (tmp_path / "gh.log").read_text(encoding="utf-8")
    assert "pr create --repo club/docs --head machine-drafts --base main" in called


def test_the_workflow_runs_for_nobody_else_and_may_do_little() -> None:
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    # YAML reads `on` as true.
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}
    assert workflow["permissions"] == {}
    jobs = workflow["jobs"]
    assert jobs["scope"]["permissions"] == {"pull-requests": "read"}
    assert jobs["draft"]["permissions"] == {"contents": "read"}
    assert jobs["propose"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    # Who has the key may not write, and who may write has no key and runs nothing of the pages'.
    propose = yaml.safe_dump(jobs["propose"])
    assert "TRANSLATE" not in propose
    assert "python" not in propose
    assert "TRANSLATE_KEY }}" in yaml.safe_dump(jobs["draft"], width=1000)


def test_the_most_read_pages_come_first(tmp_path: Path, talk: Conversation) -> None:
    docs = tmp_path / "docs"
    write_five(docs)
    (docs / "index.md").write_text("# 首页\n", encoding="utf-8")
    site = SiteSettings(docs, "zh", ("zh", "en"), "zh")
    listed = 'path,views\n/docs/p3/,900\n"https://x.org/docs/en/p1/index.html",800\n/else/,7\n/,1\n'
    assert most_read(drafting(site, site.tree(), ""), listed) == ["p3.md", "p1.md", "index.md"]
    counter = tmp_path / "views.csv"
    counter.write_text(listed, encoding="utf-8")
    words = ("translate", "all", "--draft", "1", "--yes", "--limit", "2", "--read", str(counter))
    done = run(docs, talk, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert ["第3页" in talk.asked[0], "第1页" in talk.asked[1]] == [True, True]
    assert run(docs, talk, *words[:-1], str(tmp_path)).returncode == 2
