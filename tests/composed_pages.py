"""Pages composed at random from the habits of real authors: every construct inside each other.

`page(seed)` is the same page for the same seed. `smallest` takes from a page what it can while
the page still fails.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

WORDS = re.findall(
    r"\S+",
    """镜像 容器 你好 安装一下 这个文件 第3步 变量 运行时间 docker nginx hello
my_var_name x C++ C# v1.2 Node.js
2024年 i++ 重要的 说明""",
)
MARKS = [
    "，",
    "。",
    "：",
    "、",
    "；",
    "！",
    "（注）",
    "“引”",
    "《书》",
    "…",
    ", ",
    ". ",
    ": ",
    "! ",
]
ADDRESSES = re.findall(
    r"\S+",
    r"""a.md ./a/b.png ../c.md https://example.org/a?b=1&c=2 #节 a_b_c.png a*b.md a&amp;b.png
图片/截图.png /abs/x.png mailto:a@example.org b%20c.md x(1).png a\_b.md""",
)
INFOS = [
    "bash",
    "python",
    "py",
    "c++",
    "C#",
    "js",
    "go",
    "text",
    "yaml",
    "sh",
    "objective-c",
    ".py",
    "c++11",
    "python3",
    "shell=",
    "中文",
    "js|showLineNumbers",
    "diff|js",
    "sh|session",
    "ts|twoslash",
    'js|filename="x.js"',
    'python|a="b"',
    "python|3",
    "js{1,3-4}",
    "js|{1,3}",
    'py|title="a.py"',
    'py|hl_lines="1"',
    "ts:no-line-numbers",
    "{.python}",
    "{.java|.numberLines}",
    "java|run",
    "C|语言",
    "js|[app.js]",
    "plaintext|copy",
]
CODE = [
    "ls -la",
    "# 注释不是标题",
    "- 不是列表",
    "> 不是引用",
    "int main() { return 0; }",
    "",
    "    缩进",
    "\t制表",
    "<div>",
    "</div>",
    "**不粗**",
    "[a]: b",
    "$x$",
    "a < b && c > d",
    "&amp;",
    "---",
    "1. 不是",
    "",
    " a ",
    " b ",
    "",
]
INLINE_CODE = [
    "a",
    "a b",
    "*a*",
    "<div>",
    "[x](y)",
    "&lt;",
    "a\\",
    "$x$",
    "#! /bin/bash",
    "{x}",
    "==",
    "_x_",
]
TAGS = [
    ("<b>", "</b>"), ("<kbd>", "</kbd>"), ("<sup>", "</sup>"), ("<font color=red>", "</font>"),
    ("<span style=\"color:red\">", "</span>"), ("<a href=\"a.md\">", "</a>"), ("<u>", "</u>"),
]  # fmt: skip
WHOLE = [
    ("<div>", "</div>"), ("<div align=\"center\">", "</div>"), ("<details>", "</details>"),
    ("<center>", "</center>"), ("<details>\n<summary>点开</summary>", "</details>"),
    ("<p align=\"center\">", "</p>"), ("<section>", "</section>"),
    ("<blockquote>", "</blockquote>"),
    ("<table><tr><td>", "</td></tr></table>"), ("<!-- 注", "-->"),
    ("<h2 align=\"center\">", "</h2>"),
    ("<pre>", "</pre>"), ("<ul><li>", "</li></ul>"), ("<span>", "</span>"),
]  # fmt: skip
HTML_LINES = [
    "<img src=\"a.png\" width=\"50%\">", "<br>", "<br/>", "<hr>", "</div>", "</p>", "</center>",
    "<div>", "<a name=\"x\"></a>", "<!-- 注释 -->", "<p>", "<center><img src='a.png'></center>",
    "<div align=center><img src=\"b.png\"></div>", "<?php x ?>", "<b>行首</b>文字", "<details>",
]  # fmt: skip


# The kinds of span that are links, hold one, or have brackets.
_LINKS = {8, 9, 11, 12, 13, 16, 18, 20, 22}


class Composer:
    """Writes one page; `lines` are those of one block, without the prefix of what holds it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.notes: list[str] = []
        self.labels: list[str] = []
        self.in_link = 0

    def _of(self, values: list[str] | tuple[str, ...]) -> str:
        return self.random.choice(values)

    def _chance(self, percent: float) -> bool:
        return self.random.random() * 100 < percent

    # -- inline ---------------------------------------------------------------------------------

    def words(self) -> str:
        return self._of(["", " "]).join(self._of(WORDS) for _ in range(self.random.randint(1, 3)))

    def inline(self, depth: int = 0) -> str:
        """A stretch of text with whatever authors put into sentences."""
        parts = [self.words()]
        for _ in range(self.random.randint(0, 4 if depth < 2 else 1)):
            parts += [
                self._of(["", " ", "", " ", *MARKS]),
                self._span(depth),
                self._of(["", " ", "", " ", *MARKS]),
                self.words(),
            ]
        # A colon first in a line would define something.
        return re.sub(r"\n[:： ]+", "\n", "".join(parts).strip())

    def _span(self, depth: int) -> str:
        kind = self.random.randrange(26)
        is_link = kind in _LINKS
        if is_link and self.in_link:
            # GitHub's renderer and its specification do not agree on links in links.
            return self.words()
        self.in_link += is_link
        inner = self.inline(depth + 1) if depth < 2 else self.words()
        self.in_link -= is_link
        match kind:
            case 0 | 1:
                return f"**{inner}**"
            case 2:
                return f"*{inner}*"
            case 3:
                return self._of([f"__{inner}__", f"_{inner}_"])
            case 4:
                return f"~~{inner}~~"
            case 5:
                return f"***{inner}***"
            case 6 | 7:
                ticks = "`" * self.random.randint(1, 3)
                pad = self._of(["", "", " "])
                return f"{ticks}{pad}{self._of(INLINE_CODE)}{pad}{ticks}"
            case 8 | 9:
                return f"[{inner}]({self._destination()})"
            case 10:
                return f"![{self._of(['', '图', '图 1', 'a_b'])}]({self._destination()})"
            case 11:
                return self._reference(inner)
            case 12:
                return self._of(["<https://example.org/a_b>", "<a@example.org>", "<tel:10086>"])
            case 13:
                return self._of(
                    ["https://example.org/a_b_c", "http://example.org", "www.example.org/x",
                     "a@example.org", "https://example.org/?a=1&b=2", "https://example.org/(x)"]
                )  # fmt: skip
            case 14:
                return self._of(
                    ["&lt;", "&copy;", "&nbsp;", "&#35;", "&amp;lt;", "&unknown;", "&", "AT&T"]
                )
            case 15:
                return "\\" + self._of(list("*_`[]#<>&!\\$|~:{}()\"'+-.=字a "))
            case 16:
                start, end = self.random.choice(TAGS)
                return f"{start}{inner}{end}"
            case 17:
                return self._of(
                    [
                        "<br>",
                        "<br/>",
                        '<img src="a.png">',
                        "<!-- x -->",
                        "<b>",
                        "</b>",
                        "<a name='x'></a>",
                    ]
                )
            case 18:
                return self._of(
                    [
                        "List<String>",
                        "a < b",
                        "a<b>c",
                        "<model_name>",
                        "vector<int> x",
                        "输出到<script>中",
                        "<title>",
                    ]
                )
            case 19:
                return self._of(
                    [
                        "a_b_c",
                        "2*3*4",
                        "2 * 3",
                        "*.gz",
                        "**",
                        "_",
                        "__init__",
                        "a==1.0 b==2.0",
                        "x~y",
                        "5~10",
                    ]
                )
            case 20:
                return self._of(
                    ["{x}", "{a, b}", "{{ x }}", "[x]", "[x] y", "[[x]]", "()", "!", "![", "]("]
                )
            case 21:
                return self._of(
                    [
                        "$5",
                        "$HOME",
                        "100%",
                        "12:30:45",
                        "1:2:3",
                        "a:b:c",
                        "^2",
                        "@me",
                        "#1",
                        "C:\\a\\b",
                    ]
                )
            case 22:
                return self._note()
            case 23:
                return self._of(["  \n", "\\\n", "\n", "\n"])
            case 24:
                return self._of(["`", "'", '"', "--", "...", "::", "%%", "~~", "=="])
            case _:
                return inner

    def _destination(self) -> str:
        address = self._of(ADDRESSES)
        return self._of(
            [address, address, address, f'{address} "题"', f"{address} '题 \"x\"'", f"<{address}>",
             f"<image {self.random.randint(1, 9)}.png>", "<Docker 入门.md>", f"{address} (题)"]
        )  # fmt: skip

    def _reference(self, inner: str) -> str:
        label = f"ref{len(self.labels)}"
        self.labels.append(label)
        return self._of([f"[{inner}][{label}]", f"[{label}]", f"[{label}][]", f"![图][{label}]"])

    def _note(self) -> str:
        label = self._of(["1", "注", "a-b", "n2"]) + str(len(self.notes))
        self.notes.append(label)
        return f"[^{label}]"

    # -- blocks ---------------------------------------------------------------------------------

    def blocks(self, depth: int, most: int) -> list[str]:
        """Sibling blocks, with and without empty lines between them."""
        lines: list[str] = []
        for _ in range(self.random.randint(1, most)):
            if lines and not self._chance(25):
                lines += [""] * self._of((1, 1, 1, 2))  # type: ignore[arg-type, operator]
            lines += self.block(depth)
        return lines

    def block(self, depth: int) -> list[str]:
        choice = self.random.randrange(100)
        if choice < 26:
            return self._paragraph()
        if choice < 34:
            return self._heading()
        if choice < 45:
            return self._fence()
        if choice < 48:
            return [f"    {line}" for line in ["x = 1", *self.random.sample(CODE, 2)]]
        if choice < 56:
            return self._table()
        if choice < 64:
            return self._html(depth)
        if choice < 67:
            return [self._of(["---", "***", "* * *", "___", "----------", " ---"])]
        if depth >= 4:
            return self._paragraph()
        return self._list(depth) if choice < 90 else self._quote(depth)

    def _paragraph(self) -> list[str]:
        return "\n".join(self.inline() for _ in range(self.random.choice((1, 1, 1, 2, 3)))).split(
            "\n"
        )

    def _heading(self) -> list[str]:
        text = self.inline().replace("\n", " ")
        level = self.random.randint(1, 6)
        if self._chance(15):
            return [text, self._of(["===", "---", "-"])]
        # As in Typora, which wants no space behind the sign.
        space = "" if self._chance(10) else " "
        return [f"{'#' * level}{space}{text}{self._of(['', '', '', ' #', ' ##'])}"]

    def _fence(self) -> list[str]:
        fence = self._of(["```", "```", "```", "~~~", "````"])
        info = self._of(INFOS).replace("|", " ") if self._chance(75) else ""
        body = [self._of(CODE) for _ in range(self.random.randint(0, 4))]
        closing = [] if self._chance(2) else [fence]
        return [f"{fence}{self._of(['', '', ' '])}{info}".rstrip(), *body, *closing]

    def _table(self) -> list[str]:
        width = self.random.randint(1, 3)
        bar = self._of(["|", "|", ""]) if width > 1 else "|"

        def row(cells: list[str]) -> str:
            return f"{bar} {' | '.join(cells)} {bar}".strip()

        def cell() -> str:
            text = self.inline(1).replace("\n", " ").replace("|", "")
            return self._of([text, text, self._of(WORDS), "", "`a \\| b`", "a \\| b"])

        rule = row([self._of(["---", ":--", "--:", ":-:", "-"]) for _ in range(width)])
        if not rule.startswith("|") and rule.startswith("- "):
            rule = f"|{rule}"
        rows = [row([cell() for _ in range(width)]) for _ in range(self.random.randint(0, 3))]
        return [row([self._of(WORDS) for _ in range(width)]), rule, *rows]

    def _html(self, depth: int) -> list[str]:
        if self._chance(40):
            return [self._of(HTML_LINES)]
        start, end = self.random.choice(WHOLE)
        inner = self.blocks(depth + 1, 2) if depth < 3 else self._paragraph()
        gap = [""] if self._chance(65) else []
        return [*start.split("\n"), *gap, *inner, *gap, *([] if self._chance(8) else [end])]

    def _list(self, depth: int) -> list[str]:
        ordered = self._chance(40)
        marker = self._of([".", ".", ")"]) if ordered else self._of(["-", "-", "*", "+"])
        number = self.random.choice((1, 1, 1, 0, 3, 2019))
        after = " " * self.random.choice((1, 1, 1, 1, 2, 3, 4))
        loose = self._chance(30)
        own = self.random.choice((None, None, None, 2, 3, 4))
        lines: list[str] = []
        for _ in range(self.random.randint(1, 4)):
            head = f"{number}{marker}{after}" if ordered else f"{marker}{after}"
            number += 1
            plain = self._chance(70)
            inner = self._paragraph()[:1] if plain else self.block(depth + 1)
            if plain and self._chance(6):
                # Above anything else GitHub's renderer and GitHub differ.
                inner = [f"[{self._of([' ', 'x'])}] {self.words()}"]
            elif self._chance(35):
                inner += [*([""] if self._chance(40) else []), *self.blocks(depth + 1, 2)]
            prefix = " " * (len(head) if own is None else own)
            lines += [head + inner[0], *(prefix + line if line else "" for line in inner[1:])]
            if loose:
                lines.append("")
        return lines

    def _quote(self, depth: int) -> list[str]:
        lines = self.blocks(depth + 1, 3)
        # A tab behind the sign is spaces in part.
        sign = self._of(["> ", "> ", ">"]) if "\t" not in "".join(lines) else "> "
        quoted = [f"{sign}{line}".rstrip() for line in lines]
        if self._chance(10):
            quoted.append(self._of(WORDS))
        return quoted

    def page(self) -> str:
        lines = self.blocks(0, 5)
        for label in self.labels:
            address = self._of(["a.md", "<a b.md>", "https://example.org/ '题'", "<image 1.png>"])
            lines += ["", f"[{label}]: {address}"]
        for note in self.notes:
            lines += ["", f"[^{note}]: {self.inline(1)}".replace("\n", " ")]
            body = self.blocks(2, 2) if self._chance(10) else []
            if not any("\t" in line for line in body):
                lines += ["", *(f"    {line}".rstrip() for line in body)]
        return "\n".join(lines) + "\n"


