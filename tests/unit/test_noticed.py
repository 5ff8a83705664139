"""What was once broken on purpose without any test's noticing."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
import quickjs
from search_engine import SCRIPTS, Engine

from docskit.reading.front_matter_schema import known_key
from docskit.references.html_references import html_references
from docskit.references.reference_targets import Kind
from docskit.search.index import IndexedPage, drafted_sections, index_files
from docskit.search.sections import Section, sections
from docskit.translation.translation import Kind as Changed
from docskit.translation.translation import SectionChange, State, Translation
from fidelity import own_html


@pytest.mark.parametrize("number", [999, 1000, 1234, 20190, 999_999_999])
def test_a_list_keeps_the_number_that_it_starts_with(number: int) -> None:
    assert f'<ol start="{number}">' in own_html(f"{number}. 甲\n{number + 1}. 乙\n")


def test_an_escaped_sign_is_shown_without_its_backslash() -> None:
    signs = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
    for sign in signs:
        shown = {"<": "&lt;", ">": "&gt;", "&": "&amp;", '"': '("|&quot;)'}
        wanted = shown.get(sign, re.escape(sign))
        assert re.fullmatch(f"<p>甲{wanted}乙{wanted}</p>", own_html(f"甲\\{sign}乙\\{sign}\n"))


def test_a_long_listing_gives_the_first_twenty_further_words_of_a_section() -> None:
    words = [f"word_{number}" for number in range(60)]
    filling = "\n".join(["run it"] * 60)
    for parts in ([words], [words[:15], words[15:]]):
        code = "".join(f"<pre><code>{filling}\n{' '.join(part)}</code></pre>" for part in parts)
        (section,) = sections(code)
        assert re.findall(r"word_\d+", section.text) == words[:20]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("more", ["", ": 丙\n"])
def test_a_definition_stands_below_its_word(between: str, more: str) -> None:
    shown = own_html(f"甲{between}: 乙\n{more}")
    assert re.findall(r"<(dt|dd)>(.)", shown) == [
        ("dt", "甲"),
        ("dd", "乙"),
        *([("dd", "丙")] if more else []),
    ]


@pytest.mark.parametrize(
    ("tag", "attribute", "kind"),
    [
        *(
            (tag, "src", Kind.MEDIA)
            for tag in ["img", "source", "video", "audio", "track", "embed", "input"]
        ),
        ("img", "srcset", Kind.MEDIA),
        ("source", "srcset", Kind.MEDIA),
        ("video", "poster", Kind.MEDIA),
        ("object", "data", Kind.MEDIA),
        ("iframe", "src", Kind.LINK),
        ("a", "href", Kind.LINK),
        ("area", "href", Kind.LINK),
    ],
)
def test_every_attribute_that_names_a_file_is_a_reference(
    tag: str, attribute: str, kind: Kind
) -> None:
    for written in (f"<{tag} {attribute}='a.x'>", f"<{tag.upper()} {attribute.upper()}='a.x'>"):
        assert [(r.value, r.kind) for r in html_references(written)] == [("a.x", kind)]
    assert list(html_references(f"<p {attribute}='a.x'>")) == []


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("标题", "title"), ("作者", "author"), ("日期", "date"), ("更新时间", "updated"),
        ("标签", "tags"), ("图标", "icon"), ("隐藏", "hide"), ("状态", "status"),
        ("草稿", "draft"), ("旧地址", "aliases"),
    ],
)  # fmt: skip
def test_a_key_has_a_chinese_name(written: str, key: str) -> None:
    assert known_key(written) == key
    assert known_key(key) == key


def page(url: str, title: str, text: str, locale: str = "") -> IndexedPage:
    return IndexedPage(url, title, [Section("", title, text)], locale)


PAGES = [
    page("own/", "Notes", "Somewhere a quokka is named."),
    page("foreign/", "笔记", "A quokka, and then another quokka.", locale="zh"),
    page("own-again/", "Other", "Somewhere a wombat is named."),
    page("called-so/", "Wombat", "A wombat.", locale="zh"),
    page("own-long/", "Long", f"A numbat. {'More of it. ' * 6}"),
    page("foreign-short/", "短", "A numbat, and a numbat, and another numbat.", locale="zh"),
    page("near/", "Near", "An image or the registry."),
    page("far/", "Far", "An image that is found in some registry."),
    *(page(f"other-{number}/", f"Page {number}", "Nothing of it.") for number in range(6)),
]


@pytest.fixture(scope="module")
def english() -> Engine:
    return Engine(*index_files("en", PAGES, []).values())


def test_a_page_in_another_language_comes_after_one_that_says_nearly_as_much(
    english: Engine,
) -> None:
    assert english.search("quokka").pages == ["own/", "foreign/"]


def test_a_page_in_another_language_comes_first_where_it_is_what_was_looked_for(
    english: Engine,
) -> None:
    assert english.search("wombat").pages == ["called-so/", "own-again/"]
    assert english.search("numbat").pages == ["foreign-short/", "own-long/"]


@pytest.mark.parametrize(
    ("between", "is_name"),
    [("-", 1), (" 的 ", 1), ("三汉字", 1), ("四个汉字", 0), (" of the ", 0)],
)
def test_the_words_of_a_name_stand_together(between: str, is_name: int) -> None:
    pages = [page("a/", "甲", f"用 image{between}registry 来存。")]
    engine = Engine(*index_files("zh", pages, []).values())
    assert engine.call("engine.findName('image registry').start.length") == is_name


class Worker:
    """The search worker as it runs in a folder without a server; what it loads waits for us."""

    def __init__(self) -> None:
        self._context = quickjs.Context()
        self._context.eval(
            "globalThis.console = { error() {} };"
            "globalThis.URL = class {"
            "  constructor(name) { this.href = name; this.search = '?en'; } };"
            "globalThis.setTimeout = (done) => done();"
            "var replies = [], waiting = [];"
            "var siteSearch = { workerUrl: 'worker.js?en', load: (urls) =>"
            "  new Promise((done, failed) => waiting.push([urls, done, failed])) };"
        )
        self._context.eval((SCRIPTS / "worker.js").read_text(encoding="utf-8"))
        self._files = {
            f"../../../search/{name}": text for name, text in index_files("en", PAGES, []).items()
        }

    def type(self, query: str) -> None:
        self._context.eval(
            f"siteSearch.answer({{type: 2, data: {json.dumps(query)}}}, (m) => replies.push(m))"
        )
        self._go_on()

    def arrive(self, *, fail_for: str = "", until: str = "") -> list[str]:
        """Let all that is waited for arrive, and what is asked for then; the names of it."""
        arrived: list[str] = []
        while self._call("waiting.length"):
            urls = self._call("waiting[0][0]")
            if until in urls:
                break
            arrived += urls
            for url in urls:
                if url != fail_for:
                    found = self._files.get(url)
                    text = (SCRIPTS / url).read_text(encoding="utf-8") if found is None else found
                    self._context.eval(text)
            outcome = 2 if fail_for in urls else 1
            self._context.eval(f"waiting.shift()[{outcome}](new Error('no network'))")
            self._go_on()
        return arrived

    def replies(self) -> list[Any]:
        """What was answered since the last look."""
        found: list[Any] = self._call("replies.splice(0)")
        return [message["data"] for message in found]

    def _go_on(self) -> None:
        while self._context.execute_pending_job():
            pass

    def _call(self, expression: str) -> Any:
        return json.loads(self._context.eval(f"JSON.stringify({expression})"))


def test_a_query_that_another_has_overtaken_is_not_answered() -> None:
    worker = Worker()
    worker.type("quok")
    worker.type("wombat")
    assert worker.replies() == []
    assert worker.arrive()
    assert {reply["query"] for reply in worker.replies()} == {"wombat"}


def test_texts_that_arrive_answer_the_latest_query_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docskit.search.index.ONE_FILE", 0)
    worker = Worker()
    worker.type("quok")
    worker.arrive(until="../../../search/en.texts.js")
    (named,) = worker.replies()
    assert (named["query"], named["loading"]) == ("quok", True)
    worker.type("wombat")
    worker.replies()
    assert worker.arrive() == ["../../../search/en.texts.js"]
    assert {reply["query"] for reply in worker.replies()} == {"wombat"}


def test_texts_that_could_not_be_loaded_are_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("docskit.search.index.ONE_FILE", 0)
    worker = Worker()
    worker.type("wombat")
    assert "../../../search/en.js" in worker.arrive(fail_for="../../../search/en.texts.js")
    named, failed = worker.replies()
    assert named["loading"] and named["items"]
    assert failed["failed"]
    worker.type("quokka")
    assert worker.arrive() == ["../../../search/en.texts.js"]
    assert worker.replies()[-1]["items"]


def test_what_could_not_be_loaded_is_asked_for_again_with_the_next_query() -> None:
    worker = Worker()
    worker.type("wombat")
    assert worker.arrive(fail_for="../../../search/en.js")
    (failed,) = worker.replies()
    assert failed["failed"] and failed["items"] == []
    worker.type("wombat")
    assert worker.arrive()
    *_, found = worker.replies()
    assert not found.get("failed")
    assert found["items"][0][0]["location"] == "called-so/"
    worker.type("quokka")
    assert worker.arrive() == []
    assert worker.replies()[-1]["items"]


def test_a_part_that_could_not_be_loaded_is_asked_for_again_with_the_next_query(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("docskit.search.index.TWO_FILES", -1)
    worker = Worker()
    worker.type("quokka")
    arrived = worker.arrive(until="../../../search/en/0.js")
    assert "../../../search/en.js" in arrived
    worker.arrive(fail_for="../../../search/en/0.js")
    *_, failed = worker.replies()
    assert failed["failed"]
    worker.type("quokka")
    assert "../../../search/en/0.js" in worker.arrive()
    *_, found = worker.replies()
    assert not found.get("failed")
    assert [group[0]["location"] for group in found["items"]] == ["own/", "foreign/"]


@pytest.mark.parametrize(
    ("anchors", "count", "numbers"),
    [("", 3, []), ("b", 3, [1]), ("ab", 3, [0, 1]), ("abc", 3, [0, 1, 2]), ("xyz", 3, [0, 1, 2])],
)
def test_sections_that_a_machine_has_drafted_are_marked(
    anchors: str, count: int, numbers: list[int]
) -> None:
    drafts = tuple(SectionChange(Changed.CHANGED, "", anchor, "") for anchor in anchors)
    translation = Translation(State.DRAFTED, count, drafts=drafts)
    listed = [Section(anchor, anchor.upper(), "") for anchor in "abc"]
    assert drafted_sections(listed, translation) == numbers
    title = (SectionChange(Changed.CHANGED, "标题", "top", ""),)
    parts = [Section("", "标题", ""), Section("", "别的", ""), *listed]
    assert drafted_sections(parts, Translation(State.DRAFTED, count, drafts=title)) == [0]


def test_what_is_nested_too_deep_is_shown_whole_as_it_was_written() -> None:
    shown = own_html(f"前。\n\n{'>' * 90} 字\n\n后。\n")
    assert "<blockquote>" not in shown
    assert html.unescape(shown).count(">" * 90 + " 字") == 1
    assert "<p>前。</p>" in shown and "<p>后。</p>" in shown
