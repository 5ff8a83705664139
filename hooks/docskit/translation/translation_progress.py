"""How far the translations of a whole site have come, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from docskit.messages import in_language
from docskit.pages import PageTree
from docskit.reading import AuthorPage
from docskit.translation.translation import State, Translation, compare, original_locale

_WORST_FIRST = [
    State.ORPHAN,
    State.MISSING,
    State.STALE,
    State.DRAFTED,
    State.UNRECORDED,
    State.CURRENT,
    State.ORIGINAL,
]
WORDS = {
    "zh": {
        "original": "原文",
        "current": "最新",
        "unrecorded": "未核对",
        "drafted": "机器起草",
        "stale": "已过期",
        "missing": "未翻译",
        "orphan": "没有原文",
        "page": "页面",
        "language": "语言",
        "state": "状态",
        "done": "完成",
        "sections": "要改的小节",
        "summary": "{locale}：{current}/{pages} 页最新，完成 {percent}%",
        "unread": "，机器起草、还没有人读过的小节 {drafts} 处",
        "draft": "{title}（机器起草）",
        "beginning": "页首",
        "join": "、",
    },
    "en": {
        "original": "original",
        "current": "current",
        "unrecorded": "not verified",
        "drafted": "machine draft",
        "stale": "outdated",
        "missing": "not translated",
        "orphan": "no original",
        "page": "Page",
        "language": "Language",
        "state": "State",
        "done": "Done",
        "sections": "Sections to update",
        "summary": "{locale}: {current} of {pages} pages current, {percent}% done",
        "unread": ", {drafts} sections drafted by machine and not read yet",
        "draft": "{title} (machine draft)",
        "beginning": "Beginning",
        "join": ", ",
    },
}


@dataclass(frozen=True, slots=True)
class Row:
    """One page in one language. `percent` is rounded down: 100 means all of it."""

    identity: str
    locale: str
    state: State
    percent: int
    sections: tuple[str, ...]
    url: str = ""
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """Every page in every language but the original's, and a line for each language."""

    rows: tuple[Row, ...]
    summaries: tuple[str, ...]


def translations(
    versions: Mapping[str, AuthorPage], default: str, locales: Iterable[str]
) -> dict[str, Translation]:
    """The state of one page in each locale, from the author's file in each that there is."""
    states: dict[str, Translation] = {}
    # What is only in another language has to be on the default one's site as well.
    written = original_locale(versions, default) if default in versions else default
    original = versions.get(written)
    for locale in locales:
        if locale == written:
            continue
        version = versions.get(locale)
        if version is None:
            if original is not None:
                states[locale] = Translation(State.MISSING)
        elif original is None:
            states[locale] = Translation(State.ORPHAN)
        else:
            states[locale] = compare(original, version)[0]
    return states


def tree_status(
    tree: PageTree, read: Callable[[str], AuthorPage], locales: Iterable[str], language: str
) -> Status:
    """The status of all pages; `read` gives the page at a source URI."""
    locales = list(locales)
    states: dict[str, dict[str, Translation]] = {}
    for identity, versions in tree.pages.items():
        if len(versions) > 1:
            pages = {locale: read(uri) for locale, uri in versions.items()}
            states[identity] = translations(pages, tree.default, locales)
        elif tree.default in versions:
            # The only one is not read: its state is known without.
            others = [locale for locale in locales if locale != tree.default]
            states[identity] = dict.fromkeys(others, Translation(State.MISSING))
        else:
            states[identity] = dict.fromkeys(versions, Translation(State.ORPHAN))
    return status(states, language)


def status(
    states: Mapping[str, Mapping[str, Translation]],
    language: str,
    urls: Mapping[tuple[str, str], str] | None = None,
) -> Status:
    """The status from each page's state in each locale, told in `language`.

    `urls` has the address of each page in each locale, relative to the site's root.
    """
    words = in_language(WORDS, language)
    rows = [
        Row(
            identity,
            locale,
            state.state,
            int(state.done * 100),
            _sections(state, words),
            (urls or {}).get((identity, locale), ""),
            len(state.drafts),
        )
        for identity, by_locale in states.items()
        for locale, state in by_locale.items()
    ]
    rows.sort(key=lambda row: (_WORST_FIRST.index(row.state), row.percent, row.identity))
    summaries = []
    for locale in dict.fromkeys(row.locale for row in rows):
        own = [row for row in rows if row.locale == locale and row.state is not State.ORPHAN]
        done = sum(row.percent for row in own) // max(len(own), 1)
        current = sum(row.state is State.CURRENT for row in own)
        drafts = sum(row.drafts for row in own)
        summaries.append(
            words["summary"].format(locale=locale, current=current, pages=len(own), percent=done)
            + (words["unread"].format(drafts=drafts) if drafts else "")
        )
    return Status(tuple(rows), tuple(sorted(summaries)))


def _sections(state: Translation, words: Mapping[str, str]) -> tuple[str, ...]:
    stale = [change.title or words["beginning"] for change in state.changes]
    drafts = [
        words["draft"].format(title=draft.title or words["beginning"]) for draft in state.drafts
    ]
    return (*stale, *drafts)


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def table(status: Status, language: str) -> str:
    """The status as columns for a terminal, and the summaries below."""
    words = in_language(WORDS, language)
    lines = [[words[name] for name in ("page", "language", "state", "done", "sections")]]
    lines += [
        [
            row.identity,
            row.locale,
            words[row.state],
            f"{row.percent}%",
            words["join"].join(row.sections),
        ]
        for row in status.rows
    ]
    widths = [max(_width(line[column]) for line in lines) for column in range(4)]
    texts = [
        "  ".join(
            [cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=False)]
            + line[4:]
        ).rstrip()
        for line in lines
    ]
    return "\n".join([*texts, "", *status.summaries])


def status_page(language: str) -> str:
    """The Markdown of the page that shows the status, which follows it as a table."""
    title, text = in_language(_PAGES, language)
    return (
        f"---\ntitle: {title}\ntemplate: translations.html\nhide: [toc]\n"
        f"search:\n  exclude: true\n---\n# {title}\n\n{text}"
    )


_PAGES = {
    "zh": (
        "翻译进度",
        """## 怎样帮忙 {#help}

挑一页“未翻译”或“已过期”的，照下面做：

1. `make translate PAGE=docker`：没有译文时搭好架子；已有译文时，逐节列出原文改了什么；
2. 翻译，或者照着改；
3. `make translated PAGE=docker`：记下译文已经跟上，然后提交。

PAGE 就是下表里的页面。装不了环境也没关系：在代码仓库的网页上改 `.en.md` 文件，维护者会替你记下。

## 各页状态 {#status}
""",
    ),
    "en": (
        "Translations",
        """## How to help {#help}

Pick a page that is not translated or is outdated, and:

1. `make translate PAGE=docker` drafts the translation where there is none; where there is one,
   it shows what has changed in the original, section by section;
2. translate, or follow the changes;
3. `make translated PAGE=docker` records that the translation is current; then commit.

PAGE is a page of the table below. If you cannot install anything, edit the `.en.md` file on the
repository's website, and a maintainer will record it for you.

## Pages {#status}
""",
    ),
}
