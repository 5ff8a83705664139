"""The address of a tag's page, which its name alone decides, so that it lasts."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 100
"""Bytes: a file's name has room for 255, and a reader copies the address."""
_WORDS = {"#": "sharp", "+": "plus", "&": "and", "@": "at"}
_BETWEEN = frozenset("/\\.,:;·|、，。；：\"'`")
# Names of an index page, and those that Windows gives to no file.
_RESERVED = re.compile(r"index|readme|con|prn|aux|nul|com\d|lpt\d")
_NO_WORD = re.compile(r"[^a-z0-9]+")
_VARIATIONS = range(0xFE00, 0xFE10)


def _part(character: str) -> str:
    category = unicodedata.category(character)
    if ord(character) in _VARIATIONS or category == "Cf":
        return ""
    if category[0] in "LNM":
        return character
    if character in _WORDS:
        return f"-{_WORDS[character]}-"
    if category[0] in "ZC" or category in {"Pd", "Pc", "Ps", "Pe", "Pi", "Pf"}:
        return "-"
    if character in _BETWEEN:
        return "-"
    named = unicodedata.name(character, f"u{ord(character):x}").lower()
    return f"-{_NO_WORD.sub('-', named)}-"


def _one_form(text: str) -> str:
    # Small letters may compose anew, and a second time changes nothing any more.
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", text)


def tag_slug(name: str) -> str:
    """`C#` → `c-sharp`, `机器 学习` → `机器-学习`, `🐳` → `spouting-whale`; never empty.

    Letters of any script stay, small and in one Unicode form; there is nothing else in it but
    digits and hyphens. Spellings that a reader would take for one tag (`Node.js`, `node js`)
    have one address.
    """
    plain = _one_form(name.strip())
    if re.match(r"\.\w", plain):
        plain = "dot-" + plain[1:]
    parts = _one_form("".join(map(_part, plain)))
    slug = re.sub("-+", "-", parts).strip("-")
    if not slug:
        slug = "-".join(f"u{ord(character):x}" for character in name[:8]) or "tag"
    if len(slug.encode()) > _LONGEST:
        start = slug.encode()[: _LONGEST - 9].decode(errors="ignore").strip("-")
        slug = f"{start}-{hashlib.sha256(slug.encode()).hexdigest()[:8]}"
    return f"{slug}-tag" if _RESERVED.fullmatch(slug) else slug
