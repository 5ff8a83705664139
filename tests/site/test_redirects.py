"""Addresses that a page once had, in a real build of a folder with a history."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from site_builder import Built, build_site

import addresses

LONG = "".join(f"第 {number} 行，够长，改了名 git 也认得。\n\n" for number in range(20))


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True)


def commit(folder: Path, files: dict[str, str]) -> None:
    """Make `docs` in the folder hold just these files."""
    docs = folder / "docs"
    for path in docs.rglob("*.md"):
        path.unlink()
    for name, text in files.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")


HOME = {"index.md": "# 首页\n"}
FILES: dict[str, str | bytes] = {
    **HOME,
    "git/first.md": f"# 第一次\n\n{LONG}\n## 装好它\n\n{LONG}\n## 使用\n\n{LONG}",
    "git/first.en.md": f"# The first time\n\n{LONG}\n## Install it\n\n{LONG}\n## Use\n\n{LONG}",
    "docker/index.md": "---\naliases: [旧的/地址, en/x/../y, /very/old.html]\n---\n"
    f"# D 与 K\n\n{LONG}",
    "start.md": "# 另一页，同名\n",
}


def history(folder: Path) -> None:
    (folder / "docs").mkdir(parents=True)
    git(folder, "init", "-q")
    first, docker = str(FILES["git/first.md"]), str(FILES["docker/index.md"])
    english = {"start.en.md": str(FILES["git/first.en.md"])}
    commit(folder, {**HOME, "start.md": first, **english, "docker.md": docker})
    older = first.replace("## 装好它", "## 安装").replace("## 使用", "## 第一次")
    former = {"start.en.md": english["start.en.md"].replace("## Install it", "## Install")}
    commit(folder, {**HOME, "start.md": older, **former, "docker.md": docker})
    commit(folder, {**HOME, "start.md": first, **english, "docker.md": docker})
    commit(
        folder,
        {**HOME, "第一 步.md": first, "第一 步.en.md": english["start.en.md"], "docker.md": docker},
    )


@pytest.fixture(scope="module", params=[True, False], ids=["folders", "files"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("redirects")
    history(folder)
    commit(folder, {name: str(text) for name, text in FILES.items()})
    return build_site(
        folder,
        FILES,
        strict=False,
        env={"DIRECTORY_URLS": str(request.param).lower(), "SITE_URL": "https://a.example/docs/"},
    )


def target(built: Built, address: str) -> str:
    page = built.read(address)
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
    assert found, f"{address} is no redirect"
    assert f'location.replace("{found[1]}"+location.search+location.hash)' in page
    assert 'name="robots" content="noindex"' in page
    assert len(page.encode()) < 1024
    return found[1]


def test_a_renamed_page_is_found_at_each_of_its_addresses(built: Built) -> None:
    if (built.site_dir / "git/first.html").exists():
        assert target(built, "第一 步.html") == "git/first.html"
        assert target(built, "en/第一 步.html") == "git/first.html"
    else:
        assert target(built, "第一 步/index.html") == "../git/first/"
        assert target(built, "en/第一 步/index.html") == "../git/first/"
        page = built.read("en/第一 步/index.html")
        assert 'rel="canonical" href="https://a.example/docs/en/git/first/"' in page
        assert '<html lang="en">' in page and "The first time" in page


def test_no_redirect_takes_the_place_of_a_page(built: Built) -> None:
    path = "start.html" if (built.site_dir / "start.html").exists() else "start/"
    assert "另一页，同名" in built.read(path)
    assert "http-equiv" not in built.read(path)


def test_a_page_that_became_its_folders_index_keeps_its_address(built: Built) -> None:
    # With folders it is the same address; with files docker.html has gone.
    if (built.site_dir / "docker.html").exists():
        assert target(built, "docker.html") == "docker/index.html"
    else:
        assert "http-equiv" not in built.read("docker/")


def test_a_heading_answers_to_its_former_titles_in_both_languages(built: Built) -> None:
    files = (built.site_dir / "git/first.html").exists()
    for folder, heading in (("", "装好它"), ("en/", "install-it")):
        article = built.article(f"{folder}git/first.html" if files else f"{folder}git/first/")
        found = re.search(rf'<h2 id="{heading}"[^>]*>(.*?)</h2>', article)
        assert found
        for former in ("安装", "install"):
            assert f'class="anchor-alias" id="{former}"' in found[1], (folder, former)
        # An anchor of another heading stays that heading's.
        assert article.count('id="第一次"') == 1
        assert 'id="第一次"' in article.split("<h2")[0]


def test_front_matter_names_what_git_cannot_know(built: Built) -> None:
    assert target(built, "旧的/地址/index.html").startswith("../../docker/")
    assert target(built, "very/old.html").startswith("../docker/")
    assert any("en/x/../y" in line and "docker/index.md" in line for line in built.warnings)
    assert "D 与 K" in built.read("very/old.html")


def test_the_site_lists_its_addresses(built: Built) -> None:
    listed = built.read("addresses.txt").splitlines()
    assert listed == sorted(set(listed))
    for address in listed:
        assert (built.site_dir / address).exists(), address
    assert {"very/old.html"} < set(listed)
    assert any("第一 步" in address for address in listed)


def test_an_address_that_dies_is_named(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {"index.md": "# 首页\n", "old.md": "# 旧的\n"}
    assert build_site(tmp_path, pages).warnings == []
    (tmp_path / "docs/old.md").unlink()
    again = build_site(tmp_path, {"index.md": "# 首页\n"})
    assert again.status == 0
    assert [line for line in again.log.splitlines() if "“old/”" in line and "aliases" in line]
    assert "“old/”" not in build_site(tmp_path, {"index.md": "# 首页\n"}).log


def test_a_workflow_is_told_of_addresses_that_would_die(tmp_path: Path) -> None:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text("a/\nb/\n", encoding="utf-8")
    new.write_text("b/\nc/\n", encoding="utf-8")
    summary = addresses.main(str(old), str(new))
    assert "“a/”" in summary and "“b/”" not in summary
    assert addresses.main(str(tmp_path / "none.txt"), str(new)) == ""
    assert addresses.main(str(new), str(new)) == ""


def test_redirects_are_in_no_list(built: Built) -> None:
    for name in ("sitemap.xml", "feed.xml", "llms.txt", "search/zh.js"):
        text = built.read(name)
        assert "第一 步" not in text and "%E7%AC%AC%E4%B8%80" not in text


def test_the_404_page_is_told_of_moved_and_of_deleted_pages(tmp_path: Path) -> None:
    history(tmp_path)
    commit(
        tmp_path,
        {**{name: str(text) for name, text in FILES.items()}, "docker/gone.md": "# 不要了\n"},
    )
    commit(tmp_path, {name: str(text) for name, text in FILES.items()})
    built = build_site(tmp_path, FILES, strict=False)
    known = json.loads(built.read("404.json"))
    assert known["pages"]["docker/"] == "D 与 K"
    assert known["pages"]["en/git/first/"] == "The first time"
    assert known["former"]["第一 步/index.html"] == "git/first/"
    assert known["former"]["docker/gone/index.html"] == "docker/"
    assert known["former"]["en/docker/gone/index.html"] == "en/docker/"
    assert set(known["former"].values()) <= set(known["pages"])
    assert "404.json" not in built.read("sitemap.xml")
