"""Turn the bytes of an author's file into text, and edited text back into bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from docskit.messages import Problem, Severity
from docskit.reading.edits import Edit, Edits
from docskit.reading.encodings import CONSIDERED, NAMES, Reading, read_bytes

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: `text` with Unix line ends and no BOM, and how to write it back.

    `raw` is the same text with the line ends that the author's file has.
    """

    text: str
    raw: str
    encoding: str
    bom: bytes
    # Bytes of no encoding are shown as U+FFFD, and some files are read on a guess: such a file
    # must not be written back.
    damaged: bool = False

    def with_edits(self, edits: Iterable[Edit], encoding: str = "") -> bytes:
        """The file's bytes after changes to `text`; OverlapError where two overlap.

        Everything outside them keeps its bytes, line ends included, unless the file is to
        change to another `encoding`. UnicodeEncodeError where that lacks a character.
        """
        newline = "\r\n" if "\r\n" in self.raw else "\n"
        ends = [match.span() for match in _LINE_END.finditer(self.raw)]
        # What the raw text is longer by, up to each line end.
        raw_offsets: list[tuple[int, int]] = []
        grown = 0
        for start, end in ends:
            raw_offsets.append((start - grown, grown))
            grown += end - start - 1
        starts = [position for position, _ in raw_offsets]

        def raw_offset(offset: int) -> int:
            index = bisect_left(starts, offset)
            if index < len(raw_offsets):
                return offset + raw_offsets[index][1]
            return offset + grown

        parts: list[str] = []
        raw, last = self.raw, 0
        for edit in Edits(edits):
            parts.append(raw[last : raw_offset(edit.start)])
            parts.append(edit.new.replace("\n", newline))
            last = raw_offset(edit.end)
        parts.append(raw[last:])
        kept = encoding in ("", self.encoding)
        return self.bom * kept + "".join(parts).encode(encoding or self.encoding)

    @property
    def encoding_name(self) -> str:
        """What editors call the file's encoding."""
        return NAMES[self.encoding]


def decode_source(data: bytes, path: str) -> tuple[Source, list[Problem]]:
    """Read UTF-8 or UTF-16 with or without BOM, GBK/GB18030 or Big5; any line ends.

    `path` is the source URI that problems name.
    """
    reading = read_bytes(data)
    text = _LINE_END.sub("\n", reading.text)
    source = Source(text, reading.text, reading.encoding, reading.bom, not reading.certain)
    said = _said(reading)
    if said is None:
        return source, []
    code, severity, offset, zh, en = said
    line = 0 if offset is None else len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1
    return source, [Problem(path, line, 0, code, severity, zh, en)]


def _said(reading: Reading) -> tuple[str, Severity, int | None, str, str] | None:
    """Code, severity, byte offset and words about a file that is no plain UTF-8."""
    name = NAMES[reading.encoding]
    considered = "、".join(CONSIDERED)
    considered_en = ", ".join(CONSIDERED)
    if reading.mixed is not None:
        return (
            "encoding-mixed",
            Severity.WARNING,
            reading.mixed,
            f"文件里混着两种编码：从这一行起有不是 UTF-8 的字（试过 {considered}），"
            "只能一行一行猜着读。请用 UTF-8 重新保存，并核对这些行",
            f"the file mixes two encodings: this line is not UTF-8 (tried {considered_en}), and "
            "each line was read by a guess; save the file as UTF-8 and check these lines",
        )
    if reading.damage is not None:
        return (
            "encoding-damaged",
            Severity.WARNING,
            reading.damage,
            f"文件里有无法识别的字节（试过 {considered}），显示成了 �。"
            "请用 UTF-8 重新保存这个文件，并补上丢失的字",
            f"the file has bytes of no known encoding (tried {considered_en}), shown as �; "
            "save it again as UTF-8 and restore the missing characters",
        )
    if not reading.certain:
        return (
            "encoding-unsure",
            Severity.WARNING,
            None,
            f"拿不准文件是什么编码（试过 {considered}），暂且按 {name} 读取。"
            "请用编辑器打开，看到的字对了，再改用 UTF-8 保存",
            f"the encoding of the file is not certain (tried {considered_en}); it was read as "
            f"{name}. Open it in an editor, and save it as UTF-8 when its words look right",
        )
    if reading.encoding == "utf-8":
        return None
    return (
        "encoding-other",
        Severity.INFO,
        None,
        f"文件是 {name} 编码，已按 {name} 读取。请在编辑器里改用 UTF-8 保存",
        f"the file is encoded in {name} and was read so; save it as UTF-8 in your editor",
    )
