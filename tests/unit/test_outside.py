"""Pictures on other hosts: addresses, names, files and drawings, without a network."""

from __future__ import annotations

import contextlib
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_host import BAD_SVG, drawn, large_png
from PIL import Image

from docskit.outside.addresses import is_public_address, is_public_host, outside_address
from docskit.outside.picture_files import NoPictureError, picture_file
from docskit.outside.picture_names import picture_folder, picture_name, reference_to
from docskit.outside.places import (
    OutsidePlace,
    outside_places,
    provable,
    unplaced,
    with_names,
)
from docskit.outside.safe_svg import UnsafeSvgError, safe_svg
from docskit.outside.sources import SourcesError, read_sources, with_sources
from docskit.pages.page_names import same_file
from docskit.reading.author_page import read_author_page
from docskit.references.fixes import Shown
from docskit.references.reference_extension import Found
from docskit.references.reference_targets import Kind, Resolution, Status


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("https://e.org/a.png", "https://e.org/a.png"),
        ("HTTP://E.org/图 1.png#w=1", "http://e.org/%E5%9B%BE%201.png"),
        ("//e.org/a.png?x=1&y=%20", "https://e.org/a.png?x=1&y=%20"),
        ("http://例子.中国:81/a", "http://xn--fsqu00a.xn--fiqs8s:81/a"),
        ("https://e.org", "https://e.org/"),
        ("https://[2001:4860::8888]/a.png", "https://[2001:4860::8888]/a.png"),
        ("a.png", None),
        ("/a.png", None),
        ("data:image/png;base64,AA", None),
        ("ftp://e.org/a.png", None),
        ("https://me:secret@e.org/a.png", None),
        ("https://e.org:x/a.png", None),
        ("https://[e.org/a.png", None),
        ("https://e.org/film.MP4", None),
    ],
)
def test_an_address_is_asked_as_it_is_meant(raw: str, address: str | None) -> None:
    assert outside_address(raw) == address


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1"),
        *("::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "ff02::1", "no address"),
    ],
)
def test_an_address_of_this_network_is_nobody_to_ask(address: str) -> None:
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2001:4860:4860::8888", "198.18.0.7"])
def test_an_address_of_the_internet_may_be_asked(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "a.localhost", "LOCALHOST.", "printer.local", "x.internal", "[::1]", ""),
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "10.0.0.1."),
    ],
)
def test_a_host_of_this_network_is_seen_by_its_spelling(host: str) -> None:
    assert not is_public_host(host)


def test_other_hosts_may_be_asked() -> None:
    assert all(map(is_public_host, ["e.org", "1.1.1.1", "xn--fsqu00a.xn--fiqs8s", "10.e.org"]))


@pytest.mark.parametrize(
    ("src_uri", "folder"),
    [
        ("git.md", "git"),
        ("a/git.en.md", "a/git"),
        ("a/v1.2.md", "a/v1.2"),
        ("index.md", "images"),
        ("a/README.md", "a/images"),
    ],
)
def test_a_page_keeps_its_pictures_in_its_own_folder(src_uri: str, folder: str) -> None:
    assert picture_folder(src_uri, ["zh", "en"]) == folder


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://e.org/x/docker-1.PNG?w=8", "docker-1.jpg"),
        ("https://e.org/%E5%9B%BE%20%281%29.png", "图-1.jpg"),
        ("https://e.org/a.png!thumb", "a.jpg"),
        ("https://e.org/a.png~tplv-x.awebp", "a.jpg"),
        ("https://e.org/a.jpg@w600_h.webp", "a.jpg"),
        ("https://e.org/..%2f..%2fetc%2fpasswd", "etc-passwd.jpg"),
        ("https://e.org/.hidden", "hidden.jpg"),
    ],
)
def test_a_name_is_made_from_the_address(address: str, name: str) -> None:
    assert picture_name(address, ".jpg", lambda _: False) == name


@pytest.mark.parametrize(
    "address", ["https://e.org/", "https://e.org/640?x=1", "https://e.org/con"]
)
def test_a_name_that_says_nothing_takes_the_host(address: str) -> None:
    assert re.fullmatch(r"e\.org-[0-9a-f]{8}\.png", picture_name(address, ".png", lambda _: False))


