import json
from pathlib import Path

import pytest
from search_engine import Engine
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n[镜像](image.md)\n",
    "index.en.md": "# Home\n\nRead on.\n",
    "image.md": "# 镜像\n\n只读的模板。\n\n## 删除镜像\n\n```sh\ndocker image prune\n```\n",
    "image.en.md": "# Images\n\nRead-only templates.\n",
    "volume.md": "---\ntags: [存储]\n---\n# 数据卷\n\n匿名数据卷的迁移。\n",
    "draft.md": "---\nsearch: {exclude: true}\n---\n# 独一无二\n",
    "glossary.yml": "- {zh: 镜像, en: image}\n- {zh: 数据卷, en: volume}\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("search"), FILES)


def engine(built: Built, locale: str) -> Engine:
    return Engine(built.read(f"search/{locale}.js"))


def test_each_language_has_its_own_index(built: Built) -> None:
    assert built.status == 0, built.log
    zh, en = engine(built, "zh"), engine(built, "en")
    assert zh.search("镜像").pages[0] == "image/"
    assert en.search("image").pages[0] == "en/image/"
    assert not any(page.startswith("en/") for page in zh.search("image").pages)
    assert all(page.startswith("en/") for page in en.search("template").pages)


def test_a_page_without_a_translation_is_found_by_its_chinese_words(built: Built) -> None:
    answer = engine(built, "en").search("迁移")
    assert answer.pages == ["en/volume/"]
    assert "中文" in answer.sections("en/volume/")[0]["title"]
    assert engine(built, "en").search("volume").pages[0] == "en/volume/"


def test_sections_lead_to_their_headings(built: Built) -> None:
    best = engine(built, "zh").search("prune").sections("image/")[0]
    address, anchor = best["location"].split("#")
    assert f'id="{anchor}"' in built.read(address)


def test_tags_are_found_and_excluded_pages_are_not(built: Built) -> None:
    assert engine(built, "zh").search("存储").pages[0] == "volume/"
    assert "draft/" not in engine(built, "zh").search("独一无二").pages


def test_the_dialog_talks_to_this_sites_worker(built: Built) -> None:
    for url, locale in (("image/", "zh"), ("en/image/", "en")):
        html = built.read(url)
        start = html.index('<script id="__config"')
        settings = json.loads(html[html.index(">", start) + 1 : html.index("</script>", start)])
        path, _, language = settings["search"].partition("?")
        assert language == locale
        assert (built.site_dir / url / path).resolve().is_file()
    assert json.loads(built.read("search/search_index.json"))["docs"] == []


def test_two_builds_write_the_same_bytes(built: Built, tmp_path: Path) -> None:
    again = build_site(tmp_path, FILES, fresh=True)
    for locale in ("zh", "en"):
        assert again.read(f"search/{locale}.js") == built.read(f"search/{locale}.js")


def test_a_mistake_in_the_glossary_fails_a_strict_build_and_is_said_once(tmp_path: Path) -> None:
    broken = build_site(tmp_path, {**FILES, "glossary.yml": "- zh: 镜像\n  en: image\n- zh: 层\n"})
    assert broken.status != 0
    assert broken.log.count("docs/glossary.yml:3: 这个术语缺少 en") == 1
