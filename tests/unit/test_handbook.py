"""The handbook: translations match their originals, every file it shows is sound."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import yaml

import draw_pictures
import glossary
import terminal_picture
from docskit.reading.author_page import read_author_page
from docskit.reading.front_matter_schema import KEYS
from docskit.translation.translation import State, compare

DOCS = Path(__file__).parents[2] / "docs"
BIN = Path(sys.executable).parent
PAGES = sorted(path for path in DOCS.rglob("*.md") if not path.name.endswith(".en.md"))
SHOWN = DOCS / "docker" / "examples"
INCLUDE = re.compile(r'^[ \t]*--8<-- "([^"]+)"', re.MULTILINE)


# Material's own, and what our templates ask each other: no author has to know them.
NOT_FOR_AUTHORS = {"icon", "search", "status", "subtitle", "template"}


@pytest.mark.parametrize("name", ["front-matter.md", "front-matter.en.md"])
def test_authors_are_told_of_every_key(name: str) -> None:
    text = (DOCS / "authors" / name).read_text(encoding="utf-8")
    table = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    assert KEYS.keys() - NOT_FOR_AUTHORS <= table


def page_id(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


def english(page: Path) -> Path:
    return page.with_name(f"{page.stem}.en.md")


def is_translated(page: Path) -> bool:
    """Whether its translation says that it is up to date; a page may well have none."""
    twin = english(page)
    if not twin.is_file():
        return False
    read = (read_author_page(path.read_bytes(), page_id(path))[0] for path in (page, twin))
    return compare(*read)[0].state is State.CURRENT


def outline(text: str) -> list[tuple[int, str]]:
    """Level and explicit anchor of each heading outside fenced code."""
    text = re.sub(r"^(`{3,})[^`\n]*\n.*?^\1`*$", "", text, flags=re.DOTALL | re.MULTILINE)
    found = re.findall(r"^(#+) .*?(?:\{#([\w-]+)\})?$", text, flags=re.MULTILINE)
    return [(len(marks), anchor) for marks, anchor in found]


def fences(text: str) -> list[str]:
    """The info string of each fenced block: the language, and options but for titles."""
    opened = re.findall(r"^[ \t]*(```+|~~~+)(\w[^\n]*)$", text, flags=re.MULTILINE)
    return [re.sub(r'title="[^"]*"', "", info).strip() for _, info in opened]


@pytest.mark.parametrize("page", [page for page in PAGES if is_translated(page)], ids=page_id)
def test_translation_has_the_same_headings_and_code_blocks(page: Path) -> None:
    chinese, translated = page.read_text("utf-8"), english(page).read_text("utf-8")
    assert fences(chinese) == fences(translated)
    assert outline(chinese) == outline(translated)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=page_id)
def test_included_files_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    included = INCLUDE.findall(text)
    assert len(included) == len(re.findall(r"(?<!;)--8", text))
    assert [name for name in included if not (DOCS / name).is_file()] == []


def test_glossary_pages_show_the_glossary() -> None:
    terms = yaml.safe_load((DOCS / glossary.DATA).read_text("utf-8"))
    for name, language in (("glossary.md", "zh"), ("glossary.en.md", "en")):
        page = (DOCS / "docker" / name).read_text("utf-8")
        assert page == glossary.written(page, terms, language), "run: make glossary"


def test_glossary_terms_are_told_apart() -> None:
    terms = yaml.safe_load((DOCS / glossary.DATA).read_text("utf-8"))
    anchors = [glossary.anchor(term) for term in terms]
    assert len(set(anchors)) == len(anchors)
    names = [name.lower() for term in terms for name in (term["zh"], term["en"], *term["also"])]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.parametrize("path", sorted(SHOWN.rglob("Dockerfile*")), ids=page_id)
def test_dockerfile_passes_hadolint(path: Path) -> None:
    done = subprocess.run([BIN / "hadolint", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("path", sorted(SHOWN.rglob("compose*.yaml")), ids=page_id)
def test_compose_file_follows_the_specification(path: Path) -> None:
    schema = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*schema, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "version" not in yaml.safe_load(path.read_text("utf-8"))


WORKFLOWS = [SHOWN / "deploy" / "image.yml", *(DOCS.parent / ".github/workflows").glob("*.yml")]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_follows_the_schema_of_github(workflow: Path) -> None:
    schema = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*schema, workflow], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    scripts = [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    assert scripts
    for script in scripts:
        bare = re.sub(r"\$\{\{.*?\}\}", "x", script)
        subprocess.run(["bash", "-n"], input=bare, text=True, check=True)


@pytest.mark.parametrize("name", ["index.md", "index.en.md"])
def test_settings_of_the_mirror_are_those_that_its_workflow_reads(name: str) -> None:
    read = re.findall(
        r"(?:vars|secrets)\.(MIRROR_\w+)",
        (DOCS.parent / ".github/workflows/mirror.yml").read_text("utf-8"),
    )
    told = re.findall(r"^\| `(MIRROR_\w+)`", (DOCS / "maintain" / name).read_text("utf-8"), re.M)
    assert set(read) == set(told) != set()


def shown(page: Path, language: str) -> str:
    """The blocks of one language on a page, one after the other, without their indentation."""
    text = page.read_text("utf-8")
    blocks = re.findall(
        rf"^([ \t]*)```{language}\b[^\n]*\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE
    )
    return "\n".join(textwrap.dedent(body) for _, body in blocks if "--8<--" not in body)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=page_id)
def test_commands_shown_are_shell_and_settings_are_yaml(page: Path) -> None:
    subprocess.run(["bash", "-n"], input=shown(page, "bash"), text=True, check=True)
    yaml.safe_load(shown(page, "yaml").replace("---\n", ""))


def test_programs_and_settings_parse() -> None:
    for path in SHOWN.rglob("*.py"):
        ast.parse(path.read_text("utf-8"))
    for path in SHOWN.rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in SHOWN.rglob("*.sh"):
        subprocess.run(["sh", "-n", path], check=True)


@pytest.mark.parametrize("source", draw_pictures.sources(DOCS), ids=page_id)
def test_picture_is_drawn_in_each_language(source: Path) -> None:
    for target, _ in draw_pictures.pictures(source):
        assert target.is_file(), "run: make pictures"


def test_terminal_session_keeps_its_words_columns_and_colours() -> None:
    drawn = terminal_picture.drawn("$ ls\n\x1b[34m=> 镜像 <a>\x1b[0m ok\n")
    words = re.findall(r'x="([\d.]+)" y="\d+" fill="(#\w+)"[^>]*>([^<]*)<', drawn)
    blue, plain = terminal_picture.COLOURS[4], terminal_picture.PLAIN
    assert words == [
        ("16.0", plain, "$ ls"),
        ("16.0", blue, "=&gt; "),
        ("44.8", blue, "镜像"),
        ("83.2", blue, " &lt;a&gt;"),
        ("121.6", plain, " ok"),
    ]


def test_english_picture_has_no_chinese_words() -> None:
    for source in DOCS.rglob("src/*.svg"):
        for suffix, svg in draw_pictures.variants(source.read_text("utf-8")):
            if suffix:
                assert not re.findall(r">[^<]*[\u4e00-\u9fff][^<]*<", svg), source.name
