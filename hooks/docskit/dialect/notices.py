"""What authors are told about their pages while they are converted."""

from __future__ import annotations

from dataclasses import dataclass, field

from docskit.dialect.slips import Slip
from docskit.messages import Problem, Severity


@dataclass(slots=True)
class Notices:
    """The problems of the page at the source URI `path`.

    `first_line` is the line of the author's file at which the text begins that is converted
    (1-based); the methods take 0-based lines of that text.
    """

    path: str = ""
    first_line: int = 1
    problems: set[Problem] = field(default_factory=set)

    def begin(self, path: str, first_line: int) -> None:
        """Start on another page."""
        self.path, self.first_line = path, first_line
        self.problems = set()

    def _add(self, line: int, code: str, severity: Severity, zh: str, en: str) -> None:
        self.problems.add(Problem(self.path, self.first_line + line, 1, code, severity, zh, en))

    def too_deep(self, line: int) -> None:
        """A list or quote has more levels than there can be."""
        self._add(
            line,
            "nesting-too-deep",
            Severity.WARNING,
            "从这里开始的列表、引用或标签套得太深，只能照原样显示；请减少层数",
            "the list, quote or tag that begins here is nested too deep and is shown as it was "
            "written; use fewer levels",
        )

    def emphasis_too_deep(self, line: int) -> None:
        """Emphasis stands in emphasis in emphasis."""
        self._add(
            line,
            "nesting-too-deep",
            Severity.WARNING,
            "这里的强调（*、_、~~、==）一层套一层，套得太深，里面的符号照原样显示；请减少层数",
            "emphasis is nested too deep here, and the signs further in are shown as they were "
            "written; use fewer levels",
        )

    def unclosed_fence(self, line: int, glued: int | None = None) -> None:
        """A fence has no end; on the line `glued` its end stands behind code."""
        if glued is not None:
            place = self.first_line + glued
            self._add(
                line,
                "fence-unclosed",
                Severity.WARNING,
                f"这个代码块没有结束，后面的内容都成了代码：第 {place} 行末尾的 ``` 要单独占一行",
                "this code block is never closed, so all that follows is code: the ``` at the end "
                f"of line {place} must stand on a line of its own",
            )
            return
        self._add(
            line,
            "fence-unclosed",
            Severity.WARNING,
            "这个代码块没有结束，后面的内容都成了代码；请在代码最后加一行 ```",
            "this code block is never closed, so all that follows is code; "
            "end it with a line of ```",
        )

    def unknown_tag(self, line: int, tag: str) -> None:
        """Something looks like a tag, and no browser knows it."""
        self._add(
            line,
            "unknown-tag",
            Severity.INFO,
            f"没有 '{tag}' 这种 HTML 标签，页面上照原样显示；是代码就写进反引号：`{tag}`",
            f"there is no HTML tag '{tag}', so it is shown as it was written; "
            f"put code between backticks: `{tag}`",
        )

    def undefined_note(self, line: int, label: str) -> None:
        """A footnote is referred to, and is nowhere."""
        is_note = label.isdecimal() or not label.isascii()
        self._add(
            line,
            "footnote-undefined",
            Severity.WARNING if is_note else Severity.HINT,
            f"脚注 '[^{label}]' 没有内容；请在页面末尾加一行 '[^{label}]: 内容'",
            f"the footnote '[^{label}]' has no text; add a line '[^{label}]: text' to the page",
        )

    def unused_note(self, line: int, label: str) -> None:
        """A footnote is there, and nothing refers to it."""
        self._add(
            line,
            "footnote-unused",
            Severity.WARNING,
            f"脚注 '[^{label}]' 在正文里没有用到；请在要注解的地方写上 '[^{label}]'，或者删掉它",
            f"nothing refers to the footnote '[^{label}]'; write '[^{label}]' where it belongs, "
            "or delete it",
        )

    def slip(self, line: int, slip: Slip) -> None:
        """Something was to be a picture, and is none as it was written."""
        written, read = " ".join(slip.written.split()), slip.read
        if read:
            self._add(
                line,
                "picture-slip",
                Severity.INFO,
                f"'{written}' 已当作 '{read}'；请改成 '{read}'",
                f"'{written}' was read as '{read}'; write '{read}'",
            )
            return
        label = written.rpartition("[")[2].rstrip("]")
        self._add(
            line,
            "picture-undefined",
            Severity.WARNING,
            f"图片 '{written}' 没有地址，页面上照原样显示；请写成 '![说明](文件名)'，"
            f"或者在页面末尾加一行 '[{label}]: 文件名'",
            f"the picture '{written}' has no address and is shown as it was written; "
            f"write '![text](file)', or add a line '[{label}]: file' to the page",
        )