@given(st.lists(st.text(max_size=90).map(lambda t: f"https://e.org/{t}"), unique=True, max_size=8))
def test_names_differ_and_are_safe_everywhere(addresses: list[str]) -> None:
    taken: set[str] = set()
    for raw in addresses:
        address = outside_address(raw)
        if address is None:
            continue
        name = picture_name(address, ".png", taken.__contains__)
        assert same_file(name) not in taken
        assert re.fullmatch(r"\w[\w.-]*\.png", name) and len(name) < 90
        taken.add(same_file(name))


def test_a_reference_is_safe_in_every_form() -> None:
    assert reference_to("a/甲 (1)", "图.png", "a/甲 (1).md") == "甲%20%281%29/图.png"
    assert reference_to("images", "a.png", "index.md") == "images/a.png"


@given(
    st.dictionaries(st.text(min_size=1), st.text()), st.dictionaries(st.text(min_size=1), st.text())
)
def test_sources_are_read_as_they_are_written(one: dict[str, str], two: dict[str, str]) -> None:
    text = with_sources("", one)
    assert read_sources(text) == one
    more = {name: value for name, value in two.items() if name not in one}
    again = with_sources(text, more)
    assert again.startswith(text) and read_sources(again) == one | more


@pytest.mark.parametrize("text", ["- a", "a: 1", "a: [", "文字", "a: {b: c}"])
def test_a_file_of_the_authors_is_not_taken_for_sources(text: str) -> None:
    with pytest.raises(SourcesError):
        read_sources(text)


@pytest.mark.parametrize(
    ("kind", "extension"),
    [("PNG", ".png"), ("JPEG", ".jpg"), ("GIF", ".gif"), ("WEBP", ".webp"), ("BMP", ".bmp")],
)
def test_the_type_is_told_by_the_content(kind: str, extension: str) -> None:
    data = drawn(kind)
    found = picture_file(data)
    assert (found.data, found.extension, found.width, found.height) == (data, extension, 24, 12)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "空文件"),
        (b"<!DOCTYPE html><svg></svg>", "网页"),
        (b"  <HTML><body>", "网页"),
        (b"plain words", "不是图片"),
        (drawn("PNG", "", (300, 300))[:-60], "不完整"),
        (large_png(60_000, 60_000), "太大"),
        (large_png(20_000, 6_000), "太大"),
        (b"<svg", "SVG"),
        (b'<?xml version="1.0"?><notes><svg/></notes>', "不是图片"),
    ],
)
def test_what_is_no_picture_says_why(data: bytes, why: str) -> None:
    with pytest.raises(NoPictureError, match=why):
        picture_file(data)


@given(st.binary(max_size=200), st.integers(0, 60))
def test_broken_bytes_are_refused_and_never_raise_else(noise: bytes, at: int) -> None:
    data = drawn()
    with contextlib.suppress(NoPictureError):
        picture_file(data[:at] + noise + data[at:])


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<rect fill="url(#g)" style="mask: url(#m)"/>',
        '<use xlink:href="#a"/><image href="data:image/png;base64,AA"/>',
        "<style>/* c */ .a { fill: url('#g') }</style><text>on = url</text>",
        '<animate attributeName="x" from="0" to="10"/>',
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml"><b>字</b></div></foreignObject>',
    ],
)
def test_a_drawing_that_only_draws_keeps_every_byte(inside: str) -> None:
    data = SVG.format(inside).encode()
    assert safe_svg(data) == data


@pytest.mark.parametrize(
    "inside",
    [
        "<script>evil()</script>",
        '<script href="data:text/javascript,evil()"/>',
        '<rect onclick="evil()"/>',
        '<rect ONCLICK="evil()"/>',
        '<a href="javascript:evil()"><rect/></a>',
        '<a xlink:href=" java\nscript:evil()"><rect/></a>',
        '<a href="https://evil.example/"><rect/></a>',
        '<image href="//evil.example/a.png"/>',
        '<image href="data:image/svg+xml,evil"/>',
        '<use href="evil.svg#a"/>',
        '<rect fill="url(https://evil.example/a)"/>',
        '<rect style="background: URL( &quot;//evil.example/a&quot; )"/>',
        '<rect style="fill: u\\72l(//evil.example/a)"/>',
        "<style>@import '//evil.example/a.css';</style>",
        "<style>a { fill: url(//evil.example/a) }</style>",
        "<style>a { fill: url(//evil.example/a </style>",
        '<set attributeName="href" to="javascript:evil()"/>',
        '<set attributeName="onclick" to="evil()"/>',
        '<animate attributeName="fill" values="url(//evil.example/a)"/>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="evil"/></foreignObject>',
        '<foreignObject><x:math xmlns:x="http://www.w3.org/1999/xhtml">evil</x:math></foreignObject>',
        '<handler xmlns="http://www.w3.org/2001/xml-events">evil()</handler>',
        '<g xml:base="https://evil.example/" href="evil"/>',
    ],
)
def test_a_drawing_loses_what_runs_or_asks(inside: str) -> None:
    clean = safe_svg(SVG.format(f"<path d='M0 0'/>{inside}<circle r='1'/>").encode())
    assert b"evil" not in clean.lower().replace(b'//evil.example/" ', b"")
    names = [element.tag.rpartition("}")[2] for element in ElementTree.fromstring(clean).iter()]
    assert {"path", "circle"} <= set(names)
    assert safe_svg(clean) == clean


