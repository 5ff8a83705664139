"""`make translate PAGE=docker DRAFT=1`: drafts by machine of what is missing or stale."""

from __future__ import annotations

import os
import posixpath
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from command import REPOSITORY, UserError
from docskit.checking import TERMS, Avoided, read_terms
from docskit.drafting import (
    HAN,
    HAN_LETTERS,
    Answer,
    Drafted,
    Selection,
    batches,
    judge,
    kept_out,
    make_drafts,
    prompt,
    remember,
    select,
    spliced,
)
from docskit.messages import Problem
from docskit.pages import PageTree, output
from docskit.terminal import NotWrittenError, create_file, replace_file
from docskit.translation import GLOSSARY, Term, original_locale, page_and_language, read_glossary
from former_pages import former_pairs
from mkdocs_bridge.site import SiteSettings
from translation_service import Service

_LETTERS_PER_TOKEN = 3.5


@dataclass
class Drafting:
    """Pages of one site to be drafted in one language."""

    site: SiteSettings
    tree: PageTree
    to: str
    terms: Sequence[Term]
    avoided: Sequence[Avoided] = ()

    def locale(self, identity: str) -> str:
        """The locale into which a page is translated: `to`, else that which it was not written in.

        A page in the first language goes into the second, and any other into the first.
        """
        if self.to:
            return self.to
        written = _written(self.site, self.tree, identity)
        second = next(locale for locale in self.site.locales if locale != self.site.default)
        return second if written in {"", self.site.default} else self.site.default

    def changed(self) -> None:
        """Look at the docs folder again: a page has been written."""
        self.tree = self.site.tree()

    def selection(self, identity: str) -> Selection:
        """What of a page is to be drafted; UserError for a page without an original."""
        locale = self.locale(identity)
        written = written_in(self.site, self.tree, identity, locale)
        versions = self.tree.pages[identity]
        own = versions.get(locale)
        original = self.site.read(versions[written])
        return select(original, self.site.read(own) if own else None, locale, written)

    def say(self, problems: Sequence[Problem]) -> None:
        """Print problems as they are printed everywhere."""
        for problem in problems:
            print(problem.format(self.site.docs_dir.name, self.site.messages))


def _written(site: SiteSettings, tree: PageTree, identity: str) -> str:
    versions = tree.pages[identity]
    if list(versions) == [tree.default]:
        return tree.default
    pages = {locale: site.read(uri) for locale, uri in versions.items()}
    return original_locale(pages, tree.default)


def written_in(site: SiteSettings, tree: PageTree, identity: str, locale: str) -> str:
    """The locale of a page's original; UserError where there is nothing to be translated."""
    written = _written(site, tree, identity)
    if not written:
        raise UserError(f"{identity} 没有原文，没什么可翻译的")
    if written == locale:
        raise UserError(f"{identity} 的原文就是 {locale}，没什么可翻译的")
    return written


def drafting(site: SiteSettings, tree: PageTree, to: str) -> Drafting:
    """With the site's glossary and the words that it avoids, if it has them."""
    glossary, words = site.docs_dir / GLOSSARY, site.docs_dir / TERMS
    terms = read_glossary(glossary.read_bytes())[0] if glossary.is_file() else []
    avoided = read_terms(words.read_bytes())[0] if words.is_file() else []
    return Drafting(site, tree, to, terms, avoided)


def most_read(work: Drafting, listed: str) -> list[str]:
    """Pages in the order in which a list names their addresses, such as a counter's export.

    An address may have a host, folders before the site, and a language's folder; what is no
    page's is passed over, and so are the columns beside it.
    """
    known = {
        posixpath.splitext(output(identity))[0].removesuffix("index").strip("/"): identity
        for identity in work.tree.pages
    }
    found: dict[str, None] = {}
    for address in re.findall(r"[^\s,;\"']*/[^\s,;\"']*", listed):
        path = unquote(urlsplit(address).path).removesuffix("index.html").removesuffix(".html")
        parts = [part for part in path.split("/") if part]
        for start in range(len(parts) + 1):
            rest = "/".join(parts[start:])
            # The home page is what is left of every address.
            if rest in known and (rest or start == 0 or parts[-1] in work.site.locales):
                found[known[rest]] = None
                break
    return list(found)


def everything(work: Drafting, limit: int, listed: str = "") -> list[str]:
    """The pages of which something is to be drafted, those with the most of it first.

    With a list of addresses those come first that it names, in its order. Pages that are not
    published (`draft: true`) may change yet, and wait.
    """
    sizes = {}
    drafts = work.site.drafts(work.tree)
    for identity, versions in work.tree.pages.items():
        if versions.get(work.tree.default) in drafts:
            continue
        if _written(work.site, work.tree, identity) not in {"", work.to}:
            units = work.selection(identity).units
            sizes[identity] = sum(len(unit.source) for unit in units)
    order = {name: place for place, name in enumerate(most_read(work, listed))}
    ordered = sorted(
        (name for name in sizes if sizes[name]),
        key=lambda name: (order.get(name, len(order)), -sizes[name]),
    )
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
            sent += _tokens(prompt(selection, units, work.terms, avoided=work.avoided).whole)
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