FORMULAS = [
    r"x", r"\frac{a}{b}", r"\displaystyle{\Gamma^{\Omega}_{~\Omega}}", r"a_i * b_i * c", r"a<b",
    r"\sum_{n=1}^{\infty} x_n", r"\mathcal{O}(r^{-2})", r"W_{(Nh+m,\bar m)}", "x^2", "a:b:c",
    r"\text{甲乙}", r"\left[\frac1G\right]_{uu}", r"d(S)_{\rm q}", r"f'(x)_{a=1}",
    r"\begin{cases}1,&m=0\\0\end{cases}", r"|R_{\rm out}|^2", r"\psi_{\nu]\cdots}", r"\tag{2.3--4}",
]  # fmt: skip
KEYS = [
    "<leader>ww", "<leader>w<leader>t", "<C-w>", "<CR>", "<Esc>", "<你的名字>", "<name>", "<Tab>",
    "\\===>导航<===", "ctrl up/down", ":wq", ":%s/a/b/g", "{n=1}", "{A,B}", "{{ x }}", "{:toc}",
    "{width=50%}", "_a_{b=c}", "`gg`{x}", "*a*{.red}，{b}", "$HOME", "vim -p <file>...", "{.x}",
]  # fmt: skip
TRACES = [
    "[[页面]]", "[[页面#标题|文字]]", "![[图.png|300]]", "%% 批注 %%", "%%[甲](a.md)%%", "==标记==",
    "#标签/子", "^block-id", ":smile:", "[链接](a b.md)", "![](图 1.png)", "<br>", "[^没有]",
    "[[ -f x ]]", "[[代理服务器]](proxy server)", "<std::mutex>",
]  # fmt: skip


