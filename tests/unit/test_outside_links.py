"""Links to other hosts, asked as they are, played by a server on the loopback (picture_host.py)."""

from __future__ import annotations

import html
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from picture_host import PictureHost
from site_builder import REPOSITORY

import outside_client
import outside_queue
from docskit.outside.links import LONGEST, TROUBLES, OutsideLink, Verdict, as_lines, as_markdown
from outside import DAY, LinkStore, ask_all
from outside_client import SWITCH, Client, Limits, RefusedError

QUICK = Limits(connect=2.0, silence=0.5, whole=1.5, pause=0.01)


def client() -> Client:
    return Client(QUICK, sleep=lambda _: None)


def verdict(address: str) -> Verdict:
    try:
        return Verdict("", client().ask(address))
    except RefusedError as error:
        return Verdict(error.kind)


@pytest.mark.parametrize(
    ("path", "expected", "group", "asked"),
    [
        ("a", Verdict(), "good", "H"),
        ("forbidden/a", Verdict(), "good", "H"),
        ("no-head-403/a", Verdict(), "good", "HG"),
        ("no-head-404/a", Verdict(), "good", "HG"),
        ("no-head-405/a", Verdict(), "good", "HG"),
        ("no-head-501/a", Verdict(), "good", "HG"),
        ("hangs-up-on-head/a", Verdict(), "good", "HHHG"),
        ("busy-once/a", Verdict(), "good", "HH"),
        ("huge/a.zip", Verdict(), "good", "H"),
        ("gone/a", Verdict("404"), "broken", "HG"),
        ("always-403/a", Verdict("403"), "unsure", "HG"),
        ("busy/a", Verdict("429"), "unsure", "H"),
        ("slow/a", Verdict("timeout"), "unsure", "HHH"),
        ("round/a", Verdict("redirects"), "unsure", "HHHHHH"),
        ("to/https://f.org/b", Verdict(), "good", "HH"),
        ("to/https://f.org/gone/b", Verdict("404"), "broken", "HHGG"),
        ("moved/https://f.org/b", Verdict("", "https://f.org/b"), "moved", "HH"),
        ("moved/https://f.org/b.pdf", Verdict("", "https://f.org/b.pdf"), "moved", "HH"),
        ("moved/https://f.org/to/https:%2F%2Fg.org%2F", None, "moved", "HHH"),
        ("moved/https://f.org/gone/b", Verdict("404"), "broken", "HHGG"),
        ("to/https://f.org/moved/https:%2F%2Fg.org%2F", Verdict(), "good", "HHH"),
        ("to/http://127.0.0.1/a", Verdict("place"), "broken", "H"),
        ("to/http://169.254.169.254/latest/meta-data", Verdict("place"), "broken", "H"),
        ("to/file:///etc/passwd", Verdict("place"), "broken", "H"),
    ],
)
def test_what_an_address_answers(
    host: PictureHost, path: str, expected: Verdict | None, group: str, asked: str
) -> None:
    found = verdict(f"https://e.org/{path}")
    assert expected is None or found == expected
    assert found.group == group
    assert "".join(request.method[0] for request in host.requests) == asked
    assert not any("Referer" in request.headers for request in host.requests)


def test_a_host_without_tls_or_name(host: PictureHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, host.broken_tls)
    assert verdict("https://e.org/a") == Verdict("tls")
    assert verdict("http://e.org/a") == Verdict()

    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "x")

    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(outside_client, "getproxies", dict)
    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert verdict("https://gone.example/") == Verdict("dns")
    monkeypatch.undo()
    assert verdict("http://localhost:8000/") == Verdict("private")
    assert verdict("http://10.0.0.1/") == Verdict("private")


