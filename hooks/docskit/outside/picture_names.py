"""Where a page keeps the pictures that were fetched for it, and how they are called."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from docskit.pages import same_file, split_locale

SOURCES = "sources.yml"
_EXTENSION = re.compile(
    r"\.(?:png|jpe?g|jfif|gif|webp|avif|bmp|ico|svg|awebp|image|php|aspx?)$", re.I
)
_UNUSUAL = re.compile(r"[^\w.-]+")
# Windows keeps these for itself, whatever their extension.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_LONGEST = 60
# What says nothing about the picture.
_NOTHING = {"", "image", "img", "picture", "pic", "download", "view", "get", "file", "640", "0"}


def picture_folder(src_uri: str, locales: Iterable[str]) -> str:
    """The folder of a page's own pictures: `git/` for `git.md` and for `git.en.md`.

    Pages that a folder begins with share `images/` in it: `docker/index.md`, `README.md`.
    """
    path = PurePosixPath(split_locale(src_uri, locales)[0])
    name = "images" if path.stem.casefold() in ("index", "readme") else path.stem
    return str(path.with_name(name))


def mark_of(address: str) -> str:
    """Eight letters that no other address is likely to have."""
    return hashlib.sha256(address.encode()).hexdigest()[:8]


def picture_name(address: str, extension: str, is_taken: Callable[[str], bool]) -> str:
    """A file name made from the last part of an address, with the extension of its content.

    `is_taken` is asked with names as `same_file` has them. The same address gets the same name
    as long as the same names are taken.
    """
    parts = urlsplit(address)
    stem = unquote(parts.path.rstrip("/").rsplit("/", 1)[-1])
    # `x.png!thumbnail`, `x.png@w600`, `x.png~tplv-…`: what hosts of pictures add.
    stem = re.sub(r"(\.(?:png|jpe?g|gif|webp|svg|avif))[!@~_:].*$", r"\1", stem, flags=re.I)
    while match := _EXTENSION.search(stem):
        stem = stem[: match.start()]
    stem = _UNUSUAL.sub("-", stem).strip("-._")[:_LONGEST].rstrip("-._")
    if stem.casefold() in _NOTHING or _DEVICES.fullmatch(stem):
        host = _UNUSUAL.sub("-", parts.hostname or "picture").strip("-._")
        stem = f"{host}-{mark_of(address)}"
    name = stem + extension
    if is_taken(same_file(name)):
        name = f"{stem}-{mark_of(address)}{extension}"
    number = 2
    while is_taken(same_file(name)):
        name = f"{stem}-{mark_of(address)}-{number}{extension}"
        number += 1
    return name


def reference_to(folder: str, name: str, src_uri: str) -> str:
    """How the page at `src_uri` spells the picture, safe in Markdown and in an attribute."""
    parent = str(PurePosixPath(src_uri).parent)
    path = f"{folder}/{name}".removeprefix("" if parent == "." else f"{parent}/")
    return re.sub(r"[^\w./-]", lambda match: quote(match[0], safe=""), path)
