"""Say which references of a page are broken or were repaired, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable

from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage
from docskit.references.empty_addresses import empty_addresses
from docskit.references.reference_extension import Found
from docskit.references.reference_targets import REASONS, Kind, Resolution, Status, spell
from docskit.references.source_references import SourceReference, key, source_references


def corrected(resolution: Resolution, raw: str, page: str) -> str:
    """How the author should have written a repaired reference."""
    path = spell(resolution.target, page)
    if raw.startswith("./") and not path.startswith("."):
        path = "./" + path
    return path + resolution.tail


def _words(found: Found, page: str) -> tuple[str, Severity, str, str]:
    """Code, severity, and the message in Chinese and English."""
    resolution, raw = found.resolution, found.raw
    thing = (
        ("图片或媒体文件", "file") if found.kind is Kind.MEDIA else ("链接的页面或文件", "target")
    )
    why = REASONS.get(resolution.why)
    if resolution.status is Status.REPAIRED:
        new = corrected(resolution, raw, page)
        return (
            f"reference-{resolution.why}",
            Severity.INFO,
            f"'{raw}' 已当作 '{new}'（{why[0] if why else '已修正'}）；请改成 '{new}'",
            f"'{raw}' was read as '{new}' ({why[1] if why else 'repaired'}); write '{new}'",
        )
    if resolution.why == "draft":
        return (
            "link-draft",
            Severity.WARNING,
            f"链接的页面 '{raw}' 是草稿，没有发布，读者会打不开。"
            "请先去掉这个链接，或者去掉那一页页首的 draft: true",
            f"the page linked to, '{raw}', is a draft and not published, so the link leads "
            "nowhere; leave it out for now, or delete draft: true there",
        )
    zh, en = f"找不到{thing[0]} '{raw}'", f"{thing[1]} not found: '{raw}'"
    if why:
        zh, en = f"{zh}：{why[0]}", f"{en}: {why[1]}"
    if resolution.why == "host":
        zh, en = f"{zh}。是不是 'https://{raw}'？", f"{en}. Did you mean 'https://{raw}'?"
    elif resolution.why == "hidden":
        pass
    elif resolution.suggestions:
        spelled = [f"'{spell(uri, page)}{resolution.tail}'" for uri in resolution.suggestions]
        zh = f"{zh}。是不是 {' 或 '.join(spelled)}？"
        en = f"{en}. Did you mean {' or '.join(spelled)}?"
    else:
        zh = f"{zh}。请检查路径，或把文件放进文档目录"
        en = f"{en}. Check the path, or add the file to the docs folder"
    return f"{found.kind}-missing", Severity.WARNING, zh, en


def places(found: Iterable[Found], page: AuthorPage) -> list[tuple[Found, SourceReference | None]]:
    """Each distinct reference with every place where the author's body spells it.

    None stands for a reference that the source does not spell out, as after a snippet.
    """
    distinct = {(item.raw, item.kind): item for item in found}
    if not distinct:
        return []
    spelled = source_references(page.front_matter.body)
    by_key: dict[str, list[SourceReference]] = {}
    for reference in spelled:
        by_key.setdefault(key(reference.value), []).append(reference)
    result: list[tuple[Found, SourceReference | None]] = []
    for item in distinct.values():
        # `[![x](a.png)](a.png)` has one address as a picture and as a link.
        same = by_key.get(key(item.raw), [])
        kind = [place for place in same if place.kind in (None, item.kind)]
        result += [(item, place) for place in kind or same or _wiki(item.raw, by_key)] or [
            (item, None)
        ]
    return result


def _wiki(raw: str, by_key: dict[str, list[SourceReference]]) -> list[SourceReference]:
    """Where `[[页]]` stands, which was looked for as `页.md`."""
    path, mark, fragment = raw.partition("#")
    named = f"{path.removesuffix('.md')}{mark}{fragment}"
    return [place for place in by_key.get(key(named), []) if place.form == "wiki"]


def reference_problems(found: Iterable[Found], page: AuthorPage) -> list[Problem]:
    """One problem for each place of a reference that is missing, was repaired or says nothing."""
    found = list(found)
    wrong = [item for item in found if item.resolution.status in (Status.REPAIRED, Status.MISSING)]
    body, body_line = page.front_matter.body, page.front_matter.body_line
    empty = any(item.kind is Kind.LINK and not item.raw.strip() for item in found)
    problems = empty_addresses(Kind.LINK, page.path, body, body_line) if empty else []
    for item, place in places(wrong, page):
        code, severity, zh, en = _words(item, page.path)
        if place:
            line, column = place.line + body_line - 1, place.column
        else:
            offset = body.find(item.raw)
            line = body.count("\n", 0, offset) + body_line if offset >= 0 else 0
            column = 0
        problems.append(Problem(page.path, line, column, code, severity, zh, en))
    return problems
