"""What is not certain is not written back, and says which encodings were considered."""

from __future__ import annotations

import random

import pytest

from docskit.pages.site_tree import SiteTree
from docskit.reading.encodings import CONSIDERED
from docskit.reading.source_text import decode_source
from docskit.references.fixes import Shown, fixed_bytes

HEAD = "---\nauther: 我\n---\n"
ZH = f"{HEAD}# 安装软件\n\n先下载安装包，再打开终端运行命令。没有权限的时候在前面加上 sudo。\n"
TW = f"{HEAD}# 安裝軟體\n\n先下載安裝檔，再打開終端機執行命令。沒有權限的時候在前面加上 sudo。\n"
JA = "# ソフトウェアの導入\n\nまず設定ファイルを読み込み、端末で命令を実行します。\n"
KO = "# 소프트웨어 설치\n\n먼저 파일을 내려받고 명령을 실행합니다.\n"


def fixed(data: bytes) -> bytes:
    return fixed_bytes(data, "a.md", [], SiteTree(["a.md"]), lambda _: Shown("", []))


def said(data: bytes) -> list[tuple[int, str]]:
    return [(p.line, p.code) for p in decode_source(data, "a.md")[1] if p.code[:8] == "encoding"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ZH, "gbk"),
        (ZH, "gb18030"),
        (ZH + "𠮷\n", "gb18030"),
        (TW, "big5"),
        (TW, "gbk"),
        (ZH, "utf-16"),
        (ZH, "utf-16-le"),
        (ZH, "utf-16-be"),
        (TW, "utf-16-be"),
        (ZH, "utf-32"),
        (ZH.replace("\n", "\r\n"), "gbk"),
    ],
)
def test_a_certain_encoding_is_read_and_turned_into_utf8(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    source, _ = decode_source(data, "a.md")
    assert source.raw == text
    assert source.with_edits([]) == data
    assert said(data) == [(0, "encoding-other")]
    assert fixed(data).decode() == text.replace("auther", "author")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (JA.encode("shift-jis"), {"encoding-unsure", "encoding-damaged"}),
        (JA.encode("euc-jp"), {"encoding-unsure", "encoding-damaged"}),
        (KO.encode("euc-kr"), {"encoding-unsure", "encoding-damaged"}),
        ("# 攥\n".encode("gbk"), {"encoding-unsure", "encoding-damaged"}),
        ("# 目录\n".encode("gbk"), {"encoding-unsure"}),
        ("# Café – ärgerlich\n".encode("cp1252"), {"encoding-unsure", "encoding-damaged"}),
        (ZH.encode()[:-3] + b"\n", {"encoding-damaged"}),
        (ZH.encode("utf-16")[:-1], {"encoding-damaged"}),
    ],
)
def test_an_uncertain_one_is_left_alone_and_named(data: bytes, expected: set[str]) -> None:
    source, problems = decode_source(data, "a.md")
    (problem,) = problems
    assert source.damaged
    assert problem.code in expected
    assert "、".join(CONSIDERED) in problem.zh
    assert ", ".join(CONSIDERED) in problem.en
    assert fixed(data) == data


@pytest.mark.parametrize("text", ["Café · naïve ± 5 °C", "λ μ Δ", "Привет", "Łódź", "§ ©"])
def test_letters_of_two_bytes_are_utf8(text: str) -> None:
    source, problems = decode_source(text.encode(), "a.md")
    assert (source.raw, problems) == (text, [])


@pytest.mark.parametrize("old", ["gbk", "big5"])
def test_two_encodings_in_a_file_are_named_with_their_line(old: str) -> None:
    words = "先下载安装包再运行命令" if old == "gbk" else "先下載安裝檔再執行命令"
    data = ZH.encode() + b"\n" + words.encode(old) + b"\n\n" + "最后一段".encode() + b"\n"
    source, problems = decode_source(data, "a.md")
    assert [(p.line, p.code) for p in problems] == [(8, "encoding-mixed")]
    # Readers get the words, the file stays.
    assert source.text == f"{ZH}\n{words}\n\n最后一段\n"
    assert source.damaged
    assert fixed(data) == data


@pytest.mark.parametrize("first", ["gbk", "big5"])
@pytest.mark.parametrize("times", [(1, 1), (1, 6), (6, 1)])
def test_two_old_encodings_in_a_file_are_not_one(first: str, times: tuple[int, int]) -> None:
    texts = {"gbk": ZH.removeprefix(HEAD), "big5": TW.removeprefix(HEAD)}
    second = "big5" if first == "gbk" else "gbk"
    parts = zip((first, second), times, strict=True)
    data = b"".join(texts[name].encode(name) * count for name, count in parts)
    assert fixed(data) == data
    assert [code for _, code in said(data)] in (["encoding-unsure"], ["encoding-damaged"])


def test_mostly_old_with_some_utf8_is_mixed_too() -> None:
    data = (ZH * 5).encode("gbk") + "网页上粘贴来的一段文字，里面有命令。\n".encode()
    assert [code for _, code in said(data)] == ["encoding-mixed"]
    assert fixed(data) == data


def test_whatever_the_bytes_nothing_is_written_that_reads_otherwise() -> None:
    """Real words, broken at random: what comes out is what readers were shown, or all bytes."""
    dice = random.Random(1)
    for _ in range(600):
        text = dice.choice([ZH, TW]).removeprefix(HEAD)
        data = bytearray(text.encode(dice.choice(["gbk", "gb18030", "utf-16", "utf-16-le"])))
        for _ in range(dice.randrange(4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        data = data[: dice.randrange(len(data) // 2, len(data))]
        source, _ = decode_source(bytes(data), "a.md")
        after = fixed(bytes(data))
        if after != data:
            assert not source.damaged
            assert source.with_edits([]) == data
            assert after.decode() == source.raw