def test_a_name_that_leads_into_this_network_is_not_talked_to(
    host: PictureHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    def home(*_: object, **__: object) -> list[object]:
        where = ("127.0.0.1", host.http_port)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", where)]

    monkeypatch.delenv(SWITCH)
    monkeypatch.setattr(outside_client, "getproxies", dict)
    monkeypatch.setattr(socket, "getaddrinfo", home)
    assert verdict("http://rebound.example/") == Verdict("private")
    assert host.requests == []


def test_answers_are_believed_for_a_while(host: PictureHost, tmp_path: Path) -> None:
    store = LinkStore(tmp_path / "cache")
    paths = ["a", "gone/a", "always-403/a", "moved/https://f.org/b"]
    addresses = [f"https://e{number}.org/{path}" for number, path in enumerate(paths)]

    def asked(now: float) -> set[str]:
        host.requests.clear()
        found = ask_all([*addresses, *addresses], store, client(), now)
        assert [found[address].group for address in addresses] == [
            "good",
            "broken",
            "unsure",
            "moved",
        ]
        return {request.headers["Host"].split(":")[0] for request in host.requests}

    assert asked(1000.0) == {"e0.org", "e1.org", "e2.org", "e3.org", "f.org"}
    assert asked(2000.0) == {"e2.org"}
    assert asked(1000.0 + 2 * DAY) == {"e1.org", "e2.org"}
    assert asked(1000.0 + 8 * DAY) == {"e0.org", "e1.org", "e2.org", "e3.org", "f.org"}
    for wrong in ("", "[]", '{"https://e0.org/a": 1}', "\0"):
        store.path.write_text(wrong, encoding="utf-8")
        assert "e0.org" in asked(1000.0)
    assert [path.name for path in store.path.parent.iterdir()] == [store.path.name]


def test_a_host_that_is_down_or_busy_is_left_alone(host: PictureHost, tmp_path: Path) -> None:
    addresses = [f"https://e.org/busy/{number}" for number in range(20)]
    found = ask_all(addresses, LinkStore(tmp_path), client(), 0.0)
    assert set(found.values()) == {Verdict("429")}
    # Two were on their way when the second said so, and one more may have been.
    assert len(host.requests) <= 6


def test_a_run_that_is_stopped_keeps_what_it_has(
    host: PictureHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outside_queue, "wait", stopped)
    addresses = [f"https://e.org/{number}" for number in range(2000)]
    store = LinkStore(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        ask_all(addresses, store, client(), 0.0)
    asked = len({request.path for request in host.requests})
    assert asked == len(store.read(0.0)) < 2000


def test_the_report_names_each_place(host: PictureHost, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(
        "---\ntitle: 一\n---\n\n# 一\n\n[好](https://e.org/a) 和 [坏](https://e.org/gone/x#y)\n\n"
        '<a href="https://e.org/gone/x">又一次</a> <https://f.org/gone/自动>\n\n'
        "![图](https://p.org/gone/p.png) [旧][r] [登录](https://g.org/always-403/)\n\n"
        "`https://e.org/gone/code` [本机](http://localhost:8000/) [改](https://e.org:x/)\n\n"
        "[r]: https://e.org/moved/https://n.org/new#part\n",
        encoding="utf-8",
    )
    report = tmp_path / "report.md"
    words = ["--language", "zh", "--out", str(report)]
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "outside.py"), *words],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "DOCS_DIR": str(docs),
            "BUILD_CACHE": str(tmp_path / "cache"),
            "PYTHONPATH": "hooks:tools",
            "NO_MKDOCS_2_WARNING": "1",
            "OUTSIDE_LOOPBACK": host.switch,
        },
    )
    assert done.returncode == 0, done.stderr
    assert [line.rpartition("index.md")[2] for line in done.stdout.splitlines()] == [
        "打不开",
        "",
        ":7: 那边已经没有了（404）：https://e.org/gone/x#y",
        ":9: 那边已经没有了（404）：https://e.org/gone/x",
        ":9: 那边已经没有了（404）：https://f.org/gone/自动",
        ":11: 那边已经没有了（404）：https://p.org/gone/p.png",
        ":13: 这个地址写得不对：https://e.org:x/",
        "",
        "搬家了，换成新地址",
        "",
        ":15: https://e.org/moved/https://n.org/new#part → https://n.org/new#part",
        "",
        "这次没有问出来，请用浏览器打开看看",
        "",
        ":11: 网站不让机器看，请用浏览器打开试试（403）：https://g.org/always-403/",
        "8 个地址：4 个打不开，1 个搬家了，1 个没有问出来，1 个在本机或内网，没有问。",
    ]
    written = html.unescape(report.read_text("utf-8"))
    assert sum(line.startswith("- ") for line in written.splitlines()) == 7
    for number in (7, 9, 11, 13, 15):
        assert f"index.md:{number}</code>" in written
    # Nothing that is code, and no machine of this network.
    asked = {request.path for request in host.requests if request.method == "HEAD"}
    assert asked == {
        "/a",
        "/gone/x",
        "/gone/%E8%87%AA%E5%8A%A8",
        "/gone/p.png",
        "/always-403/",
        "/moved/https://n.org/new",
        "/new",
    }


