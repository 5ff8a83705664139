"""Whether a drafted section says what its original says, as far as a program can tell.

The bounds of length were measured on this site's own 509 translated paragraphs of twelve
letters and more: the letters of the English were 0.60 to 2.66 of what is expected below, half
of them 0.91 to 1.10, and all but three below 1.9.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from docskit.drafting.masking import HAN, kept_spans, prose
from docskit.messages import is_eastern, language
from docskit.reading import block_tokens, split_sections
from docskit.references import source_references, without_code
from docskit.translation import OFTEN, Term, says, term_uses, whole_word

HAN_LETTERS = 2.9
"""Latin letters that say what one Han character says."""
_SHORTEST, _LEAST, _MOST = 30, 0.5, 2.2
_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]+")
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[A-Za-z]{2,}")
_SENTENCE = 4
"""Latin words that are a sentence which is left, and no name."""
_LETTERS = {
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
}
_TAGS = re.compile(r"<!--(?:(?!<!--).)*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_SAID = re.compile(r"""\b(alt|title)\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE)
_BLOCKS = {
    "bullet_list": ("列表", "list"),
    "ordered_list": ("编号列表", "numbered list"),
    "list_item": ("列表项", "list item"),
    "table": ("表格", "table"),
    "tr": ("表格的行", "table row"),
    "th": ("表头的格", "table heading"),
    "td": ("表格的格", "table cell"),
    "fence": ("代码块", "code block"),
    "code_block": ("缩进的代码块", "indented code block"),
    "html_block": ("HTML 块", "block of HTML"),
    "blockquote": ("引用", "quote"),
    "hr": ("分隔线", "rule"),
    "paragraph": ("段落", "paragraph"),
}
_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a draft; `line` is 1-based in the section of the original."""

    line: int
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    line: int
    text: str


def _blocks(text: str) -> list[_Block]:
    tokens = block_tokens(text)[0]
    found = []
    line = 1
    for index, token in enumerate(tokens):
        if token.map:
            line = token.map[0] + 1
        if token.nesting >= 0 and token.type not in {"inline", "thead_open", "tbody_open"}:
            follows = tokens[index + 1] if index + 1 < len(tokens) else None
            words = follows.content if follows and follows.type == "inline" else ""
            name = token.type.removesuffix("_open")
            found.append(_Block(name, line, words))
    return found


def check(source: str, draft: str, locale: str) -> list[Complaint]:
    """What in `draft` is not as in the section `source` of the original, glossary apart."""
    found = list(_headings(source, draft))
    theirs, own = _blocks(source), _blocks(draft)
    found += _structure(theirs, own)
    found += _kept(source, draft)
    if not is_eastern(locale):
        found += _han(draft)
    if not found:
        found += _lengths(theirs, own, source, draft)
    if not found and is_eastern(locale):
        found += _untranslated(theirs, own, locale)
    return found


def _headings(source: str, draft: str) -> Iterator[Complaint]:
    theirs = [part.heading.level for part in split_sections(source) if part.heading]
    own = [part.heading.level for part in split_sections(draft) if part.heading]
    if theirs != own:
        zh = "、".join(f"{level} 级" for level in own) or "没有"
        said = ", ".join("#" * level for level in theirs) or "none"
        yield Complaint(
            1,
            f"标题应当和原文一样（原文 {'、'.join(f'{level} 级' for level in theirs) or '没有'}，"
            f"译文 {zh}）",
            f"the headings have to be of the same number and levels as in the source: {said}",
        )


def _structure(theirs: list[_Block], own: list[_Block]) -> Iterator[Complaint]:
    """Kinds of blocks that are more or fewer, else the first that stands elsewhere."""
    before, after = Counter(b.name for b in theirs), Counter(b.name for b in own)
    told = False
    # Where the two part ways.
    parted = (
        block.line
        for block, other in zip_longest(theirs, own)
        if block and (other is None or block.name != other.name)
    )
    line = next(parted, theirs[-1].line if theirs else 1)
    for name, (zh, en) in _BLOCKS.items():
        if before[name] != after[name]:
            told = True
            yield Complaint(
                line,
                f"{zh}：原文 {before[name]} 个，译文 {after[name]} 个",
                f"the source has {before[name]} × {en}, the translation {after[name]}",
            )
    if told:
        return
    for block, other in zip(theirs, own, strict=False):
        if block.name != other.name:
            zh, en = _BLOCKS.get(block.name, ("标题", "heading"))
            yield Complaint(
                block.line,
                f"这里应当是{zh}，译文的顺序或者层次不同",
                f"a {en} is expected here; blocks have to keep their order and nesting",
            )
            return


def _kept(source: str, draft: str) -> Iterator[Complaint]:
    """Code, links, pictures and HTML that are not as they were, or were not there."""
    for zh, en, find in (
        ("代码", "code", _code),
        ("链接或图片", "link or picture", _references),
        ("HTML 标签", "HTML tag", _tags),
    ):
        theirs, own = find(source), find(draft)
        before, after = (Counter(key for key, _, _ in found) for found in (theirs, own))
        gone, new = before - after, after - before
        for key, shown, line in dict.fromkeys(theirs):
            if gone.pop(key, 0):
                yield Complaint(line, f"{zh}“{shown}”不见了或者变了", f"{en} '{shown}' is not kept")
        for key, shown, _ in dict.fromkeys(own):
            if new.pop(key, 0):
                yield Complaint(
                    1, f"{zh}“{shown}”是原文没有的", f"{en} '{shown}' is not in the source"
                )


_Found = tuple[str, str, int]
"""What is compared, what is shown of it, and the 1-based line."""


def _found(key: str, shown: str, text: str, start: int) -> _Found:
    return key, " ".join(shown.split())[:_SHOWN], text.count("\n", 0, start) + 1


def _code(text: str) -> list[_Found]:
    blank = without_code(text)
    return [
        _found(
            "\n".join(line.rstrip() for line in text[start:end].split("\n")),
            text[start:end],
            text,
            start,
        )
        for start, end in kept_spans(text)
        if not blank[start:end].strip()
    ]


def _references(text: str) -> list[_Found]:
    return [
        _found(f"{reference.kind} {reference.value}", reference.value, text, reference.start)
        for reference in source_references(text)
    ]


def _tags(text: str) -> list[_Found]:
    return [
        _found(
            _SAID.sub(lambda said: f"{said.group(1).lower()}=", tag.group()),
            tag.group(),
            text,
            tag.start(),
        )
        for tag in _TAGS.finditer(without_code(text))
    ]


def _han(draft: str) -> Iterator[Complaint]:
    for number, line in enumerate(prose(draft).split("\n"), 1):
        found = _CJK.search(line)
        if found:
            shown = found.group()[:_SHOWN]
            yield Complaint(
                number,
                f"译文里还有中文或全角标点：“{shown}”",
                f"Chinese or full-width punctuation is left: '{shown}'",
            )


def _untranslated(theirs: list[_Block], own: list[_Block], locale: str) -> Iterator[Complaint]:
    """Paragraphs of an eastern language that have none of its letters, and are more than names."""
    letters = _LETTERS.get(language(locale), HAN)
    for before, after in zip(theirs, own, strict=True):
        words = prose(after.text)
        left = len(_WORD.findall(words)) >= _SENTENCE
        # Japanese has words of Han alone, and no sentences.
        left |= letters is not HAN and len(HAN.findall(words)) >= 2 * _SENTENCE
        if left and not letters.search(words):
            yield Complaint(
                before.line,
                f"这一段没有翻译：“{after.text[:_SHOWN]}”",
                f"this paragraph is not translated: '{after.text[:_SHOWN]}'",
            )


def _weight(text: str) -> float:
    """How much a text says, in Latin letters."""
    words = prose(text)
    han = len(HAN.findall(words)) + len(re.findall(r"[\u3040-\u30ff\uac00-\ud7af]", words))
    return HAN_LETTERS * han + len(re.findall(r"[^\W_\u3040-\uffff]", words))


def _lengths(
    theirs: list[_Block], own: list[_Block], source: str, draft: str
) -> Iterator[Complaint]:
    pairs = [(block.line, block.text, other.text) for block, other in zip(theirs, own, strict=True)]
    # What is indented below `!!!` is code to CommonMark: the whole is held as well.
    for line, before, after in [*pairs, (1, source, draft)]:
        expected, found = _weight(before), _weight(after)
        if expected and _LETTER.search(prose(before)) and not found:
            yield Complaint(line, "这一段没有译文", "this paragraph is left out")
        elif expected >= _SHORTEST and found < _LEAST * expected:
            yield Complaint(
                line,
                f"译文太短，像是漏译了（{found / expected:.0%}）：“{before[:_SHOWN]}”",
                f"too short, something is left out of the translation of '{before[:_SHOWN]}'",
            )
        elif expected and found > _MOST * max(expected, _SHORTEST):
            yield Complaint(
                line,
                f"译文太长，像是添了内容（{found / expected:.0%}）：“{before[:_SHOWN]}”",
                f"too long, something is added to the translation of '{before[:_SHOWN]}'",
            )


def terms_in(text: str, terms: Iterable[Term], locale: str = "zh") -> list[Term]:
    """The terms that the text's prose has, the longest first; `镜像层` is no `镜像`.

    `locale` is the text's, `zh` or `en`.
    """
    left = without_code(text)
    if language(locale) == "en":
        return [term for term in sorted(terms, key=lambda t: -len(t.en)) if says(left, term)]
    found = []
    for term in sorted(terms, key=lambda term: -len(term.zh)):
        if whole_word(term.zh).search(left):
            found.append(term)
        left = left.replace(term.zh, " ")
    return found


def check_terms(
    source: str, draft: str, page: str, terms: Iterable[Term], locale: str = "en"
) -> list[Complaint]:
    """Terms that a section is about, or that the page never says, and the draft does not use.

    A sentence may be turned so that a word falls away. `page` is the translation with the
    draft, and `locale` theirs: `en` for Chinese originals, `zh` for English ones.
    """
    if language(locale) == "zh":
        return _chinese_terms(source, draft, page, terms)
    left = without_code(source)
    found = []
    for term in sorted(terms, key=lambda term: -len(term.zh)):
        uses = list(whole_word(term.zh).finditer(left))
        if uses and not says(draft if len(uses) >= OFTEN else page, term):
            line = left[: uses[0].start()].count("\n") + 1
            found.append(
                Complaint(
                    line,
                    f"“{term.zh}”在术语表里译作“{term.en}”，译文没有用",
                    f"the glossary has '{term.en}' for '{term.zh}'",
                )
            )
        left = left.replace(term.zh, " " * len(term.zh))
    return found


def _chinese_terms(source: str, draft: str, page: str, terms: Iterable[Term]) -> list[Complaint]:
    """Of several Chinese words for one in English any will do: `image` is 镜像, and 图片 too."""
    left = without_code(source)
    words: dict[str, list[str]] = {}
    for term in terms:
        words.setdefault(term.en.lower(), []).extend(n for n in term.names if HAN.search(n))
    found = []
    for term in sorted(terms, key=lambda term: -len(term.en)):
        uses = [use for use in term_uses(left, term.en) if left[use[0] : use[1]].strip()]
        known = words[term.en.lower()]
        if (
            uses
            and known
            and not any(word in (draft if len(uses) >= OFTEN else page) for word in known)
        ):
            line = left[: uses[0][0]].count("\n") + 1
            found.append(
                Complaint(
                    line,
                    f"“{term.en}”在术语表里译作“{term.zh}”，译文没有用",
                    f"the glossary has '{term.zh}' for '{term.en}'",
                )
            )
        for start, end in uses:
            left = left[:start] + " " * (end - start) + left[end:]
    return found


def check_words(source: str, draft: str, locale: str) -> list[Complaint]:
    """What is wrong with the translation of one line of front matter."""
    if not draft.strip() or "\n" in draft.strip():
        return [Complaint(1, "应当正好是一行", "exactly one line is wanted")]
    found = list(_han(draft)) if not is_eastern(locale) else []
    expected, has = _weight(source), _weight(draft)
    if expected >= _SHORTEST and not _LEAST * expected <= has <= _MOST * expected:
        found.append(Complaint(1, "长短和原文相差太多", "its length differs too much"))
    return found
