"""Where pages are published: languages' folders, index names, drafts, the navigation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from site_builder import Built, build_site

ZH = "# 页\n\n这一页说明怎样安装。\n"
EN = "# Page\n\nHow to install it.\n"


def links(built: Built, url: str) -> list[str]:
    text = " ".join(re.findall(r"<p>(.*?)</p>", built.article(url), re.DOTALL))
    found = re.findall(r'<a href="([^"#][^"]*)"', text)
    return [link for link in found if "translations/#help" not in link]


def navigation(built: Built, url: str) -> str:
    html = built.read(url)
    html = html[html.index("md-nav--primary") :]
    return html[: html.index("<article")]


def folders(zh: str) -> dict[str, str | bytes]:
    return {
        f"{zh}index.md": "# 首页\n\n[安装](guide/install.md) [另一页](only.md)\n",
        f"{zh}guide/install.md": "# 安装\n\n![图](img/a.svg) [首页](../index.md)\n\n## 第一步\n",
        f"{zh}guide/img/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        f"{zh}only.md": "# 只有中文\n\n[安装](guide/install.md)\n",
        "en/index.md": "# Home\n\n[Install](guide/install.md) [Only](only.md)\n",
        "en/guide/install.md": "# Install\n\n[Home](../index.md)\n\n## First step\n",
    }


@pytest.fixture(scope="module", params=["", "zh/", "zh-CN/"])
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = folders(request.param)
    up = "" if not request.param else "../"
    files["en/index.md"] = str(files["en/index.md"]) + f"\n[中文](../{request.param}index.md)\n"
    files[f"{request.param}index.md"] = (
        str(files[f"{request.param}index.md"]) + f"\n[English]({up}en/index.md)\n"
    )
    built = build_site(tmp_path_factory.mktemp("two"), files)
    assert (built.status, built.warnings) == (0, []), built.log
    return built


def test_a_folder_of_a_language_has_its_pages(two: Built) -> None:
    for url, text in (
        ("", "首页"),
        ("guide/install/", "第一步"),
        ("en/", "Home"),
        ("en/guide/install/", "First step"),
        ("en/only/", "只有中文"),
    ):
        assert text in two.article(url), url
    assert not (two.site_dir / "en" / "en").exists()
    assert not (two.site_dir / "zh").joinpath("index.html").exists()


def test_links_stay_in_the_language_unless_they_name_the_other(two: Built) -> None:
    assert links(two, "") == ["guide/install/", "only/", "en/"]
    assert links(two, "en/") == ["guide/install/", "only/", "../"]
    # A page that is shown untranslated leads on in the reader's language.
    assert links(two, "en/only/") == ["../guide/install/"]


def test_the_navigation_of_a_language_has_no_section_of_its_folder(two: Built) -> None:
    for url in ("", "en/"):
        entries = re.findall(r'<li[^>]*><a href="([^"]+)', navigation(two, url))
        assert "only/" in entries
        assert [entry for entry in entries if "guide/install/" in entry]
        assert ">En<" not in navigation(two, url)
        assert ">Zh" not in navigation(two, url)


def test_the_switch_leads_to_the_twin(two: Built) -> None:
    switch = [t for t in two.tags("guide/install/", "a") if t.get("class") == "md-select__link"]
    assert [link["href"] for link in switch] == ["./", "../../en/guide/install/"]


@pytest.mark.parametrize("name", ["readme.md", "Readme.md", "ReadMe.md", "INDEX.md"])
def test_an_index_in_any_letters(tmp_path: Path, name: str) -> None:
    built = build_site(
        tmp_path,
        {name: "# 首页\n\n[夹](a/)\n", f"a/{name}": ZH, "a/b.md": f"# 乙\n\n[上]({name})\n"},
    )
    assert (built.status, built.warnings) == (0, []), built.log
    assert links(built, "") == ["a/"]
    assert links(built, "a/b/") == ["../"]
    for url in ("a/", "en/a/"):
        assert "怎样安装" in built.article(url)


def test_files_that_claim_one_address_are_told_and_links_still_lead_somewhere(
    tmp_path: Path,
) -> None:
    built = build_site(
        tmp_path,
        {
            "index.md": "# 首页\n\n[a](docker/README.md) [b](docker.md)\n",
            "docker.md": "# 一\n",
            "docker/README.md": "# 二\n",
            "git.md": "# 三\n",
            "git/index.html": "<p>raw</p>",
            "en.md": EN,
        },
        strict=False,
    )
    assert built.status == 0
    assert links(built, "") == ["docker/", "docker/"]
    texts = [line.split("docs/", 1)[1] for line in built.warnings]
    assert [text.split(": ")[0] for text in sorted(texts)] == [
        "docker/README.md",
        "en.md",
        "git/index.html",
    ]
    assert "它和 docker.md 的网址都是 /docker/" in built.log
    assert "<p>raw" not in built.read("git/")


DRAFTS: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n文字在这里，够长的一段。\n",
    "new.md": "---\ndraft: true\n---\n# 新写的\n\n悄悄话在这里，够长的一段。\n",
    "new.en.md": "# New\n\nA secret, long enough to be a paragraph.\n",
    "later.md": "---\npublished: false\n---\n# 以后\n\n悄悄话在这里，够长的一段。\n",
    "old.md": "---\ndate: 2024-04-25\npublished: true\n---\n# 早就有\n",
    "old.en.md": "---\ndraft: true\n---\n# Old\n\nA secret, long enough to be a paragraph.\n",
    ".nav.yml": "nav:\n  - index.md\n  - new.md\n  - old.md\n",
}


def test_a_draft_is_nowhere_on_the_published_site(tmp_path: Path) -> None:
    built = build_site(tmp_path, DRAFTS)
    assert (built.status, built.warnings) == (0, []), built.log
    assert "docs/new.md: 它是草稿，没有发布" in built.log
    assert "docs/new.en.md: 原文 new.md 是草稿" in built.log
    for path in built.site_dir.rglob("*"):
        if path.suffix in {".html", ".xml", ".txt", ".json", ".md", ".js"}:
            text = path.read_text(encoding="utf-8")
            for word in ("悄悄话", "A secret", "新写的", "new/"):
                assert word not in text, (path, word)
    assert "早就有" in built.article("en/old/")


def test_a_link_to_a_draft_is_a_warning(tmp_path: Path) -> None:
    built = build_site(tmp_path, {**DRAFTS, "index.md": "# 首页\n\n[新](new.md)\n"}, strict=False)
    assert len(built.warnings) == 1, built.log
    assert "docs/index.md:3:5: 链接的页面 'new.md' 是草稿，没有发布" in built.warnings[0]


def test_editors_leftovers_are_not_published(tmp_path: Path) -> None:
    left = ["a.md~", ".#a.md", "a.md.bak", "4913", "Thumbs.db", ".DS_Store", "#a.md#", "b/x.tmp",
            "~$x.docx", ".a.md.swp", "b/desktop.ini", "a.md.swo", "a.md.save", "a.md.lnk",
            "nohup.out", "$RECYCLE.BIN/x.md", "lost+found/x"]  # fmt: skip
    kept = ["a.md", "报告.docx", "#1.png", "templates/a.md"]
    built = build_site(tmp_path, {"index.md": ZH, **dict.fromkeys([*left, *kept], ZH)})
    assert (built.status, built.warnings) == (0, []), built.log
    names = {path.name for path in built.site_dir.rglob("*")}
    assert names & {Path(name).name for name in left} == set()
    assert {"报告.docx", "#1.png"} <= names
    assert (built.site_dir / "templates/a/index.html").is_file()


def test_a_list_in_nav_yml_hides_no_page(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        ".nav.yml": "nav:\n  - b.md\n  - 夹: 夹\n",
        "index.md": "# 首页\n",
        "a.md": "# 甲页\n",
        "b.md": "# 乙页\n",
        "夹/.nav.yml": "nav:\n  - y.md\n",
        "夹/x.md": "# 新页\n",
        "夹/y.md": "# 旧页\n",
        "远/.nav.yml": "append_unmatched: false\nnav:\n  - p.md\n",
        "远/p.md": "# 丙页\n",
        "远/q.md": "# 丁页\n",
    }
    built = build_site(tmp_path, files)
    assert (built.status, built.warnings) == (0, []), built.log
    assert built.log.count("docs/.nav.yml: 没有列出 a.md、index.md、远/，已排在目录的最后") == 1
    assert built.log.count("docs/夹/.nav.yml: 没有列出 夹/x.md，已排在目录的最后") == 1
    for url in ("", "en/"):
        html = navigation(built, url)
        assert html.index("乙页") < html.index("夹") < html.index("甲页")
    below = navigation(built, "夹/x/")
    assert below.index("旧页") < below.index("新页")
    # Whoever says so has it so.
    assert "丁页" not in navigation(built, "远/p/")
    assert "丁页" in built.article("远/q/")


def test_an_entry_of_nav_yml_that_names_nothing_is_told_with_its_line(tmp_path: Path) -> None:
    built = build_site(
        tmp_path,
        {"index.md": ZH, "docker.md": ZH, ".nav.yml": "nav:\n  - index.md\n  - dokcer.md\n"},
        strict=False,
    )
    assert len(built.warnings) == 1, built.log
    assert (
        "docs/.nav.yml:3: 目录里的 'dokcer.md' 找不到对应的文件或文件夹。是不是 'docker.md'？"
        in built.warnings[0]
    )


def test_a_section_that_is_not_translated_yet_is_no_error_in_a_chinese_line(
    tmp_path: Path,
) -> None:
    built = build_site(
        tmp_path,
        {
            "index.md": "# 首页\n\n[用](git.md#用法) [无](git.md#没有)\n",
            "git.md": "# Git\n\n## 安装\n\n装。\n\n## 用法\n\n用。\n",
            "git.en.md": "# Git\n\n## Install\n\nDo it.\n",
        },
        strict=False,
    )
    assert [line.split("docs/")[1] for line in built.warnings] == [
        "index.md:3:26: 页面 'git.md' 里没有标题 '#没有'。请检查那个标题现在叫什么"
    ], built.log
    assert links(built, "")[0] == "git/#用法"
    assert links(built, "en/")[0] == "git/"


@pytest.mark.parametrize("english", ["git_en.md", "git-EN.md", "git.en-US.md"])
def test_other_names_of_a_translation(tmp_path: Path, english: str) -> None:
    built = build_site(tmp_path, {"index.md": ZH, "git.md": ZH, english: EN})
    assert (built.status, built.warnings) == (0, []), built.log
    assert f"docs/{english}: 已当作 git.md 的英文版；请改名为 git.en.md" in built.log
    assert "How to install" in built.article("en/git/")
    assert "怎样安装" in built.article("git/")


def test_an_english_readme_beside_the_chinese_one(tmp_path: Path) -> None:
    built = build_site(
        tmp_path,
        {"README.md": EN + "\n[简体中文](README.zh-CN.md)\n", "README.zh-CN.md": ZH},
    )
    assert (built.status, built.warnings) == (0, []), built.log
    assert "怎样安装" in built.article("")
    assert "How to install" in built.article("en/")
    assert links(built, "en/") == ["../"]
