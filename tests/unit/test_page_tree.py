from __future__ import annotations

import os
from collections import Counter

import pytest
from random_trees import random_tree

from docskit.messages.problem import Severity
from docskit.pages.page_names import (
    is_mostly_han,
    locale_called,
    other_spelling,
    output,
    same_file,
)
from docskit.pages.page_tree import PageTree, page_tree
from docskit.pages.page_tree_problems import copies, unusable_names
from docskit.pages.site_tree import is_index

LOCALES = ["zh", "en"]


def arranged(*uris: str, **options: object) -> PageTree:
    return page_tree(uris, "zh", LOCALES, **options)  # type: ignore[arg-type]


def codes(tree: PageTree) -> list[tuple[str, str]]:
    return sorted((problem.path, problem.code) for problem in tree.problems)


@pytest.mark.parametrize("seed", range(int(os.environ.get("FUZZ", "100"))))
def test_every_page_has_an_address_of_its_own_or_is_named(seed: int) -> None:
    uris = [uri for uri in random_tree(seed, 60) if uri.endswith((".md", ".markdown"))]
    for directory_urls in (True, False):
        tree = page_tree(
            uris,
            "zh",
            LOCALES,
            directory_urls=directory_urls,
            is_han=lambda uri: (seed + len(uri)) % 3 > 0,
        )
        published = [uri for versions in tree.pages.values() for uri in versions.values()]
        assert Counter(published + tree.refused) == Counter(uris)
        warned = {p.path for p in tree.problems if p.severity is Severity.WARNING}
        assert set(tree.refused) <= warned
        addresses: dict[str, str] = {}
        for identity, versions in tree.pages.items():
            for locale in LOCALES:
                shown = versions.get(locale) or versions.get("zh")
                if shown:
                    out = output(identity, directory_urls)
                    address = out if locale == "zh" else f"{locale}/{out}"
                    assert addresses.setdefault(address, identity) == identity
        files: dict[str, list[str]] = {}
        for uri in published:
            place = tree.places[uri]
            address = f"{place.locale}/{output(place.identity, directory_urls)}"
            files.setdefault(same_file(address), []).append(uri)
        for same in files.values():
            assert len(set(same) - warned) <= 1, same
        again = page_tree(uris[::-1], "zh", LOCALES, directory_urls=directory_urls)
        assert again == page_tree(uris, "zh", LOCALES, directory_urls=directory_urls)


@pytest.mark.parametrize(
    ("uris", "pages", "problems"),
    [
        (["docker.md", "docker/README.md"], {"docker.md": {"zh": "docker.md"}},
         [("docker/README.md", "page-address")]),
        (["docker.md", "docker/index.en.md"],
         {"docker.md": {"zh": "docker.md", "en": "docker/index.en.md"}}, []),
        (["README.md", "index.md"], {"index.md": {"zh": "index.md"}},
         [("README.md", "translation-claimed")]),
        (["guide.md", "en/guide.md"], {"guide.md": {"zh": "guide.md", "en": "en/guide.md"}}, []),
        (["zh/a.md", "en/a.md"], {"a.md": {"zh": "zh/a.md", "en": "en/a.md"}}, []),
        (["zh-CN/a.md", "en-US/a.md"], {"a.md": {"zh": "zh-CN/a.md", "en": "en-US/a.md"}}, []),
        (["x/zh/a.md", "x/en/a.md"], {"x/a.md": {"zh": "x/zh/a.md", "en": "x/en/a.md"}}, []),
        (["x/a.md", "x/en/a.md"], {"x/a.md": {"zh": "x/a.md", "en": "x/en/a.md"}}, []),
        (["course/en/a.md"], {"course/en/a.md": {"zh": "course/en/a.md"}},
         [("course/en/", "language-folder")]),
        (["a.md", "zh/a.md"], {"a.md": {"zh": "a.md"}, "zh/a.md": {"zh": "zh/a.md"}},
         [("zh/", "language-folder")]),
        (["en.md"], {}, [("en.md", "page-address")]),
        (["index.md", "en/index.md"], {"index.md": {"zh": "index.md", "en": "en/index.md"}}, []),
        (["a.en.md", "a.md", "en/a.md"], {"a.md": {"zh": "a.md", "en": "a.en.md"}},
         [("en/a.md", "translation-claimed")]),
        (["page.md", "page_en.md"], {"page.md": {"zh": "page.md", "en": "page_en.md"}},
         [("page_en.md", "translation-name")]),
        (["page.md", "page.en-US.md"], {"page.md": {"zh": "page.md", "en": "page.en-US.md"}},
         [("page.en-US.md", "translation-name")]),
        (["README.md", "README_EN.md"], {"README.md": {"zh": "README.md", "en": "README_EN.md"}},
         [("README_EN.md", "translation-name")]),
        (["how-to-en.md"], {"how-to-en.md": {"zh": "how-to-en.md"}}, []),
        (["page.en.md", "page.md", "page_en.md"],
         {"page.md": {"zh": "page.md", "en": "page.en.md"}, "page_en.md": {"zh": "page_en.md"}},
         [("page_en.md", "translation-name")]),
        (["mirror.md", "mirror-cn.md"],
         {"mirror.md": {"zh": "mirror.md"}, "mirror-cn.md": {"zh": "mirror-cn.md"}}, []),
        (["feed.xml.md"], {}, [("feed.xml.md", "page-address")]),
        (["en/llms.txt.md"], {}, [("en/llms.txt.md", "page-address")]),
        (["Git.md", "git.md"], {"Git.md": {"zh": "Git.md"}, "git.md": {"zh": "git.md"}},
         [("git.md", "page-same-file")]),
        (["caf\u00e9.md", "cafe\u0301.md"],
         {"caf\u00e9.md": {"zh": "caf\u00e9.md"}, "cafe\u0301.md": {"zh": "cafe\u0301.md"}},
         [("caf\u00e9.md", "page-same-file")]),
        (["a/readme.md", "a/INDEX.en.md"],
         {"a/readme.md": {"zh": "a/readme.md", "en": "a/INDEX.en.md"}}, []),
    ],
    ids=str,
)  # fmt: skip
def test_what_files_are(
    uris: list[str], pages: dict[str, dict[str, str]], problems: list[tuple[str, str]]
) -> None:
    tree = arranged(*uris)
    assert tree.pages == pages
    assert codes(tree) == sorted(problems)


