"""Tags of pages: what they are called in each language, and which pages share them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from docskit.messages import Problem, Severity
from docskit.pages import PageTree
from docskit.publishing.tag_addresses import tag_slug
from docskit.reading import read_author_page
from docskit.translation import Term

TAGS_PAGE = "tags.md"
FOLDER = "tags/"
"""Where the page of each tag is, in the identities of pages."""

# Bytes that are looked at before the whole file is; front matter that goes on behind is read.
_HEAD = 4096
_KEYS = [
    word.encode(code) for word in ("标签", "分类", "关键", "类别") for code in ("utf-8", "gb18030")
]
# Most pages have none of these, and need not be read.
_MAYBE = re.compile(rb"(?i)tag|categor|keyword|" + b"|".join(map(re.escape, _KEYS)))


@dataclass(frozen=True, slots=True)
class OwnTags:
    """What a file's front matter says, and in which line (0 for unknown)."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TagName:
    """A tag as a page of one language shows it; spellings with the same slug are one tag."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class TagLink:
    """A chip under a page's title; `url` is relative to the site's root."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class TaggedPage:
    """A page of one language, with the slugs of its tags."""

    identity: str
    title: str
    url: str
    tags: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag with its pages in their order."""

    name: str
    slug: str
    pages: tuple[TaggedPage, ...]


def own_tags(data: bytes, src_uri: str) -> OwnTags | None:
    """The tags in the front matter of a file, None where it has none."""
    head = data[:_HEAD]
    # Front matter may go on behind the head; two bytes a letter are another matter.
    is_open = head.startswith(b"---") and b"\n---" not in head
    if not (_MAYBE.search(head) or is_open or b"\0" in head):
        return None
    found = read_author_page(data, src_uri)[0].front_matter
    tags = found.meta.get("tags")
    names = [str(tag).strip() for tag in tags] if isinstance(tags, list) else []
    kept = tuple(name for name in names if name)
    return OwnTags(kept, found.lines.get("tags", 0)) if kept else None


def tag_names(tags: Iterable[str], terms: Iterable[Term], locale: str) -> tuple[TagName, ...]:
    """A page's tags in the words of `locale`, each once: the glossary translates them.

    The address of a tag that the glossary knows is its English name's, in every language.
    """
    known = {name.casefold(): term for term in terms for name in term.names}
    found: dict[str, TagName] = {}
    for tag in tags:
        name = slug = " ".join(str(tag).split())
        term = known.get(name.casefold())
        if term is not None:
            name = (term.zh if locale.startswith("zh") else term.en) or name
            slug = term.en or name
        if name:
            found.setdefault(tag_slug(slug), TagName(name, tag_slug(slug)))
    return tuple(found.values())


def tags_by_page(
    own: Mapping[str, OwnTags], tree: PageTree, terms: Iterable[Term], locale: str
) -> dict[str, tuple[TagName, ...]]:
    """Identity → tags in `locale`; `own` is by source URI.

    A translation has its original's tags unless it says others itself.
    """
    terms = list(terms)
    found = {}
    for identity, versions in tree.pages.items():
        said = own.get(versions.get(locale, "")) or own.get(versions.get(tree.default, ""))
        names = tag_names(said.names, terms, locale) if said else ()
        if names:
            found[identity] = names
    return found


def all_tags(pages: Iterable[TaggedPage], names: Mapping[str, Iterable[TagName]]) -> list[Tag]:
    """Every tag with its pages; the most used first, then by name.

    `names` are those of `tags_by_page`. A tag is called as most of its pages write it.
    """
    by_slug: dict[str, list[TaggedPage]] = {}
    spellings: dict[str, Counter[str]] = {}
    for page in pages:
        for tag in names.get(page.identity, ()):
            by_slug.setdefault(tag.slug, []).append(page)
            spellings.setdefault(tag.slug, Counter())[tag.name] += 1
    found = [
        Tag(max(count, key=lambda name: (count[name], -list(count).index(name))), slug, tuple(of))
        for slug, of in by_slug.items()
        for count in (spellings[slug],)
    ]
    return sorted(found, key=lambda tag: (-len(tag.pages), tag.name.casefold(), tag.slug))


@dataclass(slots=True)
class _Spelled:
    name: str
    uri: str
    others: dict[str, str] = field(default_factory=dict)


def same_address(own: Mapping[str, OwnTags], terms: Iterable[Term]) -> list[Problem]:
    """A message where two tags are written so differently that somebody may mean two things."""
    terms = list(terms)
    first: dict[str, _Spelled] = {}
    problems = []
    for uri, said in sorted(own.items()):
        for name in said.names:
            for tag in tag_names([name], terms, "zh"):
                known = first.setdefault(tag.slug, _Spelled(tag.name, uri))
                key = _folded(tag.name)
                if key != _folded(known.name) and key not in known.others:
                    known.others[key] = uri
                    problems.append(_same_address(uri, said.line, tag, known))
    return problems


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _same_address(uri: str, line: int, tag: TagName, known: _Spelled) -> Problem:
    return Problem(
        uri,
        line,
        0,
        "tag-address",
        Severity.INFO,
        f"标签“{tag.name}”和 {known.uri} 的“{known.name}”只差符号，"
        f"已当成同一个（网址都是 {FOLDER}{tag.slug}/）。是同一个，请写成一样；不是，请换个名字",
        f"the tags '{tag.name}' and '{known.name}' of {known.uri} differ in signs only and were "
        f"taken for one (the address of both is {FOLDER}{tag.slug}/); write both the same way, "
        "or rename one if they are two",
    )


def own_page_instead(uri: str, tag: str) -> Problem:
    """What is said where an author's page stands at the address of a tag's."""
    return Problem(
        uri,
        0,
        0,
        "tag-page",
        Severity.INFO,
        f"标签“{tag}”的网址上已经有这一页，所以没有生成它的页面列表，点这个标签就到这一页",
        f"the tag '{tag}' has the address of this page, so no list of its pages was generated, "
        "and the tag leads here",
    )
