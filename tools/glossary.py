"""Write the glossary's pages from `docs/glossary.yml`; its tests fail when they differ."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import NotRequired, TypedDict

import yaml

from command import UserError, guarded, prepare
from docskit.terminal import NotWrittenError, replace_file, shown_path
from translate import main as translate

DATA = "glossary.yml"
MARK = "<!-- 以下由 make glossary 根据 docs/glossary.yml 生成 -->\n"


class Term(TypedDict):
    """One entry: how to write the term, what else it is called, and what it means."""

    zh: str
    en: str
    also: list[str]
    note_zh: str
    note_en: str
    scope: NotRequired[list[str]]


# The groups of the page, by the folder that a term belongs to; the last is everything else.
GROUPS = {
    "docker": ("Docker", "Docker"),
    "git": ("Git 与协作", "Git and working together"),
    "": ("通用", "General"),
}


def group(term: Term) -> str:
    """The key in `GROUPS` of a term's group."""
    return next((name for name in term.get("scope", []) if name in GROUPS), "")


def anchor(term: Term) -> str:
    """The anchor of a term, the same in every language."""
    return re.sub(r"[^a-z0-9]+", "-", term["en"].lower()).strip("-")


def rendered(terms: list[Term], language: str) -> str:
    """The part of a glossary page that comes from the data, as Markdown."""
    parts = [_filter(language)]
    for name, titles in GROUPS.items():
        own = [term for term in terms if group(term) == name]
        title = titles[0] if language == "zh" else titles[1]
        parts.append(f"## {title} {{#terms-{name or 'general'} .glossary}}\n")
        parts += _entries(own, language)
    return "\n".join(parts)


def _filter(language: str) -> str:
    """The field of assets/javascripts/glossary.js."""
    says = "筛选术语" if language == "zh" else "Filter the terms"
    names = f'aria-label="{says}" placeholder="{says}"'
    return f'<input class="glossary-filter" type="search" {names}>\n'


def _entries(terms: list[Term], language: str) -> list[str]:
    chinese = language == "zh"
    parts = []
    for term in sorted(terms, key=lambda term: term["en"].lower()):
        name, other = (term["zh"], term["en"]) if chinese else (term["en"], term["zh"])
        note = term["note_zh"] if chinese else term["note_en"]
        # Plurals and the like are for the search; a reader can do without.
        words = [word for word in term["also"] if not word.lower().startswith(term["en"].lower())]
        also = ("、" if chinese else ", ").join(f"`{word}`" for word in words)
        line = f"也叫：{also}" if chinese else f"Also: {also}"
        heading = f"### {name}（{other}）" if chinese else f"### {name} ({other})"
        parts.append(f"{heading} {{#{anchor(term)}}}\n\n{note}\n")
        if words:
            parts.append(f"{line}\n")
    return parts


def written(page: str, terms: list[Term], language: str) -> str:
    """The text of `page` with everything after its mark replaced."""
    head, mark, _ = page.partition(MARK)
    return f"{head}{mark}\n{rendered(terms, language)}"


def pages(docs: Path) -> list[Path]:
    """The pages below `docs` that have the mark, an original before its translations."""
    found = [path for path in docs.rglob("*.md") if MARK.strip() in path.read_text("utf-8")]
    return sorted(found, key=lambda path: (path.parent, len(path.name)))


def main(arguments: list[str]) -> int:
    """Bring the pages in step with the data, and say that their translations are."""
    docs = prepare()
    data = docs / DATA
    if not data.is_file():
        raise UserError(f"没有 {shown_path(data)}：术语写在那里，一条一个 {{zh: 镜像, en: image}}")
    try:
        terms: list[Term] = yaml.safe_load(data.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        raise UserError(f"{shown_path(data)} 读不懂：{' '.join(str(error).split())}") from None
    found = pages(docs)
    if not found:
        raise UserError(
            f"{shown_path(docs)} 里没有术语表页面。新建一页，在要放术语的地方写一行 {MARK.strip()}"
        )
    for path in found:
        page = path.read_bytes()
        language = "en" if path.name.endswith(".en.md") else "zh"
        new = written(page.decode(), terms, language).encode()
        if new == page:
            continue
        try:
            replace_file(path, page, new, docs)
        except NotWrittenError as error:
            print(error, file=sys.stderr)
            return 1
    for path in found:
        if path.name.endswith(".en.md"):
            name = path.relative_to(docs).as_posix().removesuffix(".en.md")
            translate(["translated", name, *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
