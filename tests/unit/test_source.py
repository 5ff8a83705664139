import pytest

from docskit.reading.edits import Edit
from docskit.reading.source_text import decode_source

TEXT = "# 用记事本写的旧文件\r\n\r\n一段中文，一个 word。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("text", [TEXT, "旧" * 30, "plain\n"])
def test_encodings_are_read_and_written_back(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    source, _ = decode_source(data, "a.md")
    assert source.raw == text
    assert source.text == text.replace("\r\n", "\n")
    assert source.with_edits([]) == data


def test_an_edit_keeps_every_line_end() -> None:
    source, _ = decode_source(TEXT.encode("gbk"), "a.md")
    place = source.text.index("word")
    assert source.with_edits([Edit(place, place + 4, "词")]) == TEXT.replace("word", "词").encode(
        "gbk"
    )


def test_a_damaged_file_is_named_with_its_line() -> None:
    data = "# 标题\n\n好的文字".encode() + b"\xff" + "也是好的".encode()
    source, problems = decode_source(data, "a.md")
    assert source.damaged
    assert [(problem.line, problem.code) for problem in problems] == [(3, "encoding-damaged")]
    assert "好的文字\ufffd也是好的" in source.text