class NoteComposer(Composer):
    """Writes as in Obsidian and in notes about Vim: formulas, keys, callouts, traces of either."""

    def _span(self, depth: int) -> str:
        if self.in_link or self._chance(60):
            return super()._span(depth)
        latex = self._of(FORMULAS)
        return self._of(
            [f"${latex}$", f"${latex}$", f"$\\displaystyle{{{latex}}}$", f"$${latex}$$",
             f"\\({latex}\\)", f"\\[{latex}\\]", *[self._of(KEYS)] * 3, *[self._of(TRACES)] * 6]
        )  # fmt: skip

    def block(self, depth: int) -> list[str]:
        if self._chance(70):
            return super().block(depth)
        latex = self._of(FORMULAS)
        kind = self.random.randrange(11)
        if kind < 4:
            sentence = [self.inline().replace("\n", " ")] if self._chance(40) else []
            lines = ["$$", latex, *([self._of(FORMULAS)] if self._chance(50) else []), "$$"]
            lines = self.random.choice((lines, lines, [f"$$ {latex} $$"], [f"$${latex}", "$$"]))
            return [*sentence, *lines, *([self.inline()] if self._chance(20) else [])]
        if kind == 4:
            return ["\\[", latex, self._of(["=", "", "+"]), self._of(FORMULAS), "\\]"]
        if kind == 5:
            kind_of = self._of(["note", "tip", "warning", "abstract"])
            head = f"> [!{kind_of}]{self._of(['', '-', '+'])} {self.words()}"
            return [head, *(f"> {line}" for line in self._paragraph())]
        if kind == 6:
            return [
                self._of(["[TOC]", "[toc]", "[[toc]]", "@[TOC](目录)"]),
                *([""] * self._chance(90)),
            ]
        if kind == 7:
            return [
                "```" + self._of(["tikz", "math", "latex", "mermaid", "dataview"]),
                latex,
                "```",
            ]
        if kind == 8:
            return [self._of([f"#{self.words()}", "%%", "---", "<br>", "^block"])]
        if kind == 9:
            return [f"- [{self._of([' ', 'x', '-', '>'])}] {self.inline()}".replace("\n", " ")]
        return ["| 按键 | 说明 |", "|---|---|"] + [
            f"| {self._of(KEYS).replace('|', '')} | {self.words()} |"
            for _ in range(self.random.randint(1, 6))
        ]


def page(seed: int) -> str:
    """The page of this number."""
    return Composer(seed).page()


def notes(seed: int) -> str:
    """The page of notes of this number."""
    return NoteComposer(seed).page()


def smallest(text: str, fails: Callable[[str], bool]) -> str:
    """`text` without the lines, and then the characters, that `fails` can do without."""
    for split, join in ((str.splitlines, "\n"), (list, "")):
        parts: list[str] = split(text)
        size = max(1, len(parts) // 2)
        while size:
            start = 0
            while start < len(parts):
                fewer = parts[:start] + parts[start + size :]
                if fails(join.join(fewer)):
                    parts = fewer
                else:
                    start += size
            size //= 2
        text = join.join(parts)
    return text
