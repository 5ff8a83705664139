"""A picture in the widths that screens ask for, as WebP where that is smaller."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

RECIPE = 1
"""To be raised when the same picture is to be written in another way."""

# A phone, a phone with a dense screen or a column of text, and the column on a dense screen.
_LADDER = (480, 960, 1472)
# 160 MB when unpacked, in each process that draws.
_MOST_PIXELS = 40_000_000
_FORMATS = ("PNG", "JPEG")
_MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA"}
# sRGB's; a PNG may name another, which WebP cannot.
_GAMMA = 0.45455


class DamagedPictureError(Exception):
    """The picture's head can be read, and the rest cannot."""


def widths_for(width: int) -> list[int]:
    """The widths in pixels, rising, in which a picture `width` pixels wide is worth having."""
    smaller = [step for step in _LADDER if step <= 0.8 * width]
    return smaller if len(smaller) == len(_LADDER) else [*smaller, width]


def _is_plain(image: Image.Image) -> bool:
    """Whether WebP can show the picture as it is: neither animated nor in other colours."""
    gamma = image.info.get("gamma")
    colours = image.info.get("icc_profile")
    return (
        image.format in _FORMATS
        and not getattr(image, "is_animated", False)
        and image.mode in _MODES
        # A profile for grey does not fit the RGB of WebP.
        and not (colours and image.mode in ("1", "L", "LA"))
        and not (gamma and not colours and "srgb" not in image.info and abs(gamma - _GAMMA) > 0.01)
    )


def _webp(image: Image.Image, colours: bytes | None, **how: int | bool) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", method=4, icc_profile=colours or b"", **how)
    return out.getvalue()


def _encoded(image: Image.Image, width: int, lossless: bool, colours: bytes | None) -> bytes:
    if width == image.width:
        how = {"lossless": True} if lossless else {"quality": 80}
        return _webp(image, colours, **how)
    height = max(1, round(image.height * width / image.width))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    if not lossless:
        return _webp(small, colours, quality=80)
    # What was flat has soft edges now, which lossy coding often holds in far less.
    return min(_webp(small, colours, lossless=True), _webp(small, colours, quality=85), key=len)


def _variants(image: Image.Image, size: int) -> dict[int, bytes]:
    lossless = image.format == "PNG"
    colours = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    found: dict[int, bytes] = {}
    for width in reversed(widths_for(upright.width)):
        data = _encoded(upright, width, lossless, colours)
        # Not worth a file of its own unless a tenth is saved over the next wider one.
        if len(data) <= 0.9 * size:
            found[width] = data
            size = len(data)
    return dict(sorted(found.items()))


def webp_variants(data: bytes) -> dict[int, bytes]:
    """Width in pixels → WebP, each a tenth smaller than the next wider and than `data`, or more.

    Empty where WebP saves nothing, and for pictures that are animated, huge, in colours that
    WebP has not, or neither PNG nor JPEG. A PNG at its own width loses nothing. Raises
    `DamagedPictureError` and nothing else.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if not _is_plain(image) or image.width * image.height > _MOST_PIXELS:
                    return {}
                image.load()
                return _variants(image, len(data))
    except (Image.DecompressionBombError, UnidentifiedImageError):
        return {}
    # What Pillow raises for broken data is not one kind of error.
    except Exception as error:
        raise DamagedPictureError(str(error)) from error
