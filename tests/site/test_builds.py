"""A build that reuses the last one leaves the same bytes as one that starts from nothing."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from site_builder import MKDOCS, PNG, Built, build_site

from mkdocs_bridge.cache.plain_data import pack, pack_data

TWO_WORKERS = {"BUILD_WORKERS": "2", "SOURCE_DATE_EPOCH": "1700000000"}
FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n\n看[用 Git](git/use.md#commit)。\n",
    "index.en.md": "# Home\n",
    "git/use.md": "---\ntags: [git]\n---\n# 用 Git\n\n## 提交 {#commit}\n\n![图](use/a.png)\n",
    "git/use.en.md": "# Using Git\n\n## Commit\n\nSee [home](../index.md).[^1]\n\n[^1]: Note.\n",
    "git/use/a.png": PNG,
    "linux.md": '# Linux\n\n```bash\nls\n```\n\n--8<-- "part.txt"\n',
    "part.txt": "片段一\n",
    "net.md": "# 网络\n\n- [x] 完成\n\n!!! note\n    注意\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
}

# Well formed, with a checksum, and nothing that a conversion has written.
STRANGE_ROWS = [
    pack(5),
    pack(["x"] * 7),
    pack((b"", pack_data(5), {}, [], b"", False, {})),
    pack((b"", pack_data(({"read_source": "x", "file": "y"}, {})), {}, [], b"", False, {})),
    pack((b"", b"not data", {}, [], b"", False, {})),
    pack((b"", pack_data(({}, {})), {}, [], b"", False, {(): "x", "y": 1})),
]


def contents(built: Built) -> dict[str, bytes]:
    return {
        path.relative_to(built.site_dir).as_posix(): path.read_bytes()
        for path in sorted(built.site_dir.rglob("*"))
        if path.is_file()
    }


def clean_build(tmp_path: Path, **options: object) -> Built:
    """The site of the files that are there now, built with no cache and no output folder."""
    for leftover in ("site", ".cache"):
        shutil.rmtree(tmp_path / leftover, ignore_errors=True)
    # Sets of another process are in another order, which must not show.
    return build_site(tmp_path, {}, strict=False, env=TWO_WORKERS, fresh=True, **options)  # type: ignore[arg-type]


def assert_same_as_clean(tmp_path: Path, step: str, **options: object) -> None:
    built = build_site(tmp_path, {}, strict=False, env=TWO_WORKERS, **options)  # type: ignore[arg-type]
    assert built.status == 0, built.log
    cached = contents(built)
    aside = tmp_path / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    for name in ("site", ".cache"):
        (tmp_path / name).rename(aside / name)
    clean = clean_build(tmp_path, **options)
    assert clean.status == 0, clean.log
    fresh = contents(clean)
    assert cached.keys() == fresh.keys(), step
    assert [name for name in fresh if fresh[name] != cached[name]] == [], step
    assert sorted(clean.warnings) == sorted(built.warnings), step
    for name in ("site", ".cache"):
        shutil.rmtree(tmp_path / name)
        (aside / name).rename(tmp_path / name)


def test_every_kind_of_change_leaves_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    build_site(tmp_path, FILES, env=TWO_WORKERS)
    overrides = tmp_path / "overrides"
    shutil.copytree(Path(__file__).parents[2] / "overrides", overrides)
    own = {"theme": {"custom_dir": str(overrides)}}
    assert_same_as_clean(tmp_path, "nothing")
    (docs / "net.md").write_text("# 网络与路由\n\n新的一段。\n", encoding="utf-8")
    assert_same_as_clean(tmp_path, "title and text")
    (docs / "git/use.en.md").unlink()
    assert_same_as_clean(tmp_path, "translation removed")
    (docs / "part.txt").write_text("片段二\n", encoding="utf-8")
    assert_same_as_clean(tmp_path, "snippet")
    (docs / "linux.md").rename(docs / "git/linux.md")
    assert_same_as_clean(tmp_path, "page moved")
    (docs / "git/use/a.png").rename(docs / "git/use/b.png")
    assert_same_as_clean(tmp_path, "picture renamed")
    (docs / "net.md").write_text("---\ntags: [git, 网络]\n---\n# 网络\n", encoding="utf-8")
    assert_same_as_clean(tmp_path, "tags added", config=own)
    page = (tmp_path / "site/tags/网络/index.html").is_file()
    (docs / "net.md").write_text("# 网络\n", encoding="utf-8")
    assert_same_as_clean(tmp_path, "last page of a tag", config=own)
    assert page and not (tmp_path / "site/tags/网络").exists()
    site_name = {"site_name": "别的名字", **own}
    assert_same_as_clean(tmp_path, "configuration", config=site_name)
    partial = overrides / "partials" / "copyright.html"
    partial.write_text("<p>模板改了</p>\n", encoding="utf-8")
    assert_same_as_clean(tmp_path, "template", config=site_name)


def _append(text: str) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        page = _page(docs, chance)
        page.write_text(f"{page.read_text('utf-8')}\n{text}\n", "utf-8")

    return edit


def _begin(text: str) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        page = _page(docs, chance)
        page.write_text(f"{text}{page.read_text('utf-8')}", "utf-8")

    return edit


def _page(docs: Path, chance: random.Random, *, home: bool = True) -> Path:
    pages = [page for page in sorted(docs.rglob("*.md")) if home or page.name != "index.md"]
    return chance.choice(pages)


def _write(name: str, *contents: str | bytes) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        content = chance.choice(contents)
        path = docs / name.format(chance.randrange(99))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return edit


def _remove(pattern: str) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        found = [path for path in sorted(docs.rglob(pattern)) if path != docs / "index.md"]
        if found:
            chance.choice(found).unlink()

    return edit


def _move(folder: str) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        page = _page(docs, chance, home=False)
        (docs / folder).mkdir(exist_ok=True)
        page.rename(docs / folder / f"moved-{chance.randrange(99)}.md")

    return edit


def _replace(old: str, new: str) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        for page in sorted(docs.rglob("*.md")):
            page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def _rewritten(change: Callable[[bytes], bytes]) -> Callable[[Path, random.Random], None]:
    def edit(docs: Path, chance: random.Random) -> None:
        page = _page(docs, chance)
        page.write_bytes(change(page.read_bytes()))

    return edit


# What authors do between two builds.
EDITS: dict[str, Callable[[Path, random.Random], None]] = {
    "a sentence": _append("再写一句。"),
    "a heading": _append("## 提交"),
    "a link": _append("[链接](git/use.md#commit)"),
    "a link that leads nowhere, but for a slug": _append("[没有](/docs/nowhere)"),
    "a picture": _append("![图](/git/use/a.png)"),
    "an unclosed tag": _append("<div>没有写完"),
    "a diagram's neighbour": _append("```bash\nls -l\n```"),
    "an inclusion": _append('--8<-- "part.txt"'),
    "a title and a slug": _begin("---\ntitle: 题\nslug: /nowhere\n---\n"),
    "a tag": _begin("---\ntags: [git, 新]\n---\n"),
    "a date": _begin("---\ndate: 2024.04.25\n---\n"),
    "a draft": _begin("---\ndraft: true\n---\n"),
    "front matter that cannot be read": _begin("---\ntitle: [甲\n---\n"),
    "a new page": _write("new-{}.md", "# 新\n", "# 更新\n\n[首页](index.md)\n"),
    "a new translation": _write("linux.en.md", "# Linux\n", "# Linux, again\n"),
    "a page in a new folder": _write("folder-{}/page.md", "# 页\n"),
    "an order of pages": _write(".nav.yml", "nav:\n  - net.md\n", "nav:\n  - git\n  - '*'\n"),
    "a glossary": _write("glossary.yml", "- {zh: 提交, en: commit, note_zh: 记下来。}\n", "[]\n"),
    "another picture": _write("git/use/a.png", PNG + b"1", PNG + b"22"),
    "another text to include": _write("part.txt", "片段二\n", "片段三\n\n## 节\n"),
    "a page removed": _remove("*.md"),
    "a picture removed": _remove("*.p*"),
    "a page moved": _move("git"),
    "a page moved to a new folder": _move("elsewhere"),
    "an anchor renamed": _replace("{#commit}", "{#commits}"),
    "line ends of Windows": _rewritten(lambda data: data.replace(b"\n", b"\r\n")),
    "another encoding": _rewritten(lambda data: data.decode().encode("gb18030")),
}
# `make fuzz` takes forty, each with edits of its own; of three, each makes a third of the edits.
MANY = int(os.environ.get("FUZZ", "0")) >= 1000
SEEDS = range(1, 41 if MANY else 4)


def edits_of(seed: int) -> list[str]:
    """Nine edits for three builds."""
    names = list(EDITS)
    random.Random(seed if MANY else 0).shuffle(names)
    return names[:9] if MANY else names[9 * (seed - 1) : 9 * seed]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_edits_leave_the_bytes_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    docs = tmp_path / "docs"
    chance = random.Random(seed)
    build_site(tmp_path, FILES, env=TWO_WORKERS)
    names = edits_of(seed)
    for step in range(0, 9, 3):
        for name in names[step : step + 3]:
            with suppress(UnicodeDecodeError):
                # What was written in another encoding is left as it is.
                EDITS[name](docs, chance)
        assert_same_as_clean(tmp_path, f"{names[: step + 3]}")


def test_three_seeds_make_every_edit() -> None:
    assert MANY or {name for seed in SEEDS for name in edits_of(seed)} == set(EDITS)
    assert len(EDITS) == 27


def test_an_unchanged_page_is_neither_converted_nor_written_again(tmp_path: Path) -> None:
    built = build_site(tmp_path, FILES)
    # Every language writes its own 404.html, and the last one stays.
    pages = set(built.site_dir.rglob("*.html")) - {built.site_dir / "404.html"}
    before = {path: path.stat().st_mtime_ns for path in pages}
    (tmp_path / "docs/net.md").write_text("# 网络\n\n只改正文。\n", encoding="utf-8")
    again = build_site(tmp_path, {})
    assert again.status == 0
    changed = [path for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert sorted(path.relative_to(built.site_dir).as_posix() for path in changed) == [
        "en/net/index.html",
        "net/index.html",
    ]


def test_without_the_hook_everything_is_written_again(tmp_path: Path) -> None:
    built = build_site(tmp_path, {"index.md": "# 首页\n"})
    before = (built.site_dir / "index.html").stat().st_ctime_ns
    build_site(tmp_path, {}, without_hook="builds.py")
    assert (built.site_dir / "index.html").stat().st_ctime_ns != before


def test_one_process_and_several_leave_the_same_bytes(tmp_path: Path) -> None:
    many = FILES | {f"n{i}.md": f"# 页 {i}\n\n[下一页](n{(i + 1) % 30}.md)\n" for i in range(30)}
    one = build_site(tmp_path / "one", many, env={**TWO_WORKERS, "BUILD_WORKERS": "1"})
    two = build_site(tmp_path / "two", many, env=TWO_WORKERS)
    assert one.status == two.status == 0, one.log + two.log
    assert contents(one) == contents(two)


@pytest.mark.parametrize("damage", ["garbage", "bits", "foreign", "rows", "folder"])
def test_a_damaged_cache_is_noticed_and_the_site_is_right(tmp_path: Path, damage: str) -> None:
    build_site(tmp_path, FILES, env=TWO_WORKERS)
    (cache,) = (tmp_path / ".cache").glob("*.sqlite")
    match damage:
        case "garbage":
            cache.write_bytes(os.urandom(20_000))
        case "bits":
            data = bytearray(cache.read_bytes())
            for place in range(5_000, len(data), 997):
                data[place] ^= 255
            cache.write_bytes(data)
        case "foreign":
            cache.unlink()
            with sqlite3.connect(cache) as other:
                other.execute("CREATE TABLE page (something TEXT)")
        case "rows":
            with sqlite3.connect(cache) as other:
                for number, (name,) in enumerate(other.execute("SELECT name FROM page").fetchall()):
                    other.execute(
                        "UPDATE page SET value = ? WHERE name = ?",
                        (STRANGE_ROWS[number % len(STRANGE_ROWS)], name),
                    )
        case "folder":
            cache.unlink()
            cache.mkdir()
    (tmp_path / "docs/net.md").write_text("# 网络\n\n改。\n", encoding="utf-8")
    built = build_site(tmp_path, {}, env=TWO_WORKERS)
    assert built.status == 0, built.log
    cached = contents(built)
    assert contents(clean_build(tmp_path)) == cached


def test_a_new_page_is_noticed_by_the_pages_that_were_looking_for_it(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    pages: dict[str, str | bytes] = {
        "index.md": "# 首页\n\n[还没有](later.md)，[英文](net.en.md)，[小写](LATER2.md)\n",
        "net.md": "# 网络\n\n[首页](index.md)\n",
        "raw.md": '# 直接\n\n<a href="later.md">还没有</a> <img src="later.png">\n',
        "part.md": '# 片段\n\n--8<-- "later.txt"\n',
    }
    build_site(tmp_path, pages, strict=False, env=TWO_WORKERS)
    for name in ("later.md", "net.en.md", "later2.md", "later.txt"):
        (docs / name).write_text("# 来了\n", encoding="utf-8")
        assert_same_as_clean(tmp_path, f"new {name}")
    (docs / "later.png").write_bytes(PNG)
    assert_same_as_clean(tmp_path, "new picture")
    (docs / "later.md").unlink()
    assert_same_as_clean(tmp_path, "gone again")


def test_a_new_page_does_not_convert_the_others_again(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        f"n{i}.md": f"# 页 {i}\n\n[下一页](n{(i + 1) % 5}.md)\n" for i in range(5)
    }
    built = build_site(tmp_path, {"index.md": "# 首页\n", **pages})
    (cache,) = (tmp_path / ".cache").glob("*.sqlite")

    def conversions() -> dict[str, bytes]:
        with sqlite3.connect(cache) as rows:
            return dict(rows.execute("SELECT name, value FROM page").fetchall())

    before = conversions()
    (tmp_path / "docs/new.md").write_text("# 新\n\n[一](n1.md)\n", encoding="utf-8")
    assert build_site(tmp_path, {}).status == built.status == 0
    after = conversions()
    # The tree of files is in what is stored, so a page converted again differs.
    assert {name for name in after if after[name] != before.get(name)} == {"zh new.md", "en new.md"}


def start(tmp_path: Path, site: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, MKDOCS, "build", "-f", str(tmp_path / "mkdocs.yml")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            **TWO_WORKERS,
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(tmp_path / "docs"),
            "SITE_DIR": str(site),
        },
    )


def times(pages: list[Path]) -> list[int]:
    """When each page was written; 0 where it is not there, or not there any more."""
    found = [0] * len(pages)
    for number, page in enumerate(pages):
        with suppress(FileNotFoundError):
            found[number] = page.stat().st_mtime_ns
    return found


def test_a_build_that_was_killed_leaves_nothing_wrong(tmp_path: Path) -> None:
    """Killed when so many pages have been written: the machine may be fast or slow."""
    many = FILES | {f"n{i}.md": f"# 页 {i}\n" for i in range(40)}
    site = build_site(tmp_path, many, env=TWO_WORKERS).site_dir
    killed = 0
    for written in (0, 1, 30, 70):
        for i in range(40):
            (tmp_path / f"docs/n{i}.md").write_text(f"# 页 {i} {written}\n", encoding="utf-8")
        pages = [site / folder / f"n{i}" / "index.html" for folder in ("", "en") for i in range(40)]
        before = times(pages)
        process = start(tmp_path, site)
        while process.poll() is None:
            changed = sum(
                now not in (0, then) for now, then in zip(times(pages), before, strict=True)
            )
            if changed >= written:
                # Without a page to wait for, somewhere in what comes before them.
                time.sleep(0 if written else 0.7)
                process.kill()
        killed += process.wait() == -signal.SIGKILL
    assert killed > 1
    assert_same_as_clean(tmp_path, "killed")


def test_two_builds_at_once_share_a_cache(tmp_path: Path) -> None:
    many = FILES | {f"n{i}.md": f"# 页 {i}\n" for i in range(30)}
    first = build_site(tmp_path, many, env=TWO_WORKERS)
    expected = contents(first)
    shutil.rmtree(tmp_path / ".cache")
    sites = [tmp_path / "one", tmp_path / "two"]
    processes = [start(tmp_path, site) for site in sites]
    assert [process.wait() for process in processes] == [0, 0]
    for site in sites:
        assert contents(Built(site, "", 0)) == expected


def test_a_clock_that_was_set_back_leaves_nothing_wrong(tmp_path: Path) -> None:
    docs, yesterday = tmp_path / "docs", tmp_path / "yesterday"
    build_site(tmp_path, FILES, env=TWO_WORKERS)
    yesterday.mkdir()
    # Python reads this module when it starts: for that build all files come from the future.
    (yesterday / "sitecustomize.py").write_text(
        "import time\n"
        "now, now_ns = time.time, time.time_ns\n"
        "time.time = lambda: now() - 86_400\n"
        "time.time_ns = lambda: now_ns() - 86_400 * 10**9\n",
        encoding="utf-8",
    )
    set_back = {**TWO_WORKERS, "PYTHONPATH": str(yesterday)}
    for size in (9, 11):
        # The same size twice, in quick succession.
        for colour in (1, 2):
            (docs / "git/use/a.png").write_bytes(PNG + bytes([colour]) * size)
            (docs / "part.txt").write_text(f"片段 {size}{colour}\n", encoding="utf-8")
            cached = contents(build_site(tmp_path, {}, env=set_back))
    assert contents(clean_build(tmp_path)) == cached
