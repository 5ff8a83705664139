from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from site_builder import Built, build_site
from translated_site import EN, FILES, THREE, ZH, recorded

from docskit.drafting.translation_draft import with_record
from docskit.reading.author_page import read_author_page
from docskit.translation.translation import record_of, sections_of


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    built = build_site(tmp_path_factory.mktemp("two"), FILES)
    assert built.status == 0, built.log
    return built


def test_a_stale_page_says_so_and_links_its_sections(built: Built) -> None:
    html = built.read("en/stale")
    notice = html[html.index("translation-notice") : html.index("Old.")]
    assert "has changed since" in notice
    assert 'href="#install"' in notice
    assert 'href="../../stale/#卸载"' in notice
    assert 'lang="zh-CN"' in notice
    assert len(re.findall("<p class=.translation-mark.", html)) == 1


def test_a_fallback_page_says_so_in_the_readers_language(built: Built) -> None:
    html = built.read("en/missing")
    assert "This page is not translated yet" in html
    assert [tag["lang"] for tag in built.tags("en/missing", "div") if "lang" in tag] == [
        "zh-CN",
        "zh-CN",
    ]
    assert built.tags("en/missing", "html")[0]["lang"] == "en"


def test_a_machine_s_draft_says_so_quietly_everywhere(tmp_path: Path) -> None:
    """Under the section on its page, on the status page, and to programs."""
    own = read_author_page(recorded(ZH, EN).encode(), "x.en.md")[0]
    parts = sections_of(own)
    record = record_of(sections_of(read_author_page(ZH.encode(), "x.md")[0]))
    one = with_record(own, record, {"安装": parts[1].hash})
    all_of_it = with_record(own, record, {part.anchor: part.hash for part in parts})
    assert one is not None
    assert all_of_it is not None
    files: dict[str, str | bytes] = {
        **FILES,
        "one.md": ZH,
        "one.en.md": one.apply(own.source.text),
        "all.md": ZH,
        "all.en.md": all_of_it.apply(own.source.text),
    }
    built = build_site(tmp_path, files, config={"site_url": "https://x.org/"})
    assert (built.status, built.warnings) == (0, []), built.log
    html = built.read("en/one")
    mark = re.search(r'id="install".*?</h2>\s*<p class="translation-mark"[^>]*>(.*?)</p>', html)
    assert mark
    assert "Drafted by machine and not read by a person yet" in mark[1]
    assert 'href="../../one/"' in mark[1]
    assert 'href="../translations/#help"' in mark[1]
    assert html.count("translation-mark") == 1
    assert "translation-notice" not in html
    whole = built.read("en/all")
    assert whole.count("translation-mark") == 1
    assert "This page was drafted by machine" in whole
    assert whole.index("translation-mark") < whole.index("Start.")
    assert "drafted" not in built.read("all")
    rows = built.read("en/translations")
    assert rows.count("translation-state--drafted") == 2
    assert "4 sections drafted by machine and not read yet" in rows
    listed = (built.site_dir / "en" / "llms.txt").read_text(encoding="utf-8")
    assert listed.count("[machine draft, not read by a person yet: ") == 2
    assert "[machine draft, not read by a person yet: Install]" in listed
    chinese = (built.site_dir / "llms.txt").read_text(encoding="utf-8")
    assert "machine" not in chinese + (built.site_dir / "search" / "zh.js").read_text("utf-8")
    index = (built.site_dir / "search" / "en.js").read_text(encoding="utf-8")
    rows = json.loads(index[index.index("(") + 1 : index.rindex(")")])["pages"]
    marked = {row[0]: row[7] for row in rows if len(row) > 7}
    assert marked == {"en/all/": [0, 1, 2], "en/one/": [1]}
    facts = (built.site_dir / "en" / "one.md").read_text(encoding="utf-8")
    assert "status: drafted" in facts
    assert "machine_drafted_sections:\n- Install\n" in facts


