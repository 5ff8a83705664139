"""From stale sections to what readers see: drafts by machine, from end to end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from drafted_pages import git, parts_of, run, status, write_five
from site_builder import REPOSITORY, build_site
from translation_server import honest, in_chinese, pieces, translation_server

FIRST = "# First in English\n\nStart it, please.\n\n## Next\n\nGo on with `it`.\n"


def marks(html: str) -> list[str]:
    """What readers are told of sections, by the anchor of the heading above."""
    found = re.findall(
        r'<h\d[^>]*>(?:(?!<h\d).)*?</h\d>\s*<p class="translation-mark"[^>]*>(.*?)</p>', html, re.S
    )
    return [re.sub("<.*?>", "", text) for text in found]


def test_ten_stale_sections_of_five_pages_from_end_to_end(tmp_path: Path) -> None:
    """Only they change; the states show to readers, in the status, in search and in the review."""
    docs = tmp_path / "docs"
    write_five(docs)
    (docs / "index.md").write_text("# 首页\n\n你好。\n", encoding="utf-8")
    (docs / "index.en.md").write_text("# Home\n\nHello.\n", encoding="utf-8")
    (docs / "first.en.md").write_text(FIRST, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "before")
    before = {path: parts_of(path) for path in docs.glob("p?.en.md")}
    others = {path: path.read_bytes() for path in docs.iterdir() if path not in before}
    assert len(before) == 5

    with translation_server() as talk:
        # The first answer is wrong in one section: it is asked for once more, alone.
        def answer(user: str, number: int) -> str:
            if "Simplified Chinese" in talk.systems[-1]:
                said = [f"{mark}\n{in_chinese(text)}" for mark, text in pieces(user)]
                return "\n\n".join([*said, "@@@ END @@@"])
            return honest(user).replace("- yes", "* no\n\n1. yes", int(number == 1))

        talk.answer, talk.stream = answer, "whole"
        done = run(docs, talk, "translate", "all", "--draft", "1", "--yes", TRANSLATE_PRICE="2,8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "6 页，12 节" in done.stdout
    assert re.search(r"约 \d+ token 去、\d+ token 回；约 \d\.\d{3} 元", done.stdout)
    assert len(talk.asked) == 7
    assert sorted(len(pieces(user)) for user in talk.asked) == [1, 2, 2, 2, 2, 2, 2]
    changed = 0
    for path, parts in before.items():
        after = parts_of(path)
        own = [n for n, (old, new) in enumerate(zip(parts, after, strict=True)) if old != new]
        page = int(path.name[1])
        assert own == [0, *sorted({3, page % 3 + 4})], path
        changed += len(own) - 1
    assert changed == 10
    assert all(path.read_bytes() == data for path, data in others.items())
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "drafted")

    # One page is read as a whole, and of another one section is edited.
    assert run(docs, None, "translated", "p4").returncode == 0
    edited = docs / "p3.en.md"
    edited.write_bytes(edited.read_bytes().replace(b"yes yes", b"Yes, yes", 1))

    built = build_site(tmp_path, {}, config={"site_url": "https://x.org/"})
    assert (built.status, built.warnings) == (0, []), built.log
    told = {n: marks(built.article(f"en/p{n}")) for n in range(5)}
    assert {n: len(lines) for n, lines in told.items()} == {0: 2, 1: 2, 2: 2, 3: 1, 4: 0}
    assert all("Drafted by machine and not read" in line for line in told[0])
    assert "机器起草" not in built.read("p0")
    # A drafted section refers to the picture as the original does, and readers see its twin.
    for picture in built.pictures("en/p0"):
        shown = built.site_dir / "en" / "p0" / picture["src"]
        assert shown.read_bytes() == (docs / "p.en.png").read_bytes()
    chinese = built.article("first")
    assert "这一页由机器起草，还没有人读过" in chinese
    assert 'href="../en/first/"' in chinese
    assert "translation-mark" not in built.read("en/first")
    assert '"translationOfWork":{"@type":"TechArticle","@id":"https://x.org/en/first/"}' in (
        built.read("first")
    )
    assert "translationOfWork" not in built.read("en/first")

    assert "7 sections drafted by machine and not read yet" in built.read("en/translations")
    table = status(docs)
    assert "en：" in table and "机器起草、还没有人读过的小节 7 处" in table
    assert "机器起草、还没有人读过的小节 2 处" in table
    listed = built.read("en/llms.txt")
    assert listed.count("machine draft, not read by a person yet: ") == 4
    assert "有机器起草、没有人读过的小节：" in built.read("llms.txt")
    index = built.read("search/en.js")
    rows = json.loads(index[index.index("(") + 1 : index.rindex(")")])["pages"]
    assert {row[0]: row[7] for row in rows if len(row) > 7} == {
        "en/p0/": [2, 3],
        "en/p1/": [2, 4],
        "en/p2/": [2, 5],
        "en/p3/": [3],
    }

    review = subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / "review.py"), "HEAD~1"],
        capture_output=True,
        text=True,
        check=True,
        env={"DOCS_DIR": str(docs), "PYTHONPATH": "hooks:tools", "PATH": "/usr/bin:/bin"},
    )
    drafts = review.stdout.partition("### 这些小节由机器起草，还没有人读过")[2].partition("###")[0]
    assert drafts.count("\n- ") == 9
    assert "`first.md`" in drafts
