"""Images and links that an author began and gave no address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docskit.html import tags
from docskit.messages import Problem, Severity
from docskit.references.reference_targets import Kind
from docskit.references.source_references import without_code

_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([ \t]*\)")
_BRACKET = re.compile(r"\[|\n|\](?P<empty>\([ \t]*\))?")
_WORDS = {
    Kind.MEDIA: (
        "image-without-address",
        "这里插入了图片，却没有写是哪个文件。请补上文件名，或者删掉。",
        "An image is inserted here, but it names no file. Name it, or delete this.",
    ),
    Kind.LINK: (
        "link-without-address",
        "这个链接没有写地址，点了只会回到页首。请补上地址；如果是代码，请放进反引号。",
        "This link has no address and leads to the top of the page. Give it one; "
        "if it is code, put it into backticks.",
    ),
}


def empty_addresses(kind: Kind, path: str, text: str, first_line: int = 1) -> list[Problem]:
    """A hint for each image (`Kind.MEDIA`) or link without an address, outside of code.

    `text` is what the file at the source URI `path` has from the 1-based `first_line` on. A
    link in raw HTML is not told: it may be an anchor.
    """
    text = without_code(text)
    code, zh, en = _WORDS[kind]
    return [
        Problem(
            path,
            text.count("\n", 0, start) + first_line,
            start - text.rfind("\n", 0, start),
            code,
            Severity.HINT,
            zh,
            en,
        )
        for start in sorted(_images(text) if kind is Kind.MEDIA else _links(text))
    ]


def _images(text: str) -> Iterator[int]:
    for match in _IMAGE.finditer(text):
        yield match.start()
    for tag in tags(text, frozenset({"img"})):
        # An end tag without a beginning shows nothing.
        if not tag.closes and not tag.attributes().get("src", "").strip():
            yield tag.start


def _links(text: str) -> Iterator[int]:
    opened: list[int] = []  # brackets of this line that wait for their other half
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "\n":
            opened.clear()
        elif opened:
            start = opened.pop()
            if match["empty"] and text[start - 1 : start] not in ("!", "\\"):
                yield start
