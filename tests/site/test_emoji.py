from pathlib import Path

from site_builder import build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n笑 :smile: 对 :material-check:。\n\n注意 :warning: 星 :star:\n"
}


def test_emoji_are_characters_and_icons_are_drawn_inline(tmp_path: Path) -> None:
    html = build_site(tmp_path, FILES).article("")
    assert "笑 😄 对 <span" in html
    assert "<img" not in html
    assert "注意 ⚠\ufe0f 星 ⭐\ufe0f" in html, "a warning sign, and not the thin one of a text font"
