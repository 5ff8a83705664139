"""What readers type and what they get, on a small site."""

from __future__ import annotations

import random
import time

import pytest
from search_engine import Engine

from docskit.search.index import IndexedPage, index_files
from docskit.search.sections import Section

GLOSSARY = [("镜像", "image", "映像"), ("容器", "container"), ("数据卷", "volume", "存储卷")]


def page(url: str, title: str, *parts: tuple[str, str], locale: str = "") -> IndexedPage:
    top, *rest = parts
    return IndexedPage(
        url,
        title,
        [Section("", title, top[1]), *(Section(f"_{n}", *part) for n, part in enumerate(rest))],
        locale,
    )


CHINESE = [
    page("image/", "镜像", ("", "镜像是只读的模板，由层叠成。"), ("删除镜像", "清理没用的层。")),
    page("container/", "容器", ("", "容器由镜像启动。它很轻。"), ("进入容器", "docker exec -it")),
    page("volume/", "数据存放", ("", "匿名数据卷的迁移要先停下程序。"), ("命名", "给它起个名字。")),
    page("network/", "网络", ("", "端口映射把 Docker Compose 的服务露出来。")),
    page("install/", "安装 Docker", ("", "在 Ubuntu 上用 apt。"), ("换源", "写 daemon.json。")),
    page("xss/", "<img src=x onerror=alert(1)>", ("", "写 <script>alert(1)</script> 试试。")),
    page("readers/", "关于这份笔记", ("", "怎么来的。"), ("读者对象", "刚进社团的同学。")),
    page("backup/", "备份 MySQL 和别的数据库", ("", "停下，打包。")),
    page("tables/", "建表", ("", "数据库里建表；数据库的备份，数据库的还原。")),
    page("purpose/", "写作", ("", "目的是让人看懂，看懂的人多了，目的就到了。")),
]
ENGLISH = [
    page("en/image/", "Images", ("", "An image is a read-only template.")),
    page("en/container/", "Containers", ("", "A container is started from an image.")),
    page("en/compare/", "Image or container", ("", "The difference between the two is a layer.")),
    page("en/volume/", "数据存放", ("", "匿名数据卷的迁移要先停下程序。"), locale="zh"),
]


@pytest.fixture(scope="module")
def zh() -> Engine:
    return Engine(*index_files("zh", CHINESE, GLOSSARY).values())


@pytest.fixture(scope="module")
def en() -> Engine:
    return Engine(*index_files("en", ENGLISH, GLOSSARY).values())


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("镜像", "image/"),
        ("数据卷", "volume/"),
        ("卷", "volume/"),
        ("docker compose 网络", "network/"),
        ("ＤＯＣＫＥＲ　ＣＯＭＰＯＳＥ", "network/"),
        ("鏡像", "image/"),
        ("jingxiang", "image/"),
        ("rongqi", "container/"),
        ("rong qi", "container/"),
        ("映像", "image/"),
        ("image", "image/"),
        ("dokcer compose", "network/"),
        ("ubunut", "install/"),
        ("如何删除没用的镜像", "image/"),
        ("怎么进入一个容器？", "container/"),
        ("目的", "purpose/"),
        ("docker-compose", "network/"),
        ("exec", "container/"),
        ("daemon.json", "install/"),
        ("这份笔记写给谁看", "readers/"),
        ("适合谁读", "readers/"),
        ("数据库怎么备份", "backup/"),
    ],
)
def test_chinese(zh: Engine, query: str, first: str) -> None:
    assert zh.search(query).pages[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("image", "en/image/"),
        ("containers", "en/container/"),
        ("CONTAINER", "en/container/"),
        ("contianer", "en/container/"),
        ("difference between image and container", "en/compare/"),
        ("容器", "en/container/"),
        ("数据卷", "en/volume/"),
        ("匿名数据卷", "en/volume/"),
    ],
)
def test_english(en: Engine, query: str, first: str) -> None:
    assert en.search(query).pages[0] == first


def test_a_page_in_another_language_is_marked_and_comes_after_the_readers_own(en: Engine) -> None:
    answer = en.search("数据卷")
    assert 'lang="zh">中文</span>' in answer.sections("en/volume/")[0]["title"]
    assert "中文" not in en.search("image").raw["items"][0][0]["title"]


def test_a_section_is_a_result_with_its_page(zh: Engine) -> None:
    group = zh.search("进入容器").raw["items"][0]
    assert [item["location"] for item in group][:2] == ["container/", "container/#_0"]
    best = max(group, key=lambda item: item["score"])
    assert best["location"] == "container/#_0"


