"""Notes of terms and folded code in a built site, and what turns them off."""

from __future__ import annotations

from pathlib import Path

from site_builder import build_site

GLOSSARY = "- {zh: 端口, en: port, note_zh: 门牌号。, note_en: A number.}\n"
LONG = "```c\n" + "int x;\n" * 60 + "```\n"
FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n看端口。\n",
    "index.en.md": "# Home\n\nTwo ports.\n",
    "off.md": "---\nhide: [terms]\n---\n# 关\n\n看端口。\n",
    "long.md": f"# 长\n\n{LONG}",
    "glossary.yml": GLOSSARY,
}


def test_terms_have_notes_and_long_code_is_folded_in_both_languages(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES)
    assert built.status == 0, built.log
    assert 'title="端口（port）：门牌号。">端口</dfn>' in built.article("")
    assert 'title="port (端口): A number.">ports</dfn>' in built.article("en/")
    assert "<dfn" not in built.article("off/")
    assert "展开全部 60 行" in built.article("long/")
    assert "Show all 60 lines" in built.article("en/long/")
    again = build_site(tmp_path, {**FILES, "glossary.yml": GLOSSARY.replace("门牌号", "一扇门")})
    assert "端口（port）：一扇门。" in again.article("")
