import struct
import zlib
from pathlib import Path

import pytest
from site_builder import Built, build_site


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a/page.md": '# 页\n\n![一](pic/图.png)\n\n<img src="./pic/图.png" alt="二" width="70%">\n',
    "a/pic/图.png": png(40, 30),
    "a/pic/图.en.png": png(80, 20),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("images"), FILES)


def test_every_picture_of_the_site_has_its_size(built: Built) -> None:
    first, second = built.tags("a/page/", "img")
    assert (first["width"], first["height"]) == ("40", "30")
    assert (second["width"], second["style"]) == ("70%", "aspect-ratio: 40 / 30")
    assert "loading" not in first and second["loading"] == "lazy"


def test_a_localised_picture_has_its_own_size(built: Built) -> None:
    first, _ = built.tags("en/a/page/", "img")
    assert (first["width"], first["height"]) == ("80", "20")


def test_without_the_hook_pictures_have_no_size(tmp_path: Path) -> None:
    off = build_site(tmp_path, FILES, without_hook="images.py")
    assert "height" not in off.tags("a/page/", "img")[0]
