"""From a page without translation to one that is recorded as current, and behind again."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import REPOSITORY

import translate
from command import UserError
from docskit.drafting.translation_draft import catch_up, draft, untranslated, with_record
from docskit.pages.page_tree import page_tree
from docskit.reading.author_page import AuthorPage, read_author_page
from docskit.translation.translation import (
    Kind,
    SectionChange,
    State,
    Translation,
    compare,
    record_of,
    sections_of,
)
from docskit.translation.translation_progress import status, table, tree_status
from draft import drafting, everything
from mkdocs_bridge.site.site_settings import SiteSettings

ORIGINAL = """---
title: 容器
date: 2026-01-02
---

# 容器 <img src="./a.png">

引言，见[别处](b.md)。

安装
----

装。

```sh
apt install x  # 安装
```

## 纯代码

```sh
ls
```
"""


def page(text: str, path: str = "a.md") -> AuthorPage:
    return read_author_page(text.encode(), path)[0]


def test_a_draft_keeps_all_but_what_is_to_be_translated() -> None:
    text = draft(page(ORIGINAL)) or ""
    mark = "<!-- to be translated -->\n\n"
    record = "".join(
        f"  {key}: {value}\n" for key, value in record_of(sections_of(page(ORIGINAL))).items()
    )
    plain = text.replace(mark, "").replace(f"translated_from:  # make translated\n{record}", "")
    assert plain == ORIGINAL.replace("----\n\n装", "----\n\n装")
    assert [problem.line for problem in untranslated(page(text, "a.en.md"))] == [12, 19, 29]
    state, problems = compare(page(ORIGINAL), page(text, "a.en.md"))
    assert (state.state, len(state.changes), problems) == (State.STALE, 3, [])


def test_a_code_only_section_without_han_has_nothing_to_translate() -> None:
    text = draft(page("# 甲\n\n字。\n\n## API\n\n```sh\nls\n```\n")) or ""
    assert text.count("to be translated") == 1


@pytest.mark.parametrize(
    "text",
    [
        "# No front matter\n",
        "---\ntitle: x\n---\nbody\n",
        "---\ntranslated_from:\n  a: 00000000\n  b: 11111111\ntitle: x # kept\n---\nbody\n",
        "---\ntitle: x\ntranslated_from: {a: 00000000}\n---\nbody\n",
    ],
)
def test_the_record_replaces_itself_and_nothing_else(text: str) -> None:
    record = {"甲": "12345678", "-": "abcdef01"}
    edits = with_record(page(text), record)
    assert edits is not None
    new = edits.apply(text)
    own = page(new, "a.en.md")
    assert own.front_matter.meta["translated_from"] == record
    assert own.front_matter.body.strip() == page(text).front_matter.body.strip()
    assert ("title" in text) == ("title" in own.front_matter.meta)
    assert ("# kept" in text) == ("# kept" in new)
    again = with_record(page(new), record)
    assert again is not None
    assert again.apply(new) == new


def test_what_changed_is_shown_section_by_section() -> None:
    record = record_of(sections_of(page(ORIGINAL)))
    own = page(ORIGINAL, "a.en.md")
    edits = with_record(own, record)
    assert edits is not None
    own = page(edits.apply(own.source.text), "a.en.md")
    now = page(ORIGINAL.replace("装。", "先想好。") + "\n## 新的\n\n新。\n")
    former = {section.hash: section.source for section in sections_of(page(ORIGINAL))}
    changed, added = catch_up(now, own, lambda wanted: {h: former[h] for h in wanted})
    assert (changed.title, changed.line) == ("安装", 10)
    assert "-装。\n+先想好。" in changed.diff
    assert (added.title, added.diff, added.now) == ("新的", "", "## 新的\n\n新。\n")


def test_the_table_has_the_worst_first() -> None:
    texts = {
        "a.md": ORIGINAL,
        "a.en.md": draft(page(ORIGINAL)) or "",
        "b.md": "# 乙\n",
        "b.en.md": "# B\n",
        "c.md": "# 丙\n",
        "d.en.md": "# D\n",
    }
    tree = page_tree(texts, "zh", ["zh", "en"])
    status = tree_status(tree, lambda uri: page(texts[uri], uri), ["zh", "en"], "en")
    assert [(row.identity, str(row.state)) for row in status.rows] == [
        ("d.md", "orphan"),
        ("c.md", "missing"),
        ("a.md", "stale"),
        ("b.md", "unrecorded"),
    ]
    assert "en: 0 of 3 pages current, 0% done" in table(status, "en")


def run(docs: Path, tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / tool), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
        env={"DOCS_DIR": str(docs), "PYTHONPATH": "hooks:tools", "PATH": "/usr/bin:/bin"},
    )


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_the_commands_lead_from_nothing_to_current_and_show_what_came_after(
    tmp_path: Path,
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    original, english = docs / "a.md", docs / "a.en.md"
    original.write_text(ORIGINAL, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "x")
    drafted = run(docs, "translate.py", "translate", "a")
    assert drafted.returncode == 0, drafted.stderr
    refused = run(docs, "translate.py", "translated", "docs/a.en.md")
    assert refused.returncode == 1
    assert "docs/a.en.md:" in refused.stdout
    text = english.read_text(encoding="utf-8").replace("<!-- to be translated -->\n\n", "")
    english.write_bytes(text.replace("\n", "\r\n").encode())
    assert run(docs, "translate.py", "translated", "a.md").returncode == 0
    assert english.read_bytes().count(b"\n") == english.read_bytes().count(b"\r\n")
    assert "最新" in run(docs, "status.py").stdout
    original.write_text(ORIGINAL.replace("装。", "先想好。"), encoding="utf-8")
    git(tmp_path, "commit", "-qam", "y")
    shown = run(docs, "translate.py", "translate", "a").stdout
    assert "== 安装（docs/a.md:10）" in shown
    assert "-装。\n+先想好。" in shown
    assert "已过期" in run(docs, "status.py").stdout
    assert run(docs, "translate.py", "translate", "nowhere").returncode == 2


def test_what_the_commands_do_with_pages_that_are_not_published(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# 首页\n", encoding="utf-8")
    later = ORIGINAL.replace("---\n", "---\npublished: false\n", 1)
    (docs / "later.md").write_text(later, encoding="utf-8")
    (docs / "b.md").write_text(ORIGINAL, encoding="utf-8")
    (docs / "b.en.md").write_text("---\ndraft: true\n---\n# B\n", encoding="utf-8")
    told = run(docs, "translate.py", "translate", "later")
    assert told.returncode == 0, told.stderr
    assert "注意：docs/later.md 是草稿，还没有发布，译文会和它一起等" in told.stdout
    # It says so itself as well, and goes on waiting until someone has read it.
    assert "published: false" in (docs / "later.en.md").read_text(encoding="utf-8")
    status = run(docs, "status.py").stdout
    rows, _, notes = status.partition("docs/b.en.md: 它是草稿，没有发布")
    assert "later" not in rows and "0/2 页最新" in rows
    assert re.search(r"^b\.md .*未翻译", rows, re.MULTILINE)
    assert "docs/later.en.md: 它是草稿，没有发布" in notes
    assert "docs/later.md: 它是草稿，没有发布" in notes
    site = SiteSettings(docs, "zh", ("zh", "en"), "zh")
    assert everything(drafting(site, site.tree(), "en"), 0) == ["index.md"]


def test_pages_stand_by_state_then_by_what_is_done_then_by_name() -> None:
    def stale(sections: int, wrong: int) -> Translation:
        changes = (SectionChange(Kind.CHANGED, "节", "", ""),) * wrong
        return Translation(State.STALE, sections, changes)

    states = {
        "b.md": stale(4, 2),
        "a.md": stale(4, 2),
        "z.md": stale(4, 3),
        "y.md": Translation(State.CURRENT, 4),
        "c.md": stale(4, 1),
        "x.md": Translation(State.MISSING),
        "w.md": Translation(State.UNRECORDED, 4),
        "v.md": Translation(State.ORPHAN),
    }
    rows = status({name: {"en": state} for name, state in states.items()}, "en").rows
    assert [(row.identity, row.percent) for row in rows] == [
        ("v.md", 0),
        ("x.md", 0),
        ("z.md", 25),
        ("a.md", 50),
        ("b.md", 50),
        ("c.md", 75),
        ("w.md", 0),
        ("y.md", 100),
    ]


def test_a_site_of_one_language_says_that_nothing_can_be_translated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text("# 甲\n", encoding="utf-8")
    monkeypatch.setattr(translate, "prepare", lambda: tmp_path)
    site = SiteSettings(tmp_path, "zh", ("zh",), "zh")
    monkeypatch.setattr(translate, "site_settings", lambda _: site)
    for command in ("translate a", "translate all --draft prompt", "translated a"):
        with pytest.raises(UserError, match="只有一种语言"):
            translate.main(command.split())
