"""`make serve`, saved to as an editor does."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from site_builder import MKDOCS, REPOSITORY, build_site
from watchdog.events import FileModifiedEvent

from mkdocs_bridge.build.preview import _CodeChanges


@dataclass
class Preview:
    url: str
    folder: Path
    log_file: Path

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def epoch(self, path: str = "") -> str:
        return self.get(path).rpartition("livereload(")[2].partition(",")[0]

    def wait_for_reload(self, epoch: str) -> None:
        assert int(self.get(f"livereload/{epoch}/1")) > int(epoch)

    def wait_for(self, path: str, text: str) -> str:
        for _ in range(2_000):
            with suppress(urllib.error.HTTPError):
                page = self.get(path)
                if text in page:
                    return page
            time.sleep(0.05)
        raise AssertionError(f"{path} never said {text!r}:\n{self.log}")

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8")

    @property
    def builds(self) -> int:
        return self.log.count("Building documentation...")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    files = {
        "index.md": "# 首页\n",
        "git.md": "# 用 Git\n\n旧文字。\n",
        "git.en.md": "# Using Git\n",
        "net.md": "# 网络\n",
        "draft.md": "---\ndraft: true\n---\n# 写到一半\n",
    }
    build_site(tmp_path, dict(files))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "serve.log"
    command = [sys.executable, MKDOCS, "serve", "--livereload", "-a", address]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "-f", str(tmp_path / "mkdocs.yml")],
            stdout=out,
            stderr=out,
            env={
                **os.environ,
                "NO_MKDOCS_2_WARNING": "1",
                "DOCS_DIR": str(tmp_path / "docs"),
                "SITE_URL": f"http://{address}/",
            },
        )
        served = Preview(f"http://{address}/", tmp_path, log)
        try:
            for _ in range(2_000):
                with suppress(urllib.error.URLError, ConnectionError):
                    served.get("")
                    break
                time.sleep(0.1)
            yield served
        finally:
            process.terminate()
            process.wait()


def test_a_saved_page_is_there_when_the_browser_reloads(preview: Preview) -> None:
    epoch = preview.epoch("git/")
    (preview.folder / "docs/git.md").write_text("# 用 Git\n\n新文字。\n", encoding="utf-8")
    preview.wait_for_reload(epoch)
    page = preview.get("git/")
    assert "新文字。" in page
    assert "旧文字。" not in page
    assert "livereload(" in page


def test_a_new_title_reaches_the_other_pages_too(preview: Preview) -> None:
    (preview.folder / "docs/git.md").write_text("# 版本管理\n", encoding="utf-8")
    preview.wait_for("git/", "版本管理")
    preview.wait_for("net/", "版本管理")
    preview.wait_for("search/zh.js", "版本管理")


def test_a_save_by_renaming_a_new_page_and_a_removed_one(preview: Preview) -> None:
    aside = preview.folder / "docs/git.md.part"
    aside.write_text("# 用 Git\n\n改名存下。\n", encoding="utf-8")
    aside.replace(preview.folder / "docs/git.md")
    preview.wait_for("git/", "改名存下。")
    (preview.folder / "docs/new.md").write_text("# 新页\n", encoding="utf-8")
    preview.wait_for("new/", "新页")
    (preview.folder / "docs/new.md").unlink()
    for _ in range(200):
        try:
            preview.get("new/")
        except urllib.error.HTTPError:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("the removed page is still there")


def test_a_burst_of_saves_is_not_a_burst_of_builds(preview: Preview) -> None:
    time.sleep(1)
    before, finished = preview.builds, preview.log.count("Documentation built")
    for number in range(20):
        (preview.folder / "docs/git.md").write_text(f"# 用 Git\n\n第 {number} 次。\n", "utf-8")
        time.sleep(0.01)
    preview.wait_for("git/", "第 19 次。")
    time.sleep(1.5)
    assert preview.log.count("Documentation built") - finished <= 2, preview.log
    # Those that were begun are two on an idle machine; a busy one begins some that are superseded.
    assert preview.builds - before <= 5, preview.log


def test_a_broken_save_keeps_the_last_page_and_says_so(preview: Preview) -> None:
    config = preview.folder / "mkdocs.yml"
    good = config.read_text(encoding="utf-8")
    epoch = preview.epoch("git/")
    config.write_text("plugins: [nothing-of-that-name]\n" + good, encoding="utf-8")
    preview.wait_for_reload(epoch)
    page = preview.wait_for("git/", 'role="alert"')
    assert "旧文字。" in page
    assert "nothing-of-that-name" in preview.log
    config.write_text(good, encoding="utf-8")
    for _ in range(100):
        if 'role="alert"' not in preview.get("git/"):
            break
        time.sleep(0.05)
    assert 'role="alert"' not in preview.get("git/")


def test_a_page_with_a_mistake_says_so_at_its_top_until_it_is_mended(preview: Preview) -> None:
    page = preview.folder / "docs" / "git.md"
    epoch = preview.epoch("git/")
    page.write_text("# 用 Git\n\n新文字。\n\n![图](nowhere.png)\n", encoding="utf-8")
    preview.wait_for_reload(epoch)
    shown = preview.wait_for("git/", 'role="alert"')
    assert "新文字。" in shown
    assert "docs/git.md:5" in shown
    assert "nowhere.png" in shown
    page.write_text("# 用 Git\n\n新文字。\n", encoding="utf-8")
    for _ in range(100):
        if "nowhere.png" not in preview.get("git/"):
            break
        time.sleep(0.05)
    assert 'role="alert"' not in preview.get("git/")


def test_a_draft_is_in_the_preview_with_a_mark(preview: Preview) -> None:
    for url, word in (("draft/", "草稿"), ("en/draft/", "Draft")):
        page = preview.get(url)
        assert f'<p class="admonition-title">{word}</p>' in page
        assert f'<small class="draft-word">{word}</small>' in preview.get(url)
    assert "draft-mark" not in preview.get("git/")
    assert ">写到一半<small" in preview.get("git/")
    (preview.folder / "docs/draft.md").write_text("# 写到一半\n\n写完了。\n", encoding="utf-8")
    preview.wait_for("draft/", "写完了。")
    for _ in range(200):
        if "draft-mark" not in preview.get("draft/"):
            break
        time.sleep(0.05)
    else:
        raise AssertionError("a page that is no draft any more is marked as one")


def test_a_changed_hook_is_said_to_want_a_restart(caplog: pytest.LogCaptureFixture) -> None:
    changes = _CodeChanges()
    with caplog.at_level("INFO", logger="mkdocs.livereload"):
        for name in ("hooks/zoom.py", "hooks/zoom.pyc", "hooks/docskit/pictures/picture_links.py"):
            changes.dispatch(FileModifiedEvent(str(REPOSITORY / name)))
    assert caplog.messages == [
        f"{name} 变了，预览用的还是旧的代码：按 Ctrl-C 停下，再运行 make serve。"
        for name in ("hooks/zoom.py", "hooks/docskit/pictures/picture_links.py")
    ]


def test_after_fifty_saves_renames_and_a_checkout_it_shows_what_a_build_makes(
    preview: Preview,
) -> None:
    docs = preview.folder / "docs"
    for number in range(50):
        page = docs / ("git.md", "net.md", "git.en.md")[number % 3]
        page.write_text(f"# 第 {number} 次\n\n[首页](index.md)\n", "utf-8")
        if number % 10 == 5:
            # As editors save: beside the page, then in its place.
            beside = docs / f"{number}.md~"
            beside.write_text(f"# 改 {number}\n\n## 节\n", "utf-8")
            beside.replace(docs / "net.md")
        if number in (20, 30):
            (docs / "net.md").rename(docs / f"net-{number}.md")
    preview.wait_for("git/", "第 48 次")
    # Another branch: pages go, others come, all within a moment.
    # (The draft goes too: only the preview shows it.)
    for page in (*docs.glob("net*.md"), docs / "draft.md"):
        page.unlink()
    (docs / "guide").mkdir()
    for number in range(5):
        (docs / f"guide/page-{number}.md").write_text(
            f"# 页 {number}\n\n[git](../git.md)\n", "utf-8"
        )
    (docs / "index.md").write_text("# 另一个分支\n\n[页](guide/page-4.md)\n", "utf-8")
    preview.wait_for("guide/page-4/", "页 4")
    preview.wait_for("", "另一个分支")
    built = build_site(preview.folder, {}, env={"SITE_URL": preview.url}, fresh=True)
    assert built.status == 0, built.log
    urls = ["", "en/", "git/", "en/git/", *(f"guide/page-{number}/" for number in range(5))]
    for url in urls:
        # What stands around and below the text is a later build's, which the last save has begun.
        shown = preview.wait_for(url, built.article(url))
        (title,) = re.findall(r"<title>.*?</title>", built.read(url))
        assert title in shown, url
    with pytest.raises(urllib.error.HTTPError):
        preview.get("net/")
