"""What GitHub shows of a page, by GitHub's own renderer, cmark-gfm; the reference of fidelity.

`structure` turns rendered HTML into events: headings by level, list items by depth and number,
tables with their alignment, code, pictures with their addresses and texts, links with theirs,
emphasis, quotations, rules, notes, boxes, breaks and all text. Two renderings that yield the same
events show a reader the same page.

Where this project shows something else on purpose, `DEVIATIONS` has its name, its reason, and how
to say in GitHub's words what is shown instead; such a page is counted apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from itertools import chain, combinations, pairwise
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options
from markdown_it import MarkdownIt
from markdown_it.token import Token

from docskit.dialect import PICTURE, is_cjk, is_slip, is_unknown, media_kind, spaced_tag
from docskit.dialect import TAG as GLUED_TAG

_OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_COMMONMARK = MarkdownIt("commonmark")
_EXTENSIONS = ["table", "autolink", "tagfilter", "strikethrough", "tasklist"]
# Characters that no author writes, which stand for what GitHub's renderer has no word for.
LETTER, FORMULA, MARK = "\ue000", "\ue001", "\ue002"
# The same, and punctuation.
STOP = "\u2042"
_NOBODYS = str.maketrans("", "", LETTER + STOP)
# What nobody wrote, or each renderer puts where it likes.
_APART = {
    "admonition-title",
    "headerlink",
    "filename",
    "tabbed-labels",
    "toc",
    "footnote-backref",
    "task-list-control",
}
_BLOCKS = re.compile(
    "p|h[1-6]|li|td|th|tr|blockquote|table|ul|ol|div|details|summary|section|center|dl|dt|dd"
    "|figure|figcaption|article|header|footer|form|fieldset|address|main|nav|aside"
)
_BOXES = {"admonition", "tabbed-block"}
_SPACE = re.compile(r"\s+")
_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_CONTROL = re.compile("[\u200b\ufeff]")
_NUMBERED_CODE = re.compile(
    r'<table class="highlighttable">.*?<td class="code">(.*?)</td></tr></table>', re.DOTALL
)
_BREAK = re.compile(r"<br />\n[ \t]+")
# Each renderer names the anchors of notes in its own way.
_NOTE = re.compile("#fn(?:ref)?[-:0-9]")


def github_html(text: str) -> str:
    """`text` as GitHub's renderer writes it."""
    rendered: str = cmarkgfm.markdown_to_html_with_extensions(text, _OPTIONS, _EXTENSIONS)
    # Spaces that begin a line are nothing to CommonMark; its renderer keeps some behind `\\`.
    return _BREAK.sub("<br />\n", rendered)


def _address(raw: str) -> str:
    return unquote(unquote(raw.replace("%25", "%"))).translate(_NOBODYS).replace("\\", "/").strip()


