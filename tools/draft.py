"""`make translate PAGE=docker DRAFT=1`: drafts by machine of what is missing or stale."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from author_files import NotWrittenError, create_file, replace_file
from command import REPOSITORY, UserError
from docskit.drafting.checks import HAN_LETTERS
from docskit.drafting.drafts import Drafted, judge, kept_out, make_drafts
from docskit.drafting.masking import HAN
from docskit.drafting.prompt import Answer, batches, prompt
from docskit.drafting.selection import Selection, select
from docskit.drafting.splicing import spliced
from docskit.glossary import GLOSSARY, Term, read_glossary
from docskit.page_tree import PageTree
from docskit.problem import Problem
from mkdocs_bridge.site_settings import SiteSettings
from translation_service import Service

_LETTERS_PER_TOKEN = 3.5


@dataclass(frozen=True)
class Drafting:
    """Pages of one site to be drafted in one language."""

    site: SiteSettings
    tree: PageTree
    locale: str
    terms: Sequence[Term]

    def selection(self, identity: str) -> Selection:
        """What of a page is to be drafted; UserError for a page without an original."""
        versions = self.tree.pages[identity]
        if self.tree.default not in versions:
            raise UserError(f"{identity} 没有原文，没什么可翻译的")
        own = versions.get(self.locale)
        original = self.site.read(versions[self.tree.default])
        return select(original, self.site.read(own) if own else None, self.locale)

    def say(self, problems: Sequence[Problem]) -> None:
        """Print problems as they are printed everywhere."""
        for problem in problems:
            print(problem.format(self.site.docs_dir.name, self.site.messages))


def drafting(site: SiteSettings, tree: PageTree, locale: str) -> Drafting:
    """With the site's glossary, if it has one."""
    path = site.docs_dir / GLOSSARY
    terms = read_glossary(path.read_bytes())[0] if path.is_file() else []
    return Drafting(site, tree, locale, terms)


def everything(work: Drafting, limit: int) -> list[str]:
    """The pages of which something is to be drafted, those with the most of it first."""
    sizes = {}
    for identity, versions in work.tree.pages.items():
        if work.tree.default in versions:
            units = work.selection(identity).units
            sizes[identity] = sum(len(unit.source) for unit in units)
    ordered = sorted((name for name in sizes if sizes[name]), key=lambda name: -sizes[name])
    return ordered[:limit] if limit else ordered


def _tokens(text: str) -> int:
    han = len(HAN.findall(text))
    return round(han + (len(text) - han) / _LETTERS_PER_TOKEN)


def _estimate(work: Drafting, selections: Sequence[Selection]) -> tuple[int, int, int]:
    """Sections, tokens to be sent and tokens that come back, without second tries."""
    sections = sent = back = 0
    for selection in selections:
        for units in batches(selection.units):
            sections += len(units)
            sent += _tokens(prompt(selection, units, work.terms).whole)
            letters = sum(
                len(unit.masked.text) + len(HAN.findall(unit.masked.text)) * (HAN_LETTERS - 1)
                for unit in units
            )
            back += round(letters / _LETTERS_PER_TOKEN)
    return sections, sent, back


def _price(sent: int, back: int) -> str:
    given = os.environ.get("TRANSLATE_PRICE", "")
    if not given:
        return "价钱看服务商；设 TRANSLATE_PRICE=进价,出价（每百万 token）就替你算"
    try:
        each_in, each_out = (float(number) for number in given.split(","))
    except ValueError:
        raise UserError(
            f"TRANSLATE_PRICE={given}：请写成两个数，例如 TRANSLATE_PRICE=2,8"
        ) from None
    return f"约 {(sent * each_in + back * each_out) / 1e6:.3f} 元（按 TRANSLATE_PRICE 的单位）"


