"""What programs read instead of HTML: `llms.txt`, and each page's Markdown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, unquote

import yaml

from docskit.messages import fit, in_language
from docskit.pages import is_index
from docskit.publishing.published import PublishedPage, iso
from docskit.references import source_references
from docskit.translation import State

# Written for every page of every build: libyaml's own dumper takes an eighth of the time.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# `snake_case`, `5 * 3` and `Q&A` are no markup.
_MARKUP = re.compile(r"[\\`\[\]<]|\*(?=\S)|(?<=\S)\*|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_NAMED = 6
_MARKS: dict[str, dict[State | str, str]] = {
    "zh": {
        State.MISSING: "未翻译，为原文",
        State.STALE: "译文已过期",
        State.DRAFTED: "有机器起草、没有人读过的小节",
        "names": "：",
        "join": "、",
        "other": "其他",
    },
    "en": {
        State.MISSING: "not translated yet, in the original language",
        State.STALE: "outdated translation",
        State.DRAFTED: "machine draft, not read by a person yet",
        "names": ": ",
        "join": ", ",
        "other": "Other pages",
    },
}


def markdown_path(page: PublishedPage) -> str:
    """Where the page's Markdown is, relative to the site's root.

    As the source lies in its folder, so that links among pages are right as they stand.
    """
    folder = "" if page.locale == page.default_locale else f"{page.locale}/"
    if is_index(page.identity):
        return posixpath.join(folder, posixpath.dirname(page.identity), "index.md")
    return folder + page.identity


def markdown_url(page: PublishedPage) -> str:
    """`markdown_path` as a URL, in which letters of all languages stay readable."""
    return re.sub(r"[^\w./~-]", lambda sign: quote(sign[0], safe=""), markdown_path(page))


def file_references(body: str) -> list[tuple[int, int, str]]:
    """Start, end and target of each reference to a file of the site that is no page.

    Finding them means reading the whole page, so it is done once, when the page is converted.
    """
    found: list[tuple[int, int, str]] = []
    for reference in source_references(body):
        target = re.split(r"[?#]", reference.value, maxsplit=1)[0]
        if target and not target.endswith(".md") and not re.match(r"/|[\w+.-]+:", target):
            found.append((reference.start, reference.end, reference.value))
    return found


def moved_references(
    page: PublishedPage,
    references: Iterable[tuple[int, int, str]],
    is_file: Callable[[str], bool],
) -> list[tuple[int, int, str]]:
    """Those links to pictures and other files that are spelled otherwise where the Markdown lies.

    A translation's folder has the files that differ from the original's; `references` are
    `file_references` of the page's text, and `is_file` says whether the site has a file at a
    path relative to its root. The third of each is the new spelling.
    """
    here = posixpath.dirname(markdown_path(page))
    source = posixpath.dirname(page.src_uri or page.identity)
    moved = []
    for start, end, value in references:
        target = re.split(r"[?#]", value, maxsplit=1)[0]
        path = posixpath.normpath(posixpath.join(source, unquote(target)))
        own = posixpath.normpath(posixpath.join(here, unquote(target)))
        if is_file(path) and not is_file(own):
            way = quote(posixpath.relpath(path, here or "."), safe="/")
            moved.append((start, end, way + value[len(target) :]))
    return moved


def with_references(body: str, moved: Iterable[tuple[int, int, str]]) -> str:
    """The text with other spellings for `body[start:end]`."""
    parts: list[str] = []
    done = 0
    for start, end, value in moved:
        parts += [body[done:start], value]
        done = end
    return "".join([*parts, body[done:]])


def markdown_facts(page: PublishedPage) -> dict[str, object]:
    """What a page's Markdown is, and how far it can be trusted."""
    facts: dict[str, object] = {
        "title": page.title,
        "url": page.canonical,
        "lang": page.default_locale if page.state is State.MISSING else page.locale,
        "status": "fallback" if page.state is State.MISSING else str(page.state),
        "updated": iso(page.changed or page.written),
    }
    written = page.original_locale or page.default_locale
    if page.locale != written:
        facts["original"] = page.versions.get(written, "")
    if page.stale_sections:
        facts["stale_sections"] = list(page.stale_sections)
    if page.drafted_sections:
        facts["machine_drafted_sections"] = list(page.drafted_sections)
    return {key: value for key, value in facts.items() if value}


def markdown_file(page: PublishedPage, body: str) -> str:
    """The author's text under front matter with the page's facts."""
    facts = markdown_facts(page)
    text = yaml.dump(facts, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n\n{body.strip()}\n"


def llms(
    pages: Iterable[PublishedPage], *, title: str, summary: str, site_url: str, locale: str
) -> str:
    """The table of contents that llmstxt.org describes, of one language."""
    marks = in_language(_MARKS, locale)
    sections: dict[str, list[str]] = {}
    for page in pages:
        states = [page.state, *([State.DRAFTED] if page.drafted_sections else [])]
        named = {State.DRAFTED: _drafted(page, marks)}
        told = [
            f"[{marks[state]}{named.get(state, '')}]"
            for state in dict.fromkeys(states)
            if state in marks
        ]
        said = " ".join(filter(None, [*told, _line(page.description)]))
        # Brackets end an address, and so does a space.
        address = site_url + markdown_url(page)
        link = f"- [{_plain(page.title)}]({address})"
        line = f"{link}: {said}" if said else link
        # llmstxt.org wants every link below a heading.
        sections.setdefault(page.section or marks["other"], []).append(line)
    parts = [f"# {_plain(title)}"]
    if summary:
        parts.append(f"> {_line(summary)}")
    parts += [f"## {_plain(name)}\n\n" + "\n".join(lines) for name, lines in sections.items()]
    return "\n\n".join(parts) + "\n"


def _drafted(page: PublishedPage, marks: Mapping[State | str, str]) -> str:
    """Which sections nobody has read; the first of many."""
    names = [_plain(name) for name in page.drafted_sections if name]
    more = "…" if len(names) > _NAMED else ""
    return marks["names"] + marks["join"].join(names[:_NAMED]) + more if names else ""


def _plain(title: str) -> str:
    """The title as Markdown that shows it."""
    return _MARKUP.sub(r"\\\g<0>", _line(title))


def _line(text: str) -> str:
    """A list item, a heading and a quotation are one line."""
    return " ".join(fit(text).split())
