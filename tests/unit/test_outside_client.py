"""The hosts of pictures as they are, played by a server on the loopback (picture_host.py)."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from picture_host import BAD_SVG, PictureHost, drawn

from docskit.outside.picture_files import PictureFile
from docskit.outside.places import OutsidePlace
from docskit.reading.author_page import read_author_page
from mkdocs_bridge.stores.outside_store import OutsideStore
from outside_client import SWITCH, Client, Limits, RefusedError
from outside_pictures import OutsidePage, fetch_all, plan_pictures

QUICK = Limits(connect=2.0, silence=0.6, whole=1.5, largest=300_000, pause=0.01)


def client() -> Client:
    return Client(QUICK, sleep=lambda _: None)


def test_a_picture_is_fetched_once_and_without_a_referrer(host: PictureHost) -> None:
    answer = client().get("https://e.org/forbidden/a.png")
    assert answer.data == drawn("PNG", "/forbidden/a.png")
    (request,) = host.requests
    names = {name.lower() for name in request.headers}
    assert not names & {"referer", "cookie", "authorization"}
    assert request.headers["Host"].startswith("e.org") and request.secure


def test_https_is_tried_first_and_its_absence_remembered(
    host: PictureHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetcher = client()
    assert fetcher.get("http://e.org/a.png").secure
    assert not fetcher.get("http://e.org/http-only/a.png").secure
    monkeypatch.setenv(SWITCH, host.broken_tls)
    fetcher = client()
    host.requests.clear()
    assert not fetcher.get("http://e.org/a.png").secure
    assert not fetcher.get("http://e.org/b.png").secure
    assert host.paths() == ["/a.png", "/b.png"]
    with pytest.raises(RefusedError, match="https"):
        fetcher.get("https://e.org/a.png")


@pytest.mark.parametrize(
    ("path", "why", "asked"),
    [
        ("slow/a.png", "太久", 3),
        ("drip/a.png", "太慢", 1),
        ("round/a.png", "转来转去", 6),
        ("short/a.png", "断开", 3),
        ("huge/a.png", "太大", 1),
        ("bomb/a.png", "太大", 1),
        ("always-403/a.png", "403", 1),
        ("gone/a.png", "404", 1),
        ("busy/a.png", "429", 1),
        ("to/http://127.0.0.1/a.png", "内网", 1),
        ("to/http://localhost:8000/a.png", "内网", 1),
        ("to/http://169.254.169.254/latest/meta-data", "内网", 1),
        ("to/http://[::ffff:10.0.0.1]/a.png", "内网", 1),
        ("to/file:///etc/passwd", "不能去", 1),
        ("to/https://me:secret@e.org/a.png", "不能去", 1),
    ],
)
def test_what_does_not_come_says_why(host: PictureHost, path: str, why: str, asked: int) -> None:
    with pytest.raises(RefusedError, match=why):
        client().get(f"https://e.org/{path}")
    assert len(host.requests) == asked


def test_a_redirect_is_followed_to_another_host(host: PictureHost) -> None:
    answer = client().get("https://e.org/to/http://cdn.org/a.png")
    assert answer.data == drawn("PNG", "/a.png") and not answer.secure
    assert [request.headers["Host"].split(":")[0] for request in host.requests] == [
        "e.org",
        "cdn.org",
    ]


def test_a_busy_host_is_asked_again_after_a_pause(host: PictureHost) -> None:
    pauses: list[float] = []
    answer = Client(QUICK, sleep=pauses.append).get("https://e.org/busy-once/a.png")
    assert answer.data == drawn("PNG", "/busy-once/a.png")
    assert pauses == [QUICK.pause]


def test_without_the_switch_this_machine_is_not_asked(
    host: PictureHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither by its address nor by a name that resolves to it, as DNS rebinding does."""
    monkeypatch.delenv(SWITCH)
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(RefusedError, match="内网"):
        client().get(f"http://127.0.0.1:{host.http_port}/a.png")
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", host.http_port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: here)
    for address in ("http://e.org:99/a.png", "https://e.org/a.png", "http://e.org/a.png"):
        with pytest.raises(RefusedError, match="内网"):
            client().get(address)
    assert host.requests == []


def fetched(addresses: list[str], store: OutsideStore, now: float = 0.0) -> dict[str, object]:
    return dict(fetch_all(addresses, store, client(), now))


def test_the_cache_answers_for_a_week_and_then_asks_whether_it_changed(
    host: PictureHost, tmp_path: Path
) -> None:
    store, address = OutsideStore(tmp_path), "https://e.org/dated/a.png"
    first = fetched([address], store)[address]
    assert isinstance(first, PictureFile) and (first.width, first.height) == (24, 12)
    assert fetched([address], store, 3600.0) == {address: first}
    assert len(host.requests) == 1
    assert fetched([address], store, 8 * 86400.0) == {address: first}
    assert [request.headers.get("If-Modified-Since", "") for request in host.requests] == [
        "",
        "Wed, 01 Jan 2020 00:00:00 GMT",
    ]
    known = store.known(address)
    assert known is not None and known.checked == 8 * 86400.0 and known.secure


