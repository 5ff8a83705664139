import pytest
from hypothesis import given
from hypothesis import strategies as st

from docskit.search.packing import pack


def unpack(table: list[str], packed: str) -> str:
    """What engine.js does."""
    return "".join(table[ord(c) - 0x80] if "\x80" <= c <= "\u07ff" else c for c in packed)


@given(st.text(st.characters(codec="utf-8")))
def test_nothing_is_lost(text: str) -> None:
    assert unpack(*pack(text)) == text


@pytest.mark.parametrize("sample", ["镜像与容器由镜像启动。", "a container and an image and a "])
def test_a_text_takes_fewer_bytes(sample: str) -> None:
    text = sample * 50
    table, packed = pack(text)
    assert len(packed.encode()) + len("".join(table).encode()) < 0.8 * len(text.encode())


def test_more_characters_than_codes_are_still_right() -> None:
    text = "".join(map(chr, range(0x80, 0x5000))) + " word" * 9
    assert unpack(*pack(text)) == text
