"""What pages take from other hosts, as links and as pictures, and the report of what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urldefrag

from docskit.outside.addresses import is_outside, outside_address
from docskit.reading import AuthorPage
from docskit.references import Found, places

TROUBLES = {
    "dns": ("查不到这个域名，网站大概没有了", "no such host; the site is probably gone"),
    "tls": ("网站的 https 证书有问题", "its certificate is not valid"),
    "place": ("它转到了一个不能去的地址", "redirects to an address that cannot be visited"),
    "address": ("这个地址写得不对", "not a valid address"),
    "redirects": ("它一直在转来转去", "redirects in a circle"),
    "timeout": ("等了太久，没有回答", "no answer in time"),
    "connect": ("连不上这个网站", "cannot be connected to"),
    "cut": ("网站中途断开了", "hung up"),
    "private": ("在本机或内网，没有问", "on this machine or its network: not asked"),
}
"""A word for what is wrong with an address → Chinese, English. Else the word is a status."""
_STATUS = {
    "401": ("要登录才能看", "needs a login"),
    "403": ("网站不让机器看，请用浏览器打开试试", "refuses programs; try it in a browser"),
    "404": ("那边已经没有了", "not there any more"),
    "410": ("那边已经没有了", "not there any more"),
    "429": ("网站说问得太勤了", "wants to be asked less often"),
}
_BROKEN = frozenset({"dns", "tls", "place", "address"})
_UNSURE = frozenset({"401", "403", "407", "408", "425", "429"})
LONGEST = 60_000
"""Characters of a report in Markdown: an issue on GitHub holds 65,536."""

_TITLES = {
    "broken": ("打不开", "Broken"),
    "moved": ("搬家了，换成新地址", "Moved for good: use the new address"),
    "unsure": ("这次没有问出来，请用浏览器打开看看", "Not known: open them in a browser"),
}


@dataclass(frozen=True, slots=True)
class OutsideLink:
    """`raw` on `line` (1-based; 0 where nobody can tell) of the file that `path` shows.

    `address` is what to ask for; '' where `raw` cannot be asked for at all.
    """

    path: str
    line: int
    raw: str
    address: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an address: `trouble` '' where it answers, `moved` its new address or ''."""

    trouble: str = ""
    moved: str = ""

    @property
    def group(self) -> str:
        """broken, moved, unsure, own (not asked), or good."""
        if not self.trouble:
            return "moved" if self.moved else "good"
        if self.trouble == "private":
            return "own"
        if self.trouble in _BROKEN:
            return "broken"
        # Of the statuses, what only tells that a program was refused proves nothing.
        proves = re.fullmatch("4..", self.trouble) and self.trouble not in _UNSURE
        return "broken" if proves else "unsure"


def _line_with(raw: str, lines: list[str]) -> int:
    """Where an address stands that no reference of the file spells, such as `<https://…>`."""
    for spelled in (f"<{raw}>", raw):
        for number, line in enumerate(lines, 1):
            if spelled in line:
                return number
    return 0


def outside_links(page: AuthorPage, found: Iterable[Found], path: str) -> list[OutsideLink]:
    """Every reference of a page to another host, in order, each once per line."""
    first = page.front_matter.body_line - 1
    lines = page.source.text.split("\n")
    elsewhere = [item for item in found if is_outside(item.raw)]
    links = {
        OutsideLink(
            path,
            place.line + first if place else _line_with(item.raw, lines),
            item.raw.strip(),
            outside_address(item.raw, link=True) or "",
        )
        for item, place in places(elsewhere, page)
    }
    return sorted(links, key=lambda link: (link.line, link.raw))