@dataclass
class _Structure(HTMLParser):
    events: list[str] = field(default_factory=list)
    # Of each list that is open, the number before that of its next item; None for bullets.
    lists: list[int | None] = field(default_factory=list)
    code: int = 0
    ignored: int = 0
    notes: bool = False
    strong: int = 0
    box_title: bool = False
    formula: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text: list[str] = []
        # What the next text begins, a paragraph or a line; forgotten if there is none in it.
        self._begun = ""

    def _flush(self) -> None:
        text = _CONTROL.sub("", "".join(self._text)).translate(_NOBODYS)
        text = _BESIDE_HAN.sub("", _SPACE.sub(" ", text))
        self._text = []
        if text.strip():
            self.events += [*filter(None, [self._begun]), f"text {text}"]
            self._begun = ""

    def _event(self, event: str) -> None:
        self._flush()
        self.events.append(event)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = set(values.get("class", "").split())
        if self.formula:
            return
        if "twemoji" in classes:
            self._text.append(values.get("title", ""))
        if tag == "summary" and self.box_title:
            self.box_title = False
            self.ignored += 1
            return
        if self.ignored or classes & {"twemoji", *_APART} or tag in {"style", "script"}:
            if tag == "input":
                self._checkbox(values)
            self.ignored += tag not in {"br", "img", "input", "hr"}
            return
        if tag == "input":
            self._checkbox(values)
            return
        if "arithmatex" in classes:
            if tag == "div":
                self._flush()
                self._begun = "" if self.lists else "paragraph"
            self._text.append(FORMULA)
            self.formula = tag
            if tag == "div":
                self._flush()
            return
        if tag == "pre":
            self._flush()
            self._begun = ""
            self.code += 1
        if self.code:
            return
        if tag in {"ul", "ol"}:
            self._flush()
            start = values.get("start", "")
            first = int(start) if start.isdecimal() else 1
            self.lists.append(first - 1 if tag == "ol" else None)
        if classes & {"footnote", "footnotes"} and tag in {"div", "section"}:
            self._event("notes")
            self.notes = True
        elif tag == "sup" and ("footnote-ref" in classes or values.get("id", "")[:5] == "fnref"):
            self._event("note")
        elif "footnote-ref" in classes:
            return
        elif re.fullmatch("h[1-6]|blockquote|table|tr|hr", tag):
            if tag == "hr" and self.notes:
                return
            self._event(tag)
        elif classes & _BOXES or (tag == "details" and classes):
            self._event("blockquote")
            self.box_title = tag == "details"
        elif tag in {"td", "th"}:
            aligned = re.search(r"text-align:\s*(\w+)", values.get("style", ""))
            self._event(f"cell {aligned[1] if aligned else values.get('align', '')}")
        elif tag == "li":
            self._flush()
            number = ""
            if self.lists and self.lists[-1] is not None:
                self.lists[-1] += 1
                number = f" {self.lists[-1]}."
            self.events.append(f"item {len(self.lists)}{number}")
        elif tag == "img" or (tag in {"video", "audio"} and "src" in values):
            alt = _SPACE.sub("", values.get("alt") or values.get("aria-label", ""))
            alt = alt.translate(_NOBODYS)
            self._event(f"image {_address(values.get('src', ''))} {alt}")
        elif tag == "mark":
            self._text.append(MARK)
        elif tag in {"strong", "b", "em", "i", "del", "s", "code", "kbd", "sub", "sup"}:
            name = {"b": "strong", "i": "em", "s": "del"}.get(tag, tag)
            self._flush()
            if tag == "strong":
                # cmark-gfm writes no strong inside of strong.
                self.strong += 1
            if tag != "strong" or self.strong == 1:
                self.events.append(name)
        elif tag == "a":
            if "href" in values and not _NOTE.match(values["href"]):
                self._event(f"a {_address(values['href'])}")
        elif tag == "br":
            self._flush()
            if self.events and self.events[-1].startswith("text "):
                self._begun = "line"
        elif _BLOCKS.fullmatch(tag):
            self._flush()
            if tag in {"p", "dt", "dd"} and not self.lists:
                self._begun = "paragraph"

    def _checkbox(self, values: dict[str, str]) -> None:
        # In quotations cmark-gfm leaves boxes as they were typed, which GitHub does not.
        if values.get("type") == "checkbox" and not self.code:
            self._text.append("[x] " if "checked" in values else "[ ] ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.formula:
            self.formula = "" if tag == self.formula else self.formula
            return
        if self.ignored:
            self.ignored -= 1
            return
        if tag == "pre" and self.code:
            self.code -= 1
            code = "".join(self._text).translate(_NOBODYS).strip("\n")
            self._text = []
            self.events.append("code " + "\n".join(line.rstrip() for line in code.split("\n")))
            return
        if self.code:
            return
        if tag in {"ul", "ol"} and self.lists:
            self._flush()
            self.lists.pop()
        if tag == "mark":
            self._text.append(MARK)
        if tag == "strong":
            self.strong = max(0, self.strong - 1)
        if tag in {"strong", "b", "em", "i", "a", "del", "s", "code", "kbd", "sub", "sup"}:
            self._flush()
        elif _BLOCKS.fullmatch(tag):
            self._flush()
            self._begun = ""

    def handle_data(self, data: str) -> None:
        if not self.ignored and not self.formula:
            self._text.append(data)


def structure(rendered: str) -> list[str]:
    """The events of `rendered`; text that touches is one event."""
    parser = _Structure()
    parser.feed(_NUMBERED_CODE.sub(r"\1", rendered))
    parser.close()
    parser._flush()
    joined: list[str] = []
    for event in parser.events:
        if event.startswith("text ") and joined and joined[-1].startswith("text "):
            joined[-1] += event[5:]
        else:
            joined.append(event)
    # A note's number and the space before a tag are the renderer's own.
    return [
        f"text {_BESIDE_HAN.sub('', event[5:]).strip()}" if event.startswith("text ") else event
        for event in joined
    ]


def first_difference(ours: list[str], theirs: list[str]) -> str | None:
    """The first event that is not the same, theirs before ours, or None."""
    for one, other in zip([*ours, "end"], [*theirs, "end"], strict=False):
        if one != other:
            return f"{other[:400]!r} → {one[:400]!r}"
    return None


def lost_characters(ours: list[str], theirs: list[str]) -> int:
    """How many characters of the reference are nowhere in ours, spaces not counted."""

    def characters(events: list[str]) -> Counter[str]:
        shown = (event[5:] for event in events if event.startswith(("text ", "code ")))
        return Counter("".join("".join(shown).split()))

    return sum((characters(theirs) - characters(ours)).values())


# -- deliberate deviations -----------------------------------------------------------------------

_CODE = (
    r"(?s:(?<![`\\])(?P<tick>`+)(?!`)"
    r"(?:(?!\n[ \t]*(?:\n|[-+*>#|]|\d+[.)])).)+?(?<!`)(?P=tick)(?!`))"
)
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})[ \t]*\Z")
_PLACED_CODE = re.compile(
    r'<pre data-sourcepos="(\d+):[^>]*>(?:<code[^>]*>)?(?P<code>.*?)</code></pre>', re.DOTALL
)


