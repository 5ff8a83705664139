"""What file an author's path means.

A reference that a browser would follow is exact. Every other reading is a repair, and is
made only where all readings together lead to one single file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote, unquote

from docskit.pages import INDEXES, SiteTree, is_page, readings


class Kind(StrEnum):
    """What the reference is there for: pages can be linked to, not shown as media."""

    LINK = "link"
    MEDIA = "media"


class Status(StrEnum):
    """How a reference was understood."""

    ELSEWHERE = "elsewhere"  # another host, a fragment of this page, nothing at all
    EXACT = "exact"
    REPAIRED = "repaired"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome for one reference.

    `target` is the source URI of a file (without locale unless the author named it); `tail`
    is the query and fragment, as written. `why` is the key of a repair or a failure in
    `REASONS`; `suggestions` are source URIs.
    """

    status: Status
    target: str = ""
    tail: str = ""
    why: str = ""
    suggestions: tuple[str, ...] = ()


REASONS = {
    "encoding": ("路径编码不同", "the path was encoded differently"),
    "backslash": ("反斜杠应为 '/'", "backslashes instead of '/'"),
    "wrapping": ("路径外面多了引号、括号或空格", "quotes, brackets or spaces around the path"),
    "case": ("大小写或全半角不同", "other case or width"),
    "root": ("路径是从文档根目录写起的", "the path starts at the docs folder"),
    "level": ("'../' 的层数不对", "too many or too few '../'"),
    "absolute": ("这是自己电脑上的路径", "a path of the author's own computer"),
    "suffix": ("链接到页面要写 .md 文件", "links to pages name the .md file"),
    "folder": ("链接到文件夹要写其中的页面", "links to folders name the page in it"),
    "moved": ("路径前面的文件夹不同", "other folders before it"),
    "address": ("那一页从前的地址是这样", "the page has that address elsewhere"),
    "draft": ("那一页是草稿，没有发布", "that page is a draft and not published"),
    "elsewhere": ("文件在别的文件夹里", "the file is in another folder"),
    "outside": ("路径指到了文档目录之外", "the path leads out of the docs folder"),
    "ambiguous": ("有好几个同名的文件", "several files have that name"),
    "no-index": ("这个文件夹没有首页 index.md", "the folder has no index.md"),
    "local": ("这是自己电脑上的路径，别人打不开", "a path of the author's own computer"),
    "hidden": (
        "名字以点开头的文件和文件夹不会发布，请改名",
        "files and folders whose names begin with a dot are not published; rename it",
    ),
    "host": ("网址前面少了 https://", "the address lacks https://"),
}

LONGEST = 4096
"""Characters of a path that is looked for: no system has files with longer ones."""

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")
_DRIVE = re.compile(r"/?[a-zA-Z][:|：][\\/]")
_TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{")
_HOST = re.compile(r"(?:www\.[\w-]+\.|[\w-]+\.(?:com|cn|org|net|io|dev|edu|gov)(?:/|$))", re.I)
_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "（": "）",
    "【": "】",
    "＜": "＞",
    "＂": "＂",
    "(": ")",
    "<": ">",
    '"': '"',
    "'": "'",
}
_HTML = re.compile(r"\.html?$", re.IGNORECASE)
_SIZE = re.compile(r"\s+=\d*%?x?\d*%?$|\s+[“\"'‘「].*$")


def split_tail(raw: str) -> tuple[str, str]:
    """Path, and the query and fragment after it."""
    cut = min((i for i in (raw.find("#"), raw.find("?")) if i >= 0), default=len(raw))
    return raw[:cut], raw[cut:]


def _unwrap(path: str) -> str:
    """Without spaces, quotes or brackets around it, or a size or title after it."""
    before = None
    while before != path:
        before = path
        path = path.strip(" \t\n\u3000\u200b\ufeff\u00a0")
        if len(path) > 1 and _PAIRS.get(path[0]) == path[-1]:
            path = path[1:-1]
    return _SIZE.sub("", path)


def _normal(folder: str, path: str) -> str:
    """Path joined and normalised; begins with '..' where it leads out of the docs folder."""
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    normal = posixpath.normpath(joined) if joined else ""
    return "" if normal == "." else normal


