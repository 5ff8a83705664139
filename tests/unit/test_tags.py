import pytest

from docskit.glossary import Term
from docskit.tags import TaggedPage, all_tags, anchor, related_pages, tag_names

TERMS = [Term("容器", "container", ("docker 容器",)), Term("镜像", "image")]


@pytest.mark.parametrize(
    ("tags", "locale", "expected"),
    [
        (["容器", "C#", "c#"], "en", ("container", "C#")),
        (["Container", "镜像"], "zh", ("容器", "镜像")),
        (["容器", 2024, ""], "zh", ("容器", "2024")),
        ("容器", "zh", ()),
        (None, "zh", ()),
    ],
)
def test_tags_are_said_in_the_language_of_the_page(
    tags: object, locale: str, expected: tuple[str, ...]
) -> None:
    assert tag_names(tags, TERMS, locale) == expected


def test_no_two_tags_share_an_anchor() -> None:
    names = ["C", "C#", "C++", "c-", "C 语言", "容器", ".NET", "a/b", "a b", "a&b"]
    anchors = [anchor(name) for name in names]
    assert len(set(anchors)) == len(names)
    assert not any(set(found) & set('#/?&"<> ') for found in anchors)


def page(name: str, *tags: str) -> TaggedPage:
    return TaggedPage(f"{name}.md", name, f"{name}/", tags)


def test_every_tag_has_its_pages() -> None:
    tags = all_tags([page("a", "Git", "网络"), page("b", "git")])
    assert [(tag.name, [found.title for found in tag.pages]) for tag in tags] == [
        ("Git", ["a", "b"]),
        ("网络", ["a"]),
    ]


def test_a_page_is_related_to_those_that_share_its_rarest_tags() -> None:
    pages = [page("a", "Git", "网络"), page("b", "Git"), page("c", "网络", "Git"), page("d", "x")]
    tags = all_tags(pages)
    assert [found.title for found in related_pages(pages[0], tags, 40)] == ["c", "b"]
    assert related_pages(pages[3], tags, 40) == []
    # A tag of half the site makes no relatives.
    many = [page(str(number), "笔记") for number in range(20)]
    assert related_pages(many[0], all_tags(many), 40) == []
