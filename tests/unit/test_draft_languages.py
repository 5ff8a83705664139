"""Chinese from English, and a third language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drafted_pages import run, sections_by_people, status
from translation_server import Conversation, in_chinese, in_kana, pieces, translation_server

from docskit.drafting.checks import check, check_terms
from docskit.drafting.drafts import make_drafts
from docskit.drafting.prompt import Answer, prompt
from docskit.drafting.selection import select
from docskit.drafting.splicing import spliced
from docskit.reading.author_page import AuthorPage, read_author_page
from docskit.translation.glossary import Term
from docskit.translation.translation import State, compare, original_locale, sections_of

ENGLISH = """---
title: A first container
---

# A first container

Start an image with `docker run`, as [the guide](install.md#linux) says.

## Clean up

- Stop the container first;
- then remove it with `docker rm`.

## API

```sh
docker ps  # all of them
```
"""


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with translation_server() as talk:
        talk.answer = lambda user, _: answered(user, in_chinese)
        yield talk


def answered(user: str, how: object) -> str:
    assert callable(how)
    said = [f"{mark}\n{how(text)}" for mark, text in pieces(user)]
    return "\n\n".join([*said, "@@@ END @@@"])


def page(text: str, path: str = "a.md") -> AuthorPage:
    return read_author_page(text.encode(), path)[0]


def test_an_english_original_gets_a_chinese_draft_and_is_the_original(
    tmp_path: Path, talk: Conversation
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    own, chinese = docs / "first.en.md", docs / "first.md"
    own.write_text(ENGLISH, encoding="utf-8")
    done = run(docs, talk, "translate", "first", "--draft", "1", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Simplified Chinese" in talk.systems[0]
    assert "全角标点" in talk.systems[0]
    text = chinese.read_text(encoding="utf-8")
    assert own.read_text(encoding="utf-8") == ENGLISH
    assert text.startswith('---\ntitle: "')
    assert "`docker run`" in text
    assert "(install.md#linux)" in text
    assert "## " in text
    assert text.count("translated_from") == text.count("machine_draft") == 1
    table = status(docs)
    assert "first.md  zh" in " ".join(table.split(" "))
    assert "机器起草" in table
    again = run(docs, talk, "translate", "first", "--draft", "1", "--yes")
    assert "没有要起草的小节" in again.stdout
    own.write_text(ENGLISH.replace("then remove it", "then you remove it"), encoding="utf-8")
    before = text.split("\n## ")
    assert run(docs, talk, "translate", "all", "--draft", "1", "--yes").returncode == 0
    assert [said.strip("# \n").split("\n")[0] for _, said in pieces(talk.asked[-1])] == ["Clean up"]
    after = chinese.read_text(encoding="utf-8").split("\n## ")
    assert [before[n] == after[n] for n in range(3)] == [False, False, True]
    assert before[0].partition("---\n\n")[2] == after[0].partition("---\n\n")[2]
    assert run(docs, None, "translated", "first").returncode == 0
    assert "机器起草" not in status(docs)
    wrong = run(docs, talk, "translate", "first", "--draft", "1", "--to", "en", "--yes")
    assert (wrong.returncode, "原文就是 en" in wrong.stderr) == (2, True)


def test_which_page_was_first() -> None:
    plain, made = page("# A\n"), page("---\ntranslated_from:\n  '-': 12345678\n---\n# B\n")
    assert original_locale({"zh": plain, "en": made}, "zh") == "zh"
    assert original_locale({"zh": made, "en": plain}, "zh") == "en"
    assert original_locale({"zh": plain, "en": plain}, "zh") == "zh"
    assert original_locale({"zh": made, "en": made}, "zh") == "zh"
    assert original_locale({"zh": made, "en": plain, "ja": made}, "zh") == "en"
    assert original_locale({"en": plain}, "zh") == "en"
    assert original_locale({"en": made}, "zh") == ""


CHINESE = "## 清理\n\n- 先停止容器；\n- 再用 `docker rm` 删除它。\n"  # what a person writes
SOURCE = sections_of(page(ENGLISH))[1].source


@pytest.mark.parametrize(
    ("draft", "said"),
    [
        (CHINESE, ""),
        (CHINESE.replace("先停止容器", "Stop the container first"), "没有翻译"),
        (CHINESE.replace("- 先停止容器；\n", ""), "列表"),
        (CHINESE.replace("docker rm", "docker 删除"), "代码"),
        (CHINESE.replace("删除它", "删除它，" + "并且再说很多别的话" * 8), "太长"),
        (SOURCE, "没有翻译"),
    ],
)
def test_each_sin_in_chinese(draft: str, said: str) -> None:
    found = [complaint.zh for complaint in check(SOURCE, draft, "zh")]
    assert any(said in zh for zh in found) if said else found == [], found


def test_the_glossary_is_held_the_other_way_round() -> None:
    terms = [Term("镜像", "image"), Term("图片", "image"), Term("端口", "port")]
    source = "Images, an image and images. Ports."
    assert check_terms(source, "镜像。端口。", "镜像。端口。", terms, "zh") == []
    assert check_terms(source, "图片。端口。", "图片。端口。", terms, "zh") == []
    assert len(check_terms(source, "映像。端口。", "映像。端口。", terms, "zh")) == 1
    assert check_terms("An important airport.", "很要紧。", "很要紧。", terms, "zh") == []
    selection = select(page("# A\n\nAn image.\n", "a.en.md"), None, "zh", "en")
    assert "- image: 镜像" in prompt(selection, selection.units, terms).user


@pytest.mark.content
def test_people_s_pages_of_this_site_pass_the_other_way_round() -> None:
    """First figure: 3 of 395 sections by people, read as Chinese from English."""
    held, wrong = 0, []
    for name, own, source in sections_by_people():
        held += 1
        said = [c.zh for c in check(source.source.strip("\n"), own.source.strip("\n"), "zh")]
        kinds = ("译文太", "标题应当", "漏译", "没有翻译")
        said = [one for one in said if any(kind in one for kind in kinds)]
        wrong += [(name, own.line, said)] if said else []
    assert held > 100
    assert len(wrong) <= held // 50, wrong


def test_a_third_language_from_either() -> None:
    for text, written in (
        (ENGLISH, "en"),
        ("# 容器\n\n先启动它，再看看里面有些什么东西。\n\n## 用法\n\n用。\n", "zh"),
    ):
        selection = select(page(text), None, "ja", written)
        asked = prompt(selection, selection.units, [Term("镜像", "image")])
        assert "into Japanese" in asked.system
        assert "Glossary" not in asked.user
        drafted = make_drafts(selection, [], lambda p: Answer(answered(p.user, in_kana)))
        assert drafted.problems == ()
        data = spliced(selection, drafted.texts)
        assert data is not None
        own = read_author_page(data, "a.ja.md")[0]
        state = compare(page(text), own)[0]
        assert (state.state, len(state.drafts)) == (
            State.DRAFTED,
            len(selection.units) - (written == "en"),
        )
        lazy = make_drafts(selection, [], lambda p: Answer(answered(p.user, str)))
        assert lazy.problems


def test_the_name_of_a_language_that_is_asked_for() -> None:
    for locale, name in (("fr", "French"), ("zh-TW", "Traditional Chinese"), ("eo", "locale 'eo'")):
        selection = select(page("# 甲\n\n字。\n"), None, locale)
        assert f"into {name}" in prompt(selection, selection.units, []).system.replace(
            "the language of the ", ""
        )
