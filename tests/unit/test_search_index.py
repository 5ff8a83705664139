import json
import random
from dataclasses import replace

from search_engine import Engine

from docskit.search.characters import merged, syllables, variants
from docskit.search.index import IndexedPage, index_files
from docskit.search.sections import Section

PAGES = [
    IndexedPage(f"page-{n}/", f"第 {n} 页", [Section("", f"第 {n} 页", "镜像与容器" * n)])
    for n in range(12)
]


def test_the_same_pages_give_the_same_bytes_in_whatever_order() -> None:
    mixed = PAGES.copy()
    random.Random(1).shuffle(mixed)
    assert index_files("zh", mixed) == index_files("zh", PAGES)


def test_the_index_reaches_the_engine_as_it_was_written() -> None:
    text = 'a "b" \\ </script> \u2028 ￥ 𠮷 é'
    engine = Engine(*index_files("zh", [IndexedPage("a/", "甲", [Section("", "", text)])]).values())
    assert text in engine.call("engine.text")


def test_variants_serve_readers_and_authors_of_either_form() -> None:
    pairs = variants("链體")
    found = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert found["鏈"] == "链" and found["體"] == "体"
    assert "镜" not in found.values()


def test_a_character_is_listed_as_it_is_read_in_its_words() -> None:
    found = syllables(["银行", "行动"])
    assert "行" in found["hang"] and "行" in found["xing"]


def test_headings_that_were_read_with_their_page_are_not_read_again() -> None:
    headings = ["银行", "行动", "Docker"]
    fresh = [IndexedPage("a/", "重庆", [Section("", heading, "") for heading in headings])]
    known = [replace(fresh[0], readings=syllables(headings))]
    assert index_files("zh", known) == index_files("zh", fresh)
    assert merged([syllables(["重庆", "银行"]), syllables(["行动"])]) == syllables(
        ["重庆", "银行", "行动"]
    )


def test_an_empty_site_has_an_index() -> None:
    engine = Engine(*index_files("zh", []).values())
    assert engine.search("镜像").pages == []
    assert json.dumps(engine.search("").raw["items"]) == "[]"


def test_a_large_index_answers_by_its_names_before_its_texts_are_there() -> None:
    long = [
        IndexedPage(
            f"{n}/", f"第 {n} 课", [Section("", "", "很长的一课。" * 2000 + "独门口令" * (n == 7))]
        )
        for n in range(40)
    ]
    names, texts = index_files("zh", long).values()
    assert len(names) < len(texts) / 10
    early, whole = Engine(names), Engine(names, texts)
    assert early.search("第 7 课").pages[0] == whole.search("第 7 课").pages[0] == "7/"
    assert early.search("独门口令").pages == []
    assert whole.search("独门口令").pages[0] == "7/"
