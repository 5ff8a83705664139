"""Turn the bytes of an author's file into text, and edited text back into bytes."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from dataclasses import dataclass

from docskit.problem import Problem, Severity

_LINE_END = re.compile(r"\r\n|\r|\n")
# A Han character or a full-width sign in UTF-8; the shorter sequences are common in GBK too.
_UTF8_SEQUENCE = re.compile(rb"[\xe2-\xe9\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: `text` with Unix line ends and no BOM, and how to write it back.

    `raw` is the same text with the line ends that the author's file has.
    """

    text: str
    raw: str
    encoding: str
    bom: bytes
    # Bytes of no encoding are shown as U+FFFD; such a file must not be written back.
    damaged: bool = False

    def with_edits(self, edits: list[tuple[int, int, str]]) -> bytes:
        """The file's bytes after replacing spans (start, end, new) of `text`.

        Spans must not overlap. Everything outside them keeps its bytes, line ends included.
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
        for start, end, new in sorted(edits):
            parts.append(raw[last : raw_offset(start)])
            parts.append(new.replace("\n", newline))
            last = raw_offset(end)
        parts.append(raw[last:])
        return self.bom + "".join(parts).encode(self.encoding)

    @property
    def encoding_name(self) -> str:
        """What editors call the file's encoding."""
        return {"gb18030": "GBK", "utf-8": "UTF-8"}.get(self.encoding, "UTF-16")


def _decode(data: bytes) -> tuple[str, str, bytes, int | None]:
    """Text, encoding, BOM, and the byte offset of the first damage, None where there is none."""
    for bom, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(bom):
            body = data[len(bom) :]
            try:
                return body.decode(encoding), encoding, bom, None
            except UnicodeDecodeError as error:
                return body.decode(encoding, "replace"), encoding, bom, error.start
    try:
        return data.decode("utf-8"), "utf-8", b"", None
    except UnicodeDecodeError as error:
        damage = error.start
    # GB18030 reads almost any bytes: a page that is mostly good UTF-8 is a damaged one.
    rest, good = _UTF8_SEQUENCE.subn(b"", data)
    if good <= sum(byte > 0x7F for byte in rest):
        try:
            return data.decode("gb18030"), "gb18030", b"", None
        except UnicodeDecodeError:
            pass
    return data.decode("utf-8", "replace"), "utf-8", b"", damage


def decode_source(data: bytes, path: str) -> tuple[Source, list[Problem]]:
    """Read UTF-8 with or without BOM, UTF-16 with BOM, or GBK/GB18030; any line ends.

    `path` is the source URI that problems name.
    """
    raw, encoding, bom, damage = _decode(data)
    source = Source(_LINE_END.sub("\n", raw), raw, encoding, bom, damage is not None)
    if damage is not None:
        line = len(re.findall(rb"\r\n|\r|\n", data[:damage])) + 1
        return source, [
            Problem(
                path,
                line,
                0,
                "encoding-damaged",
                Severity.WARNING,
                "文件里有无法识别的字节，显示成了 �。请用 UTF-8 重新保存这个文件，并补上丢失的字",
                "the file has bytes of no known encoding, shown as �; "
                "save it again as UTF-8 and restore the missing characters",
            )
        ]
    if encoding != "utf-8":
        name = source.encoding_name
        return source, [
            Problem(
                path,
                0,
                0,
                "encoding-other",
                Severity.INFO,
                f"文件是 {name} 编码，已按 {name} 读取。请在编辑器里改用 UTF-8 保存",
                f"the file is encoded in {name} and was read so; save it as UTF-8 in your editor",
            )
        ]
    return source, []