def words_for(link: OutsideLink, verdict: Verdict, language: str) -> str:
    """What is wrong, in the language `zh` or `en`."""
    english = language == "en"
    if not verdict.trouble:
        fragment = urldefrag(link.raw).fragment
        return f"→ {verdict.moved}" + (f"#{fragment}" if fragment else "")
    if verdict.trouble in TROUBLES:
        return TROUBLES[verdict.trouble][english]
    other = ("网站出错了", "server error") if verdict.trouble >= "500" else ("网站不给", "refused")
    words = _STATUS.get(verdict.trouble, other)[english]
    return f"{words} ({verdict.trouble})" if english else f"{words}（{verdict.trouble}）"


def _verdict(link: OutsideLink, verdicts: Mapping[str, Verdict]) -> Verdict:
    return verdicts[link.address] if link.address else Verdict("address")


def _groups(
    links: Iterable[OutsideLink], verdicts: Mapping[str, Verdict]
) -> dict[str, list[tuple[OutsideLink, Verdict]]]:
    groups: dict[str, list[tuple[OutsideLink, Verdict]]] = {name: [] for name in _TITLES}
    for link in sorted(links, key=lambda link: (link.path, link.line, link.raw)):
        verdict = _verdict(link, verdicts)
        if verdict.group in groups:
            groups[verdict.group].append((link, verdict))
    return groups


def _where(link: OutsideLink) -> str:
    return f"{link.path}:{link.line}" if link.line else link.path


def counted(links: Iterable[OutsideLink], verdicts: Mapping[str, Verdict], language: str) -> str:
    """One sentence: how many addresses there are, and how many of them are what."""
    known = {link.address or link.raw: _verdict(link, verdicts).group for link in links}
    groups = list(known.values())
    names = ("broken", "moved", "unsure", "own")
    counts = [len(groups), *map(groups.count, names)]
    if language == "en":
        line = "{} addresses: {} broken, {} moved, {} not known, {} of this network not asked."
    else:
        line = "{} 个地址：{} 个打不开，{} 个搬家了，{} 个没有问出来，{} 个在本机或内网，没有问。"
    return line.format(*counts)


def as_lines(
    links: Iterable[OutsideLink], verdicts: Mapping[str, Verdict], language: str
) -> list[str]:
    """The report for a terminal: `file:line: what is wrong: address` under a title each."""
    lines: list[str] = []
    for name, items in _groups(links, verdicts).items():
        if items:
            lines += ["", _TITLES[name][language == "en"], ""]
        for link, verdict in items:
            words = words_for(link, verdict, language)
            lines.append(
                f"{_where(link)}: {link.raw} {words}"
                if name == "moved"
                else f"{_where(link)}: {words}{': ' if language == 'en' else '：'}{link.raw}"
            )
    return lines[1:]


def _text(value: str) -> str:
    """What anybody may have written, as nothing but text in Markdown."""
    value = "".join(char if char.isprintable() else " " for char in value)
    return re.sub(r"[!-,.:-@\[-`{-~]", lambda match: f"&#{ord(match[0])};", value)


def as_markdown(
    links: Sequence[OutsideLink], verdicts: Mapping[str, Verdict], language: str
) -> str:
    """The report for an issue: no word of a page is more than text; '' where nothing is wrong.

    Not longer than an issue may be; then it says how much is missing.
    """
    lines: list[str] = []
    items = 0
    for name, group in _groups(links, verdicts).items():
        if group:
            lines += ["", f"### {_TITLES[name][language == 'en']}", ""]
        for link, verdict in group:
            items += 1
            where, raw = _text(_where(link)), _text(link.raw)
            words = _text(words_for(link, verdict, language))
            lines.append(f"- <code>{where}</code> <code>{raw}</code> <code>{words}</code>")
    if not items:
        return ""
    kept = [counted(links, verdicts, language)]
    size = len(kept[0])
    for line in lines:
        size += len(line) + 1
        if size > LONGEST:
            break
        kept.append(line)
    left = items - sum(line.startswith("- ") for line in kept)
    if left:
        more = (
            f"还有 {left} 处：运行 `make outside` 看全部。",
            f"And {left} more: `make outside`.",
        )
        kept += ["", more[language == "en"]]
    return "\n".join(kept) + "\n"
