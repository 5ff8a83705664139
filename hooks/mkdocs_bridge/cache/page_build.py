"""One page's conversion as a step with declared inputs and outputs, so that it can be kept.

A page whose key has not changed is not converted again, in this build or a later one, and
pages may be converted in other processes. Then `on_pre_page`, `on_page_read_source`,
`on_page_markdown`, the Markdown extensions and `on_page_content` do not run for it in this
process; what they left behind is put back from the last time they ran. `on_page_context`
runs for every page, here and in order, whether or not its template has to be rendered.

In the key without anyone's doing: the page's own source and its other languages' (all files
with the same `norm_src_uri`), its addresses, the configuration, mkdocs.yml's hooks and what
they import, the names of the overrides, the versions of all packages, every file that is
opened while the page is converted, and what is looked up in the `files` that events are given:
one file, or all.

So a hook obeys three rules:

- **In**: whatever else decides about this page's HTML (another page's title or anchors, an
  image's size that was read for another page) is declared before pages are converted, in
  `on_config`, `on_files` or `on_nav`, with `contribute_key`; a file's bytes at any time
  until the page is converted, with `depend_on_file`; and what was learnt from a store of
  the hook's own, such as a tree of all files, with `depend_on_answer`.
- **Out**: whatever conversion yields beside content, toc, title and meta (sections for
  search, links, anchors, problems) goes through `keep` and is taken back with `kept`, from
  `on_env` on; never through a variable of a module or plugin. What is logged is logged again.
- `on_page_content` and `on_post_page` are functions of their arguments only, and
  `on_page_context` is cheap: it is the one that runs for every page of every build.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page


@dataclass
class PageBuild:
    """What hooks have declared and left about one page in one language of one build.

    `digest` stands for all that conversion has left, `kept` and the page's own `texts` (by the
    name of the attribute) among it; it is empty where that is not plain data.
    """

    contributions: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    kept: dict[str, object] = field(default_factory=dict)
    answers: dict[tuple[str, ...], str] = field(default_factory=dict)
    looked_at_all_files: bool = False
    digest: bytes = b""
    texts: dict[str, str] = field(default_factory=dict)


_ATTRIBUTE = "_page_build"


def page_build(page: Page) -> PageBuild:
    """The record of `page`; MkDocs makes new pages for each language of each build."""
    record = page.__dict__.get(_ATTRIBUTE)
    if not isinstance(record, PageBuild):
        record = page.__dict__[_ATTRIBUTE] = PageBuild()
    return record


def forget(page: Page) -> None:
    """Drop the record: the page is about to be converted once more."""
    page.__dict__.pop(_ATTRIBUTE, None)


def contribute_key(page: Page, value: str) -> None:
    """Convert `page` again when `value` is not what it was; call it up to `on_nav`."""
    page_build(page).contributions.append(value)


def depend_on_file(page: Page, path: str | Path) -> None:
    """Convert `page` again when the bytes of the file at the absolute `path` change."""
    page_build(page).files.add(str(path))


def answer_with(config: MkDocsConfig, kind: str, answer: Callable[..., str]) -> None:
    """Let `answer(page, *question)` answer questions of `kind` anew; call it up to `on_nav`."""
    answerers(config)[kind] = answer


def answerers(config: MkDocsConfig) -> dict[str, Callable[..., str]]:
    """Who answers which kind of question in this build."""
    found: dict[str, Callable[..., str]] = config.__dict__.setdefault("_answerers", {})
    return found


def depend_on_answer(page: Page, kind: str, question: tuple[str, ...], answer: str) -> None:
    """Convert `page` again when `question` gets another answer from `answer_with`'s function."""
    page_build(page).answers[kind, *question] = answer


def keep(page: Page, name: str, value: object) -> None:
    """Store plain data (text, numbers, dates, containers, docskit's dataclasses) with the page."""
    page_build(page).kept[name] = value


def kept(page: Page, name: str, default: object = None) -> object:
    """What `keep` stored, now or when the page was last converted; `default` if nothing."""
    return page_build(page).kept.get(name, default)