def test_everyday_words_stand_for_one_another(zh: Engine) -> None:
    best = max(zh.search("怎么移除镜像").sections("image/"), key=lambda item: item["score"])
    assert best["location"] == "image/#_0"  # 删除镜像


def test_words_of_the_field_stand_for_one_another_but_not_within_code() -> None:
    pages = [
        page("trash/", "回收站", ("", "删掉的东西先放在这里。")),
        page("cache/", "缓存", ("", "缓存让构建更快。")),
        page("flags/", "参数", ("", "加上 --no-cache 就从头构建。")),
    ]
    zh = Engine(*index_files("zh", pages).values())
    assert zh.search("recycle bin").pages[0] == "trash/"
    assert zh.search("废纸篓").pages[0] == "trash/"
    assert zh.search("caching").pages[0] == "cache/"
    assert zh.search("--no-cache").pages[0] == "flags/"


def test_short_names_and_numbers_find_their_long_ones() -> None:
    pages = [
        page("net/", "计算机网络", ("", "一层一层地讲。")),
        page("db/", "CMU 15-445 数据库", ("", "写一个存储引擎。")),
        page("course/", "课程", ("", "计算机的课和网上的课，15 门。")),
    ]
    zh = Engine(*index_files("zh", pages).values())
    assert zh.search("计网").pages[0] == "net/"
    assert zh.search("15445").pages[0] == "db/"


def test_found_words_are_marked_and_taken_along(zh: Engine) -> None:
    item = zh.search("数据卷").raw["items"][0][0]
    assert "匿名<mark>数据卷</mark>的迁移" in item["text"]
    assert item["terms"] == {"数据卷": True}
    assert item["title"] == "数据存放"  # half of the word is no find where all of it stands


def test_the_page_is_given_longer_forms_of_a_word_first(en: Engine) -> None:
    item = en.search("container").sections("en/container/")[0]
    assert list(item["terms"]) == ["Containers", "container"]


def test_a_name_does_not_reach_over_a_comma(zh: Engine) -> None:
    assert zh.call("engine.findName('docker exec').start.length") == 1
    assert zh.call("engine.findName('建表 数据库').start.length") == 0


def test_a_word_that_the_page_lacks_is_named(zh: Engine) -> None:
    terms = {
        group[0]["location"]: group[0]["terms"] for group in zh.search("镜像 ubuntu").raw["items"]
    }
    assert terms["image/"] == {"镜像": True, "ubuntu": False}
    assert terms["install/"] == {"Ubuntu": True, "镜像": False}


def test_a_correction_is_told(zh: Engine) -> None:
    assert zh.search("dokcer").raw["corrections"] == [{"typed": "dokcer", "meant": "docker"}]


def test_what_finds_nothing_suggests_pages(zh: Engine) -> None:
    answer = zh.search("xyzzy qwv")
    assert answer.pages == []
    assert answer.raw["nearest"]


def test_no_text_of_a_page_is_markup_in_the_results(zh: Engine) -> None:
    group = zh.search("alert script onerror").raw["items"][0]
    shown = "".join(item["title"] + item["text"] for item in group)
    assert "<img" not in shown and "<script" not in shown
    assert "&#60;" in shown


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "的",
        "how",
        "()*+?[]\\",
        "🙂",
        "a" * 5000,
        "的" * 900,
        "".join(map(chr, range(0x4E00, 0x4E00 + 400))),
    ],
)
def test_no_query_fails(zh: Engine, query: str) -> None:
    assert isinstance(zh.search(query).raw["items"], list)


def test_a_pasted_run_of_han_costs_by_its_length() -> None:
    dice = random.Random(1)
    text = "".join(chr(0x4E00 + dice.randrange(800)) for _ in range(9000))
    pages = [
        IndexedPage(f"{at}/", f"第 {at} 页", [Section("", f"第 {at} 页", text[at : at + 400])])
        for at in range(0, 8000, 100)
    ]
    engine = Engine(*index_files("zh", pages, []).values())

    def cost(length: int) -> float:
        started = time.process_time()
        for at in range(0, 3000, 300):
            assert engine.search(text[at : at + length]).pages
        return time.process_time() - started

    cost(50)
    assert min(cost(200) for _ in range(3)) < 6 * max(min(cost(50) for _ in range(3)), 0.01)


def test_suggestions_continue_what_is_typed(zh: Engine) -> None:
    assert zh.search("删除").raw["suggest"] == ["删除镜像"]
    assert zh.search("ubu").raw["suggest"] == ["ubuntu"]


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (("image", "images"), True),
        (("query", "queries", "queried"), True),
        (("class", "classes"), True),
        (("hash", "hashes", "hashing"), True),
        (("drop", "dropped", "dropping"), True),
        (("status", "statue"), False),
        (("string", "strong"), False),
        (("bus", "bu"), False),
    ],
)
def test_stems(zh: Engine, words: tuple[str, ...], same: bool) -> None:
    stems = {zh.call(f"siteSearch.stem('{word}')") for word in words}
    assert (len(stems) == 1) is same