@lru_cache(maxsize=64)
def _parts(text: str) -> list[tuple[bool | None, str]]:
    """`text` in pieces: blocks of code (True), raw HTML (None), and what is neither (False)."""
    rendered = cmarkgfm.markdown_to_html_with_extensions(
        text, _OPTIONS | Options.CMARK_OPT_SOURCEPOS, _EXTENSIONS
    )
    lines = text.split("\n")
    tokens: list[Token] = []
    _COMMONMARK.block.parse(text + "\n", _COMMONMARK, {}, tokens)
    maps = [(token.type, token.map[0], token.map[1]) for token in tokens if token.map]
    ends = {start: end for kind, start, end in maps if kind == "fence"}
    indented = {start for kind, start, _ in maps if kind == "code_block"}
    places: list[tuple[int, int]] = []
    for place in _PLACED_CODE.finditer(rendered):
        start = int(place[1]) - 1
        # Where a fence ends, its renderer says only roughly; the other parser knows no notes.
        end = start + place["code"].count("\n")
        if start in ends:
            end = ends[start]
        elif start not in indented and re.search("```|~~~", lines[start]):
            end += 1
            end += end < len(lines) and bool(_FENCE.match(lines[end]))
        places.append((start, end))
    # It says nothing of raw HTML.
    html = [(start, end) for kind, start, end in maps if kind == "html_block"]
    parts: list[tuple[bool | None, str]] = []
    done = 0
    blocks = sorted({*places, *html})
    for (start, end), (following, _) in pairwise([*blocks, (len(lines), 0)]):
        if start < done:
            continue
        is_html = (start, end) in html
        end = min(end, following)
        if start > done:
            parts.append((False, "\n".join(lines[done:start])))
        parts.append((None if is_html else True, "\n".join(lines[start:end])))
        done = end
    if done < len(lines):
        parts.append((False, "\n".join(lines[done:])))
    return parts


def _outside(rewrite: Callable[[str], str], in_html: bool = False) -> Callable[[str], str]:
    """`rewrite`, on what stands outside of blocks of code and raw HTML."""

    def outside(text: str) -> str:
        return "\n".join(
            rewrite(part) if code is False or (code is None and in_html) else part
            for code, part in _parts(text)
        )

    return outside


def _outside_code(
    pattern: str, change: Callable[[re.Match[str]], str], in_html: bool = False
) -> Callable[[str], str]:
    compiled = re.compile(f"{_CODE}|(?P<found>{pattern})")

    def rewrite(text: str) -> str:
        return compiled.sub(
            lambda found: found[0] if found["found"] is None else change(found), text
        )

    return _outside(rewrite, in_html)


def _nothing(_: re.Match[str]) -> str:
    return ""


_RUN = re.compile(r"(?<!\\)([*_~])\1*")