def _agreed(question: str, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        print("没有发送：加上 YES=1 才会发送")
        return False
    try:
        return input(f"{question} [y/N] ").strip().lower() in {"y", "yes", "是"}
    except EOFError:
        return False


def draft_pages(work: Drafting, identities: Sequence[str], *, yes: bool) -> bool:
    """Ask the service for what is to be drafted of each page; whether nothing was kept out."""
    service = Service()
    selections = [work.selection(identity) for identity in identities]
    for selection in selections:
        work.say(selection.problems)
    selections = [selection for selection in selections if selection.units]
    if not selections:
        print("没有要起草的小节")
        return True
    sections, sent, back = _estimate(work, selections)
    print(
        f"{len(selections)} 页，{sections} 节，发给 {service.host}（{service.model}）："
        f"约 {sent} token 去、{back} token 回；{_price(sent, back)}"
    )
    if not _agreed("发送吗？", yes):
        return False
    fine = True
    for selection in selections:
        # Written page by page: what is paid for is not lost when the next one fails.
        drafted = make_drafts(selection, work.terms, service.ask)
        fine &= _write(work, selection, drafted)
    return fine


def _name(work: Drafting, selection: Selection) -> str:
    return selection.original.path.removesuffix(".md").replace("/", "-") + f".{work.locale}"


def write_prompt(work: Drafting, identity: str) -> None:
    """Write one file to be pasted into any chat."""
    selection = work.selection(identity)
    work.say(selection.problems)
    if not selection.units:
        print(f"{work.site.docs_dir.name}/{selection.original.path}：没有要起草的小节")
        return
    _write_prompt(work, selection, prompt(selection, selection.units, work.terms).whole)


def _write_prompt(work: Drafting, selection: Selection, text: str) -> None:
    path = REPOSITORY / "build" / "translate" / f"{_name(work, selection)}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    page = selection.original.path.removesuffix(".md")
    shown = os.path.relpath(path)
    print(f"写好了 {shown}（{len(text)} 字）：")
    print("  全文贴给任何一个聊天机器人，把它的回答原样存成一个文件，例如 answer.txt；")
    print(f"  再运行 make translate PAGE={page} ANSWER=answer.txt")


def take_answer(work: Drafting, identity: str, path: Path) -> bool:
    """Read an answer back; what is not right goes into a second prompt, with the reason."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"找不到 ANSWER={path}") from None
    except UnicodeDecodeError:
        raise UserError(f"ANSWER={path} 不是 UTF-8：请用 UTF-8 重新保存") from None
    selection = work.selection(identity)
    work.say(selection.problems)
    if not selection.units:
        print("没有要起草的小节")
        return True
    good, complaints, raw = judge(selection, selection.units, Answer(text), work.terms)
    fine = _write(
        work,
        selection,
        Drafted(good, tuple(kept_out(selection, selection.units, complaints))),
    )
    wrong = [unit for unit in selection.units if unit.number in complaints]
    if wrong:
        # Numbers and codes as they will be when the good ones are in their place.
        again = work.selection(identity) if good else selection
        by_hash = {(unit.field, unit.hash): unit for unit in wrong}
        units = [unit for unit in again.units if (unit.field, unit.hash) in by_hash]
        if units:
            old = {unit.number: by_hash[unit.field, unit.hash].number for unit in units}
            said = {unit.number: complaints[old[unit.number]] for unit in units}
            former = {n: raw[old[n]] for n in old if old[n] in raw}
            _write_prompt(work, again, prompt(again, units, work.terms, said, former).whole)
    return fine


def _write(work: Drafting, selection: Selection, drafted: Drafted) -> bool:
    """Write the page's drafts; whether every one was taken and written."""
    work.say(drafted.problems)
    folder = work.site.docs_dir.name
    if not drafted.texts:
        print(f"{folder}/{selection.original.path}：没有一节能用，什么都没有写")
        return False
    data = spliced(selection, drafted.texts)
    own = selection.translation
    uri = own.path if own else ""
    if not uri:
        identity = work.tree.places[selection.original.path].identity
        uri = work.tree.translation_name(identity, work.locale)
    path = work.site.docs_dir / uri
    if data is None:
        print(
            f"没有写 {folder}/{uri}：它的编码或者页首信息的写法拿不准；"
            "请先运行 make check，照它说的改好"
        )
        return False
    try:
        if own is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_file(path, data, work.site.docs_dir)
        else:
            replace_file(path, own.source.with_edits([]), data, work.site.docs_dir)
    except NotWrittenError as error:
        print(error)
        return False
    page = selection.original.path.removesuffix(".md")
    print(f"起草了 {folder}/{uri} 的 {len(drafted.texts)} 节，还没有人读过。逐节读一遍，改好：")
    print(f"  改过的小节自动算读过；不用改的，运行 make translated PAGE={page} SECTION=标题")
    print(f"  整页都读过了，运行 make translated PAGE={page}")
    return not drafted.problems