@pytest.mark.parametrize(
    ("a", "b", "far"),
    [("docker", "dokcer", 1), ("docker", "doker", 1), ("docker", "dcokre", 2), ("a", "a", 0)],
)
def test_distance(zh: Engine, a: str, b: str, far: int) -> None:
    assert zh.call(f"siteSearch.distance('{a}', '{b}', 2)") == far


def test_folding_moves_nothing() -> None:
    text = "Ａｂ㎡ﬁ鏈𠮷Éİ"
    engine = Engine(*index_files("zh", [page("a/", text, ("", text))]).values())
    assert engine.call(f"engine.fold({text!r}).length") == len(text.encode("utf-16-le")) // 2


KINDS = [
    page(
        "env/",
        "环境变量",
        ("", "循环变量不是它。用 `export` 设定。"),
        ("幂等", "做几次都一样，叫幂等（idempotent）。"),
    ),
    page("merge/", "归并排序", ("", "先分开，再合并。")),
    page("practice/", "练习", ("", "什么是归并排序？归并排序怎么写？归并排序多快？")),
    page("flags/", "构建", ("", "加上 --no-cache 重来一遍；cache 是缓存。")),
    page("cache/", "缓存", ("", "cache 放在哪里，no 不是选项。")),
    page("front/", "写抬头", ("", "The front matter stands first.")),
    IndexedPage("deploy/", "上线", [Section("", "上线", "推上去。", "One-command deployment")]),
]


@pytest.fixture(scope="module")
def kinds() -> Engine:
    return Engine(*index_files("zh", KINDS).values())


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("环变", "env/"),
        ("归排", "merge/"),
        ("guipai", "merge/"),
        ("gbpx", "merge/"),
        ("什么是归并排序", "merge/"),
        ("--no-cache", "flags/"),
        ("frontmatter", "front/"),
        ("frontmater", "front/"),
        ("deployment", "deploy/"),
        ("deploying", "deploy/"),
        ("发布", "deploy/"),
    ],
)
def test_kinds_of_queries(kinds: Engine, query: str, first: str) -> None:
    assert kinds.search(query).pages[0] == first


def test_a_name_in_brackets_stands_for_the_name_before_it(kinds: Engine) -> None:
    best = max(kinds.search("idempotent").sections("env/"), key=lambda item: item["score"])
    assert best["location"] == "env/#_0"


def test_what_fits_only_in_part_is_said_to(kinds: Engine) -> None:
    answer = kinds.search("并购")  # one of its characters stands in 归并
    assert answer.pages and answer.raw["partial"]
    assert not kinds.search("归并排序").raw["partial"]


def test_code_is_shown_as_code_and_stays_text() -> None:
    text = "运行 \x7frm <x>\x7f 删除。"
    engine = Engine(*index_files("zh", [page("a/", "甲", ("", text))]).values())
    assert engine.search("删除").raw["items"][0][0]["text"] == (
        "运行 <code>rm &#60;x&#62;</code> <mark>删除</mark>。"
    )


def test_a_pasted_text_is_read_in_linear_time(kinds: Engine) -> None:
    """Twice the characters, at most some three times the calls that look through the text."""
    kinds.call("(engine.find = engine.findString, engine.calls = 0, 1)")
    kinds.call("(engine.findString = (text) => { engine.calls++; return engine.find(text); }, 1)")
    counts = []
    for size in (50, 100, 200):
        query = "".join(chr(0x4E00 + n) for n in range(size))
        kinds.call("(engine.calls = 0, 1)")
        kinds.search(query)
        counts.append(kinds.call("engine.calls"))
    assert counts[2] < 3 * counts[1] < 9 * counts[0]


def test_what_a_machine_has_drafted_is_marked_among_the_results() -> None:
    parts = [Section("", "Containers", "Start."), Section("install", "Install", "Start it.")]
    for drafted, title, section in (([1], False, True), ([0], True, False), ([], False, False)):
        page = IndexedPage("a/", "Containers", parts, drafted=drafted)
        engine = Engine(*index_files("en", [page]).values())
        shown = {item["location"]: item["title"] for item in engine.search("start").sections("a/")}
        assert ("machine draft, not read yet" in shown["a/"]) is title
        assert ("machine draft, not read yet" in shown["a/#install"]) is section