@dataclass(frozen=True, slots=True)
class _Search:
    tree: SiteTree
    page: str
    kind: Kind

    def _as_page(self, uri: str) -> Iterator[tuple[str, str]]:
        """Pages that a path without `.md` may mean, with the reason."""
        if self.kind is not Kind.LINK:
            return
        # `docker/` is the address of docker.md when the site has directory URLs.
        if not is_page(uri) and uri not in ("", ".."):
            for name in {uri + ".md", _HTML.sub("", uri) + ".md", uri.rstrip(".") + ".md"}:
                yield name, "suffix"
        if _HTML.search(uri):
            folder = posixpath.dirname(uri)
            if posixpath.basename(uri).lower().startswith("index."):
                for name in INDEXES:
                    yield posixpath.join(folder, name), "suffix"
        for name in INDEXES:
            yield posixpath.join(uri, name), "folder"

    def at(self, uri: str) -> list[tuple[str, str]]:
        """Files at exactly this path, else as a page, else but for case."""
        if uri.startswith(".."):
            return []
        if found := self.tree.find(uri):
            return [(found, "")]
        pages = [(name, why) for name, why in self._as_page(uri) if self.tree.find(name)]
        if pages:
            return pages[:1]
        loosely = self.tree.find_loosely(uri)
        if loosely:
            return [(name, "case") for name in loosely]
        return [
            (name, "case")
            for page, _ in self._as_page(uri)
            for name in self.tree.find_loosely(page)
        ][:2]

    def ending_so(self, uri: str) -> list[str]:
        """Files of a tree that was moved: their paths end in all of `uri`, which has a folder.

        `content/en/ch1.md` for `en/ch1`, a page's address on the site that it was written for.
        """
        uri = uri.rstrip("/")
        if "/" not in uri:
            return []
        for names in ([uri], [name for name, _ in self._as_page(uri)]):
            found = dict.fromkeys(file for name in names for file in self.tree.named(name))
            if found:
                # A book in two languages has it twice.
                top = self.page.partition("/")[0] + "/"
                near = [file for file in found if file.startswith(top)]
                return near if len(near) == 1 else list(found)
        return []

    def elsewhere(self, path: str) -> list[str]:
        """Pages that have this address on the site that they were written for."""
        if self.kind is not Kind.LINK or not self.tree.addresses:
            return []
        for address in readings(path, self.page):
            pages = [self.tree.split(uri)[0] for uri in self.tree.addresses.get(address, ())]
            if found := [uri for uri in dict.fromkeys(pages) if self.tree.find(uri)]:
                return found
        return []

    def levels(self, path: str) -> Iterator[tuple[str, str]]:
        """The path with one `../` more or less, and from the root instead of the page."""
        folder = posixpath.dirname(self.page)
        bare = path.removeprefix("./")
        if path.startswith("/"):
            yield _normal("", bare.lstrip("/")), "root"
            yield _normal(folder, bare.lstrip("/")), "root"
            parts = bare.lstrip("/").split("/")
            if len(parts) > 1:
                yield "/".join(parts[1:]), "root"
            return
        if bare.startswith("../"):
            yield _normal(folder, bare[3:]), "level"
        if folder or bare.startswith("../"):
            yield _normal(folder, "../" + bare), "level"
        if not bare.startswith("../"):
            yield _normal("", bare), "root"
        head, _, rest = bare.partition("/")
        if head in ("docs", "doc") and rest:
            yield _normal("", rest), "root"
        if _normal(folder, path).startswith(".."):
            # Browsers stop at the root of a site as well.
            yield re.sub(r"^(?:\.\./)+", "", _normal(folder, path)), "level"


def _single(found: list[tuple[str, str]]) -> tuple[str, str] | None:
    """The one file that all readings lead to, with the first reason."""
    return found[0] if len({uri for uri, _ in found}) == 1 else None


def _spellings(path: str) -> Iterator[tuple[str, str]]:
    """Readings of the characters of a path, plainest first."""
    decoded = unquote(path)
    yield decoded, ""
    yield path, "encoding"
    if "%" in decoded:
        yield unquote(decoded), "encoding"
    if "+" in decoded:
        yield decoded.replace("+", " "), "encoding"
    if "\\" in decoded:
        yield decoded.replace("\\", "/"), "backslash"
    if "¥" in decoded or "＼" in decoded:
        yield re.sub("[¥＼]", "/", decoded), "backslash"
    unwrapped = _unwrap(decoded.replace("\\", "/"))
    if unwrapped != decoded:
        yield unwrapped, "wrapping"


def _missing(search: _Search, path: str, tail: str, why: str, also: list[str]) -> Resolution:
    near = also or search.tree.like(path)
    if not also and any(part[:1] == "." and part.strip(".") for part in path.split("/")):
        why, near = "hidden", []
    return Resolution(Status.MISSING, "", tail, why, tuple(dict.fromkeys(near))[:3])


def resolve(raw: str, page: str, kind: Kind, tree: SiteTree) -> Resolution:
    """Find the file that `raw`, in the page with source URI `page`, stands for.

    `raw` is the attribute's or link's value with HTML entities and Markdown escapes undone.

    >>> tree = SiteTree(["docker/a.png", "docker.md"])
    >>> found = resolve("./Docker/A.png", "docker.md", Kind.MEDIA, tree)
    >>> found.status.value, found.target, found.why
    ('repaired', 'docker/a.png', 'case')
    """
    text = raw.strip()
    elsewhere = Resolution(Status.ELSEWHERE)
    if not text or text[0] in "#?" or "\x02" in text or _TEMPLATE.search(text):
        return elsewhere
    local = bool(_DRIVE.match(text)) or text.lower().startswith("file:")
    if not local and (_SCHEME.match(text) or text.startswith(("//", "\\\\"))):
        return elsewhere
    if len(text) > LONGEST:
        return Resolution(Status.MISSING)
    search = _Search(tree, page, kind)
    if local:
        return _resolve_local(text, search)
    found = _resolve_text(text, search)
    if found.status is Status.MISSING and tree.drafts:
        with_drafts = _Search(tree.with_drafts, page, kind)
        draft = _resolve_text(text, with_drafts)
        if draft.target in tree.drafts:
            return Resolution(Status.MISSING, "", draft.tail, "draft")
    return found