def _letters_beside_han(text: str, signs: str) -> str:
    parts, done = [], 0
    for run in _RUN.finditer(text):
        if run[1] not in signs:
            continue
        before = text[run.start() - 1] if run.start() else " "
        after = text[run.end()] if run.end() < len(text) else " "
        if run[0] == "*" and after == ".":
            continue
        if not (is_cjk(before) or is_cjk(after)) or (before.isspace() and after.isspace()):
            continue
        parts.append(text[done : run.start()])
        lead = LETTER if not before.isalnum() and not before.isspace() else ""
        trail = LETTER if not after.isalnum() and not after.isspace() else ""
        lead, trail = lead * (before not in "*_~"), trail * (after not in "*_~")
        # `字**_a_**字`: another run is punctuation, on whose other side some has to stand.
        if after in "*_~" and is_cjk(before):
            lead = STOP
        if before in "*_~" and is_cjk(after):
            trail = STOP
        if run[1] == "_":
            # Between letters it is none.
            lead = lead if is_cjk(after) and not after.isalnum() and not is_cjk(before) else ""
            trail = trail if is_cjk(before) and not before.isalnum() and not is_cjk(after) else ""
        parts.append(f"{lead}{run[0]}{trail}")
        done = run.end()
    return "".join(parts) + text[done:]


def _plain_lines(text: str) -> list[bool]:
    plain: list[bool] = []
    for code, part in _parts(text):
        plain += [code is False] * (part.count("\n") + 1)
    return plain


def _boxes(text: str) -> str:
    """`!!!`, `???`, `===` and `:::` as quotations."""
    opens = re.compile(r"([ >]*?)( *)(?:!!!|\?\?\?\+?|===[!+]*(?= \"))[ \t]+[a-zA-Z\"“].*$")
    fenced = re.compile(r"( *)(:{3,})[ \t]*[\w{-].*$")
    for _ in range(8):
        if "!!!" not in text and "???" not in text and "===" not in text and ":::" not in text:
            break
        lines, written, index, again = text.split("\n"), [], 0, False
        plain = _plain_lines(text)
        while index < len(lines):
            line = lines[index]
            box = opens.match(line) if plain[index] else None
            colons = fenced.match(line) if plain[index] else None
            if not box and not colons:
                written.append(line)
                index += 1
                continue
            again = True
            index += 1
            body: list[str] = []
            if box:
                prefix, inner = box[1] + box[2], f"{box[1]}{box[2]}    "
                while index < len(lines) and (
                    lines[index].startswith(inner) or not lines[index].strip(" >")
                ):
                    body.append(lines[index][len(inner) :])
                    index += 1
                # Indented too little, and meant all the same.
                is_short = not body
                while is_short and index < len(lines) and lines[index].strip(" >"):
                    body.append(lines[index].removeprefix(prefix))
                    index += 1
            else:
                prefix, depth = colons[1] if colons else "", 1
                while index < len(lines):
                    depth += bool(fenced.match(lines[index]))
                    # `> :::` closes a box too: a formatter took the line into the quotation.
                    depth -= bool(re.fullmatch(r" *(?:> ?)?:{3,} *", lines[index]))
                    index += 1
                    if not depth:
                        break
                    body.append(lines[index - 1].removeprefix(prefix))
            written += ["", *(f"{prefix}> {line}" for line in body), prefix.rstrip(" "), ""]
        text = "\n".join(written)
        if not again:
            break
    return text


_FORMULAS = re.compile(
    rf"{_CODE}|(?P<block>^(?P<lead>[ \t>]*)\$\$(?:(?!\$\$)(?!\n[ \t]*\n).|\n)+?\$\$[ \t]*$)"
    r"|(?P<inline>(?<![\\$])\$\$(?!\$)[^$\n]+?\$\$(?!\$)"
    r"|(?<![\\$])\$(?![\s$])(?:\\.|[^$\\`\n]|\n(?!\s*\n))*?(?<![\s\\])\$(?![\d$]))",
    re.MULTILINE | re.DOTALL,
)


def _formulas(text: str) -> str:
    def change(found: re.Match[str]) -> str:
        if found["block"]:
            return f"\n{found['lead']}{FORMULA}\n"
        return FORMULA if found["inline"] else found[0]

    return _FORMULAS.sub(change, text)


_SVG = re.compile(r"(?ms:^[ \t>]*<svg[\s>](?:(?!</svg>).)*</svg>)")
_ROW_CODE = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")


def _pipes_in_code(text: str) -> str:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.lstrip(" >").startswith("|") and "`" in line:
            lines[number] = _ROW_CODE.sub(lambda code: re.sub(r"(?<!\\)\|", r"\\|", code[0]), line)
    return "\n".join(lines)


