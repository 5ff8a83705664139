"""What is said about files that cannot be, or only with a change, the pages that they claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from docskit.messages import Problem, Severity
from docskit.pages.site_tree import PAGE_SUFFIXES

_FEW = 3
# Of Markdown with something more in it, as other programs have it.
_OTHER_SUFFIXES = (".mdx", ".rmd", ".qmd")
_NAMES = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


def _named(locale: str) -> tuple[str, str]:
    return _NAMES.get(locale, (f" {locale} ", locale))


def _problem(uri: str, code: str, severity: Severity, zh: str, en: str) -> Problem:
    return Problem(uri, 0, 0, code, severity, zh, en)


def _url(address: str) -> str:
    """`/docker/` for `docker/index.html`."""
    return "/" + address.removesuffix("index.html")


def _suffixed(uri: str, locale: str) -> str:
    path = PurePosixPath(uri)
    return path.with_name(f"{path.stem}.{locale}{path.suffix}").name


def misnamed_pages(src_uris: Iterable[str]) -> list[Problem]:
    """Files that would be pages if their suffix were `.md`, or in small letters."""
    return [
        _misnamed(uri)
        for uri in src_uris
        if uri.lower().endswith((*PAGE_SUFFIXES, *_OTHER_SUFFIXES))
        and not uri.endswith(PAGE_SUFFIXES)
    ]


# Names that Windows keeps for devices, with any suffix, and what it takes in no name.
_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)")
_UNUSUAL = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def unusable_names(src_uris: Iterable[str]) -> list[Problem]:
    """Files and folders that Windows cannot have: there, git cannot check out the repository."""
    told: dict[str, Problem] = {}
    for uri in src_uris:
        parts = uri.split("/")
        for depth, name in enumerate(parts, 1):
            found = _UNUSUAL.search(name)
            if found or _DEVICE.match(name) or name.endswith((" ", ".")):
                path = "/".join(parts[:depth])
                told.setdefault(path, _unusable(path, found[0] if found else ""))
                break
    return list(told.values())


def _unusable(path: str, character: str) -> Problem:
    shown = character if character.isprintable() else f"U+{ord(character or ' '):04X}"
    zh = f"名字里有 {shown}" if character else "这个名字是系统保留的，或者以空格、句点结尾"
    en = (
        f"the name has {shown} in it"
        if character
        else "the name is reserved, or ends with ' ' or '.'"
    )
    return _problem(
        path,
        "file-name",
        Severity.WARNING,
        f"{zh}，Windows 上不能有这样的文件，用 Windows 的人会取不下整个仓库。请改名",
        f"{en}: Windows cannot have such a file, and nobody there can check out the repository; "
        "rename it",
    )


# What the file managers of Windows, macOS and Linux, and programs that synchronise, add to a name.
_COPY = re.compile(
    r"(?i)(?P<own>.+?)(?:[ _-]*(?:副本|拷贝|copy)(?: ?\d+)?| ?[(（]\d+[)）]"
    r"| ?[(（].*(?:冲突|conflict).*[)）]|\.sync-conflict-.+|_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+)"
)
_COPY_OF = re.compile(r"(?i)copy of (?P<own>.+)")


def copies(src_uris: Iterable[str]) -> list[Problem]:
    """Pages that are called as a copy of one beside them is: `git - 副本.md`, `git (1).md`."""
    uris = set(src_uris)
    problems = []
    for uri in sorted(uris):
        path = PurePosixPath(uri)
        found = _COPY.fullmatch(path.stem) or _COPY_OF.fullmatch(path.stem)
        own = str(path.with_name(found["own"] + path.suffix)) if found else ""
        if own in uris:
            problems.append(_copy(uri, own))
    return problems


def _copy(uri: str, own: str) -> Problem:
    return _problem(
        uri,
        "page-copy",
        Severity.INFO,
        f"看名字它是 {own} 的副本，也发布成了一页。不要的话请删掉",
        f"its name says that it is a copy of {own}, and it is published as a page too; "
        "delete it if it is not wanted",
    )


def _misnamed(uri: str) -> Problem:
    path = PurePosixPath(uri)
    suffix = path.suffix.lower()
    better = path.with_suffix(".md" if suffix in _OTHER_SUFFIXES else suffix).name
    if suffix in _OTHER_SUFFIXES:
        return _problem(
            uri,
            "page-suffix",
            Severity.WARNING,
            f"扩展名要是 .md，不然它不是一页，只是一个供人下载的文件；请改名为 {better}",
            f"the suffix has to be .md, or this is no page but a file to download; "
            f"rename it to {better}",
        )
    return _problem(
        uri,
        "page-suffix",
        Severity.WARNING,
        f"扩展名要用小写，不然它不是一页，只是一个供人下载的文件；请改名为 {better}",
        f"the suffix has to be in small letters, or this is no page but a file to download; "
        f"rename it to {better}",
    )


def claimed(uri: str, other: str) -> Problem:
    """Two files for one page in one language."""
    return _problem(
        uri,
        "translation-claimed",
        Severity.WARNING,
        f"它和 {other} 是同一页的同一种语言，网站只用了 {other}。请合并成一个文件，删掉另一个",
        f"this is the same page in the same language as {other}, and only {other} is published; "
        "merge the two files into one",
    )


def same_address(uri: str, other: str, address: str) -> Problem:
    """Two pages that would have one address, such as docker.md and docker/index.md."""
    return _problem(
        uri,
        "page-address",
        Severity.WARNING,
        f"它和 {other} 的网址都是 {_url(address)}，网站只用了 {other}。"
        "请给其中一个改名，或者合并成一个文件",
        f"this and {other} both have the address {_url(address)}, and only {other} is published; "
        "rename one of them, or merge them",
    )


def languages_address(uri: str, other: str, address: str, locale: str) -> Problem:
    """An original at an address of another language, such as docs/en.md."""
    zh, en = _named(locale)
    whose = other or f"{zh}首页"
    return _problem(
        uri,
        "page-address",
        Severity.WARNING,
        f"它的网址 {_url(address)} 是{zh}站的（{whose}），所以没有发布。"
        f"请改名；如果它就是{zh}首页，请改名为 index.{locale}.md",
        f"its address {_url(address)} belongs to the {en} site ({other or 'its home page'}), so it "
        f"is not published; rename it, to index.{locale}.md if it is the {en} home page",
    )


def shadowed(uri: str, page: str, address: str) -> Problem:
    """A file that lies where a page is published, such as docker/index.html."""
    return _problem(
        uri,
        "page-address",
        Severity.WARNING,
        f"{page} 发布在同一个网址 {_url(address)}，所以这个文件没有发布。请给其中一个改名",
        f"{page} is published at the same address {_url(address)}, so this file is not; "
        "rename one of them",
    )


def place_of_file(uri: str, file: str) -> Problem:
    """A page whose folder would have the name of a file, such as feed.xml.md."""
    return _problem(
        uri,
        "page-address",
        Severity.WARNING,
        f"网站里已经有文件 /{file}，做不出同名的文件夹，所以没有发布。请改名",
        f"the site has a file /{file}, and no folder can have that name, so this is not "
        "published; rename it",
    )


def same_file(uri: str, other: str) -> Problem:
    """Names that differ by case or by the form of accents only."""
    return _problem(
        uri,
        "page-same-file",
        Severity.WARNING,
        f"它和 {other} 的网址只有大小写或重音符号的写法不同，"
        "在 Windows 和 macOS 上是同一个文件，会丢掉一个。请给其中一个改名",
        f"its address differs from that of {other} by case or the form of accents only, which is "
        "one file on Windows and macOS; rename one of them",
    )


def spelled(names: Sequence[tuple[str, str, str]]) -> list[Problem]:
    """Translations under another name than `page.en.md`: their URI, page and locale.

    Of many there is one message: they are a habit.
    """
    if len(names) > _FEW:
        first = names[0]
        one = _spelled(*first)
        zh, en = one.zh.partition("；"), one.en.partition(";")
        more = len(names) - 1
        return [
            replace(
                one,
                zh=f"{zh[0]}；另外 {more} 个文件也这样认出来了。推荐的名字是 "
                f"{_suffixed(first[1], first[2])}",
                en=f"{en[0]}, and {more} other files in the same way; the name to prefer is "
                f"{_suffixed(first[1], first[2])}",
            )
        ]
    return [_spelled(*name) for name in names]


def _spelled(uri: str, identity: str, locale: str) -> Problem:
    zh, en = _named(locale)
    better = _suffixed(identity, locale)
    return _problem(
        uri,
        "translation-name",
        Severity.INFO,
        f"已当作 {identity} 的{zh}版；请改名为 {better}",
        f"taken for the {en} version of {identity}; rename it to {better}",
    )


def spelled_twice(uri: str, other: str, locale: str) -> Problem:
    """A translation under another name, where there is one already."""
    zh, en = _named(locale)
    return _problem(
        uri,
        "translation-name",
        Severity.WARNING,
        f"看名字它是一页的{zh}版，但{zh}版已经有了：{other}。现在它单独成了一页。"
        "请合并成一个文件，或者给它另起一个名字",
        f"its name says that it is a page in {en}, but {other} is that already, so it has become "
        "a page of its own; merge the two, or rename this one",
    )


def english_originals(names: Sequence[tuple[str, str, str]]) -> list[Problem]:
    """Pages such as README.md in English beside README.zh-CN.md: URI, the other's and locale.

    Of many there is one message: it is how the folder is laid out.
    """
    if len(names) > _FEW:
        first = names[0]
        zh, en = _named(first[2])
        more = len(names) - 1
        return [
            _problem(
                first[0],
                "translation-name",
                Severity.INFO,
                f"这一页里几乎没有中文，对应的中文是 {first[1]}，所以已当作{zh}版；"
                f"另外 {more} 页也这样",
                f"there is hardly any Chinese in this page, and {first[1]} is its Chinese: taken "
                f"for the {en} version, as were {more} other pages",
            )
        ]
    return [_english_original(*name) for name in names]


def _english_original(uri: str, chinese: str, locale: str) -> Problem:
    zh, en = _named(locale)
    better = _suffixed(uri, locale)
    return _problem(
        uri,
        "translation-name",
        Severity.INFO,
        f"这一页里几乎没有中文，旁边又有 {chinese}，所以已当作它的{zh}版；请改名为 {better}",
        f"there is hardly any Chinese in this page, and {chinese} is beside it: taken for its {en} "
        f"version; rename it to {better}",
    )


def folder_twice(folder: str, same: Mapping[str, str]) -> Problem:
    """A folder zh/ beside pages of the same names that are in Chinese as well."""
    uri, other = next(iter(sorted(same.items())))
    return _problem(
        folder,
        "language-folder",
        Severity.WARNING,
        f"这里的页面和外面的同名，又都是中文（{uri} 和 {other}，共 {len(same)} 对），"
        "所以只当作普通文件夹发布。请删掉重复的一份",
        f"pages of the same names are outside, in Chinese as well ({uri} and {other}, "
        f"{len(same)} pairs), so this is published as any folder; delete one of the copies",
    )


def plain_folder(folder: str, locale: str) -> Problem:
    """A folder that is only called like a language."""
    zh, en = _named(locale)
    return _problem(
        folder,
        "language-folder",
        Severity.INFO,
        f"这个文件夹没有当作{zh}版：找不到与它对应的页面。"
        f"如果是{zh}版，请放到文档目录下的 {locale}/ 里，路径和原文一样",
        f"this folder was not taken for the {en} version: no pages correspond to it; "
        f"if it is, move it to {locale}/ in the docs folder, with the same paths as the originals",
    )


def alone(folder: str, uris: list[str]) -> Problem:
    """Pages of a language's folder that have no original."""
    shown = "、".join(sorted(uris)[:3]) + (" 等" if len(uris) > 3 else "")
    listed = ", ".join(sorted(uris)[:3]) + (" and others" if len(uris) > 3 else "")
    return _problem(
        folder,
        "translation-alone",
        Severity.INFO,
        f"有 {len(uris)} 页没有原文（{shown}），只在这种语言的网站里有。原文改名了就跟着改名",
        f"{len(uris)} pages have no original ({listed}) and are on the site of this language "
        "only; if an original was renamed, rename its translation too",
    )


def orphan(uri: str, identity: str, original: str | None, locale: str) -> Problem:
    """A translation without its original."""
    if original:
        renamed = str(PurePosixPath(original).with_suffix(f".{locale}.md"))
        zh = f"找不到原文 {identity}。它是不是译自 {original}？是的话请改名为 {renamed}"
        en = f"there is no original {identity}; if it was translated from {original}, " + (
            f"rename it to {renamed}"
        )
    else:
        page = str(PurePosixPath(identity).with_suffix(""))
        zh = (
            f"译文没有原文：找不到 {identity}。原文改名了就跟着改名，删掉了就把译文也删掉；"
            f"先写的就是它的话，运行 make translate PAGE={page} 翻译成中文"
        )
        en = (
            f"a translation without its original {identity}; rename it too, or delete it; if it "
            f"was written first, make translate PAGE={page} begins the Chinese page"
        )
    return _problem(uri, "translation-orphan", Severity.WARNING, zh, en)