@pytest.mark.parametrize("url", ["stale", "current", "missing", "en/current", "en/"])
def test_nothing_is_said_about_originals_and_current_translations(built: Built, url: str) -> None:
    assert "translation-notice" not in built.read(url)
    assert "translation-mark" not in built.read(url)


def test_a_third_language_is_one_entry(tmp_path: Path) -> None:
    ja = recorded(ZH, "# コンテナ\n\n始。\n\n## 導入\n\n旧。\n\n## 使い方\n\n使。\n")
    built = build_site(tmp_path, {**FILES, "stale.ja.md": ja}, config=dict(THREE))
    assert built.status == 0, built.log
    assert "translation-notice" in built.read("ja/stale")
    assert "translation-notice" in built.read("ja/current")
    headings = [tag["id"] for tag in built.tags("stale", "span") if "id" in tag]
    assert {"install", "導入", "containers", "コンテナ"} <= set(headings)
    assert "使い方" in [tag.get("id") for tag in built.tags("en/stale", "span")]
    # Its characters are its own, and where we have no words of it the frame speaks English.
    assert '<span lang="zh-CN">' not in built.read("ja/stale")
    assert 'title="Link to this section"' in built.read("ja/stale")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"gone.en.md": "# Gone\n"}, "docs/gone.en.md: 译文没有原文：找不到 gone.md"),
        (
            {"old.en.md": recorded(ZH, EN), "new.md": ZH},
            "docs/old.en.md: 找不到原文 old.md。它是不是译自 new.md？是的话请改名为 new.en.md",
        ),
        ({"missing.zh.md": "# 又一个\n"}, "docs/missing.zh.md: 它和 missing.md 是同一页"),
        (
            {"missing.en.md": "---\ntranslated_from: abc\n---\n# M\n"},
            "docs/missing.en.md:2: 'translated_from' 里的 'abc' 不是原文的指纹（8 位十六进制）。"
            "译文核对好以后运行 make translated PAGE=missing，",
        ),
    ],
)
def test_what_cannot_be_is_a_located_warning(
    tmp_path: Path, files: dict[str, str | bytes], message: str
) -> None:
    built = build_site(tmp_path, {**FILES, **files}, strict=False)
    assert built.status == 0, built.log
    assert len(built.warnings) == 1, built.log
    assert message in built.warnings[0]


def test_the_status_page_names_every_page_in_every_language(built: Built) -> None:
    for url, page in (("translations", "stale.md"), ("en/translations", "stale.md")):
        html = built.read(url)
        rows = re.findall(r"translation-state--(\w+)", html)
        assert rows == ["missing", "stale", "unrecorded", "current"]
        assert page in html
    assert 'id="help"' in built.read("en/translations")
    assert "../translations/#help" in built.read("en/missing")
    assert "translations/" not in built.read("sitemap.xml")
    navigation = re.findall(r'<li[^>]*><a href="([^"]+)', built.read(""))
    assert "missing/" in navigation
    assert not [link for link in navigation if "translations" in link]


def test_authors_can_link_to_the_status_page(tmp_path: Path) -> None:
    page = "# 页\n\n[进度](../translations.md#help)\n"
    built = build_site(tmp_path, {"index.md": "# 首页\n", "a/b.md": page})
    assert (built.status, built.warnings) == (0, []), built.log
    for url in ("a/b", "en/a/b"):
        assert "../../translations/#help" in built.read(url)


def test_orphans_are_on_the_status_page_of_every_language(tmp_path: Path) -> None:
    built = build_site(tmp_path, {**FILES, "gone.en.md": "# Gone\n"}, strict=False)
    for url in ("translations", "en/translations"):
        assert "translation-state--orphan" in built.read(url)
    switch = [t for t in built.tags("en/gone", "a") if t.get("class") == "md-select__link"]
    assert [link["href"] for link in switch] == ["../../", "./"]
