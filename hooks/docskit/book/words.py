"""What a book says of itself, in its reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from docskit.messages import in_language


@dataclass(frozen=True, slots=True)
class Words:
    """The book's own words; `{}` stands for what is filled in."""

    contents: str
    cover: str
    preface: str
    terminal: str
    media: str
    picture: str
    made: str
    newest: str
    original: str
    begin: str


_ZH = Words(
    contents="目录",
    cover="封面",
    preface="前言",
    terminal="终端",
    media="打开网页上的内容：{}",
    picture="图片：{}",
    made="内容截至 {}",
    newest="最新的版本在",
    original="这一页还没有译文，下面是原文。",
    begin="正文",
)
_EN = Words(
    contents="Contents",
    cover="Cover",
    preface="Preface",
    terminal="Terminal",
    media="Open on the web: {}",
    picture="Picture: {}",
    made="As of {}",
    newest="The newest version is at",
    original="This page has not been translated; here is the original.",
    begin="Text",
)


def words_of(locale: str) -> Words:
    """The words of the locale's language."""
    return in_language({"zh": _ZH, "en": _EN}, locale)