def test_a_picture_that_is_gone_there_is_kept_here(
    host: PictureHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, address = OutsideStore(tmp_path), "https://e.org/a.png"
    first = fetched([address], store)[address]
    monkeypatch.setenv(SWITCH, "http=9 https=9")
    assert fetched([address], store, 30 * 86400.0) == {address: first}


def test_a_silent_host_is_left_alone_and_others_are_not(host: PictureHost, tmp_path: Path) -> None:
    slow = [f"https://slow.org/slow/{number}.png" for number in range(9)]
    good = [f"https://good.org/{number}.png" for number in range(9)]
    found = fetched([*slow, *good], OutsideStore(tmp_path))
    assert all(isinstance(found[address], PictureFile) for address in good)
    assert not any(isinstance(found[address], PictureFile) for address in slow)
    # Three times each, two or three of them.
    asked = sum("/slow/" in path for path in host.paths())
    assert 6 <= asked <= 9
    # A host that sleeps does not notice that nobody waits any more.
    assert host.most_at_once["good.org:443"] <= 2


@pytest.mark.parametrize(
    ("path", "why"), [("html/a.png", "网页"), ("cut/a.png", "不完整"), ("pixels/a.png", "太大")]
)
def test_what_is_no_picture_is_not_kept(
    host: PictureHost, tmp_path: Path, path: str, why: str
) -> None:
    store, address = OutsideStore(tmp_path), f"https://e.org/{path}"
    assert why in str(fetched([address], store)[address])
    known = store.known(address)
    assert known is not None and why in known.trouble and store.data(address) is None


def test_a_drawing_is_kept_without_its_script(host: PictureHost, tmp_path: Path) -> None:
    address = "https://e.org/svg/a"
    found = fetched([address], OutsideStore(tmp_path))[address]
    assert isinstance(found, PictureFile) and found.extension == ".svg"
    assert b"script" not in found.data and found.data != BAD_SVG


def page_of(docs: Path, uri: str, *addresses: str) -> OutsidePage:
    text = "".join(f"![x]({address})\n" for address in addresses)
    path = docs / uri
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    page, _ = read_author_page(text.encode(), uri)
    places = [
        OutsidePlace(
            text.index(address + ")"), text.index(address + ")") + len(address), 1, address
        )
        for address in addresses
    ]
    return OutsidePage(path, page, places)


def test_two_languages_share_and_two_names_alike_do_not(tmp_path: Path) -> None:
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "B.PNG").write_bytes(b"the author's")
    pictures = {
        "https://e.org/a.png": PictureFile(b"1", ".png"),
        "https://f.org/A.png": PictureFile(b"2", ".png"),
        "https://e.org/b.png": PictureFile(b"3", ".png"),
    }
    pages = [
        page_of(tmp_path, "git.md", *pictures),
        page_of(tmp_path, "git.en.md", "https://e.org/a.png"),
    ]
    plan = plan_pictures(pages, tmp_path, ["zh", "en"], lambda _: dict(pictures))
    names = sorted(path.name for path in plan.files)
    assert len(names) == 3 and names[1:] != ["A.png"] and "b.png" not in names
    assert len({name.casefold() for name in names}) == 3
    assert b"(git/a.png)" in plan.pages[tmp_path / "git.en.md"]
    assert {data for data, _ in plan.files.values()} == {b"1", b"2", b"3"}


def test_a_run_that_was_stopped_is_taken_up(tmp_path: Path) -> None:
    page = page_of(tmp_path, "git.md", "https://e.org/a.png")
    (tmp_path / "git").mkdir()
    (tmp_path / "git" / "a.png").write_bytes(b"1")
    found = {"https://e.org/a.png": PictureFile(b"1", ".png")}
    plan = plan_pictures([page], tmp_path, ["zh"], lambda _: dict(found))
    assert plan.files == {} and b"(git/a.png)" in plan.pages[page.path]
    assert list(plan.sources) == [tmp_path / "git" / "sources.yml"]


@pytest.mark.parametrize("trouble", ["a file", "not ours"])
def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path, trouble: str) -> None:
    page = page_of(tmp_path, "git.md", "https://e.org/a.png")
    if trouble == "a file":
        (tmp_path / "git").write_text("x")
    else:
        (tmp_path / "git").mkdir()
        (tmp_path / "git" / "sources.yml").write_text("- the author's\n")
    plan = plan_pictures([page], tmp_path, ["zh"], lambda _: {})
    assert (plan.pages, plan.files, plan.sources) == ({}, {}, {})
    (message,) = plan.messages
    assert "git" in message and "没有取" in message


def test_a_cache_that_cannot_be_written_is_no_obstacle(host: PictureHost, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("in the way")
    found = fetched(["https://e.org/a.png"], OutsideStore(tmp_path))
    assert isinstance(found["https://e.org/a.png"], PictureFile)
    assert (tmp_path / "outside").read_text() == "in the way"
