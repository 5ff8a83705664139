"""Which addresses are videos, and what becomes of them on a page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from processor_time import seconds

from docskit.outside.addresses import outside_address
from docskit.outside.video_addresses import video_of
from docskit.pictures.video_cards import with_video_cards

BV = "BV1GJ411x7h7"
YT = "dQw4w9WgXcQ"
B_WATCH = f"https://www.bilibili.com/video/{BV}/"
B_PLAYER = f"https://player.bilibili.com/player.html?isOutside=true&bvid={BV}"
Y_WATCH = f"https://www.youtube.com/watch?v={YT}"
Y_PLAYER = f"https://www.youtube-nocookie.com/embed/{YT}?"

VIDEOS = [
    (B_WATCH, B_WATCH, B_PLAYER + "&autoplay=1"),
    (f"//www.bilibili.com/video/{BV}", B_WATCH, B_PLAYER + "&autoplay=1"),
    (f"http://m.bilibili.com/video/bv{BV[2:]}", B_WATCH, B_PLAYER + "&autoplay=1"),
    (f"{B_WATCH}?p=2&t=30&vd_source=a", f"{B_WATCH}?p=2&t=30", B_PLAYER + "&p=2&t=30&autoplay=1"),
    (
        "https://www.bilibili.com/video/av170001",
        "https://www.bilibili.com/video/av170001/",
        "https://player.bilibili.com/player.html?isOutside=true&aid=170001&autoplay=1",
    ),
    (f"https://b23.tv/{BV}?p=3", f"{B_WATCH}?p=3", B_PLAYER + "&p=3&autoplay=1"),
    (
        f"//player.bilibili.com/player.html?aid=804&bvid={BV}&cid=1&page=2",
        f"{B_WATCH}?p=2",
        f"https://player.bilibili.com/player.html?aid=804&bvid={BV}&cid=1&page=2&p=2&autoplay=1",
    ),
    (
        "https://player.bilibili.com/player.html?aid=804&autoplay=0&t=9",
        "https://www.bilibili.com/video/av804/?t=9",
        "https://player.bilibili.com/player.html?aid=804&autoplay=1&t=9",
    ),
    (
        f"https://www.bilibili.com/blackboard/html5mobileplayer.html?bvid={BV}",
        B_WATCH,
        f"https://player.bilibili.com/player.html?bvid={BV}&autoplay=1",
    ),
    (Y_WATCH, Y_WATCH, Y_PLAYER + "autoplay=1"),
    (
        f"https://youtu.be/{YT}?t=1h2m3s&si=x",
        f"{Y_WATCH}&t=3723s",
        Y_PLAYER + "start=3723&autoplay=1",
    ),
    (
        f"https://m.youtube.com/watch?t=42&v={YT}",
        f"{Y_WATCH}&t=42s",
        Y_PLAYER + "start=42&autoplay=1",
    ),
    (
        f"https://www.youtube.com/watch?v={YT}&list=PL0123456789&index=3",
        f"{Y_WATCH}&list=PL0123456789",
        Y_PLAYER + "list=PL0123456789&index=3&autoplay=1",
    ),
    (
        f"https://www.youtube.com/embed/{YT}?start=42&autoplay=0&rel=0",
        f"{Y_WATCH}&t=42s",
        Y_PLAYER + "start=42&autoplay=1&rel=0",
    ),
    (f"//www.youtube-nocookie.com/embed/{YT}", Y_WATCH, Y_PLAYER + "autoplay=1"),
    (f"https://www.youtube.com/shorts/{YT}", Y_WATCH, Y_PLAYER + "autoplay=1"),
    (
        "https://www.youtube.com/embed/videoseries?list=PL0123456789",
        "https://www.youtube.com/playlist?list=PL0123456789",
        "https://www.youtube-nocookie.com/embed/videoseries?list=PL0123456789&autoplay=1",
    ),
]


@pytest.mark.parametrize(("address", "watch", "player"), VIDEOS)
def test_part_moment_and_list_are_kept(address: str, watch: str, player: str) -> None:
    video = video_of(address)
    assert video is not None
    assert (video.watch, video.player) == (watch, player)
    # No picture is fetched from there, and the page of a video leads to the same video.
    assert outside_address(address) is None
    again = video_of(video.watch)
    assert again is None or again.ident == video.ident


NONE = [
    "https://b23.tv/x1Y2z3A",
    "https://b23.tv/12345",
    "https://www.bilibili.com/",
    "https://www.bilibili.com/video/",
    "https://www.bilibili.com/video/BV1xx",
    f"https://www.bilibili.com/read/{BV}",
    f"https://evilbilibili.com/video/{BV}",
    f"https://www.bilibili.com.example.org/video/{BV}",
    "https://space.bilibili.com/1",
    "https://live.bilibili.com/1",
    "https://www.bilibili.com/bangumi/play/ep1",
    "//player.bilibili.com/player.html?cid=1",
    "https://www.youtube.com/@club",
    "https://www.youtube.com/playlist?list=PL0123456789",
    "https://www.youtube.com/watch?v=VIDEO_ID",
    "https://www.youtube.com/embed/live_stream?channel=a",
    "https://img.youtube.com/vi/dQw4w9WgXcQ/0.jpg",
    f"ftp://youtu.be/{YT}",
    f"javascript:https://youtu.be/{YT}",
    "https://[youtu.be/x",
    "video/a.mp4",
    "",
]


@pytest.mark.parametrize("address", NONE)
def test_anything_else_is_no_video(address: str) -> None:
    assert video_of(address) is None


def cards(html: str) -> list[tuple[str, str]]:
    """(title, href) of each card."""
    return [
        (unescape(re.sub(r"<[^>]*>", "", title)), unescape(href))
        for href, title in re.findall(
            r'<a class="video-card" href="([^"]*)"[^>]*>'
            r'<span class="video-title">(.*?)</span>(?:<span|</a>)',
            html,
        )
    ]


LINK = f'<a href="{B_WATCH}">{B_WATCH}</a>'
NAMED = f'<a href="{B_WATCH}?p=2">入门</a>'
FRAME = f'<iframe src="//player.bilibili.com/player.html?bvid={BV}"> </iframe>'
FRAME_CARD = [(f"哔哩哔哩视频 {BV}", B_WATCH)]
LINK_CARD = [("哔哩哔哩视频", B_WATCH)]
NAMED_CARD = [("入门", f"{B_WATCH}?p=2")]

CASES = [
    (FRAME, FRAME_CARD),
    (f'<div align="center">{FRAME}</div>', FRAME_CARD),
    (f"<ul><li>{FRAME}</li></ul>", FRAME_CARD),
    (f"<table><tr><td>{FRAME}</td></tr></table>", FRAME_CARD),
    (f"<p>看 {FRAME} 这个</p>", FRAME_CARD),
    (FRAME + FRAME, FRAME_CARD * 2),
    (FRAME.replace("<iframe", '<IFRAME TITLE="讲 <i>"'), [("讲 <i>", B_WATCH)]),
    (FRAME.replace("<iframe", '<iframe title="YouTube video player"'), FRAME_CARD),
    (f"<p>{LINK}</p>", LINK_CARD),
    (f"<p>{NAMED}</p>", NAMED_CARD),
    (f"<p>{NAMED}<br />\n{LINK}</p>", NAMED_CARD + LINK_CARD),
    (f"<p>{NAMED}\n{LINK}</p>", NAMED_CARD + LINK_CARD),
    (f"<blockquote>\n<p>{NAMED}</p>\n</blockquote>", NAMED_CARD),
    (f"<li>\n<p>先看：</p>\n<p>{NAMED}</p>\n</li>", NAMED_CARD),
    (f'<p><img alt="演示" src="{B_WATCH}" /></p>', [("演示", B_WATCH)]),
    (f'<p><a href="{B_WATCH}"><strong>粗</strong> &amp; 细</a></p>', [("粗 & 细", B_WATCH)]),
]
SAME = [
    f"<p>看 {LINK} 这个</p>",
    f"<p>看：\n{LINK}</p>",
    f"<p>{NAMED}，{LINK}</p>",
    f"<p>{NAMED} {LINK}</p>",
    f"<ul>\n<li>{LINK}</li>\n<li>\n<p>{NAMED}</p>\n</li>\n</ul>",
    f"<table><tr><td>{LINK}</td></tr></table>",
    f"<h2>{LINK}</h2>",
    f'<p><a href="{B_WATCH}"><img src="a.png"></a></p>',
    f"<pre><code>{FRAME.replace('<', '&lt;')}</code></pre>",
    f"<!-- {FRAME} <p>{LINK}</p> -->",
    f"<script>'{FRAME}'</script>",
    '<iframe src="demo.html"></iframe>',
    f'<iframe srcdoc="x" src="https://youtu.be/{YT}"></iframe>',
    '<p><a href="https://b23.tv/x1Y2z3A">https://b23.tv/x1Y2z3A</a></p>',
    "<p>youtube</p>",
    f"<iframe src='https://youtu.be/{YT}'>",
]


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_what_stands_alone_is_a_card(html: str, expected: list[tuple[str, str]]) -> None:
    made = with_video_cards(html, "zh", in_place=True)
    assert cards(made) == expected
    assert "<iframe" not in made.lower() and "data-player" in made
    # Made again, nothing more: a card is no link that stands alone.
    assert with_video_cards(made, "zh", in_place=True) == made


@pytest.mark.parametrize("html", SAME)
def test_the_rest_stays_as_it_is(html: str) -> None:
    assert with_video_cards(html, "zh", in_place=True) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<iframe src="//codepen.io/x" height="300"></iframe>',
            '<iframe src="https://codepen.io/x" height="300" loading="lazy"></iframe>',
        ),
        (
            "<iframe loading=eager src=https://codepen.io/x></iframe>",
            "<iframe loading=eager src=https://codepen.io/x></iframe>",
        ),
        (
            f'<a href="x">{FRAME}</a>',
            f'<a href="x">{FRAME}</a>'.replace('"//', '"https://').replace(
                '"> <', '" loading="lazy"> <'
            ),
        ),
    ],
)
def test_frames_of_other_sites_wait_and_work_from_a_folder(html: str, expected: str) -> None:
    assert with_video_cards(html, "zh", in_place=True) == expected


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ("", ""),
        ('width="560" height="315"', "aspect-ratio: 560 / 315; max-width: 560px"),
        ('width="100%" height="500"', ""),
        ('style="width: 100%;aspect-ratio: 4 / 3;margin: 1rem 0;"', "aspect-ratio: 4 / 3"),
        (
            'style="position:absolute;top:0;width:100%;height:100%"',
            "position:absolute;top:0;width:100%;height:100%; aspect-ratio: auto; max-width: none",
        ),
    ],
)
def test_a_card_has_the_frame_s_place_and_shape(attributes: str, style: str) -> None:
    made = with_video_cards(FRAME.replace("<iframe", f"<iframe {attributes}"), "zh", in_place=True)
    assert re.findall(r'<span class="video"(?: style="([^"]*)")?>', made) == [style]


def test_time_is_linear() -> None:
    item = f"<li>x {FRAME}</li><p>{LINK}</p><p>{NAMED}\n{LINK}</p><p>youtube <br></p>"

    def work(count: int) -> float:
        html = item + "<p>文字</p>" * count + item * count + "<p><a href='x'>" * count
        return seconds(lambda: with_video_cards(html, "zh", in_place=True))

    assert work(800) < 3 * work(400) + 0.05


def test_each_language_says_which_site_is_asked() -> None:
    frame = f'<iframe src="https://www.youtube.com/embed/{YT}"></iframe>'
    zh, en = (with_video_cards(frame, locale, in_place=True) for locale in ("zh", "en"))
    assert "点击播放，从 youtube-nocookie.com 加载" in zh and f"YouTube 视频 {YT}" in zh
    assert "Click to play, loaded from youtube-nocookie.com" in en and f"YouTube video {YT}" in en
    offline = with_video_cards(frame, "zh", in_place=False)
    assert "在 youtube.com 上看" in offline and "data-player" not in offline
    assert f'href="{Y_WATCH}"' in offline and "nocookie" not in offline
