from pathlib import Path

from card_fonts import installed_fonts
from PIL import Image
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n欢迎来到这里，今天也写一点。\n",
    "docker/a.md": '---\nauthor: 张三\n---\n# 容器与 "镜像"\n\n正文。\n',
    "docker/a.en.md": "# Containers\n\nText.\n",
    "docker/b.md": "# Q&A 的 `<b>`\n\n正文。\n",
}
ENV = {"SITE_URL": "https://club.example/docs/", "CARDS": "1"}


def cards(built: Built, url: str) -> dict[str, str]:
    return {
        tag["property"]: tag["content"]
        for tag in built.tags(url, "meta")
        if tag.get("property", "").startswith("og:image")
    }


def test_each_page_has_a_card_in_its_language(tmp_path: Path) -> None:
    installed_fonts()
    built = build_site(tmp_path, FILES, env=ENV)
    pages = ["", "en/", "docker/a/", "en/docker/a/", "docker/b/", "en/docker/b/"]
    found = [cards(built, page) for page in pages]
    assert [card["og:image:alt"] for card in found[2:]] == [
        '容器与 "镜像"',
        "Containers",
        "Q&A 的 <b>",
        "Q&A 的 <b>",
    ]
    addresses = [card["og:image"] for card in found]
    assert len(set(addresses)) == len(pages)
    for address in addresses:
        assert address.startswith("https://club.example/docs/assets/cards/")
        image = Image.open(built.site_dir / address.removeprefix("https://club.example/docs/"))
        assert (str(image.width), str(image.height)) == (
            found[0]["og:image:width"],
            found[0]["og:image:height"],
        )
    files = {path.name: path.read_bytes() for path in (built.site_dir / "assets/cards").iterdir()}
    assert {address.rpartition("/")[2] for address in addresses} <= files.keys()
    # Another build, from what the first one has kept, and one that draws all of them again.
    again = build_site(tmp_path, FILES, env=ENV).site_dir
    fresh = build_site(tmp_path / "fresh", FILES, env=ENV).site_dir
    for folder in (again, fresh):
        there = {path.name: path.read_bytes() for path in (folder / "assets/cards").iterdir()}
        assert there == files


def test_a_site_has_no_cards_unless_it_asks_for_them(tmp_path: Path) -> None:
    address = {"SITE_URL": ENV["SITE_URL"]}
    for name, env, hook in (("a", address, None), ("b", ENV, "social_cards.py")):
        built = build_site(tmp_path / name, FILES, env=env, without_hook=hook)
        assert cards(built, "docker/a/") == {}
        assert not (built.site_dir / "assets/cards").exists()