def test_a_page_is_text_in_the_issue() -> None:
    raw = "https://e.org/](x)<img src=x>`@everyone`![](https://t.org/p)www.t.org#1 **b**\n# h"
    link = OutsideLink("docs/<b>|*.md", 3, raw, "https://e.org/a")
    text = as_markdown([link], {"https://e.org/a": Verdict("404")}, "zh")
    (line,) = [line for line in text.splitlines() if line.startswith("- ")]
    inner = re.sub(r"</?code>", "", line.removeprefix("- "))
    assert not re.search(r"[<>`@*_!\[\]().:|\\]|#(?!\d+;)", inner)
    assert text.count("\n#") == 1
    assert as_markdown([link], {"https://e.org/a": Verdict()}, "zh") == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_fits_into_an_issue_and_says_what_is_left(language: str) -> None:
    links = [OutsideLink(f"docs/{n}.md", n, f"https://e.org/{n}", f"{n}") for n in range(3000)]
    verdicts = {link.address: Verdict("404") for link in links}
    text = as_markdown(links, verdicts, language)
    assert LONGEST * 0.9 < len(text) < LONGEST + 200
    shown = sum(line.startswith("- ") for line in text.splitlines())
    assert f" {3000 - shown} " in text.splitlines()[-1]
    assert sum("e.org" in line for line in as_lines(links, verdicts, language)) == 3000


def test_every_trouble_has_words() -> None:
    link = OutsideLink("a.md", 1, "https://e.org/", "x")
    for trouble in (*TROUBLES, "400", "401", "404", "418", "500", "503"):
        for language in ("zh", "en"):
            lines = as_lines([link], {"x": Verdict(trouble)}, language)
            assert (len(lines) == 3) is (trouble != "private")


GH = """#!/bin/sh
case "$1" in
  api) printf '%s' "$FOUND" ;;
  *) shift; echo "$1" >> "$SAID"; cp body.md body-of-"$1".md 2>/dev/null || true ;;
esac
"""


@pytest.mark.parametrize(
    ("found", "report", "said"),
    [
        ("", "", []),
        ("", "- x\n", ["create"]),
        ("7 open", "- x\n", ["edit"]),
        ("7 closed", "- x\n", ["edit", "reopen"]),
        ("7 open", "", ["close"]),
        ("7 closed", "", []),
    ],
)
def test_the_workflow_keeps_one_issue(
    tmp_path: Path, found: str, report: str, said: list[str]
) -> None:
    workflow = REPOSITORY / ".github" / "workflows" / "outside.yml"
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]
    (script,) = [step["run"] for step in jobs["tell"]["steps"] if "run" in step]
    assert jobs["tell"]["permissions"] == {"issues": "write"}
    assert jobs["ask"]["permissions"] == {"contents": "read"}
    assert not [step for step in jobs["tell"]["steps"] if "checkout" in step.get("uses", "")]
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "report.md").write_text(report, encoding="utf-8")
    gh = tmp_path / "gh"
    gh.write_text(GH, encoding="utf-8")
    gh.chmod(0o755)
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=tmp_path,
        check=True,
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_REPOSITORY": "a/b",
            "TITLE": "x",
            "FOUND": found,
            "SAID": str(tmp_path / "said"),
        },
    )
    log = tmp_path / "said"
    assert (log.read_text("utf-8").split() if log.exists() else []) == said
    for body in tmp_path.glob("body-of-*.md"):
        assert body.read_text("utf-8").endswith(report)
    assert bool(list(tmp_path.glob("body-of-*.md"))) is bool(report)
