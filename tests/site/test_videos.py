"""Videos of other sites through a real build: cards, links where there is no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_builder import Built, build_site

BV = "BV1GJ411x7h7"
FRAME = f'<iframe src="//player.bilibili.com/player.html?bvid={BV}&p=2"></iframe>'
FILES: dict[str, str | bytes] = {
    "index.md": f"# 甲\n\n{FRAME}\n\nhttps://youtu.be/dQw4w9WgXcQ\n\n"
    "![演示](https://www.youtube.com/watch?v=dQw4w9WgXcQ)\n",
    "only.md": f"# 乙\n\n- https://www.bilibili.com/video/{BV}\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("videos"), FILES)


def test_cards_in_the_reader_s_language_and_nothing_lost(built: Built) -> None:
    assert built.status == 0 and not built.warnings, built.log
    for url, said in (("", "点击播放，从"), ("en/", "Click to play, loaded from")):
        cards = [a for a in built.tags(url, "a") if "video-card" in a.get("class", "")]
        assert len(cards) == 3 and all("data-player" in card for card in cards)
        assert built.tags(url, "iframe") == [] and built.article(url).count(said) == 3
        assert "video.js" in built.read(url)
    assert "video.js" not in built.read("only/") and "video-card" not in built.read("only/")


def test_programs_get_what_the_author_wrote_and_no_words_of_a_button(built: Built) -> None:
    assert FRAME in built.read("index.md") and "https://youtu.be/dQw4w9WgXcQ" in built.read(
        "llms-full.txt"
    )
    for file in built.site_dir.rglob("*"):
        if file.suffix in {".json", ".xml", ".txt", ".md"}:
            assert "点击播放" not in file.read_text(encoding="utf-8"), file


def test_for_readers_without_a_network_a_video_is_a_link(tmp_path: Path) -> None:
    offline = build_site(tmp_path, FILES, env={"SITE_URL": "", "DIRECTORY_URLS": "false"})
    page = offline.article("index.html")
    assert (
        "在 bilibili.com 上看" in page
        and f'href="https://www.bilibili.com/video/{BV}/?p=2"' in page
    )
    assert "data-player" not in page and "video.js" not in offline.read("index.html")


def test_without_the_hook_players_are_asked_for(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES, without_hook="videos.py")
    assert built.tags("", "iframe") and "video-card" not in built.read("")