def _resolve_text(text: str, search: _Search) -> Resolution:
    path, tail = split_tail(text)
    for form, after in ((path, tail), (text, "")) if tail else ((path, tail),):
        found = _resolve_path(form, after, search)
        if found.status is not Status.MISSING:
            if form != path and found.status is Status.EXACT:
                return Resolution(Status.REPAIRED, found.target, "", "encoding")
            return found
    return _resolve_path(path, tail, search)


def _resolve_local(text: str, search: _Search) -> Resolution:
    path, tail = split_tail(text)
    path = re.sub(r"^file:/*", "", path, flags=re.IGNORECASE)
    parts = [part for part in unquote(path).replace("\\", "/").split("/") if part]
    for start in range(1, len(parts)):
        found = search.tree.named("/".join(parts[start:]))
        if len(found) == 1:
            return Resolution(Status.REPAIRED, found[0], tail, "absolute")
        if found:
            return _missing(search, parts[-1], tail, "ambiguous", found)
    return _missing(search, parts[-1] if parts else "", tail, "local", [])


def _resolve_path(path: str, tail: str, search: _Search) -> Resolution:
    folder = posixpath.dirname(search.page)
    spellings = list(dict.fromkeys(_spellings(path)))
    for spelling, how in spellings:
        uri = _normal(folder, spelling)
        if uri.startswith(".."):
            continue
        at = search.at(uri)
        if at and not at[0][1] and not how:
            return Resolution(Status.EXACT, at[0][0], tail)
        if one := _single(at):
            return Resolution(Status.REPAIRED, one[0], tail, one[1] or how)
        if at:
            return _missing(search, uri, tail, "ambiguous", [name for name, _ in at])
    found: list[tuple[str, str]] = []
    for spelling, _ in spellings:
        for uri, why in search.levels(spelling):
            found += [(name, why) for name, _ in search.at(uri)]
    if one := _single(found):
        return Resolution(Status.REPAIRED, one[0], tail, one[1])
    if found:
        return _missing(search, path, tail, "ambiguous", [name for name, _ in found])
    if named := search.elsewhere(path):
        if len(named) == 1:
            return Resolution(Status.REPAIRED, named[0], tail, "address")
        return _missing(search, path, tail, "ambiguous", named)
    # `C++.md` may be meant, or `C  .md`.
    missing = Resolution(Status.MISSING)
    for spelling, _ in spellings:
        by_name = _resolve_by_name(spelling, tail, search)
        if by_name.status is not Status.MISSING:
            return by_name
        if "+" in spelling or "+" not in unquote(path):
            # The last reading says most, but not the one with spaces for `+`.
            missing = by_name
    return missing


def _resolve_by_name(path: str, tail: str, search: _Search) -> Resolution:
    """A unique file of that name somewhere in the docs folder."""
    folder = posixpath.dirname(search.page)
    uri = _normal(folder, path)
    if search.kind is Kind.LINK and (not uri or search.tree.folder_loosely(uri)):
        pages = search.tree.pages_below(uri, 3)
        if len(pages) == 1:
            return Resolution(Status.REPAIRED, pages[0], tail, "folder")
        return _missing(search, uri, tail, "no-index", pages)
    name = posixpath.basename(path.rstrip("/"))
    outside = uri.startswith("..")
    if path.startswith("/") and (moved := search.ending_so(uri)):
        if len(moved) == 1:
            return Resolution(Status.REPAIRED, moved[0], tail, "moved")
        return _missing(search, uri, tail, "ambiguous", moved)
    general = name.lower().removesuffix(".md") in ("index", "readme", "license", "")
    named = [] if general else search.tree.named(name)
    if not named and search.kind is Kind.LINK and not general and not is_page(name):
        # `[[页面]]` and links that leave `.md` out; a name with another suffix is a file.
        stem = _HTML.sub("", name)
        if stem != name or not re.search(r"\.[A-Za-z0-9]{1,5}$", name):
            named = search.tree.named(stem + ".md")
    if len(named) == 1 and not outside:
        return Resolution(Status.REPAIRED, named[0], tail, "elsewhere")
    if _HOST.match(path) and not named:
        return Resolution(Status.MISSING, "", tail, "host", ())
    why = "outside" if outside else "ambiguous" if len(named) > 1 else ""
    return _missing(search, uri, tail, why, named)


def spell(target: str, page: str) -> str:
    """How the author should write `target` in `page`: relative, and a valid URL.

    >>> spell("图片/第 1 步.png", "git/start.md")
    '../图片/第%201%20步.png'
    """
    path = posixpath.relpath(target, posixpath.dirname(page) or ".")
    # Han and other letters stay readable; what ends or breaks a link is encoded.
    return "".join(
        char if ord(char) > 0x7F and not char.isspace() else quote(char, safe="/-_.~!$&'*+,;=@")
        for char in path
    )
