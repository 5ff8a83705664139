"""What the name of a page's file says: its language, and whether it is a folder's index."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from docskit.pages.site_tree import is_index

# What authors write for a language beside its locale, in small letters.
_WORDS = {
    "zh": {"cn", "chs", "zhcn", "zh-hans", "chinese", "中文"},
    "en": {"eng", "english", "英文"},
}
# The same script and so the same readers: `zh-TW` is not `zh`.
_REGIONS = {"zh": re.compile("cn|hans|hans-cn|sg")}
_REGION = re.compile(r"[a-z]{2}|[a-z]{4}|\d{3}")
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"\[[^\]\n]*\]\([^)\n]*\)|<a\b[^>\n]*>[^<\n]*</a>", re.IGNORECASE)
_TAIL = re.compile(r"^(.+?)[._-]([^._-]+(?:[_-](?:[A-Za-z]{2}|[A-Za-z]{4}))?)$")


def split_locale(src_uri: str, locales: Iterable[str]) -> tuple[str, str]:
    """Identity and locale of `docker.en.md`: ('docker.md', 'en'); '' where it names none."""
    path = PurePosixPath(src_uri)
    stem, dot, locale = path.stem.rpartition(".")
    if dot and stem and locale in locales:
        return str(path.with_name(stem + path.suffix)), locale
    return src_uri, ""


def locale_called(name: str, locales: Iterable[str]) -> str:
    """The locale that `en-US`, `zh_CN` or `EN` stands for; '' for none."""
    tag = name.replace("_", "-").casefold()
    for locale in locales:
        own = locale.casefold()
        language, _, region = tag.partition("-")
        if tag == own:
            return locale
        if language == own and _REGIONS.get(own, _REGION).fullmatch(region):
            return locale
    return ""


def other_spelling(src_uri: str, locales: Iterable[str]) -> tuple[str, str]:
    """Identity and locale of `docker_en.md`, `README-EN.md` or `README.zh-CN.md`, else ('', '').

    It may be a page that is only called so: what else there is must show it.
    """
    path = PurePosixPath(src_uri)
    found = _TAIL.match(path.stem)
    if not found:
        return "", ""
    known = list(locales)
    tag = found[2].casefold()
    locale = locale_called(found[2], known) or next(
        (locale for locale in known if tag in _WORDS.get(locale, ())), ""
    )
    if not locale:
        return "", ""
    return str(path.with_name(found[1] + path.suffix)), locale


def locale_folders(src_uri: str, locales: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each folder above the file that is called like a locale, and the locale; outermost first."""
    known = list(locales)
    parts = src_uri.split("/")[:-1]
    for depth, part in enumerate(parts, 1):
        if locale := locale_called(part, known):
            yield "/".join(parts[:depth]) + "/", locale


def without_folder(src_uri: str, folder: str) -> str:
    """`content/ch1.md` for `content/en/ch1.md` and the folder `content/en/`."""
    parent = folder.rstrip("/").rpartition("/")[0]
    rest = src_uri.removeprefix(folder)
    return f"{parent}/{rest}" if parent else rest


def output(identity: str, directory_urls: bool = True) -> str:
    """Where the page's HTML lies, relative to the folder of its language."""
    path = PurePosixPath(identity)
    if is_index(identity):
        return str(path.with_name("index.html"))
    return str(path.with_suffix("") / "index.html" if directory_urls else path.with_suffix(".html"))


def same_file(path: str) -> str:
    """The same for paths that Windows or macOS take for one: other case, other accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def is_mostly_han(text: str) -> bool:
    """Whether a page's text is Chinese, and not only says `[中文](README.zh-CN.md)`."""
    letters: list[str] = _LETTER.findall(_LINK.sub("", text))
    han = sum(1 for letter in letters if "\u3400" <= letter <= "\u9fff")
    return han * 100 > len(letters) * 3


def canonical(identity: str) -> str:
    """`docker/index.md` for `docker/README.md` and `docker/readme.md`; others as they are."""
    return str(PurePosixPath(identity).with_name("index.md")) if is_index(identity) else identity