def remembered(work: Drafting, identity: str) -> Selection:
    """What is to be drafted of a page after what git remembers is in its place again."""
    selection = work.selection(identity)
    if not selection.units:
        return selection
    former = former_pairs(work.site, selection.original.path, translation_uri(work, selection))
    found = remember(selection, former)
    if not found:
        return selection
    texts = {number: old.text for number, old in found.items()}
    data = spliced(selection, texts, [number for number, old in found.items() if old.unread])
    if data is None or not _write_file(work, selection, data):
        return selection
    print(
        f"取回了 {work.site.docs_dir.name}/{translation_uri(work, selection)} 的 {len(texts)} 节："
        "原文和从前的一版一样，当时的译文还在 git 历史里"
    )
    work.changed()
    return work.selection(identity)


def bring_back(work: Drafting, identities: Sequence[str]) -> bool:
    """Put former translations back, and ask nobody for the rest."""
    for identity in identities:
        selection = remembered(work, identity)
        if selection.units:
            path = f"{work.site.docs_dir.name}/{selection.original.path}"
            print(f"{path}：还有 {len(selection.units)} 节要翻译，git 历史里没有")
    return True


def draft_pages(work: Drafting, identities: Sequence[str], *, yes: bool) -> bool:
    """Ask the service for what is to be drafted of each page; whether nothing was kept out."""
    selections = [remembered(work, identity) for identity in identities]
    for selection in selections:
        work.say(selection.problems)
    selections = [selection for selection in selections if selection.units]
    if not selections:
        print("没有要起草的小节")
        return True
    service = Service()
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
        drafted = make_drafts(selection, work.terms, service.ask, work.avoided)
        fine &= _write(work, selection, drafted)
    return fine


def _name(selection: Selection) -> str:
    page = selection.original.path.removesuffix(".md").replace("/", "-")
    return f"{page}.{selection.locale}"


def write_prompt(work: Drafting, identity: str) -> None:
    """Write one file to be pasted into any chat."""
    selection = remembered(work, identity)
    work.say(selection.problems)
    if not selection.units:
        print(f"{work.site.docs_dir.name}/{selection.original.path}：没有要起草的小节")
        return
    asked = prompt(selection, selection.units, work.terms, avoided=work.avoided)
    _write_prompt(work, selection, asked.whole)


def _write_prompt(work: Drafting, selection: Selection, text: str) -> None:
    path = REPOSITORY / "build" / "translate" / f"{_name(selection)}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    page = selection.original.path.removesuffix(".md")
    shown = os.path.relpath(path)
    print(f"写好了 {shown}（{len(text)} 字）：")
    print("  全文贴给任何一个聊天机器人，把它的回答原样存成一个文件，例如 answer.txt；")
    language = f" TO={work.to}" if work.to else ""
    print(f"  再运行 make translate PAGE={page}{language} ANSWER=answer.txt")


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
            asked = prompt(again, units, work.terms, said, former, work.avoided)
            _write_prompt(work, again, asked.whole)
    return fine


def translation_uri(work: Drafting, selection: Selection) -> str:
    """The source URI of the translation, also of one that is not there yet."""
    if selection.translation is not None:
        return selection.translation.path
    identity = work.tree.places[selection.original.path].identity
    return work.tree.translation_name(identity, selection.locale)


def _write_file(work: Drafting, selection: Selection, data: bytes) -> bool:
    """Write the translation, if its file is what was read; else say so."""
    own, path = selection.translation, work.site.docs_dir / translation_uri(work, selection)
    try:
        if own is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_file(path, data, work.site.docs_dir)
        else:
            replace_file(path, own.source.with_edits([]), data, work.site.docs_dir)
    except NotWrittenError as error:
        print(error)
        return False
    return True


def _write(work: Drafting, selection: Selection, drafted: Drafted) -> bool:
    """Write the page's drafts; whether every one was taken and written."""
    work.say(drafted.problems)
    folder = work.site.docs_dir.name
    if not drafted.texts:
        print(f"{folder}/{selection.original.path}：没有一节能用，什么都没有写")
        return False
    data = spliced(selection, drafted.texts)
    uri = translation_uri(work, selection)
    if data is None:
        print(
            f"没有写 {folder}/{uri}：它的编码或者页首信息的写法拿不准；"
            "请先运行 make check，照它说的改好"
        )
        return False
    if not _write_file(work, selection, data):
        return False
    name = selection.original.path.removesuffix(".md")
    which = page_and_language(f"{name}.{selection.locale}.md")
    print(f"起草了 {folder}/{uri} 的 {len(drafted.texts)} 节，还没有人读过。逐节读一遍，改好：")
    print(f"  改过的小节自动算读过；不用改的，运行 make translated {which} SECTION=标题")
    print(f"  整页都读过了，运行 make translated {which}")
    return not drafted.problems
