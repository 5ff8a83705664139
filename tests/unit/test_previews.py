"""Previews of pull requests: a stranger's archive is published beside the site, or not at all."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode
from site_builder import REPOSITORY

import previews
from previews import LABEL, MOST, RefusedError, add_preview, runs_of, unindexed, wanted

PAGE = "<!doctype html>\n<html lang=zh class=a>\n<head><title>甲</title></head><body>乙</body>"


def node(page: str, selector: str) -> LexborNode:
    found = LexborHTMLParser(page).css_first(selector)
    assert found is not None
    return found


def archive(files: dict[str, str | bytes], mode: int = 0o100644) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            item = zipfile.ZipInfo("x")
            item.filename = item.orig_filename = name  # as a stranger's program writes it
            item.external_attr = mode << 16
            made.writestr(item, data)
    return out.getvalue()


def added(folder: Path, data: bytes, number: int = 7) -> Path:
    (folder / "p.zip").write_bytes(data)
    add_preview(folder / "p.zip", folder / "site", number)
    return folder / "site" / "pr" / str(number)


def written(folder: Path) -> set[str]:
    """All that is below the folder but for the archive itself, links as well."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*")} - {"p.zip", "site"}


def test_a_site_arrives_whole_and_in_no_index(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "index.html": PAGE,
        "en/index.html": PAGE,
        "截图/图 一.png": b"\x89PNG",
        "search/zh.js": "x",
        "addresses.txt": "a/\n",
        "sitemap.xml": "<x/>",
        "feed.xml": "<x/>",
        "en/feed.xml": "<x/>",
    }
    found = added(tmp_path, archive(files))
    assert {p.relative_to(found).as_posix() for p in found.rglob("*") if p.is_file()} == {
        *("index.html", "en/index.html", "截图/图 一.png", "search/zh.js"),
    }
    assert (found / "截图/图 一.png").read_bytes() == b"\x89PNG"
    for page in ("index.html", "en/index.html"):
        text = (found / page).read_bytes().decode()
        robots = node(text, "head meta[name=robots]").attributes["content"]
        assert robots == "noindex, nofollow"
        assert node(text, "html").attributes["lang"] == "zh"
        assert node(text, "head title").text() == "甲"


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        "\ufeff" + PAGE,
        "没有标签",
        "<!-- <head> -->" + PAGE,
        "<!--" + PAGE,
        "<script>" + PAGE,
        "<!DOCTYPE html><!-- --!><textarea><head>",
        "",
    ],
)
def test_no_page_can_hide_what_keeps_it_out_of_the_index(page: str) -> None:
    text = unindexed(page.encode()).decode()
    assert node(text, "meta[name=robots]").attributes["content"] == "noindex, nofollow"
    assert unindexed(page.encode()).startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../evil.html", "外面"),
        ("a/../../evil.html", "外面"),
        ("/etc/evil.html", "外面"),
        ("C:/evil.html", "外面"),
        ("a//b.html", "外面"),
        ("./a.html", "外面"),
        ("..\\evil.html", "字符"),
        ("a\\b.html", "字符"),
        ("a\n.html", "字符"),
        ("a\x00.html", "字符"),
        ("a\u202egpj.html", "字符"),
        ("a/" + "长" * 100 + ".html", "太长"),
        ("INDEX.html", "有两个"),
    ],
)
def test_names_that_no_site_has_are_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        added(tmp_path, archive({"index.html": PAGE, name: "x"}))
    assert written(tmp_path) <= {"site/pr"}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    out = io.BytesIO(archive({"index.html": PAGE}))
    with zipfile.ZipFile(out, "a") as made:
        item = zipfile.ZipInfo("a.html")
        item.external_attr = (kind | 0o777) << 16
        made.writestr(item, "/etc/passwd")
    with pytest.raises(RefusedError, match="链接"):
        added(tmp_path, out.getvalue())
    assert written(tmp_path) <= {"site/pr"}


def test_what_is_too_large_when_unpacked_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_BYTES", 10_000)
    monkeypatch.setattr(previews, "MOST_FILES", 3)
    with pytest.raises(RefusedError, match="超过"):
        added(tmp_path, archive({"index.html": PAGE, "a.txt": "0" * 20_000}))
    # A size that lies is not believed.
    lying = archive({"index.html": PAGE, "a.txt": "0" * 20_000}).replace(
        (20_000).to_bytes(4, "little"), (5).to_bytes(4, "little")
    )
    with pytest.raises(RefusedError):
        added(tmp_path, lying)
    with pytest.raises(RefusedError, match="4 个文件"):
        added(tmp_path, archive({"index.html": PAGE, "a.txt": "", "b.txt": "", "c.txt": ""}))
    assert written(tmp_path) <= {"site/pr"}


