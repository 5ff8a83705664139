"""What programs read instead of HTML: `llms.txt`, and each page's Markdown."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from docskit.published import PublishedPage, iso
from docskit.translation import State

# Written for every page of every build: libyaml's own dumper takes an eighth of the time.
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_MARKS = {
    "zh": {State.MISSING: "未翻译，为原文", State.STALE: "译文已过期", "other": "其他"},
    "en": {
        State.MISSING: "not translated yet, in the original language",
        State.STALE: "outdated translation",
        "other": "Other pages",
    },
}


def markdown_path(path: str, is_home: bool = False) -> str:
    """Where the Markdown of the page at `path` is, both relative to the site's root."""
    if is_home and not path.endswith(".html"):
        return f"{path.removeprefix('./')}index.md"
    if path.endswith("/"):
        return f"{path.rstrip('/')}.md"
    return f"{path.removesuffix('.html')}.md"


def markdown_file(page: PublishedPage, body: str) -> str:
    """The author's text under front matter that says what it is and how far it can be trusted."""
    facts: dict[str, object] = {
        "title": page.title,
        "url": page.canonical,
        "lang": page.default_locale if page.state is State.MISSING else page.locale,
        "status": "fallback" if page.state is State.MISSING else str(page.state),
        "updated": iso(page.changed or page.written),
    }
    if page.locale != page.default_locale:
        facts["original"] = page.versions.get(page.default_locale, "")
    if page.stale_sections:
        facts["stale_sections"] = list(page.stale_sections)
    text = yaml.dump(
        {key: value for key, value in facts.items() if value},
        Dumper=_DUMPER,
        allow_unicode=True,
        sort_keys=False,
        width=1000,
    )
    return f"---\n{text}---\n\n{body.strip()}\n"


def llms(
    pages: Iterable[PublishedPage], *, title: str, summary: str, site_url: str, locale: str
) -> str:
    """The table of contents that llmstxt.org describes, of one language."""
    marks = _MARKS["zh" if locale.startswith("zh") else "en"]
    sections: dict[str, list[str]] = {}
    for page in pages:
        mark = marks.get(page.state, "")
        said = " ".join(filter(None, [f"[{mark}]" if mark else "", page.description]))
        link = f"- [{_plain(page.title)}]({site_url}{markdown_path(page.path, page.is_home)})"
        line = f"{link}: {said}" if said else link
        # llmstxt.org wants every link below a heading.
        sections.setdefault(page.section or marks["other"], []).append(line)
    parts = [f"# {title}"]
    if summary:
        parts.append(f"> {summary}")
    parts += [f"## {name}\n\n" + "\n".join(lines) for name, lines in sections.items()]
    return "\n\n".join(parts) + "\n"


def _plain(title: str) -> str:
    return title.replace("[", "\\[").replace("]", "\\]")
