import io
import random
import shutil
import struct
import zlib
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image
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
    first, second = built.pictures("a/page/")
    assert (first["width"], first["height"]) == ("40", "30")
    assert (second["width"], second["style"]) == ("70%", "aspect-ratio: 40 / 30")
    assert "loading" not in first and second["loading"] == "lazy"


def test_a_localised_picture_has_its_own_size(built: Built) -> None:
    first, _ = built.pictures("en/a/page/")
    assert (first["width"], first["height"]) == ("80", "20")


def photo() -> bytes:
    small = Image.frombytes("RGB", (50, 40), random.Random(5).randbytes(50 * 40 * 3))
    out = io.BytesIO()
    small.resize((1400, 1120), Image.Resampling.BICUBIC).save(out, "JPEG", quality=92)
    return out.getvalue()


PHOTO: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a/page.md": "# 页\n\n![照片](pic/照 片.jpg)\n",
    "a/pic/照 片.jpg": photo(),
}


def copies(built: Built) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in built.site_dir.glob("assets/pictures/*")}


def test_smaller_copies_are_made_once_and_go_with_the_picture(tmp_path: Path) -> None:
    first = build_site(tmp_path, PHOTO)
    assert first.status == 0, first.log
    made = copies(first)
    assert sorted(int(name.split(".")[-2]) for name in made) == [480, 960, 1400]
    for url in ("a/page/", "en/a/page/"):
        image = first.pictures(url)[0]
        assert image["src"].endswith("pic/%E7%85%A7%20%E7%89%87.jpg")
        named = [part.split()[0] for part in image["srcset"].split(", ")]
        folder = first.site_dir / url
        assert {(folder / unquote(name)).resolve().name for name in named} == made.keys()
        assert all((folder / unquote(name)).is_file() for name in named)

    kept = {path: path.stat().st_mtime_ns for path in tmp_path.glob(".cache/pictures/*.webp")}
    assert len(kept) == 3
    page = tmp_path / "docs" / "a" / "page.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n再来一句。\n", encoding="utf-8")
    shutil.rmtree(tmp_path / "site")
    again = build_site(tmp_path, {})
    assert copies(again) == made
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    shutil.rmtree(tmp_path / ".cache" / "pictures")
    shutil.rmtree(tmp_path / "site")
    cached = build_site(tmp_path, {})
    assert copies(cached) == made
    html = cached.read("a/page/")
    clean = build_site(tmp_path, {}, env={"BUILD_CACHE": str(tmp_path / "other")})
    assert (copies(clean), clean.read("a/page/")) == (made, html)

    page.write_text("# 页\n", encoding="utf-8")
    (tmp_path / "docs/a/pic/照 片.jpg").unlink()
    assert copies(build_site(tmp_path, {})) == {}


@pytest.mark.parametrize(
    "data", [photo()[:5000], b"", b"<html>404</html>"], ids=["cut", "empty", "page"]
)
def test_a_damaged_picture_is_a_warning_with_its_line(tmp_path: Path, data: bytes) -> None:
    broken = {**PHOTO, "a/pic/照 片.jpg": data}
    built = build_site(tmp_path, broken, strict=False)
    (warning,) = built.warnings
    assert "a/page.md:3" in warning and "打不开" in warning
    assert "srcset" not in built.pictures("a/page/")[0]
