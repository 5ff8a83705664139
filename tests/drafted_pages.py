"""Five pages with ten stale sections among them, and the commands that draft them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from site_builder import PNG, REPOSITORY
from translation_server import Conversation

from docskit.drafting.translation_draft import with_record
from docskit.reading.author_page import read_author_page
from docskit.reading.sections import Section
from docskit.translation.translation import record_of, sections_of

KEY = "sk-secret-0123456789"


def sections_by_people() -> Iterator[tuple[str, Section, Section]]:
    """English file, Chinese section and English section of all that people have translated here."""
    for path in sorted((REPOSITORY / "docs").rglob("*.en.md")):
        twin = Path(str(path).replace(".en.md", ".md"))
        chinese, english = (
            sections_of(read_author_page(one.read_bytes(), "a.md")[0]) for one in (twin, path)
        )
        for pair in zip(chinese, english, strict=True):
            yield path.name, *pair


def run(
    docs: Path, talk: Conversation | None, *words: str, **env: str
) -> subprocess.CompletedProcess[str]:
    """`python tools/translate.py …`, with the server as the service, if there is one."""
    told = {"TRANSLATE_URL": talk.url, "TRANSLATE_MODEL": "m", "TRANSLATE_KEY": KEY} if talk else {}
    return _tool(docs, "translate", *words, **told, **env)


def status(docs: Path) -> str:
    """What `make status` prints."""
    done = _tool(docs, "status")
    assert done.returncode == 0, done.stderr
    return done.stdout


def _tool(docs: Path, name: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "tools" / f"{name}.py"), *words],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=REPOSITORY,
        env={
            "DOCS_DIR": str(docs),
            "PYTHONPATH": "hooks:tools",
            "NO_MKDOCS_2_WARNING": "1",
            "PATH": os.environ["PATH"],
            **env,
        },
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git as somebody, with nobody's settings."""
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *identity, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def original(page: int, *, new: bool) -> str:
    """Six sections, of which two have changed since they were translated."""
    parts = [f"# 第{page}页\n\n开头的话。\n"]
    for number in range(1, 6):
        changed = "又改了一次，" if new and number in {2, page % 3 + 3} else ""
        parts.append(
            f"## 第{number}节 {{#part-{number}}}\n\n"
            f"{changed}这里讲`cmd {number}`，见[别处](p{(page + 1) % 5}.md)。\n\n"
            "- 第一步，先准备好它；\n- 第二步，再打开它。\n\n"
            f"![一张截图](p.png)\n"
        )
    return "\n".join(parts)


def english(page: int) -> bytes:
    """Its translation, with spaces that no program would write."""
    parts = [f"# Page {page}\n\nThe  beginning.\t\n"]
    parts += [
        f"## Part {n} {{#part-{n}}}\n\nAbout `cmd {n}`; see [there](p{(page + 1) % 5}.md).  \n\n"
        "- First, get it ready;\n- then open it.\n\n![A screenshot](p.png)\n"
        for n in range(1, 6)
    ]
    body = "\n".join(parts)
    record = record_of(sections_of(read_author_page(original(page, new=False).encode(), "")[0]))
    edits = with_record(read_author_page(body.encode(), "")[0], record)
    assert edits is not None
    return edits.apply(body).encode()


def write_five(docs: Path, *, new: bool = True) -> None:
    """Write the pages, one of them with Windows line ends; the picture has an English version."""
    docs.mkdir(exist_ok=True)
    for page in range(5):
        (docs / f"p{page}.md").write_text(original(page, new=new), encoding="utf-8")
        data = english(page)
        (docs / f"p{page}.en.md").write_bytes(data.replace(b"\n", b"\r\n") if page == 4 else data)
    (docs / "p.png").write_bytes(PNG)
    (docs / "p.en.png").write_bytes(PNG + b"English")


def parts_of(path: Path) -> list[bytes]:
    """The file cut before each heading, as bytes, front matter first."""
    return path.read_bytes().replace(b"\n#", b"\n\0#").split(b"\0")
