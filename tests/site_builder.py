"""Build a real site from a few files and look at what came out."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import warm_programs
import yaml

REPOSITORY = Path(__file__).resolve().parent.parent
MKDOCS = str(REPOSITORY / "tests" / "programs" / "run_mkdocs.py")
CLUB = REPOSITORY / "club.yml"
# What is built here is told apart from the club whose repository it is.
SOME_CLUB = REPOSITORY / "tests" / "cases" / "club.yml"
# One transparent pixel; what follows in a file is not looked at.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "6060606000000005000157a2d7ce0000000049454e44ae426082"
)


@dataclass(frozen=True)
class Built:
    """A finished build: its output folder, its log, and its exit status."""

    site_dir: Path
    log: str
    status: int

    def read(self, url: str) -> str:
        """The text of the page or file at `url`, relative to the site's root."""
        path = self.site_dir / url
        return (path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8")

    def pictures(self, url: str) -> list[dict[str, str]]:
        """The attributes of every `<img>` that the author of the page at `url` has put there."""
        return _tags(self.article(url), "img")

    def tags(self, url: str, name: str) -> list[dict[str, str]]:
        """The attributes of every `name` element of the page at `url`, in document order."""
        return _tags(self.read(url), name)

    def article(self, url: str) -> str:
        """The page at `url` without what is around it: its `<article>`."""
        found = re.search(r"<article.*?</article>", self.read(url), re.DOTALL)
        assert found, f"{url} has no <article>"
        return found[0]

    @property
    def warnings(self) -> list[str]:
        return [line for line in self.log.splitlines() if line.startswith(("WARNING", "ERROR"))]


def _tags(html: str, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    class Collector(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == name:
                found.append({key: value or "" for key, value in attrs})

    Collector().feed(html)
    return found


def write_config(
    folder: Path,
    *,
    without_hook: str | None = None,
    config: dict[str, object] | None = None,
    club: Path = SOME_CLUB,
) -> Path:
    """Write `mkdocs.yml` into `folder`: this project's, with other top-level keys."""
    text = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    assert text.count("\nINHERIT: club.yml\n") == 1
    configuration = folder / "generator.yml"
    named = f"\nINHERIT: {json.dumps(str(club))}\n"
    configuration.write_text(text.replace("\nINHERIT: club.yml\n", named), encoding="utf-8")
    lines = text.splitlines()
    hooks = [line.split("- ", 1)[1] for line in lines if line.lstrip().startswith("- hooks/")]
    kept = [hook for hook in hooks if Path(hook).name != without_hook]
    if without_hook is not None and len(kept) == len(hooks):
        raise ValueError(f"mkdocs.yml names no hook {without_hook!r}; it has {hooks}")
    own = folder / "mkdocs.yml"
    own.write_text(
        yaml.safe_dump(
            {
                "INHERIT": str(configuration),
                # Relative paths in a configuration are relative to its file.
                "theme": {"custom_dir": str(REPOSITORY / "overrides")},
                "hooks": [str(REPOSITORY / hook) for hook in kept],
                **(config or {}),
            },
            allow_unicode=True,
        ),
        encoding="utf-8",
    )
    return own


def build_site(
    folder: Path,
    files: dict[str, str | bytes],
    *,
    strict: bool = True,
    without_hook: str | None = None,
    config: dict[str, object] | None = None,
    club: Path = SOME_CLUB,
    env: dict[str, str] | None = None,
    fresh: bool = False,
) -> Built:
    """Write `files` (source URI → content) below `folder` and build them with this project.

    `config` replaces top-level keys of mkdocs.yml; `without_hook` switches one hook off
    by its file name; `club` is the club.yml. The build runs in a process of its own, as an
    author's does; `fresh` has that begin from nothing, where imports or the order of sets are what
    is looked at.
    """
    docs, site = folder / "docs", folder / "site"
    for name, content in files.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    own = write_config(folder, without_hook=without_hook, config=config, club=club)
    words = [MKDOCS, "build", "-f", str(own), *["--strict"] * strict]
    done = warm_programs.run(
        words,
        {
            **os.environ,
            "NO_MKDOCS_2_WARNING": "1",
            "DOCS_DIR": str(docs),
            "SITE_DIR": str(site),
            **(env or {}),
        },
        fresh=fresh,
    )
    return Built(site, (done.stdout + done.stderr).decode(), done.returncode)
