"""An index in parts: what is written is what the browser looks for, and it asks for no more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from search_engine import Engine, PartsEngine

from docskit.search import index
from docskit.search.characters import variants
from docskit.search.index import IndexedPage, further_files, index_files
from docskit.search.parts import divided, folding, postings, terms
from docskit.search.sections import Section

GLOSSARY = [("镜像", "image"), ("垃圾回收", "garbage collection")]


def page(number: int, title: str, text: str, *headings: str, locale: str = "") -> IndexedPage:
    rest = [Section(f"_{at}", heading, "说明。") for at, heading in enumerate(headings)]
    return IndexedPage(f"{number}/", title, [Section("", title, text), *rest], locale)


# Each says what another does, and one thing of its own.
PAGES = [
    page(0, "镜像", "镜像是只读的模板，由层叠成。", "删除镜像"),
    page(1, "容器", "容器由镜像启动。它很轻。", "进入容器"),
    page(2, "数据存放", "匿名数据卷的迁移要先停下程序。", "命名"),
    page(3, "归并排序", "先分开，再合并。", "复杂度"),
    page(4, "内存", "V8 的垃圾回收分代进行。", "标记清除"),
    page(5, "Deploying", "One-command deployment of containers with kubectl."),
    page(6, "构建", "加上 --no-cache 重来一遍；cache 是缓存。"),
    *(page(n, f"第 {n} 课", "很长的一课，讲的是别的事情。" * 9) for n in range(7, 40)),
]


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "TWO_FILES", -1)
    monkeypatch.setattr("docskit.search.parts.PART", 200)


def whole(pages: list[IndexedPage]) -> Engine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "TWO_FILES", 10**9)
        return Engine(*index_files("zh", pages, GLOSSARY).values())


# A browser may know letters that Python does not know yet.
# A browser may know letters that Python does not know yet.
TEXT = st.text(
    st.sampled_from("镜像容器鏡ＡａÉé𠮷𝐀İﬁ㎡ _-+#.,，。c1")
    | st.characters(exclude_categories=["Cn", "Cs"]),
    max_size=60,
)


@given(TEXT)
def test_build_and_browser_read_the_same_terms(text: str) -> None:
    read = whole([page(0, "题", text)]).terms(text)
    pairs = variants(text)
    assert list(terms(text.translate(folding(set(text), pairs)))) == [term[:32] for term in read]


@given(st.lists(st.text("镜像容器ab ", max_size=12), min_size=1, max_size=30))
def test_every_term_is_found_on_its_pages(texts: list[str]) -> None:
    pages = [page(n, "题", text) for n, text in enumerate(texts)]
    ordered = sorted(pages, key=lambda own: own.url)
    engine = PartsEngine(index_files("zh", pages))
    for term in {term for text in texts for term in terms(text)}:
        expected = [n for n, own in enumerate(ordered) if term in terms(own.sections[0].text)]
        if term.isascii():
            continue  # words are found by their stems
        assert engine.pages_of(term) == expected


@pytest.mark.parametrize(
    "query",
    [
        "镜像",
        "鏡像",
        "删除镜像",
        "怎么进入容器",
        "匿名数据卷",
        "归排",
        "guipai",
        "garbage collection",
        "kubectl",
        "deployments",
        "deploying",
        "kubect",
        "--no-cache",
        "移除镜像",
    ],
)
def test_the_best_page_is_that_of_the_whole_index(query: str) -> None:
    found = PartsEngine(index_files("zh", PAGES, GLOSSARY)).search(query)
    assert found.pages[0] == whole(PAGES).search(query).pages[0]


def test_names_answer_before_the_texts_are_asked_for() -> None:
    engine = PartsEngine(index_files("zh", PAGES, GLOSSARY))
    early = engine.early("垃圾回收")
    assert early.pages[0] == "4/" and early.raw["loading"]
    assert not [name for name in engine.asked if name.startswith("texts/")]
    assert "<mark>垃圾回收</mark>" in engine.search("垃圾回收").raw["items"][0][0]["text"]


def test_a_query_asks_for_no_more_on_a_larger_site() -> None:
    counts = []
    for size in (100, 200, 400):
        pages = [page(n, f"第 {n} 课", f"容器的第 {n} 课。" * 9) for n in range(size)]
        engine = PartsEngine(index_files("zh", [*pages, page(999, "镜像", "只读的模板。")]))
        assert engine.search("只读模板").pages[0] == "999/"
        counts.append(len(engine.asked))
    assert max(counts) <= counts[0] + 2


def test_what_finds_nothing_suggests_pages() -> None:
    answer = PartsEngine(index_files("zh", PAGES)).search("xyzzy qwv")
    assert answer.pages == [] and answer.raw["nearest"]


@pytest.mark.parametrize("query", ["", " ", "的", "how", "()*+?[]\\", "🙂", "a" * 5000, "的" * 900])
def test_no_query_fails(query: str) -> None:
    assert isinstance(PartsEngine(index_files("zh", PAGES)).search(query).raw["items"], list)


def test_the_first_file_names_all_the_others() -> None:
    files = index_files("zh", PAGES, GLOSSARY)
    first, *others = files
    assert first == "zh.js" and len(others) > len(PAGES)
    assert sorted(further_files("zh", files[first])) == sorted(others)
    assert index_files("zh", PAGES[::-1], GLOSSARY) == files


def test_an_untranslated_pages_text_is_there_once() -> None:
    fallbacks = [
        IndexedPage(f"en/{own.url}", own.title, own.sections, locale="zh") for own in PAGES
    ]
    chinese, english = index_files("zh", PAGES), index_files("en", fallbacks)

    def texts(files: Mapping[str, str]) -> dict[str, str]:
        return {name: text for name, text in files.items() if name.startswith("texts/")}

    assert texts(chinese) == texts(english) and len(texts(chinese)) == len(PAGES)
    assert PartsEngine(english).search("垃圾回收").pages[0] == "en/4/"


def test_parts_are_small_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    found = postings([("", "", "镜像 容器 image images 数据卷的迁移 " * 3)] * 40)
    starts, parts = divided(found)
    assert len(parts) == len(starts) > 1
    assert [part.split(" ")[0] for part in parts] == starts
    listed = [line.split(" ")[0] for part in parts for line in part.split("\n")]
    assert listed == sorted(found)
