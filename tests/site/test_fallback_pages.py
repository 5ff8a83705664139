"""A page that stands in for its translation is not converted again, and looks as if it were."""

from __future__ import annotations

import os
from pathlib import Path

import composed_pages
import pytest
import warm_programs
from site_builder import PNG, build_site, write_config

from mkdocs_bridge.cache.cache_store import FORMAT

LONG = "\n".join(f"print({number})" for number in range(60))
PAGES: dict[str, str | bytes] = {
    "index.md": "没有标题的首页。[容器](docker/run.md)\n",
    "docker/run.md": (
        "---\ntags: [Docker]\nauther: 某人\n---\n# 运行\n\n"
        '![图](./run/图%20一.png)\n\n图 1：名字\n\n<img src="./run/b.png" width="70%">\n\n'
        "[长的](./long.md) [没译的](../git/没译.md#不在) [自己](#节) [外面](https://a.cn/)\n"
        "[根](/docker/run/) [文件](run/b.txt) <a href='../git/没译.md?a=1'>x</a>\n\n"
        "## 节\n\n镜像（image）和 $x^2$。[^1]\n\n[^1]: 注。见[那里](../git/没译.md)\n"
    ),
    "docker/run/图 一.png": PNG,
    "docker/run/b.png": PNG,
    "docker/run/b.txt": "文件",
    "docker/long.md": f"# 长代码\n\n```python\n{LONG}\n```\n",
    "docker/video.md": "# 视频\n\nhttps://www.bilibili.com/video/BV1GJ411x7h7\n",
    "git/index.md": "# Git\n\n## 第一节\n\n正文。\n",
    "git/index.en.md": "# Git\n\n## First\n\nText.\n",
    "docker/broken.md": "# 坏的\n\n[没有](nothing.md) <img src=nothing.png alt=没有>\n",
    "docker/to-translated.md": "# 去\n\n[译了的](../git/index.md#第一节)\n",
    "git/没译.md": "# 没译\n\n[回去](../docker/run.md#节)\n\n![](../docker/run/b.png)\n",
    "en-only.en.md": "# Only English\n",
}
AGAIN = {"docker/run.md", "git/没译.md"}
"""Nothing in them has words of the English side, nor leads to a page that is translated."""
CONVERTED = {"index.md", "docker/long.md", "docker/video.md", "docker/to-translated.md"}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_it_is_byte_for_byte_what_its_conversion_would_be(
    tmp_path: Path, directory_urls: bool
) -> None:
    pages = PAGES | {
        f"composed/{seed}.md": composed_pages.page(41_000 + seed) for seed in range(40)
    }
    config: dict[str, object] = {"use_directory_urls": directory_urls}
    # Where no page can be kept, each language converts each page.
    (tmp_path / "twice" / ".cache" / f"builds-{FORMAT}.sqlite").mkdir(parents=True)
    sites = []
    for name in ("once", "twice"):
        (tmp_path / name).mkdir(exist_ok=True)
        built = build_site(tmp_path / name, pages, strict=False, config=config)
        assert built.status == 0, built.log
        files = (path for path in sorted(built.site_dir.rglob("*")) if path.is_file())
        sites.append({str(path.relative_to(built.site_dir)): path.read_bytes() for path in files})
        said = sorted(built.warnings)
        assert said
        assert ("构建缓存用不了" in built.log) == (name == "twice"), built.log
        sites[-1]["messages"] = "\n".join(said).encode()
    once, twice = sites
    assert once.keys() == twice.keys()
    assert [name for name in once if once[name] != twice[name]] == []


def test_it_is_not_converted_where_nothing_could_differ(tmp_path: Path) -> None:
    build_site(tmp_path, PAGES, strict=False)
    for leftover in tmp_path.glob(".cache"):
        leftover.rename(tmp_path / "aside")
    own = write_config(tmp_path)
    done = warm_programs.run(
        ["-m", "mkdocs", "build", "-v", "-f", str(own)],
        {
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(tmp_path / "docs"),
            "SITE_DIR": str(tmp_path / "site"),
        },
    )
    log = (done.stdout + done.stderr).decode()
    again = {line.split("shown again: ")[1] for line in log.splitlines() if "shown again: " in line}
    converted = {
        line.split("converted again: ")[1].split(":")[0]
        for line in log.splitlines()
        if "converted again: " in line
    }
    assert again >= AGAIN, log
    assert converted >= CONVERTED, log
    assert not again & converted
