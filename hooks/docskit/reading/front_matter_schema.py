"""The keys that this site gives a meaning to, the spellings authors use, and their values.

Other keys belong to somebody else and pass untouched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from docskit.reading.dates import parse_date


class Kind(StrEnum):
    """What a key's value is."""

    TEXT = "text"
    WORD = "word"
    NAMES = "names"
    DATE = "date"
    TAGS = "tags"
    HIDE = "hide"
    SEARCH = "search"
    FLAG = "flag"
    ADDRESSES = "addresses"


KEYS = {
    "title": Kind.TEXT,
    "subtitle": Kind.TEXT,
    "description": Kind.TEXT,
    "author": Kind.NAMES,
    "date": Kind.DATE,
    "updated": Kind.DATE,
    "tags": Kind.TAGS,
    "hide": Kind.HIDE,
    "search": Kind.SEARCH,
    "template": Kind.TEXT,
    "icon": Kind.TEXT,
    "status": Kind.WORD,
    "draft": Kind.FLAG,
    "aliases": Kind.ADDRESSES,
}

# Real ones, from published pages; compared without case, spaces, '-' and '_'.
SPELLINGS = {
    "title": "tittle titile tilte titel titlle biaoti 标题 題目 题目 標題 名称 文章标题",
    "subtitle": "副标题 subtilte",
    "description": "desc descrption discription descripton summary excerpt abstract intro "
    "描述 摘要 简介 概述 说明 概要",
    "author": "auther autor authors authour aouthor auhtor writer zuozhe by 作者 作者名 撰写 "
    "撰稿 撰稿人 编写 编者",
    "date": "data dete datetime created createtime createdat pubdate publishdate published time "
    "riqi 日期 时间 创建时间 创建日期 发布时间 发布日期 写作日期",
    "updated": "update updatetime updatedat updatedate lastmod lastmodified lastupdated modified "
    "更新 更新时间 更新日期 修改时间 修改日期 最后更新",
    "tags": "tag categories category keywords keyword 标签 分类 关键词 关键字 类别",
    "icon": "图标",
    "hide": "隐藏",
    "status": "状态",
    "draft": "草稿",
    "aliases": "alias redirect_from 旧地址 旧网址 曾用地址",
}
MOST_BOOST = 1000
HIDEABLE = {
    "navigation": "navigation nav 导航 侧边栏",
    "toc": "toc 目录",
    "path": "path 路径",
    "footer": "footer 页脚",
    "tags": "tags 标签",
    "feedback": "feedback",
    "terms": "terms glossary 术语 术语表",
    "tools": "tools 工具",
    "comments": "comments 评论",
}


_PUBLISHED = {"published", "publish", "发布", "已发布", "是否发布"}


def _flat(key: str) -> str:
    return re.sub(r"[\s_\-·.]+", "", key).casefold()


_BY_SPELLING = {
    _flat(spelling): key for key, words in SPELLINGS.items() for spelling in words.split()
}
_BY_SPELLING |= {key: key for key in KEYS}
_HIDE_BY_SPELLING = {
    _flat(word): part for part, words in HIDEABLE.items() for word in words.split()
}


def edit_distance(left: str, right: str, limit: int = 2) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; `limit` + 1 when more."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def known_key(key: str) -> str | None:
    """The key that the author means, None where it is none of ours.

    By listed spellings only: `tile`, `wide` and `time: 5 min` are keys of other programs.
    """
    return _BY_SPELLING.get(_flat(key))


def similar_key(key: str) -> str | None:
    """The key that looks most like one of nobody's; to ask the author, not to be taken."""
    flat = _flat(key)
    if len(flat) < 4 or not flat.isascii() or len(flat) > 20 or flat in _BY_SPELLING:
        return None
    near = {name for name in KEYS if len(name) > 3 and edit_distance(flat, name, 1) == 1}
    return near.pop() if len(near) == 1 else None


_NAME_SEPARATORS = re.compile(r"\s*[、，,;；/|&＆]\s*|\s+(?:和|and|与)\s+", re.IGNORECASE)


def with_draft(raw: Mapping[str, object]) -> dict[str, object]:
    """`published: false` as what it means, `draft: true`, in its place; `true` is the rule."""
    found: dict[str, object] = {}
    for key, value in raw.items():
        flag = coerce(Kind.FLAG, value) if _flat(key) in _PUBLISHED else None
        if flag is False:
            found["draft"] = True
        elif key != "draft" or "draft" not in found:
            found[key] = value
    return found