_ADDRESS_END = "“”‘’（），。；：！？、《》【】…"
_HAN = r"\u3400-\u9fff\uf900-\ufaff"


def _is_text(found: re.Match[str]) -> bool:
    """Whether an unknown tag stands in a sentence, and is no destination of a link."""
    before = found.string[max(0, found.start() - 3) : found.start()]
    after = found.string[found.end() : found.end() + 2]
    is_link = before.endswith("](") and re.match(r"\)|[ \n][\"'(]", after) is not None
    is_definition = before.endswith("]: ") and found.string.rfind("[", 0, found.start()) >= 0
    if found[0].endswith("::"):
        return True
    return is_unknown(found[0]) and not is_link and not is_definition


_BEGINS_LINE = re.compile(
    rf"(?:\n|^)(?P<quote>[ \t>]*)"
    rf"(?P<sign>(?=\n)|[-+*|][ \t]|#+(?=[ \t{_HAN}])|\d+[.)][ \t])?|(?<!\\)(?P<pipe>\|)"
)
_BRACKET = re.compile(r"\\.|`+[^`]*`+|[\[\]]", re.DOTALL)


def _is_in_bracket(text: str, position: int) -> bool:
    """Whether a bracket is open there: GitHub looks for no address in it."""
    depth = 0
    begin = 0
    quotes = 0
    for line in _BEGINS_LINE.finditer(text, 0, position):
        deeper = line["pipe"] is None and line["quote"].count(">") > quotes
        if line["pipe"] or line["sign"] is not None or deeper:
            begin = line.end()
        if line["pipe"] is None:
            quotes = line["quote"].count(">")
    for bracket in _BRACKET.finditer(text, begin, position):
        depth = max(0, depth + {"[": 1, "]": -1}.get(bracket[0], 0))
    return depth > 0