def test_a_style_sheet_and_an_entity_are_written_out() -> None:
    head = '<?xml-stylesheet href="//evil.example/a.css"?><!DOCTYPE svg [<!ENTITY e "字">]>'
    clean = safe_svg((head + SVG.format("<text>&e;</text>")).encode())
    assert b"evil" not in clean and b"ENTITY" not in clean and "字".encode() in clean


def test_a_drawing_with_a_script_still_draws() -> None:
    clean = picture_file(BAD_SVG).data
    assert b"steal" not in clean and b"spy" not in clean
    assert b"<rect" in clean and "字".encode() in clean and b"xmlns:xlink" not in clean[:0]


@pytest.mark.parametrize(
    "data",
    [
        b"<svg><g></svg>",
        b'<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">'.encode() for n in range(9)
        )
        + b"]><svg>&j;</svg>",
        b"<svg>" + b"<g>" * 400 + b"</g>" * 400 + b"</svg>",
    ],
)
def test_a_drawing_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(UnsafeSvgError):
        safe_svg(data)


def _found(raw: str, kind: Kind = Kind.MEDIA) -> Found:
    return Found(raw, kind, Resolution(Status.ELSEWHERE))


def test_each_place_of_a_picture_is_found_and_code_is_not() -> None:
    text = (
        "---\r\ntitle: 甲\r\n---\r\n![a](https://e.org/a.png 'x')\r\n"
        "`![a](https://e.org/a.png)` <img src=https://e.org/a.png>\r\n![b][r] [c][r]\r\n\r\n"
        "[r]: https://e.org/b.png\r\n"
    )
    page, _ = read_author_page(text.encode(), "a.md")
    found = [
        _found("https://e.org/a.png"),
        _found("https://e.org/b.png"),
        _found("https://e.org/b.png", Kind.LINK),
    ]
    places = outside_places(page, found)
    assert [(place.line, place.alone) for place in places] == [(4, True), (5, True), (8, False)]
    assert unplaced(page, [*found, _found("https://e.org/c.png")]) == ["https://e.org/c.png"]
    new = with_names(page, {place: "a/a.png" for place in places if place.alone}).decode()
    assert new == text.replace("(https://e.org/a.png '", "(a/a.png '").replace(
        "src=https://e.org/a.png", "src=a/a.png"
    )


def test_an_animated_picture_is_one_picture() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert picture_file(out.getvalue()).data == out.getvalue()


@pytest.mark.parametrize("bad", [0, 1, 400])
def test_a_page_with_many_pictures_is_not_converted_for_each(bad: int) -> None:
    """Pictures of which some, or all, cannot be changed alone: the work stays bounded."""
    text = "".join(f"![{n}](https://h.example/{n}.png)\n\n" for n in range(400))
    page, _ = read_author_page(text.encode(), "a.md")
    places = [
        OutsidePlace(m.start(1), m.end(1), 2 * n + 1, m[1])
        for n, m in enumerate(re.finditer(r"\((https[^)]*)\)", text))
    ]
    calls = 0

    def show(data: bytes) -> Shown:
        nonlocal calls
        calls += 1
        left = {int(n) for n in re.findall(rb"h\.example/(\d+)\.png", data)}
        spoiled = {n for n in range(bad) if n not in left}
        names = re.findall(r"\((zzz[^)]*)\)", data.decode())
        elsewhere = Resolution(Status.ELSEWHERE)
        found = [Found(name, Kind.MEDIA, elsewhere) for name in names]
        return Shown(([sorted(spoiled)],), found)

    good = provable(page, places, show)
    assert len(good) == 400 - bad
    assert calls <= 70
