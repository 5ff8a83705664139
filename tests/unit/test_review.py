from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from site_builder import REPOSITORY

from docskit.pages.page_tree import page_tree
from docskit.reading.author_page import AuthorPage, read_author_page
from docskit.translation.glossary import Term
from docskit.translation.review import Before, Now, review
from docskit.translation.translation import record_of, sections_of

ZH = "# 容器\n\n开头。\n\n## 安装\n\n装。\n\n## 用法\n\n用镜像层。\n"
EN = "# Containers\n\nStart.\n\n## Install\n\nDo.\n\n## Usage\n\nUse layers.\n"
TERMS = (Term("镜像", "image"), Term("镜像层", "layer", ("layers",)), Term("容器", "container"))


def page(uri: str, text: str) -> AuthorPage:
    return read_author_page(text.encode(), uri)[0]


def translated(original: str, body: str) -> str:
    record = record_of(sections_of(page("x.md", original)))
    lines = "".join(f"  {key}: '{value}'\n" for key, value in record.items())
    return f"---\ntranslated_from:\n{lines}---\n{body}"


def summary(
    before: dict[str, str], now: dict[str, str], *assets: str, language: str = "en"
) -> list[str]:
    """The bullet points of the review of a change from one set of files to another."""
    changed = {uri for uri in now if before.get(uri) != now[uri]} | set(assets)
    text = review(
        Before(frozenset(changed), lambda uri: page(uri, before[uri]) if uri in before else None),
        Now(
            page_tree(now, "zh", ["zh", "en"]),
            lambda uri: page(uri, now[uri]),
            ("zh", "en"),
            frozenset(assets),
            lambda uri: False if "plain" in uri else None,
            TERMS,
        ),
        language,
    )
    return [line for line in text.splitlines() if line.startswith(("- ", "This change leaves"))]


def test_a_change_names_the_sections_that_it_makes_stale_and_no_others() -> None:
    before = {"a.md": ZH.replace("开头", "旧开头"), "a.en.md": translated(ZH, EN)}
    now = {"a.md": before["a.md"].replace("装。", "先想。"), "a.en.md": before["a.en.md"]}
    assert summary(before, now) == ["- `a.en.md`: Install (original at `a.md:5`)"]


def test_a_page_that_was_never_recorded_counts_from_the_change_on() -> None:
    before = {"a.md": ZH, "a.en.md": EN}
    assert summary(before, {**before, "a.md": ZH.replace("装。", "先想。")}) == [
        "- `a.en.md`: 安装 (original at `a.md:5`)"
    ]


def test_a_change_that_brings_its_translation_along_leaves_nothing_behind() -> None:
    new = ZH.replace("装。", "先想。")
    before = {"a.md": ZH, "a.en.md": translated(ZH, EN)}
    assert summary(before, {"a.md": new, "a.en.md": translated(new, EN)}) == [
        "This change leaves no translation behind."
    ]


def test_a_new_page_without_twin_is_named_and_an_old_one_is_not() -> None:
    assert summary({"b.md": "# 乙\n"}, {"a.md": "# 甲\n", "b.md": "# 乙丙\n"}) == [
        "- `a.md` has no `a.en.md`"
    ]


def test_a_draft_is_looked_at_when_it_is_published() -> None:
    draft = f"---\ndraft: true\n---\n{ZH}"
    nothing = ["This change leaves no translation behind."]
    assert summary({}, {"a.md": draft}) == nothing
    assert summary({"a.md": draft}, {"a.md": ZH}) == ["- `a.md` has no `a.en.md`"]
    english = translated(ZH, EN)
    changed = draft.replace("装。", "先想。")
    assert summary({"a.md": draft, "a.en.md": english}, {"a.md": changed, "a.en.md": english}) == (
        nothing
    )
    # What went stale while it was a draft has not been said yet.
    published = {"a.md": ZH.replace("装。", "先想。"), "a.en.md": english}
    assert summary({"a.md": changed, "a.en.md": english}, published) == [
        "- `a.en.md`: Install (original at `a.md:5`)"
    ]


def test_pictures_without_a_variant_are_named_unless_nothing_in_them_is_chinese() -> None:
    en = "# A\n\n![x](p/new.png)\n![x](p/plain.png)\n![x](p/both.png)\n\n`![x](p/code.png)`\n"
    files = {"a.md": "# 甲\n", "a.en.md": en}
    pictures = ("p/new.png", "p/plain.png", "p/both.png", "p/both.en.png", "p/code.png")
    assert summary({}, files, *pictures) == ["- `a.en.md:3`: `p/new.png` has no `p/new.en.png`"]


def test_terms_outside_of_code_are_those_of_the_glossary() -> None:
    zh = "# 容器\n\n`镜像` 与镜像层。\n\n## 镜像\n\n字。\n"
    good = "# Containers\n\nLayers.\n\n## Images\n\nWord.\n"
    bad = "# Boxes\n\nLayers.\n\n## Pictures\n\nWord.\n"
    assert summary({}, {"a.md": zh, "a.en.md": translated(zh, good)}) == [
        "This change leaves no translation behind."
    ]
    found = summary({}, {"a.md": zh, "a.en.md": translated(zh, bad)})
    assert [line.partition(":")[2][:2] for line in found] == ["6`", "10"]
    assert "“container”" in found[0]
    assert "“image”" in found[1]


def test_a_term_in_another_word_is_no_term() -> None:
    """`镜像` in 镜像站 and `容器` in 容器化 and 容器端 say nothing of an image or a container."""
    zh = "# 甲\n\n镜像站、容器化、容器端。\n"
    assert summary({}, {"a.md": zh, "a.en.md": translated(zh, "# A\n\nMirrors.\n")}) == [
        "This change leaves no translation behind."
    ]
    zh = "# 甲\n\n镜像站里的镜像。\n"
    found = summary({}, {"a.md": zh, "a.en.md": translated(zh, "# A\n\nMirrors.\n")})
    assert ["image" in line for line in found] == [True]


def test_the_command_reviews_a_branch(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    (docs / "a.md").write_text(ZH, encoding="utf-8")
    (docs / "a.en.md").write_text(translated(ZH, EN), encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "x")
    git("checkout", "-qb", "topic")
    (docs / "a.md").write_text(ZH.replace("装。", "先想。"), encoding="utf-8")
    git("commit", "-qam", "y")
    (docs / "新页.md").write_text("# 新\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "tools/review.py", "main"],
        cwd=REPOSITORY,
        env={"DOCS_DIR": str(docs), "PYTHONPATH": "hooks:tools", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "- `a.en.md`：Install（原文 `a.md:5`）" in done.stdout
    assert "- `新页.md` 没有 `新页.en.md`" in done.stdout


@pytest.mark.parametrize(("times", "told"), [(2, 0), (3, 1), (4, 1)])
def test_a_section_is_about_a_term_that_it_says_three_times(times: int, told: int) -> None:
    zh = "# 容器\n\n开头。\n\n## 用法\n\n" + "用镜像。" * times + "\n"
    # The page has the word, but not where the original is about it.
    en = "# Containers\n\nAn image.\n\n## Usage\n\nPull it.\n"
    found = summary({}, {"a.md": zh, "a.en.md": translated(zh, en)})
    assert sum("“image”" in line for line in found) == told
