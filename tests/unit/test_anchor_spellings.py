import pytest

from docskit.headings.anchor_spellings import Headings, ids_of

HEADINGS = [
    ("安装 Git", "install"),
    ("第一步：下载", "第一步-下载"),
    ("C++ & STL", "c-stl"),
    ("小结", "小结"),
    ("小结", "小结_1"),
    ("FAQ", "faq"),
]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("install", "install"),
        ("安装 Git", "install"),
        ("安装%20Git", "install"),
        ("安装-git", "install"),
        ("%E5%AE%89%E8%A3%85-git", "install"),
        ("git", "install"),  # Python-Markdown's own slug
        ("第一步下载", "第一步-下载"),
        ("_1", "第一步-下载"),
        ("c--stl", "c-stl"),
        ("小结-1", "小结_1"),
        ("小结", "小结"),
        ("FAQ", "faq"),
        ("常见问题", None),
        ("extra", "extra"),
    ],
)
def test_what_a_fragment_means(fragment: str, expected: str | None) -> None:
    ids = {identifier for _, identifier in HEADINGS} | {"extra"}
    assert Headings(ids, HEADINGS).find(fragment)[0] == expected


def test_similar_headings_are_named() -> None:
    assert Headings({"x"}, HEADINGS).find("下载") == (None, ["第一步-下载"])


def test_ids_of_a_page() -> None:
    page = '<h2 id="a&amp;b">x</h2><a name=n></a><p class="x" id=\'q\'>id="no"</p>'
    assert ids_of(page) == {"a&b", "n", "q"}