def _address_beside_han(found: re.Match[str]) -> str:
    text = re.sub(r"[?!.,:*_~'\"]+$", "", found[0])
    while text.endswith(")") and text.count("(") < text.count(")"):
        text = re.sub(r"[?!.,:*_~'\"]+$", "", text[:-1])
    before = found.string[found.start() - 1 : found.start()]
    after = found.string[found.end() : found.end() + 1]
    if not (before and is_cjk(before)) and not (after and after in _ADDRESS_END):
        return found[0]
    if text[:4] == "www." and not (before in "\n \t*_~(" or is_cjk(before)):
        return found[0]
    host = re.match(r"(?:https?://|ftp://)?([^/?#:]*)", text)
    if host and any("_" in label for label in host[1].split(".")[-2:]):
        return found[0]
    if _is_in_bracket(found.string, found.start()):
        return found[0]
    # Raw HTML, in which no sign is taken for Markdown.
    shown = re.sub(r"[^\w.]", lambda sign: f"&#{ord(sign[0])};", text).replace("_", "&#95;")
    address = re.sub("^www", "http://www", text).replace("&", "&amp;").replace('"', "&quot;")
    return f'<a href="{address}">{shown}</a>{found[0][len(text) :]}'


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that is shown otherwise than on GitHub, on purpose.

    `rewrite` says in GitHub's words what is shown instead.
    """

    name: str
    reason: str
    rewrite: Callable[[str], str]


def _document(found: re.Match[str]) -> str:
    shown, target = found["shown"], found["target"]
    if media_kind(target) != "document":
        return found[0]
    return f"[{shown or unquote(target.rpartition('/')[2])}]({target})"


DEVIATIONS = (
    Deviation(
        "boxes",
        "`!!!`, `???`, `===` and `:::` are the boxes and tabs of Material, VuePress and Docusaurus",
        _boxes,
    ),
    Deviation(
        "callouts",
        "GitHub makes boxes of its alerts outside of cmark-gfm; Obsidian has more kinds of them",
        _outside_code(
            r"(?m:^(?:[ \t]*>)+[ \t]*\[!\w+\][-+]?[^\n]*$)",
            lambda found: found[0][: found[0].index("[!")],
        ),
    ),
    Deviation("formulas", "GitHub finds formulas outside of cmark-gfm", _outside(_formulas)),
    Deviation(
        "heading-without-space",
        "Typora shows `#标题` as a heading, and its author meant one",
        _outside_code(
            rf"(?m:^[ \t>]{{0,3}}#{{1,6}}(?=[{_HAN}])|^##+(?=\d+[.、．]))",
            lambda found: found[0] + " ",
        ),
    ),
    Deviation(
        "address-with-spaces",
        "Typora and VS Code show a picture whose name has a space; GitHub shows the Markdown",
        _outside_code(
            r"""\]\((?!\S+\s+["'(])(?!<)[^()<>\n]*[^()<>\s][ \t]+[^()<>\n]*\)""",
            lambda found: f"](<{found[0][2:-1]}>)",
        ),
    ),
    Deviation(
        "slips",
        "a picture or a tag whose author missed a sign, which GitHub shows as Markdown",
        _outside_code(
            rf"(?i:(?<!\\){PICTURE.pattern})|{GLUED_TAG.pattern}",
            lambda found: (
                spaced_tag(found[0])
                if found["address"] is None
                else f"![{found['alt']}](<{found['address'].strip()}>)"
                if is_slip(found)
                else found[0]
            ),
            in_html=True,
        ),
    ),
    Deviation(
        "documents",
        "`![](a.pdf)` is a link, where GitHub shows a broken picture",
        _outside_code(
            r"!\[(?P<shown>[^\[\]\n]*)\]\((?P<target>[^()\s]+)\)",
            _document,
        ),
    ),
    Deviation(
        "pipe-in-code",
        "a pipe in the code of a table's cell, where GitHub splits the cell and drops the last",
        _outside(_pipes_in_code),
    ),
    Deviation(
        "address-beside-han",
        "an address may follow Han, and ends at Chinese punctuation, which is never part of it",
        _outside_code(
            rf"(?<![A-Za-z<\"'=\[/`])(?<!\]\()(?:https?://|ftp://|www\.)[^\s<{_ADDRESS_END}]*",
            lambda found: _address_beside_han(found),
        ),
    ),
    Deviation(
        "address-in-link",
        "a link holds no other link; GitHub's renderer puts one into a raw `<a>`",
        _outside_code(
            r"(?s:<a(?=[\s>])[^<>]*>(?:(?!</a>|\n[ \t]*\n).)*)",
            lambda found: re.sub(
                r"(?<!\])(?<=[^\W_])(?::(?=//)|@)|(?<=www)\.",
                lambda sign: f"&#{ord(sign[0])};",
                found[0][found[0].index(">") :],
            ).join([found[0][: found[0].index(">")], ""]),
        ),
    ),
    Deviation(
        "unknown-tags",
        "`List<String>` is shown; browsers show nothing of a tag that they do not know",
        _outside_code(
            r"(?<!\\)</?[A-Za-z][A-Za-z0-9]*(?:(?:\s[^<>=]*)?/?>|::)",
            lambda found: f"&lt;{found[0][1:]}" if _is_text(found) else found[0],
            in_html=True,
        ),
    ),
    Deviation(
        "attributes",
        "`{width=50%}`, `{#id}` and `{.class}` are Python-Markdown's and pandoc's attributes",
        _outside_code(r"(?:(?<=[\])*`])|[ ]+)\{:?[ ]?(?:[.#][\w-]|[\w-]+=)[^{}\n]*\}", _nothing),
    ),
    Deviation(
        "marks",
        "Typora and Obsidian mark what stands between `==`",
        _outside_code(
            r"(?a:(?<![=\w)\]]))==(?=[^\s=])(?s:(?!==|\n\s*\n).)+?(?<=\S)==(?a:(?![=\w]))",
            lambda found: f"{MARK}{found[0][2:-2]}{MARK}",
        ),
    ),
    Deviation(
        "single-tilde",
        "`5~10 天，3~5 天` is nothing struck out",
        _outside_code(r"(?<![~\\])~(?!~)", lambda _: r"\~"),
    ),
    Deviation(
        "wiki-links",
        "`[[page]]` and `![[picture]]` are Obsidian's",
        _outside_code(r"!?\[\[[^\[\]\n]+\]\]", lambda found: _obsidian(found[0])),
    ),
    Deviation(
        "contents",
        "`[TOC]` is replaced by the list of headings",
        _outside_code(r"(?mi:^[ \t]*(?:@?\[toc\](?:\([^)\n]*\))?|\[\[toc\]\])[ \t]*$)", _nothing),
    ),
    Deviation(
        "abbreviations",
        "`*[HTML]: …` explains an abbreviation",
        _outside_code(r"(?m:^\*\[[^\]\n]+\]:.*$)", _nothing),
    ),
    Deviation(
        "definitions",
        "`:   …` below a term is its definition",
        _outside_code(
            r"(?m:^[ \t>]*:[ ]{1,3}(?=\S))",
            lambda found: f"{found[0].partition(':')[0]}\n{found[0].partition(':')[0]}",
        ),
    ),
    Deviation(
        "comments",
        "`%%…%%` is Obsidian's comment",
        _outside_code(r"(?<!%)%%(?!%)(?:(?!%%|\n\s*\n)(?:.|\n))+?%%(?!%)", _nothing),
    ),
    Deviation(
        "whole-raw-elements",
        "a complete style, script or frame does what it says; GitHub shows its source",
        _outside_code(
            r"(?si:<(?P<raw>style|script|iframe)\b[^<>]*>.*?</(?P=raw)\s*>)", _nothing, True
        ),
    ),
    Deviation(
        "drawings",
        "an `<svg>` may have empty lines in it, where GitHub reads Markdown",
        lambda text: _SVG.sub(lambda found: re.sub(r"\n[ \t>]*(?=\n)", "", found[0]), text),
    ),
    Deviation(
        "swallowing-tags",
        "`<select>` that is spoken of is shown; browsers hide what follows it",
        _outside_code(
            r"<(?i:(?P<swallow>select|template|noscript)\b)(?![^<>]*>(?s:.)*?</(?P=swallow))",
            lambda found: f"&lt;{found[0][1:]}",
        ),
    ),
    Deviation(
        "emphasis-beside-han",
        "`**注意：**请先` is bold, by the rule of markdown-cjk-friendly",
        _outside(lambda text: _letters_beside_han(text, "*~")),
    ),
    Deviation(
        "underscores-beside-han",
        "the same of `_`",
        _outside(lambda text: _letters_beside_han(text, "_")),
    ),
    Deviation(
        "unpaired-backticks",
        "one without a partner makes GitHub's renderer miss pairs behind it, against CommonMark",
        _outside_code(r"(?<![`\\])`+(?!`)", lambda found: r"\`" * len(found[0])),
    ),
)