# What other programs call it, and what of it keeps a page back.
_HELD_BACK = dict.fromkeys(
    ("unlisted", "hidden", "private", "isdraft", "wip", "私有", "隐私"), True
)
_HELD_BACK |= dict.fromkeys(("visible", "public", "listed", "公开", "可见"), False)
_UNFINISHED = {"draft", "wip", "unpublished", "hidden", "private", "草稿", "未完成", "未发布"}


def is_held_back(key: str, value: object) -> bool:
    """Whether another program would keep the page back for this: `hidden: true`, `status: draft`.

    Here it means nothing, and the page is published.
    """
    flat = _flat(key)
    if flat in _HELD_BACK:
        return coerce(Kind.FLAG, value) is _HELD_BACK[flat]
    return known_key(key) == "status" and str(value).strip().casefold() in _UNFINISHED


def _text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | date):
        return str(value)
    return None


def _words(value: object) -> list[str] | None:
    """Names or tags from a list, or from one text with separators between them."""
    if (text := _text(value)) is not None:
        return [word for word in _NAME_SEPARATORS.split(text.strip()) if word]
    if isinstance(value, list):
        given = [item for item in value if item is not None and item != ""]
        words = [_text(item.get("name") if isinstance(item, dict) else item) for item in given]
        if None in words:
            return None
        return [word.strip() for word in words if word and word.strip()]
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return [value["name"]]
    return None


def coerce(kind: Kind, value: object) -> object | None:
    """The value in the key's own type; None where no single reading is possible."""
    if kind is Kind.TEXT:
        return _text(value)
    if kind is Kind.WORD:
        # The theme makes it part of a class.
        text = _text(value)
        return None if text is None else re.sub(r"[^\w-]+", "-", text).strip("-")
    if kind is Kind.DATE:
        return parse_date(value)
    if kind is Kind.NAMES:
        return _words(value)
    if kind is Kind.TAGS:
        if isinstance(value, str) and not _NAME_SEPARATORS.search(value):
            words: list[str] | None = value.split()
        else:
            words = _words(value)
        return None if words is None else [tag for word in words for tag in _tags(word)]
    if kind is Kind.HIDE:
        words = _words(value.split() if isinstance(value, str) and "," not in value else value)
        parts = [_HIDE_BY_SPELLING.get(_flat(word)) for word in words or []]
        return None if words is None or None in parts else parts
    if kind is Kind.SEARCH:
        if isinstance(value, dict):
            return _search(value)
        return {"exclude": not value} if isinstance(value, bool) else None
    if kind is Kind.ADDRESSES:
        listed = value if isinstance(value, list) else [value]
        # A year is an address as well: `aliases: 2024`; a slash separates nothing here.
        plain = all(isinstance(item, str | int) and not isinstance(item, bool) for item in listed)
        return [str(item) for item in listed if item != ""] if plain else None
    return _flag(value)


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    flags = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
    return flags.get(value.strip().lower()) if isinstance(value, str) else None


def _search(options: dict[object, object]) -> dict[str, object] | None:
    """What search understands; None where it would not know what to do."""
    read: dict[str, object] = {}
    for key, value in options.items():
        good = _flag(value) if key == "exclude" else _factor(value) if key == "boost" else None
        if good is None:
            return None
        read[str(key)] = good
    return read


def _factor(value: object) -> float | None:
    """A positive number within reason: it multiplies a page's score, in JavaScript."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        factor = float(value)
    except (ValueError, OverflowError):
        return None
    return factor if 0 < factor <= MOST_BOOST else None


def search_option(key: str) -> str | None:
    """`boost` for the key `search.boost`, as Material's own documentation names it."""
    found = re.fullmatch(r"search\s*[.．]\s*(boost|exclude)", key.strip().casefold())
    return found[1] if found else None


def _tags(word: str) -> list[str]:
    """`#a#b` is two tags, `C#` and `#C#` are one."""
    if not word.startswith("#"):
        return [word]
    return [tag for tag in re.split(r"(?<![A-Za-z])#|#(?=.)", word) if tag]


def is_attempt(value: object) -> bool:
    """Whether somebody meant a day, even though there is none like it."""
    return isinstance(value, str) and bool(re.search(r"\d{4}\s*[-./年]|\d\s*[月/]\s*\d", value))


def dates_of(value: object) -> dict[str, date]:
    """The days in `{created: …, updated: …}` by our names; empty where one cannot be read."""
    if not isinstance(value, dict):
        return {}
    found: dict[str, date] = {}
    for key, item in value.items():
        name, day = known_key(str(key)), parse_date(item)
        if name is None or KEYS[name] is not Kind.DATE or day is None:
            return {}
        found[name] = day
    return found
