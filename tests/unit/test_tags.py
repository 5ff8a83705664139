import random
import re
import unicodedata
from collections.abc import Collection

import pytest

from docskit.pages.page_tree import page_tree
from docskit.publishing.related import Relatives
from docskit.publishing.tag_addresses import tag_slug
from docskit.publishing.tag_names import (
    OwnTags,
    TaggedPage,
    TagName,
    all_tags,
    own_tags,
    same_address,
    tag_names,
    tags_by_page,
)
from docskit.translation.glossary import Term

TERMS = [Term("容器", "container", ("docker 容器",)), Term("镜像", "image")]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Git", "git"),
        ("C", "c"),
        ("C#", "c-sharp"),
        ("Ｃ＃", "c-sharp"),
        ("C++", "c-plus-plus"),
        ("A*", "a-asterisk"),
        (".NET", "dot-net"),
        ("Node.js", "node-js"),
        ("a/b", "a-b"),
        ("机器 学习", "机器-学习"),
        ("🐳", "spouting-whale"),
        ("❤️", "heavy-black-heart"),
        ("../../etc", "etc"),
        # Not the folder's own page, and nothing that Windows refuses.
        ("index", "index-tag"),
        ("README", "readme-tag"),
        ("CON", "con-tag"),
        ("-", "u2d"),
    ],
)
def test_the_address_of_a_tag(name: str, slug: str) -> None:
    assert tag_slug(name) == slug


@pytest.mark.parametrize("seed", range(3))
def test_any_tag_has_an_address_that_is_a_safe_file_name(seed: int) -> None:
    chance = random.Random(seed)
    pool = "aZ0 -_./\\#+&?*<>|:\"'%\x00\n\t中文字，。🐳👨\u200d\u0301éİßﬁ①٣ก็\u202e\ufeff\U000e0041"
    for _ in range(3000):
        name = "".join(chance.choices(pool, k=chance.choice((1, 2, 5, 90))))
        slug = tag_slug(name)
        assert slug and len(slug.encode()) <= 110
        assert not set(slug) & set("/\\?#%<>:\"'|*. \n\x00&")
        assert slug == unicodedata.normalize("NFKC", slug).casefold()
        assert not slug.startswith("-") and not slug.endswith("-")
        assert not re.search(r"[\u200d\u202e\ufeff]", slug)


@pytest.mark.parametrize(
    ("tags", "locale", "expected"),
    [
        (["容器", "C#", "c#"], "en", ["container", "C#"]),
        (["Container", "镜像"], "zh", ["容器", "镜像"]),
        (["容器", "2024", ""], "zh", ["容器", "2024"]),
        (["docker 容器", "容器"], "zh", ["容器"]),
        ([], "zh", []),
    ],
)
def test_tags_are_said_in_the_language_of_the_page(
    tags: list[str], locale: str, expected: list[str]
) -> None:
    assert [tag.name for tag in tag_names(tags, TERMS, locale)] == expected


def test_a_tag_of_the_glossary_has_one_address_in_all_languages() -> None:
    slugs = {
        tag.slug
        for locale in ("zh", "en")
        for name in ("容器", "Container", "docker 容器")
        for tag in tag_names([name], TERMS, locale)
    }
    assert slugs == {"container"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntags: [git, C#]\n---\n# x\n", ("git", "C#")),
        ("---\ntitle: x\n标签: 容器\n---\n", ("容器",)),
        ("---\ncategories:\n  - Go\n---\n", ("Go",)),
        ("---\ntags: [2024, '']\n---\n", ("2024",)),
        # A description of 5,000 letters before them.
        (f"---\ndescription: {'长' * 5000}\ntags: [git]\n---\n", ("git",)),
        ("# tags\n\ntags: no\n", None),
        ("---\ntags:\n---\n", None),
        ("# x\n", None),
    ],
)
def test_the_tags_of_a_file(text: str, expected: tuple[str, ...] | None) -> None:
    found = own_tags(text.encode(), "a.md")
    assert (found and found.names) == expected


@pytest.mark.parametrize("code", ["gb18030", "utf-16"])
def test_the_tags_of_a_file_in_another_encoding(code: str) -> None:
    found = own_tags(
        "---\n标签: [网络, 容器]\n---\n# 这是一个测试\n\n正文说明。\n".encode(code), "a.md"
    )
    assert found is not None and found.names == ("网络", "容器")


