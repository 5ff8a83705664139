from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_builder import REPOSITORY

import glossary
from command import UserError
from docskit.messages.problem import Severity
from docskit.translation.glossary import GLOSSARY, read_glossary

GOOD = "- {zh: 镜像, en: image, also: [映像, images]}\n"


def said(text: str) -> list[str]:
    """The problems as an author reads them, each of which fails a strict build."""
    _, problems = read_glossary(text.encode())
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [problem.format() for problem in problems]


def test_an_entry_is_known_by_all_its_names() -> None:
    terms, problems = read_glossary(GOOD.encode())
    assert [term.names for term in terms] == [("镜像", "image", "映像", "images")]
    assert problems == []


@pytest.mark.content
def test_this_sites_own_glossary_is_right() -> None:
    terms, problems = read_glossary((REPOSITORY / "docs" / GLOSSARY).read_bytes())
    assert len(terms) > 20
    assert problems == []


@pytest.mark.parametrize("text", ["", "# 还没有术语\n", "---\n"])
def test_an_empty_glossary_is_no_mistake(text: str) -> None:
    assert read_glossary(text.encode()) == ([], [])


def test_words_that_yaml_takes_for_other_things_stay_words() -> None:
    text = "- {zh: 否, en: no, also: [yes, 3.10, 2026-11-23, 端口 8080]}\n"
    terms, problems = read_glossary(text.encode())
    assert terms[0].names == ("否", "no", "yes", "3.10", "2026-11-23", "端口 8080")
    assert problems == []


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("- zh: 镜像\n  en: [image\n", "docs/glossary.yml:3:1: ", "术语表从这里起读不懂"),
        (f"{GOOD}- zh: 镜像: 层\n", "docs/glossary.yml:2:9: ", "术语表从这里起读不懂"),
        (f"{GOOD}\t- zh: 层\n", "docs/glossary.yml:2:1: ", "术语表从这里起读不懂"),
        ("镜像: image\n", "docs/glossary.yml:1: ", "应当是一个列表"),
        (f"{GOOD}- zh: 容器\n", "docs/glossary.yml:2: ", "缺少 en"),
        (f"{GOOD}- zh:\n  en: layer\n", "docs/glossary.yml:2: ", "缺少 zh"),
        (f"{GOOD}- zh：容器\n", "docs/glossary.yml:2: ", "冒号是半角的"),
        (f"{GOOD}-\n", "docs/glossary.yml:2: ", "冒号是半角的"),
        (f"{GOOD}- zh: 层\n  en: [layer, tier]\n", "docs/glossary.yml:3: ", "放进 also"),
        (
            f"{GOOD}- zh: 层\n  en: layer\n  also: {{a: b}}\n",
            "docs/glossary.yml:4: ",
            "also 是一串词",
        ),
        (
            f"{GOOD}- zh: 层\n  en: layer\n  also:\n  - [分层]\n",
            "docs/glossary.yml:5: ",
            "also 是一串词",
        ),
        (f"{GOOD}- zh: 镜像\n  en: Image\n", "docs/glossary.yml:2: ", "第 1 行已经有了"),
        (f"{GOOD}- zh: 层\n  en: layer\n  zh: 分层\n", "docs/glossary.yml:4: ", "zh 写了两次"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, place: str, words: str) -> None:
    (message,) = said(text)
    assert message.startswith(place)
    assert words in message


def test_one_mistake_costs_one_entry() -> None:
    terms, _ = read_glossary(f"- zh: 层\n{GOOD}".encode())
    assert [term.zh for term in terms] == ["镜像"]


def test_a_word_of_two_meanings_is_no_duplicate() -> None:
    assert said("- {zh: 图, en: graph}\n- {zh: 图, en: figure}\n") == []


def test_a_glossary_in_gbk_is_read_and_told() -> None:
    terms, (problem,) = read_glossary(GOOD.encode("gbk"))
    assert terms[0].zh == "镜像"
    assert problem.severity is Severity.INFO


@given(st.binary() | st.text("-[]{}:,&*!\n zhenalso镜像'\"|").map(str.encode))
def test_no_glossary_stops_a_build(data: bytes) -> None:
    terms, problems = read_glossary(data)
    assert all(term.zh and term.en for term in terms)
    assert isinstance(problems, list)


def test_the_page_is_written_wherever_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "我的 文档"
    (docs / "x").mkdir(parents=True)
    monkeypatch.setenv("DOCS_DIR", f"{docs}/")
    page = docs / "x" / "术语.md"
    page.write_text("# 术语\n", encoding="utf-8")
    for missing in ("没有 .*glossary.yml", "没有术语表页面"):
        with pytest.raises(UserError, match=missing):
            glossary.main([])
        (docs / GLOSSARY).write_text(
            "- {zh: 镜像, en: image, also: [], note_zh: 甲。, note_en: A.}\n", encoding="utf-8"
        )
    page.write_text(f"# 术语\n\n{glossary.MARK}", encoding="utf-8")
    assert glossary.main([]) == 0
    assert "### 镜像（image） {#image}\n\n甲。" in page.read_text(encoding="utf-8")