def test_a_preview_never_stands_where_the_site_has_a_page(tmp_path: Path) -> None:
    own = tmp_path / "site/pr/7/index.html"
    own.parent.mkdir(parents=True)
    own.write_text("ours", encoding="utf-8")
    with pytest.raises(RefusedError, match="自己有"):
        added(tmp_path, archive({"index.html": PAGE}))
    assert own.read_text(encoding="utf-8") == "ours"


@given(st.data())
def test_a_damaged_archive_is_refused_or_read_and_writes_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray(archive({"index.html": PAGE, "a/b.txt": "甲" * 99}))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    folder = tmp_path_factory.mktemp("damaged")
    try:
        added(folder, bytes(whole[:cut] if data.draw(st.booleans()) else whole))
    except RefusedError:
        assert written(folder) <= {"site/pr"}
    else:
        assert all(name.startswith("site/pr") for name in written(folder))


def pull(number: int, *labels: str, updated: str = "2026-11-25T00:00:00Z", **more: object) -> Any:
    head = {"sha": f"{number:040}", "ref": "fix", "repo": {"full_name": "zhangsan/docs"}}
    labelled = [{"name": name} for name in labels]
    return {
        "number": number,
        "state": "open",
        "labels": labelled,
        "updated_at": updated,
        "head": head,
        **more,
    }


def run_of(number: int, id_: int, **more: object) -> Any:
    return {
        "id": id_,
        "event": "pull_request",
        "head_sha": f"{number:040}",
        "head_branch": "fix",
        "head_repository": {"full_name": "zhangsan/docs"},
        **more,
    }


def test_only_open_and_labelled_ones_are_shown() -> None:
    gone = pull(4, LABEL)
    gone["head"]["repo"] = None
    pulls = [pull(1), pull(2, LABEL), pull(3, LABEL, state="closed"), gone, pull(5, "bug", LABEL)]
    assert [item["number"] for item in wanted(pulls)] == [2, 5]
    many = [pull(n, LABEL, updated=f"2026-11-25T00:{n:02}:00Z") for n in range(30)]
    assert [item["number"] for item in wanted(many)] == list(range(29, 29 - MOST, -1))


def test_a_check_of_another_commit_branch_or_fork_is_not_its_own() -> None:
    runs = [
        run_of(2, 10),
        run_of(2, 12),
        run_of(3, 13),
        run_of(2, 14, event="push"),
        run_of(2, 15, head_branch="other"),
        run_of(2, 16, head_repository={"full_name": "mallory/docs"}),
        run_of(2, 17, head_repository=None),
    ]
    assert runs_of(pull(2, LABEL), runs) == [12, 10]


GH = """#!{python}
import json, os, sys
words = sys.argv[1:]
state = json.load(open(os.environ["GH_STATE"], encoding="utf-8"))
with open(os.environ["GH_STATE"] + ".log", "a", encoding="utf-8") as log:
    log.write(" ".join(words) + "\\n")
address = next(word for word in words if word.startswith("repos/"))
name = next((word[5:] for word in words if word.startswith("name=")), "")
answer = state[address + ("?" + name if name else "")]
if "file" in answer:
    sys.stdout.buffer.write(open(answer["file"], "rb").read())
else:
    print(json.dumps(answer["json"]))
"""


