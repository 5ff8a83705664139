import subprocess
from pathlib import Path

from mkdocs_bridge.git_dates import last_changes


def commit(folder: Path, day: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["add", "-A"], [*identity, "commit", "-qm", "x", f"--date={day}T12:00:00Z"]):
        subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def test_each_file_has_the_date_of_its_last_commit(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "中文.md").write_text("a", encoding="utf-8")
    (docs / "git.md").write_text("a", encoding="utf-8")
    commit(tmp_path, "2024-01-02")
    (docs / "git.md").write_text("b", encoding="utf-8")
    commit(tmp_path, "2024-03-04")
    (docs / "new.md").write_text("c", encoding="utf-8")
    dates = {name: date.date().isoformat() for name, date in last_changes(docs).items()}
    assert dates == {"中文.md": "2024-01-02", "git.md": "2024-03-04"}


def test_a_shallow_clone_and_a_plain_folder_make_no_claims(tmp_path: Path) -> None:
    whole, shallow = tmp_path / "whole", tmp_path / "shallow"
    subprocess.run(["git", "init", "-q", str(whole)], check=True)
    for text in "ab":
        (whole / "git.md").write_text(text, encoding="utf-8")
        commit(whole, "2024-01-02")
    clone = ["git", "clone", "-q", "--depth=1", whole.as_uri(), str(shallow)]
    subprocess.run(clone, check=True)
    assert last_changes(whole) != {}
    assert last_changes(shallow) == {}
    assert last_changes(tmp_path) == {}