def test_a_translation_has_the_tags_of_its_original_unless_it_says_others() -> None:
    tree = page_tree(["a.md", "a.en.md", "b.md", "b.en.md", "c.md"], "zh", ["zh", "en"])
    own = {
        "a.md": OwnTags(("容器",), 2),
        "b.md": OwnTags(("网络",), 2),
        "b.en.md": OwnTags(("network",), 2),
    }
    assert tags_by_page(own, tree, TERMS, "en") == {
        "a.md": (TagName("container", "container"),),
        "b.md": (TagName("network", "network"),),
    }
    assert tags_by_page(own, tree, TERMS, "zh")["b.md"] == (TagName("网络", "网络"),)


def test_tags_that_share_an_address_are_told_once_with_file_and_line() -> None:
    own = {
        "a.md": OwnTags(("Node.js", "git"), 3),
        "b.md": OwnTags(("node js", "GIT"), 4),
        "c.md": OwnTags(("node js",), 2),
    }
    (problem,) = same_address(own, TERMS)
    assert problem.format().startswith("docs/b.md:4: ")
    assert "Node.js" in problem.zh and "a.md" in problem.zh and "tags/node-js/" in problem.zh


def page(name: str, *tags: str) -> TaggedPage:
    return TaggedPage(f"{name}.md", name, f"{name}/", tuple(map(tag_slug, tags)))


def names(*pages: tuple[str, list[str]]) -> dict[str, tuple[TagName, ...]]:
    return {f"{name}.md": tag_names(tags, [], "zh") for name, tags in pages}


def test_every_tag_has_its_pages_and_is_called_as_most_write_it() -> None:
    pages = [page("a", "Git", "网络"), page("b", "git"), page("c", "git")]
    tags = all_tags(pages, names(("a", ["Git", "网络"]), ("b", ["git"]), ("c", ["git"])))
    assert [(tag.name, tag.slug, [found.title for found in tag.pages]) for tag in tags] == [
        ("git", "git", ["a", "b", "c"]),
        ("网络", "网络", ["a"]),
    ]


def related(
    pages: list[TaggedPage],
    name: str,
    links: dict[str, Collection[str]] | None = None,
    shown: Collection[str] = (),
) -> list[str]:
    found = {page.identity: tuple(TagName(tag, tag) for tag in page.tags) for page in pages}
    relatives = Relatives(pages, all_tags(pages, found), links or {})
    return [other.title for other in relatives.of(f"{name}.md", shown)]


def test_a_page_is_related_to_those_that_share_its_rarest_tags() -> None:
    pages = [page("a", "Git", "网络"), page("b", "Git"), page("c", "网络", "Git"), page("d", "x")]
    assert related(pages, "a") == ["c", "b"]
    assert related(pages, "d") == []
    # A tag of half the site makes no relatives.
    many = [page(str(number), "笔记") for number in range(20)]
    assert related(many, "0") == []


def test_pages_that_link_to_each_other_are_related() -> None:
    pages = [page(name) for name in "abcd"]
    links: dict[str, Collection[str]] = {"b.md": ["a.md", "gone.md"], "a.md": ["c.md", "a.md"]}
    # Who links here comes before what the page's own text has offered already.
    assert related(pages, "a", links) == ["b", "c"]
    assert related(pages, "d", links) == []
    # The next page is offered as the next page.
    assert related(pages, "a", links, shown=["b.md"]) == ["c"]


def test_a_list_of_links_recommends_nothing_and_the_way_up_is_no_news() -> None:
    pages = [page(str(number)) for number in range(20)]
    everything: dict[str, Collection[str]] = {"0.md": [f"{number}.md" for number in range(20)]}
    assert related(pages, "1", everything) == related(pages, "0", everything) == []
    inside = [page("git/index"), page("git/a"), page("b")]
    up: dict[str, Collection[str]] = {"git/a.md": ["git/index.md"], "git/index.md": ["git/a.md"]}
    assert related(inside, "git/a", up) == []
    assert related(inside, "git/index", up) == ["git/a"]