@pytest.mark.parametrize("chinese", ["README.zh-CN.md", "README_CN.md", "zh/README.md"])
def test_a_page_in_english_beside_its_chinese_is_the_english_one(chinese: str) -> None:
    tree = arranged("README.md", chinese, is_han=lambda uri: uri != "README.md")
    assert list(tree.pages.values()) == [{"zh": chinese, "en": "README.md"}]
    assert ("README.md", "translation-name") in codes(tree)


@pytest.mark.parametrize(
    "name",
    ["git - 副本.md", "git 副本 2.md", "git copy.md", "git (1).md", "git（2）.md", "Copy of git.md",
     "git (冲突的副本 2024).md", "git.sync-conflict-20240101-ABC.md", "git_BACKUP_123.md"],
)  # fmt: skip
def test_a_copy_beside_its_page_is_named(name: str) -> None:
    (problem,) = copies([f"x/{name}", "x/git.md", "x/gitcopy-of-it.md"])
    assert (problem.path, problem.severity) == (f"x/{name}", Severity.INFO)
    assert "x/git.md" in problem.zh and "x/git.md" in problem.en
    # Alone, it is a page that is only called so.
    assert copies([f"x/{name}", "git.md"]) == []


@pytest.mark.parametrize(
    ("uri", "named"),
    [
        ("a/CON.md", "a/CON.md"), ("a/con/b.md", "a/con"), ("nul.en.md", "nul.en.md"),
        ("x?.png", "x?.png"), ("a:b/c.md", "a:b"), ("a /b.md", "a "), ("a./b.md", "a."),
        ("a\\b.md", "a\\b.md"), ("a\tb.md", "a\tb.md"), ("com\u00b9.md", "com\u00b9.md"),
        ("console.md", ""), ("com.md", ""), ("a.b c.md", ""), ("第一课：开始.md", ""),
    ],
)  # fmt: skip
def test_a_name_that_windows_cannot_have_is_named_once(uri: str, named: str) -> None:
    problems = unusable_names([uri, uri])
    assert [problem.path for problem in problems] == [named] * bool(named)


def test_the_identity_of_a_page_that_was_there_once() -> None:
    tree = arranged("a.md", "en/a.md", "x/zh/b.md", "x/en/b.md")
    old = ["en/old.md", "old.en.md", "x/zh/old.md", "en/a.md", "old.md"]
    assert [tree.identity_of(uri, LOCALES) for uri in old] == [
        "old.md", "old.md", "x/old.md", "a.md", "old.md",
    ]  # fmt: skip


def test_a_page_wins_over_a_file_of_another_kind_at_its_address() -> None:
    tree = arranged("docker.md", other_files=["docker/index.html", "a.html"])
    assert tree.shadowed == ["docker/index.html"]
    assert codes(tree) == [("docker/index.html", "page-address")]


def test_without_folders_as_addresses_fewer_meet() -> None:
    tree = arranged("docker.md", "docker/index.md", "404.md", directory_urls=False)
    assert set(tree.pages) == {"docker.md", "docker/index.md"}
    assert codes(tree) == [("404.md", "page-address")]


@pytest.mark.parametrize(
    ("uris", "identity", "name"),
    [
        (["a.md"], "a.md", "a.en.md"),
        (["a.md", "b.md", "en/b.md"], "a.md", "en/a.md"),
        (["zh/a.md", "zh/b.md", "en/b.md"], "a.md", "en/a.md"),
        (["x/zh/a.md", "x/zh/b.md", "x/en/b.md"], "x/a.md", "x/en/a.md"),
        (["zh/a.md"], "a.md", "zh/a.en.md"),
    ],
)
def test_a_new_translation_is_called_as_the_others_are(
    uris: list[str], identity: str, name: str
) -> None:
    tree = arranged(*uris)
    assert tree.translation_name(identity, "en") == name
    assert arranged(*uris, name).pages[identity]["en"] == name


@pytest.mark.parametrize(
    ("name", "locale"),
    [("en", "en"), ("EN", "en"), ("en-US", "en"), ("en_GB", "en"), ("zh_CN", "zh"),
     ("zh-Hans-CN", "zh"), ("zh-TW", ""), ("zh-Hant", ""), ("fr", ""), ("english", ""),
     ("en-route", "")],
)  # fmt: skip
def test_a_locale_in_other_letters(name: str, locale: str) -> None:
    assert locale_called(name, LOCALES) == locale


def test_names_that_may_say_a_language() -> None:
    assert other_spelling("a/git_en.md", LOCALES) == ("a/git.md", "en")
    assert other_spelling("README-zh_CN.md", LOCALES) == ("README.md", "zh")
    assert other_spelling("说明.英文.md", LOCALES) == ("说明.md", "en")
    assert other_spelling("contact-us.md", LOCALES) == ("", "")
    assert is_index("a/ReadMe.md")
    assert not is_index("a/README.txt")
    assert is_mostly_han("# 说明\n\nuse docker run")
    assert not is_mostly_han("[中文](README.zh-CN.md)\n" + "English text of a page. " * 40)