def _obsidian(text: str) -> str:
    inner = text.lstrip("!").strip("[]")
    path, _, shown = inner.partition("|")
    page, _, anchor = path.partition("#")
    if text.startswith("!") and re.search(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", path, re.I):
        return f"![{'' if re.fullmatch(r'[0-9x]+', shown) else shown}](<{path}>)"
    if text.isascii() and not anchor and not shown:
        return text
    name = page if not page or re.search(r"\.\w{1,5}$", page) else f"{page}.md"
    return f"[{shown or page or anchor}](<{name}{'#' * bool(anchor)}{anchor}>)"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a page differs from what GitHub shows: not at all, on purpose, or by mistake.

    `deviations` are the names of those that account for all of the difference; `difference` is
    the first event that none accounts for; `lost` counts characters of the page that are missing.
    """

    difference: str | None
    deviations: tuple[str, ...]
    lost: int


def compare(text: str, rendered: str) -> Comparison:
    """Hold `rendered`, which was made of `text`, against what GitHub shows."""
    ours = structure(rendered)
    theirs = structure(github_html(text))
    difference = first_difference(ours, theirs)
    if difference is None:
        return Comparison(None, (), 0)
    used = [deviation for deviation in DEVIATIONS if deviation.rewrite(text) != text]

    def meant(deviations: list[Deviation]) -> list[str]:
        changed = text
        for deviation in deviations:
            changed = deviation.rewrite(changed)
        return structure(github_html(changed))

    expected = meant(used)
    left = first_difference(ours, expected)
    if left is not None:
        # Some deviations may have been taken for ones that the page does not have.
        for wrong in chain(combinations(used, 1), combinations(used, 2)):
            fewer = meant([other for other in used if other not in wrong])
            if first_difference(ours, fewer) is None:
                expected, left = fewer, None
                used = [other for other in used if other not in wrong]
                break
    if left is not None:
        # Where a deviation was rewritten badly, what GitHub shows itself is the measure.
        lost = min(lost_characters(ours, shown) for shown in (expected, meant([])))
        return Comparison(left, (), lost)
    for deviation in list(used):
        fewer_used = [other for other in used if other is not deviation]
        if first_difference(ours, meant(fewer_used)) is None:
            used = fewer_used
    return Comparison(None, tuple(deviation.name for deviation in used), 0)
