"""`make translate PAGE=docker` and `make translated PAGE=docker`."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from pathlib import Path

from command import CONFIG, Arguments, UserError, guarded, nearest, prepare, typed_text
from docskit.drafting import catch_up, draft, section_named, section_read, untranslated, with_record
from docskit.pages import PageTree, is_draft, split_locale
from docskit.terminal import NotWrittenError, create_file, replace_file
from docskit.translation import page_and_language, record_of, sections_of
from draft import (
    Drafting,
    bring_back,
    draft_pages,
    drafting,
    everything,
    take_answer,
    write_prompt,
    written_in,
)
from former_pages import former_texts
from mkdocs_bridge.site import SiteSettings, site_settings


def find_page(name: str, site: SiteSettings, tree: PageTree) -> str:
    """The identity of the page that a maintainer means by `docker`, or the path of its file."""
    path = Path(name)
    if path.is_file() and path.resolve().is_relative_to(site.docs_dir.resolve()):
        name = path.resolve().relative_to(site.docs_dir.resolve()).as_posix()
    name = name.strip("/").removesuffix(".md")
    if not (site.docs_dir / f"{name}.md").is_file():
        name = name.removeprefix(f"{site.docs_dir.name}/")
    if place := tree.places.get(f"{name}.md"):
        return place.identity
    name = split_locale(f"{name}.md", site.locales)[0].removesuffix(".md")
    for guess in (f"{name}.md", f"{name}/index.md", f"{name}/README.md"):
        if guess in tree.pages:
            return guess
    names = [re.sub(r"(?:/?(?:index|README))?\.md$", "", uri) or "index" for uri in tree.pages]
    raise UserError(
        f"找不到页面 {name}{nearest(name, names)}"
        f"（PAGE 是 {site.docs_dir.name}/ 下的路径，例如 PAGE=docker）"
    )


def translate(identity: str, locale: str, site: SiteSettings, tree: PageTree) -> None:
    """Write a draft, or show what to catch up with."""
    versions = tree.pages[identity]
    written = written_in(site, tree, identity, locale)
    original = site.read(versions[written])
    folder = site.docs_dir.name
    which = page_and_language(f"{identity.removesuffix('.md')}.{locale}.md")
    if is_draft(original):
        print(
            f"注意：{folder}/{original.path} 是草稿，还没有发布，译文会和它一起等。"
            "发布时，两边页首的 draft: true（或 published: false）都要删掉"
        )
    if locale not in versions:
        path = site.docs_dir / tree.translation_name(identity, locale)
        text = None if original.source.damaged else draft(original, written=written)
        if text is None:
            why = "编码拿不准" if original.source.damaged else "页首信息的写法加不进记录"
            sys.exit(f"没有写：{folder}/{original.path} 的{why}；请先运行 make check，照它说的改好")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            create_file(path, text.encode(), site.docs_dir)
        except NotWrittenError as error:
            raise UserError(str(error)) from None
        print(f"写好了 {folder}/{path.relative_to(site.docs_dir).as_posix()}：")
        print("  逐节翻译，每译好一节就删掉那一行 <!-- to be translated -->；")
        print("  代码、链接和图片路径不用动，标题的层级和顺序不要变；")
        print(f"  全部译好后运行 make translated {which}")
        return
    translation = site.read(versions[locale])
    path = site.docs_dir / original.path
    changes = catch_up(
        original, translation, lambda hashes: former_texts(path, original.path, hashes)
    )
    for problem in untranslated(translation):
        print(problem.format(folder, site.messages))
    for change in changes:
        place = f"{folder}/{original.path}:{change.line}" if change.line else "原文里已删去"
        print(f"\n== {change.title or '页首'}（{place}）")
        print(change.diff or change.now or "（git 历史里找不到旧文）")
    if changes:
        print(f"\n译文改好后运行 make translated {which}")
    elif not untranslated(translation):
        print(f"{folder}/{translation.path} 与原文一致，没有要改的")


def translated(
    identity: str, locale: str, site: SiteSettings, tree: PageTree, section: str = ""
) -> bool:
    """Record that the translation says what the original says now; False if it cannot be."""
    versions = tree.pages[identity]
    written = written_in(site, tree, identity, locale)
    if locale not in versions:
        which = page_and_language(f"{identity.removesuffix('.md')}.{locale}.md")
        raise UserError(f"{identity} 还没有 {locale} 译文：先运行 make translate {which}")
    translation = site.read(versions[locale])
    # One section may be read while others are still to be translated.
    left = [] if section else untranslated(translation)
    for problem in left:
        print(problem.format(site.docs_dir.name, site.messages))
    if left:
        return False
    original = site.read(versions[written])
    if section:
        mine = section_named(section, original, translation)
        if mine is None:
            raise UserError(f"{site.docs_dir.name}/{translation.path} 里找不到“{section}”这一节")
        edits = section_read(original, translation, mine)
    else:
        edits = with_record(translation, record_of(sections_of(original)))
    path = site.docs_dir / translation.path
    old = path.read_bytes()
    if translation.source.damaged or translation.source.with_edits([]) != old or edits is None:
        print(
            f"没有写 {site.docs_dir.name}/{translation.path}：它的编码或者页首信息的写法拿不准；"
            "请先运行 make check，照它说的改好"
        )
        return False
    try:
        new = translation.source.with_edits(edits)
    except UnicodeEncodeError:
        # The original's anchors may have characters that this file's encoding lacks.
        new = translation.source.with_edits(edits, "utf-8")
    try:
        replace_file(path, old, new, site.docs_dir)
    except NotWrittenError as error:
        print(error)
        return False
    which = f" 的“{section}”" if section else ""
    print(f"记下了：{site.docs_dir.name}/{translation.path}{which} 译自现在的原文，有人读过")
    return True


def _listed(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8-sig") if name else ""
    except (OSError, UnicodeDecodeError):
        raise UserError(f"READ={name} 读不出来：应当是一个 UTF-8 的文本或 CSV 文件") from None


def _drafts(work: Drafting, pages: list[str], arguments: Namespace) -> bool:
    if arguments.answer:
        return take_answer(work, pages[0], Path(arguments.answer))
    if arguments.draft == "prompt":
        for page in pages:
            write_prompt(work, page)
        return True
    if arguments.draft == "memory":
        return bring_back(work, pages)
    if arguments.draft != "1":
        raise UserError(
            f"DRAFT={arguments.draft}：请写 DRAFT=1（由机器起草）、DRAFT=prompt（写成提示词）"
            "或者 DRAFT=memory（只取回从前的译文）"
        )
    return draft_pages(work, pages, yes=arguments.yes)


def main(words: list[str]) -> int:
    """Run the command for each page."""
    prepare()
    site = site_settings(CONFIG)
    others = [locale for locale in site.locales if locale != site.default]
    parser = Arguments(description=__doc__)
    parser.add_argument("command", choices=["translate", "translated"])
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--to", default="", help="locale; what the page is not in by default")
    parser.add_argument("--section", type=typed_text, default="", help="translated: this one only")
    parser.add_argument(
        "--draft", default="", help="1: by machine; prompt: to be pasted; memory: from git"
    )
    parser.add_argument("--answer", default="", help="file with the answer to a pasted prompt")
    parser.add_argument("--limit", type=int, default=0, help="pages at most, with PAGE=all")
    parser.add_argument("--read", default="", help="list of addresses, the most read first")
    parser.add_argument("--yes", action="store_true", help="send without asking")
    arguments = parser.parse_args(words)
    if not arguments.pages:
        raise UserError(f"哪一页？例如：make {arguments.command} PAGE=docker")
    if not others:
        raise UserError(
            "club.yml 里只有一种语言，没有可以译成的；要有译文，就在 languages 里再写一种"
        )
    if arguments.to and arguments.to not in site.locales:
        known = "、".join([*others, site.default])
        raise UserError(f"mkdocs.yml 里没有译文语言 {arguments.to}；TO= 可以写：{known}")
    tree = site.tree()
    work = drafting(site, tree, arguments.to)
    if arguments.draft and arguments.pages == ["all"] and "all.md" not in tree.pages:
        pages = everything(work, arguments.limit, _listed(arguments.read))
    else:
        pages = [find_page(name, site, tree) for name in arguments.pages]
    if arguments.command == "translate" and (arguments.draft or arguments.answer):
        return 0 if _drafts(work, pages, arguments) else 1
    if arguments.command == "translate":
        for identity in pages:
            translate(identity, work.locale(identity), site, tree)
        return 0
    done = [
        translated(identity, work.locale(identity), site, tree, arguments.section)
        for identity in pages
    ]
    return 0 if all(done) else 1


if __name__ == "__main__":
    sys.exit(guarded(main))
