"""The font that cards are drawn in; a machine without it is told how to get it."""

import pytest

from docskit.publishing.social_card import Fonts, find_fonts


def installed_fonts() -> Fonts:
    """Debian's Noto Sans CJK; fails where it is not installed."""
    fonts = find_fonts()
    if fonts is None:
        pytest.fail("找不到 Noto Sans CJK。请安装：sudo apt install fonts-noto-cjk")
    return fonts
