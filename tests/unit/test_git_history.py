import json
import subprocess
from pathlib import Path

from docskit.pages.page_history import Commit, PageHistory, read_log
from mkdocs_bridge.site.git_history import page_history


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
    changes = page_history(docs).last_changes()
    dates = {name: date.date().isoformat() for name, date in changes.items()}
    assert dates == {"中文.md": "2024-01-02", "git.md": "2024-03-04"}


def test_a_shallow_clone_and_a_plain_folder_make_no_claims(tmp_path: Path) -> None:
    whole, shallow = tmp_path / "whole", tmp_path / "shallow"
    subprocess.run(["git", "init", "-q", str(whole)], check=True)
    for text in "ab":
        (whole / "git.md").write_text(text, encoding="utf-8")
        commit(whole, "2024-01-02")
    clone = ["git", "clone", "-q", "--depth=1", whole.as_uri(), str(shallow)]
    subprocess.run(clone, check=True)
    assert page_history(whole).dates != {}
    assert page_history(shallow) == PageHistory()
    assert page_history(tmp_path) == PageHistory()


def run(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)


def text(word: str) -> str:
    """Long enough that git sees the same file again after a rename."""
    return "".join(f"{word} {number}\n" for number in range(20))


def test_a_chain_of_renames_leads_to_the_last_name(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q")
    (tmp_path / "甲 一.md").write_text(text("a"), encoding="utf-8")
    (tmp_path / "b.md").write_text(text("b"), encoding="utf-8")
    commit(tmp_path, "2024-01-01")
    kept = tmp_path / ".git" / "kept.json"
    for step, (old, new) in enumerate(
        [("甲 一.md", "乙.md"), ("乙.md", "c/d.md"), ("b.md", "e.md")]
    ):
        (tmp_path / new).parent.mkdir(exist_ok=True)
        (tmp_path / old).rename(tmp_path / new)
        commit(tmp_path, f"2024-02-0{step + 1}")
        # Read in parts, and all at once: the same.
        assert page_history(tmp_path, kept) == page_history(tmp_path)
    existing = {"c/d.md", "e.md"}
    moves = page_history(tmp_path, kept).moves(existing)
    assert moves == {"甲 一.md": "c/d.md", "乙.md": "c/d.md", "b.md": "e.md"}
    # As another version has left it, and as nobody has.
    without_names = json.loads(kept.read_text(encoding="utf-8"))
    del without_names["names"]
    for strange in ({"format": 4, "head": 3, "dates": {"a": 1}, "became": []}, {}, without_names):
        kept.write_text(json.dumps(strange), encoding="utf-8")
        assert page_history(tmp_path, kept).moves(existing) == moves


def test_a_rewritten_history_is_read_anew(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q")
    (tmp_path / "a.md").write_text(text("a"), encoding="utf-8")
    commit(tmp_path, "2024-01-01")
    kept = tmp_path / ".git" / "kept.json"
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    commit(tmp_path, "2024-01-02")
    assert page_history(tmp_path, kept).became == {"a.md": "b.md"}
    run(tmp_path, "reset", "-q", "--hard", "HEAD~1")
    (tmp_path / "a.md").rename(tmp_path / "c.md")
    commit(tmp_path, "2024-01-03")
    assert page_history(tmp_path, kept).became == {"a.md": "c.md"}


def became(*changes: tuple[str, str, str]) -> dict[str, str]:
    history = PageHistory()
    history.add(Commit("2024-01-01T00:00:00Z", [change]) for change in changes)
    return history.became


def test_what_became_of_a_name() -> None:
    add, drop = ("A", "a", ""), ("D", "b", "")
    assert became(add, ("R", "b", "a")) == {"a": "b"}
    assert became(add, ("R", "b", "a"), ("R", "a", "b")) == {"b": "a"}
    # Another file took the name, and moved on as well: the newer one is meant.
    assert became(add, ("R", "b", "a"), add, ("R", "c", "a")) == {"a": "c"}
    assert became(add, ("R", "b", "a"), add) == {}
    # Two files change places, by way of a third name.
    assert became(("R", "t", "a"), ("R", "a", "b"), ("R", "b", "t")) == {"t": "b"}
    # In one commit.
    both = PageHistory()
    both.add([Commit("2024-01-01T00:00:00Z", [("R", "b", "a"), ("R", "c", "b")])])
    assert both.became == {"a": "b"}
    assert both.moves({"b", "c"}) == {"a": "b"}
    # Deleted and brought back.
    assert became(add, ("R", "b", "a"), drop, ("A", "b", "")) == {"a": "b"}


def test_a_page_moved_and_rewritten_is_known_by_its_name() -> None:
    def found(*changes: tuple[str, str]) -> dict[str, str]:
        history = PageHistory()
        history.add([Commit("2024-01-01T00:00:00Z", [(s, path, "") for s, path in changes])])
        return history.became

    assert found(("D", "ops/elk.md"), ("A", "18_logs/18.2_elk.md")) == {
        "ops/elk.md": "18_logs/18.2_elk.md"
    }
    assert found(("D", "image/dockerfile/README.md"), ("A", "07_dockerfile/README.md")) == {
        "image/dockerfile/README.md": "07_dockerfile/README.md"
    }
    # Two of the name, another name, no page: nobody knows.
    assert found(("D", "a/README.md"), ("A", "b/README.md")) == {}
    assert found(("D", "a/x.md"), ("A", "b/x.md"), ("A", "c/x.md")) == {}
    assert found(("D", "a/x.png"), ("A", "b/x.png")) == {}


def test_the_log_is_read_field_by_field() -> None:
    log = (
        "\x01abc\x022024-01-01T00:00:00Z\x02甲\x02乙 <b@example.org>\x02甲\0"
        "\nA\0a b.md\0R087\0a\tc.md\0中.md\0"
        "\x01def\x022024-01-02T00:00:00Z\x02甲\x02\0"
    )
    assert list(read_log(log)) == [
        Commit(
            "2024-01-01T00:00:00Z",
            [("A", "a b.md", ""), ("R", "中.md", "a\tc.md")],
            ("甲", "乙"),
            "abc",
        ),
        Commit("2024-01-02T00:00:00Z", [], ("甲",), "def"),
    ]


def test_people_follow_a_page_through_its_names() -> None:
    history = PageHistory()
    history.add(
        [
            Commit("2024-01-01T00:00:00Z", [("A", "a.md", "")], ("甲",)),
            Commit("2024-01-02T00:00:00Z", [("R", "b.md", "a.md")], ("乙", "丙")),
            Commit("2024-01-03T00:00:00Z", [("M", "b.md", "")], ("甲",)),
        ]
    )
    assert history.people["b.md"] == {"甲": 2, "乙": 1, "丙": 1}


def test_a_renamed_heading_is_known_through_chains_and_moves(tmp_path: Path) -> None:
    run(tmp_path, "init", "-q")
    kept = tmp_path / ".git" / "kept.json"
    # How the user likes differences to be shown does not matter.
    run(tmp_path, "config", "diff.noprefix", "false")
    run(tmp_path, "config", "diff.mnemonicPrefix", "true")
    run(tmp_path, "config", "color.ui", "always")
    body = f"# 题目\n\n{text('a')}\n## TITLE\n\n{text('b')}\n### 3. 小节 ###\n\n{text('c')}"
    name = "甲 一.md"
    for day, (title, path) in enumerate(
        [("安装", name), ("安装 Git", name), ("安装 Git", "b.md"), ("装好 `Git`", "b.md")], 1
    ):
        (tmp_path / name).unlink(missing_ok=True)
        (tmp_path / path).write_text(body.replace("TITLE", title), encoding="utf-8")
        commit(tmp_path, f"2024-01-0{day}")
        assert page_history(tmp_path, kept) == page_history(tmp_path)
    former = page_history(tmp_path, kept).former_anchors()
    assert former == {"b.md": {"安装": "装好-git", "安装-git": "装好-git"}}
