import io
import random

import pytest
from PIL import Image, ImageDraw

from docskit.pictures.pictures import DamagedPictureError, webp_variants, widths_for


def flat(width: int = 1000, mode: str = "RGB") -> Image.Image:
    image = Image.new(mode, (width, 400))
    draw = ImageDraw.Draw(image)
    for step in range(0, width, 40):
        draw.ellipse((step, step % 300, step + 60, step % 300 + 60), fill=step % 7)
    return image


def photo(width: int = 1000) -> Image.Image:
    drawn = random.Random(5)
    small = Image.frombytes("RGB", (50, 40), drawn.randbytes(50 * 40 * 3))
    return small.resize((width, width * 4 // 5), Image.Resampling.BICUBIC)


def written(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (60, [60]),
        (500, [500]),
        (1082, [480, 1082]),
        (1500, [480, 960, 1500]),
        (1800, [480, 960, 1800]),
        (4000, [480, 960, 1472]),
    ],
)
def test_widths_are_few_and_never_above_the_picture_s_own(width: int, widths: list[int]) -> None:
    assert widths_for(width) == widths


def test_every_copy_is_smaller_than_the_next_wider_one() -> None:
    data = written(photo(1400), "JPEG", quality=92)
    variants = webp_variants(data)
    sizes = [len(webp) for webp in variants.values()]
    assert list(variants) == [480, 960, 1400]
    assert sizes == sorted(sizes) and sizes[-1] < len(data)


def test_a_screenshot_at_its_own_width_loses_nothing() -> None:
    image = photo(300).quantize(32)
    variants = webp_variants(written(image, "PNG"))
    with Image.open(io.BytesIO(variants[300])) as copy:
        assert copy.convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_what_is_transparent_stays_transparent() -> None:
    image = photo(700).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    for webp in webp_variants(written(image, "PNG")).values():
        with Image.open(io.BytesIO(webp)) as copy:
            low, high = copy.getchannel("A").getextrema()
            assert (low, high) == (0, 255)


def test_a_photo_stands_upright_and_keeps_its_colours() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = b"\0" * 128
    data = written(photo(1400), "JPEG", quality=95, exif=exif, icc_profile=profile)
    for width, webp in webp_variants(data).items():
        with Image.open(io.BytesIO(webp)) as copy:
            assert copy.width == width < copy.height
            assert copy.getexif().get(0x0112, 1) == 1
            assert copy.info["icc_profile"] == profile


def test_what_webp_cannot_show_is_left_alone() -> None:
    frames = [flat(), flat().rotate(90)]
    animated = written(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert webp_variants(animated) == {}
    assert webp_variants(written(flat(), "GIF")) == {}
    assert webp_variants(written(photo().convert("CMYK"), "JPEG")) == {}
    assert webp_variants(written(Image.new("1", (9000, 9000)), "PNG")) == {}
    assert webp_variants(written(Image.new("1", (20000, 20000)), "PNG")) == {}
    assert webp_variants(b"") == {}


def test_a_picture_that_would_grow_has_no_copies() -> None:
    noise = Image.frombytes("RGB", (300, 200), random.Random(1).randbytes(180_000))
    assert webp_variants(written(noise, "JPEG", quality=5)) == {}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_breaks_off_is_damaged(kind: str) -> None:
    data = written(photo(), kind)
    with pytest.raises(DamagedPictureError):
        webp_variants(data[: len(data) // 2])
