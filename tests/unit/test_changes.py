"""What the workflows make of a change: pages alone, or more."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from site_builder import REPOSITORY

from changes import changes, summary, touches_generator

WORKFLOWS = sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize(
    ("listed", "found", "generator"),
    [
        ("", [], False),
        ("M\0docs/git.md\0", [("M", "docs/git.md")], False),
        ("A\0docs/我 的.md\0D\0docs/x.png\0", [("A", "docs/我 的.md"), ("D", "docs/x.png")], False),
        ("M\0docs/git.md\0M\0hooks/zoom.py\0", None, True),
        ("M\0docs.py\0", None, True),
        ("R087\0docs/a.md\0docs/b.md\0", [("D", "docs/a.md"), ("R", "docs/b.md")], False),
        ("R100\0hooks/a.py\0docs/a.py\0", [("D", "hooks/a.py"), ("R", "docs/a.py")], True),
        ("R100\0docs/a.py\0hooks/a.py\0", None, True),
    ],
)
def test_only_pages_or_more(
    listed: str, found: list[tuple[str, str]] | None, generator: bool
) -> None:
    read = changes(listed)
    assert found is None or read == found
    assert touches_generator(read) is generator


def test_a_name_is_text_in_the_summary() -> None:
    hostile = "docs/<img src=x>\n# ![](http://x)`&.md"
    text = summary([("A", hostile), ("M", "hooks/zoom.py")])
    assert "<img" not in text
    assert "hooks" not in text
    assert len([line for line in text.splitlines() if line.startswith("#")]) == 1
    assert text.count("\n- ") == 1
    assert summary([("M", "hooks/zoom.py")]) == ""


def _git(folder: Path, *words: str) -> str:
    user = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    command = ["git", "-C", str(folder), *user, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _asked(folder: Path, *words: str) -> tuple[str, str]:
    output = folder / "output"
    output.write_text("", encoding="utf-8")
    command = [sys.executable, str(REPOSITORY / "tools" / "changes.py"), *words]
    done = subprocess.run(
        command,
        cwd=folder / "work",
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={"GITHUB_OUTPUT": str(output), "PATH": "/usr/bin:/bin"},
    )
    return output.read_text(encoding="utf-8").strip(), done.stdout


def test_a_real_history_is_asked(tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "docs").mkdir(parents=True)
    _git(tmp_path, "init", "-q", "-b", "main", str(work))
    (work / "run.py").write_text("1", encoding="utf-8")
    (work / "docs/一.md").write_text("# 一\n", encoding="utf-8")
    _git(work, "add", ".")
    _git(work, "commit", "-qm", "x")
    base = _git(work, "rev-parse", "HEAD")
    _git(work, "switch", "-qc", "pages")
    (work / "docs/一.md").write_text("# 二\n", encoding="utf-8")
    _git(work, "commit", "-qam", "y")
    # What happened on the base meanwhile is none of this change.
    _git(work, "switch", "-q", "main")
    (work / "run.py").write_text("2", encoding="utf-8")
    _git(work, "commit", "-qam", "z")
    _git(work, "switch", "-q", "pages")
    value, said = _asked(tmp_path, "main")
    assert value == "generator=false"
    assert "修改 <code>docs/一.md</code>" in said
    assert _asked(tmp_path, base)[0] == "generator=false"
    for unknown in ((), ("",), ("0" * 40,), ("nothere",), ("--output=x",)):
        assert _asked(tmp_path, *unknown) == ("generator=true", "")
    (work / "run.py").write_text("3", encoding="utf-8")
    _git(work, "commit", "-qam", "w")
    assert _asked(tmp_path, "main")[0] == "generator=true"


def test_actions_are_pinned_and_no_cache_crosses_into_publishing() -> None:
    kept: dict[str, set[str]] = {}
    assert {path.name for path in WORKFLOWS} == {
        "check.yml",
        "drafts.yml",
        "mirror.yml",
        "outside.yml",
        "preview.yml",
        "publish.yml",
        "successors.yml",
        "suggest.yml",
    }
    for path in WORKFLOWS:
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"uses: (\S+)", text)
        assert used
        assert [one for one in used if not re.search(r"@[0-9a-f]{40}$", one)] == []
        jobs = yaml.safe_load(text)["jobs"].values()
        steps = [step.get("with", {}) for job in jobs for step in job["steps"]]
        kept[path.name] = {step["key"].split("-")[0] for step in steps if "key" in step}
        pip = [step for step in steps if "cache" in step]
        assert bool(pip) is (path.name == "check.yml")
    assert {name: keys for name, keys in kept.items() if keys} == {
        "check.yml": {"check"},
        "publish.yml": {"publish"},
    }


def test_the_workflows_run_commands_that_exist() -> None:
    commands = (REPOSITORY / "run.py").read_text(encoding="utf-8")
    for path in WORKFLOWS:
        named = re.findall(r"python run\.py (\S+)", path.read_text(encoding="utf-8"))
        # What comments on a pull request, or shows it, runs nothing that reads its pages or code.
        assert bool(named) == (path.name not in {"suggest.yml", "preview.yml"})
        for name in named:
            assert f'"{name}"' in commands, (path.name, name)
