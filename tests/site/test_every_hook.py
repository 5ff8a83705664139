"""Each hook is missed: with it a folder comes out as it should, and without it, it does not.

One folder for all, made so that every hook has something to do in it; it is built once as it is and
once without each hook. A new hook needs a line in `SEEN`, and something to do in `FILES`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from card_fonts import installed_fonts
from site_builder import PNG, REPOSITORY, Built, build_site
from translated_site import FILES as TRANSLATED

HOOKS = sorted(path.stem for path in (REPOSITORY / "hooks").glob("*.py"))
LONG = "```c\n" + "int x;\n" * 60 + "```\n"
FILES: dict[str, str | bytes] = {
    **TRANSLATED,
    "index.md": "---\ntemplate: home.html\n---\n# 首页\n\n欢迎。\n\n## 学\n\n[去](stale.md)\n",
    "page.md": (
        "---\ndate: 2024-04-25\ntags: [容器]\n---\n# 一页\n\n笑 :smile:，*要紧*，看端口。\n\n"
        "[外面](https://example.org/)\n\n&emsp;&emsp;第一行\n第二行\n\n!!! warning\n    当心\n\n"
        "能量 $E = mc^2$。\n\n![图](page/a.png)\n\n## 提交 与 分支\n\n文字。</div>\n\n"
        f"[没有](nowhere.md)\n\n{LONG}"
    ),
    "page.en.md": "# A page\n\nText.\n\n## Commit and branch\n",
    "page/a.png": PNG,
    "video.md": (
        "# 视频\n\n<https://www.bilibili.com/video/BV1xx411c7mD/>\n\n"
        "![外面的图](https://pictures.example/a.png)\n"
    ),
    "flow.md": "# 流程\n\n```mermaid\ngraph LR\n  写 --> 读\n```\n",
    "node.js.md": "# Node\n",
    "broken.md": "---\ntitle: 甲\nunread [line\n---\n# 甲\n",
    "glossary.yml": "- {zh: 端口, en: port, note_zh: 门牌号。, note_en: A number.}\n",
}
ENV = {"SITE_URL": "https://club.example/docs/"}
# What a reader, an author or a machine meets, if the hook does its work.
Sight = Callable[[Built], bool]
SEEN: dict[str, Sight] = {
    "admonitions": lambda built: '<p class="admonition-title">警告' in built.read("page/"),
    "anchors": lambda built: (
        {'id="提交-与-分支"', 'id="commit-and-branch"'}
        <= set(re.findall(r'id="[^"]*"', built.read("page/")))
        and 'id="提交-与-分支"' in built.read("en/page/")
    ),
    "article": lambda built: "文字。</div>" not in built.read("page/"),
    "books": lambda built: '"title"' in text(built, "book-pages/zh.json"),
    "builds": lambda built: any((built.site_dir.parent / "cache").glob("*.sqlite")),
    "contents": lambda built: (built.site_dir / "index.html").is_file(),
    "contributors": lambda built: "小红" in built.article("page/"),
    "diagrams": lambda built: 'aria-label="流程图"' in built.read("flow/"),
    "dialect": lambda built: '<p class="han-indent">第一行第二行</p>' in built.read("page/"),
    "emoji": lambda built: "笑 😄" in built.article("page/"),
    "fetched_pictures": lambda built: "docs/video.md:5" in built.log,
    "head": lambda built: 'hreflang="x-default"' in built.read("page/"),
    "home": lambda built: '<section><h2 id="学"' in built.read(""),
    "images": lambda built: built.pictures("page/")[0].get("height") == "1",
    "locale_suffix": lambda built: (built.site_dir / "node.js" / "index.html").is_file(),
    "long_code": lambda built: "展开全部 60 行" in built.article("page/"),
    "machines": lambda built: "status: stale" in text(built, "en/stale.md"),
    "maths": lambda built: "<math><mi>E</mi>" in built.read("page/"),
    "not_found": lambda built: built.read("404.html").count('<template id="page-') == 2,
    "page_info": lambda built: "2024-04-25" in text(built, "page/index.html"),
    "page_tools": lambda built: "page-tools" in built.article("page/"),
    "pages": lambda built: not (built.site_dir / "outside.txt").exists(),
    "problems": lambda built: "docs/broken.md:3" in built.log,
    "progress": lambda built: "[zh] 写出" in built.log and "[en] 写出" in built.log,
    "redirects": lambda built: "page/" in text(built, "former/index.html"),
    "references": lambda built: "nowhere.md" in built.log,
    "search": lambda built: "端口" in text(built, "search/zh.js"),
    "social_cards": lambda built: "assets/cards/" in built.read("page/"),
    "source": lambda built: "docs/broken.md:3" in built.log,
    "styles": lambda built: built.read("").count('rel="stylesheet"') == 2,
    "tags": lambda built: 'class="md-tag"' in built.read("page/"),
    "term_notes": lambda built: (
        'title="端口（port）：门牌号。">端口</dfn>' in built.article("page/")
    ),
    "translation_status": lambda built: (
        "translation-state--stale" in text(built, "translations/index.html")
    ),
    "translations": lambda built: "translation-notice" in built.read("en/stale/"),
    "typography": lambda built: '<em class="han">要紧</em>' in built.read("page/"),
    "videos": lambda built: 'class="video-card' in built.article("video/"),
    "zoom": lambda built: 'class="glightbox"' in built.article("page/"),
}


def text(built: Built, name: str) -> str:
    path = built.site_dir / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def commit(folder: Path, who: str) -> None:
    name = ["-c", f"user.name={who}", "-c", "user.email=a@example.org"]
    for words in (["add", "docs"], ["commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(folder), *name, *words], check=True)


def build(folder: Path, hook: str = "") -> Built:
    """The folder's site, or what it is without one hook; a place of its own for each."""
    place = folder / "less" / (hook or "nothing")
    drawn = folder / "less" / "nothing" / "cache"
    if hook:
        # Diagrams and cards take seconds, and are the same however little else there is.
        shutil.copytree(drawn, place / "cache", ignore=shutil.ignore_patterns("*.sqlite*"))
    site = place / "site"
    built = build_site(
        folder,
        {},
        strict=False,
        without_hook=f"{hook}.py" if hook else None,
        config={
            "extra": {
                "progress_after": 0,
                "social_cards": True,
                "book_pages": True,
                "outside_pictures": "fetch",
            }
        },
        env={**ENV, "SITE_DIR": str(site), "BUILD_CACHE": str(place / "cache")},
    )
    return replace(built, site_dir=site)


def prepared(folder: Path) -> Path:
    docs = folder / "docs"
    for name, content in FILES.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (docs / "page.md").rename(docs / "former.md")
    commit(folder, "小明")
    (docs / "former.md").rename(docs / "page.md")
    commit(folder, "小红")
    (folder / "outside.txt").write_text("不该发布", encoding="utf-8")
    (docs / "outside.txt").symlink_to("../outside.txt")
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    installed_fonts()
    folder = prepared(tmp_path_factory.mktemp("whole"))
    return folder, build(folder)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A folder with a home page gives `contents` nothing to do."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text("# 甲\n", encoding="utf-8")
    return folder, build(folder)


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_is_missed(request: pytest.FixtureRequest, hook: str) -> None:
    folder, built = request.getfixturevalue("bare" if hook == "contents" else "whole")
    assert SEEN[hook](built), built.log
    assert not SEEN[hook](build(folder, hook))


def test_no_hook_is_forgotten() -> None:
    assert list(SEEN) == HOOKS
    assert len(HOOKS) > 30
