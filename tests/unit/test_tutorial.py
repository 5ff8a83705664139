"""Following the Docker tutorial from an empty folder works, in both languages."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from tutorial import Machine, MistakeError, blocks, follow, words_of, zsh_traps

DOCS = Path(__file__).parents[2] / "docs"
NAV = yaml.safe_load((DOCS / ".nav.yml").read_text("utf-8"))["nav"]
(CHAPTER,) = (
    entry["Docker 入门"] for entry in NAV if isinstance(entry, dict) and "Docker 入门" in entry
)
# The first page is read, not typed; the last three are for looking things up.
LOOKED_UP = {"docker/commands.md", "docker/glossary.md", "docker/questions.md"}
PAGES = [page for page in CHAPTER[1:] if page not in LOOKED_UP]
ALL = sorted(DOCS.rglob("*.md"))


def in_language(page: str, suffix: str) -> Path:
    return DOCS / page.replace(".md", f"{suffix}.md")


@pytest.mark.parametrize("suffix", ["", ".en"], ids=["zh", "en"])
def test_the_tutorial_works_in_order_from_an_empty_folder(suffix: str) -> None:
    own, server = follow([in_language(page, suffix) for page in PAGES], DOCS)
    assert own.done > 80
    assert server.done > 8
    # It cleans up what it started, but for the project that it has been about.
    assert own.containers == {}
    assert own.networks == {"bridge", "host", "none"}
    assert own.volumes == {"visits_visits"}


def test_pages_that_the_order_rests_on_are_there() -> None:
    assert [page.split("/")[1] for page in PAGES] == [
        *("install.md", "first-container.md", "images.md", "data.md", "network.md"),
        *("dockerfile.md", "compose.md", "inside.md", "clean.md", "deploy.md", "ci.md"),
    ]


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        ("docker run --rm visits", "no image visits"),
        ("docker push python:3.13", "no image python:3.13"),
        ("docker pull python\ndocker push python", "official repositories"),
        ("docker run -d --name a alpine\ndocker run -d --name a alpine", "a is there already"),
        ("docker logs web", "no container web"),
        ("docker build -t x .", "no Dockerfile"),
        ("docker run -d --name a -p 80:80 alpine && docker run -d -p 80:8 alpine", "has the port"),
        ("docker run --network mine --rm alpine", "no network mine"),
        ("docker compose up -d", "no compose.yaml"),
        ("mkdir a\nmkdir a", "a is there already"),
        ("cd nowhere", "no folder nowhere"),
        ("docker frobnicate", "does not know docker frobnicate"),
    ],
)
def test_the_follower_notices(commands: str, said: str) -> None:
    with pytest.raises(MistakeError, match=re.escape(said)):
        Machine(installed=True).run(commands)


def test_docker_is_used_only_once_it_is_installed() -> None:
    with pytest.raises(MistakeError, match="not installed"):
        Machine().run("docker version")


def test_commands_are_split_as_a_shell_splits_them() -> None:
    assert list(words_of("a \\\n  b 'c d'\n\ne && f; g > h\n")) == [
        *(["a", "b", "c d"], ["e"], ["f"], ["g", ">", "h"]),
    ]


@pytest.mark.parametrize(
    "line", ["ls  # all", "# all", "rm *.log", "curl https://x/?a=b", 'echo "hi!you"', "a =b"]
)
def test_what_zsh_does_not_take_is_noticed(line: str) -> None:
    assert zsh_traps(f"ls\n{line}\n") == [line]


@pytest.mark.parametrize("line", ["echo '# *'", 'echo "$(id -u)"', "a --b=c", "git log HEAD~1"])
def test_what_zsh_takes_is_left_alone(line: str) -> None:
    assert zsh_traps(line) == []


# The picture on the home page, and the page that shows how a session is written.
SESSIONS = {
    f"{name}{suffix}.md" for name in ("index", "authors/markdown") for suffix in ("", ".en")
}


@pytest.mark.parametrize("page", ALL, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_commands_can_be_copied_into_bash_and_zsh(page: Path) -> None:
    shown = [block for block in blocks(page, DOCS) if block.language != "markdown"]
    for block in (block for block in shown if block.language == "bash"):
        where = f"{block.page}:{block.line}"
        subprocess.run(["bash", "-n"], input=block.body, text=True, check=True)
        if not block.title.endswith(".sh"):
            assert zsh_traps(block.body) == [], where
            assert not re.search(r"^\$ ", block.body, re.MULTILINE), where
    # Output and commands stand apart in lessons, which people also read and copy on GitHub. Here
    # the button leaves out prompts and output (tests/browser/test_reading.py).
    sessions = [block for block in shown if block.language == "console"]
    if page.relative_to(DOCS).as_posix() not in SESSIONS:
        assert [block.line for block in sessions] == []
    for block in sessions:
        commands = re.findall(r"^\$ (.*)$", block.body, re.MULTILINE)
        assert commands and zsh_traps("\n".join(commands)) == [], f"{block.page}:{block.line}"


def test_shown_settings_are_json_of_their_own() -> None:
    found = [b for page in ALL for b in blocks(page, DOCS) if b.language == "json"]
    assert len(found) >= 8
    for block in found:
        assert isinstance(json.loads(block.body), dict), f"{block.page}:{block.line}"


LESSONS = [
    *("docker.md", *PAGES, "terminal.md", "python.md", "markdown.md"),
    *(f"git/{name}.md" for name in ("index", "first", "commits", "branches", "github")),
    *(f"git/{name}.md" for name in ("pull-requests", "conflicts", "undo")),
]
WORDS = {
    "": ("练习", "答案", r"(下一页|下一步|接下来|教程到这里)"),
    ".en": ("Exercises", "Answers", r"Next"),
}


@pytest.mark.parametrize("suffix", ["", ".en"], ids=["zh", "en"])
@pytest.mark.parametrize("page", LESSONS)
def test_a_lesson_has_two_exercises_with_folded_answers_and_a_next_step(
    page: str, suffix: str
) -> None:
    text = in_language(page, suffix).read_text("utf-8")
    exercises, answers, onwards = WORDS[suffix]
    found = re.search(rf"^## {exercises}\n(.*?)^\?\?\? note \"{answers}\"\n(.*)", text, re.S | re.M)
    assert found
    asked, rest = found[1], found[2]
    assert re.findall(r"^(\d)\. ", asked, re.M) == ["1", "2"]
    assert re.findall(r"^    (\d)\. ", rest, re.M) == ["1", "2"]
    assert re.search(onwards, rest) or (page == "docker/ci.md" and "the end" in rest)