@pytest.fixture
def assemble(tmp_path: Path) -> Callable[..., tuple[subprocess.CompletedProcess[str], Path]]:
    """Runs tools/previews.py with a `gh` of its own that answers from a file."""
    tool = tmp_path / "bin" / "gh"
    tool.parent.mkdir()
    tool.write_text(GH.replace("{python}", sys.executable), encoding="utf-8")
    tool.chmod(0o755)

    def run(
        pulls: list[Any], made: dict[int, bytes], *, published: bool = True
    ) -> tuple[subprocess.CompletedProcess[str], Path]:
        tar = io.BytesIO()
        with tarfile.open(fileobj=tar, mode="w") as out:
            for name, text in (("./index.html", "ours"), ("./addresses.txt", "a/\n")):
                item = tarfile.TarInfo(name)
                item.size = len(text)
                out.addfile(item, io.BytesIO(text.encode()))
        with zipfile.ZipFile(tmp_path / "published.zip", "w") as whole:
            whole.writestr("artifact.tar", tar.getvalue())
        root = "repos/isc-web/docs"

        def found(id_: int, name: str) -> object:
            item = {"id": id_, "name": name, "expired": False, "size_in_bytes": 9}
            return {"json": {"artifacts": [item] if id_ else []}}

        state: dict[str, object] = {
            f"{root}/pulls": {"json": pulls},
            f"{root}/actions/workflows/publish.yml/runs": {"json": {"workflow_runs": [{"id": 1}]}},
            f"{root}/actions/runs/1/artifacts?github-pages": found(published, "github-pages"),
            f"{root}/actions/artifacts/1/zip": {"file": str(tmp_path / "published.zip")},
            f"{root}/actions/workflows/check.yml/runs": {
                "json": {"workflow_runs": [run_of(p["number"], 100 + p["number"]) for p in pulls]}
            },
        }
        for item in pulls:
            number = item["number"]
            id_ = 200 + number if number in made else 0
            state[f"{root}/actions/runs/{100 + number}/artifacts?pr-site"] = found(id_, "pr-site")
            (tmp_path / f"{number}.zip").write_bytes(made.get(number, b""))
            zipped = {"file": str(tmp_path / f"{number}.zip")}
            state[f"{root}/actions/artifacts/{200 + number}/zip"] = zipped
        (tmp_path / "state").write_text(json.dumps(state), encoding="utf-8")
        site = tmp_path / "assembled"
        done = subprocess.run(
            [sys.executable, str(REPOSITORY / "tools/previews.py"), "isc-web/docs", str(site)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env={
                **os.environ,
                "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}",
                "GH_STATE": str(tmp_path / "state"),
                "DEFAULT_BRANCH": "main",
                "GITHUB_OUTPUT": str(tmp_path / "output"),
                "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
                "PYTHONUTF8": "1",
            },
        )
        return done, site

    return run


Assemble = Callable[..., tuple[subprocess.CompletedProcess[str], Path]]


def test_the_site_and_its_previews_are_one_site(assemble: Assemble, tmp_path: Path) -> None:
    bad = archive({"index.html": PAGE, "../<b>.html": ""})
    pulls = [pull(n, LABEL) for n in (7, 8, 9)] + [pull(5)]
    done, site = assemble(pulls, {7: archive({"index.html": PAGE}), 8: bad, 5: bad})
    assert done.returncode == 0, done.stderr
    assert (site / "index.html").read_text(encoding="utf-8") == "ours"
    assert (site / "addresses.txt").read_text(encoding="utf-8") == "a/\n"
    assert {path.name for path in (site / "pr").iterdir()} == {"7"}
    assert (tmp_path / "output").read_text(encoding="utf-8") == "deploy=true\n"
    assert (tmp_path / "summary").read_text(encoding="utf-8").splitlines() == [
        "- pr/7/：1 个文件",
        "- pr/8/：没有发布，文件跑到外面去了：../ b .html",
        "- pr/9/：最新的提交还没有做好的预览（检查没跑完、没通过，或者过期了）",
    ]
    asked = (tmp_path / "state.log").read_text(encoding="utf-8")
    assert "-X POST" not in asked
    assert "artifacts/205/zip" not in asked


def test_the_last_preview_goes_when_it_is_closed(assemble: Assemble, tmp_path: Path) -> None:
    done, site = assemble([pull(7)], {7: archive({"index.html": PAGE})})
    assert done.returncode == 0, done.stderr
    assert {path.name for path in site.iterdir()} == {"index.html", "addresses.txt"}
    assert (tmp_path / "output").read_text(encoding="utf-8") == "deploy=true\n"


def test_never_a_site_of_previews_alone(assemble: Assemble, tmp_path: Path) -> None:
    made = {7: archive({"index.html": PAGE})}
    done, _ = assemble([pull(7, LABEL)], made, published=False)
    assert done.returncode == 1
    assert "先运行 publish" in done.stdout
    assert not (tmp_path / "output").exists()
    done, _ = assemble([], {}, published=False)
    assert done.returncode == 0
    assert (tmp_path / "output").read_text(encoding="utf-8") == "deploy=false\n"


def test_no_token_is_in_reach_of_the_pull_requests_code() -> None:
    folder = REPOSITORY / ".github" / "workflows"
    text = (folder / "preview.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    assert set(workflow["jobs"]) == {"assemble", "deploy"}
    assert all(
        "write" not in right for right in workflow["jobs"]["assemble"]["permissions"].values()
    )
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [step["run"] for step in steps if "run" in step] == [
        'python3 tools/previews.py "$GITHUB_REPOSITORY" assembled'
    ]
    (checkout,) = (step for step in steps if "checkout" in step.get("uses", ""))
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert "pull_request.head" not in text
    # And what builds the preview may do nothing but read, without a token in its environment.
    pages = yaml.safe_load((folder / "check.yml").read_text(encoding="utf-8"))["jobs"]["pages"]
    assert pages["permissions"] == {"contents": "read"}
    assert "github.token" not in json.dumps(pages)
    assert "secrets." not in json.dumps(pages)
