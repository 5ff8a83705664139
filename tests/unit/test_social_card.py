import io
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from card_fonts import installed_fonts
from PIL import Image

import social_cards
from docskit.publishing.social_card import Card, draw_card, find_fonts, is_drawable, wrap


def by_character(text: str) -> float:
    """Han characters twice as wide as Latin ones, as in most fonts; in pixels."""
    return 40 * sum(2 if character > "\u2e7f" else 1 for character in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("镜像与容器", 20, ["镜像与容器"]),
        # As even as may be, not one character alone in the last line.
        ("镜像与容器和层", 12, ["镜像与容", "器和层"]),
        # No line starts with a comma, or ends with a bracket that opens.
        ("镜像，容器，层", 6, ["镜像，", "容器，", "层"]),
        ("看看（里面）吧", 6, ["看看", "（里", "面）吧"]),
        # A word stays whole, and is cut only where it is wider than the line.
        ("a container is a process", 11, ["a container", "is a", "process"]),
        ("abcdefghijkl", 5, ["abcd", "efgh", "ijkl"]),
        ("", 5, []),
    ],
)
def test_lines_end_where_they_may(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, 40 * width, by_character) == lines


@pytest.mark.parametrize(
    "card",
    [
        Card("和 Docker 打个招呼", "ISC-WEB 文档", "Docker 入门", "ISC-WEB | 2024 年 4 月 25 日"),
        Card("很长的标题" * 40, "很长的站名" * 40, "很长的一节" * 40, "很长的作者" * 40),
        Card("W" * 300, "Docs"),
    ],
    ids=["usual", "long", "one word"],
)
def test_a_card_is_a_small_picture_of_the_usual_size(card: Card) -> None:
    png = draw_card(card, installed_fonts())
    image = Image.open(io.BytesIO(png)).convert("L")
    assert image.size == (1200, 630)
    assert len(png) < 60_000
    # Nothing runs into the margins, where at most the faint mark is.
    for margin in ((0, 0, 80, 600), (1130, 0, 1200, 600)):
        darkest, _ = image.crop(margin).getextrema()
        assert isinstance(darkest, int) and darkest > 200


def test_what_the_font_has_not_is_left_out() -> None:
    fonts = installed_fonts()
    plain = Card("数据卷", "站")
    assert draw_card(Card("数据卷 🚀", "站"), fonts) == draw_card(plain, fonts)
    assert is_drawable(plain, fonts) and not is_drawable(Card("🚀", "站"), fonts)


def test_without_the_font_the_publisher_is_told_what_to_install(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert find_fonts([tmp_path]) is None
    monkeypatch.setattr(social_cards, "find_fonts", lambda: None)
    config: Any = SimpleNamespace(extra={"social_cards": True})
    with caplog.at_level(logging.WARNING, "mkdocs.cards"):
        social_cards.on_config(config)
        social_cards.on_config(config)
    assert [record.message.count("fonts-noto-cjk") for record in caplog.records] == [1]
