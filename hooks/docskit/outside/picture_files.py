"""What the bytes from another host are: a picture that can be shown, or why not."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass

from PIL import Image

from docskit.outside.safe_svg import UnsafeSvgError, safe_svg

LARGEST_FILE = 20_000_000
"""Bytes, after any compression on the way."""
PICTURE_TROUBLES = {
    "large": "it is too large",
    "slow": "it came too slowly",
    "picture": "what came is no picture that can be shown",
}
"""Why there is no picture, in English, beside docskit.outside.links.TROUBLES."""
# 400 MB when unpacked, four bytes a pixel: what a small archive can be made to fill.
_MOST_PIXELS = 100_000_000
_EXTENSIONS = {
    "PNG": ".png",
    "JPEG": ".jpg",
    "GIF": ".gif",
    "WEBP": ".webp",
    "AVIF": ".avif",
    "BMP": ".bmp",
    "ICO": ".ico",
}


# A JPEG with another in it, as cameras write them: found by way of JPEG, and shown as one.
_FOUND = _EXTENSIONS | {"MPO": ".jpg"}


class NoPictureError(Exception):
    """These bytes are not shown as a picture; the message says in Chinese why."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is to be kept: `data` is what came, but for an SVG made safe."""

    data: bytes
    extension: str
    width: int = 0
    height: int = 0


def _svg_head(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return (
        head.startswith(b"<")
        and b"<svg" in data[:65536].lower()
        and not re.search(rb"<!doctype html|<html", head)
    )


def picture_file(data: bytes) -> PictureFile:
    """Tell by its content what `data` is, whatever its host or its name say of it.

    NoPictureError for anything that a browser would not show, that is cut short, or that
    would take more than a hundred million pixels.
    """
    if not data:
        raise NoPictureError("拿到的是空文件")
    if _svg_head(data):
        try:
            return PictureFile(safe_svg(data), ".svg")
        except UnsafeSvgError as error:
            raise NoPictureError(str(error)) from error
    head = data[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        raise NoPictureError("拿到的是网页，不是图片")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=tuple(_EXTENSIONS)) as image:
                width, height = image.size
                if width * height > _MOST_PIXELS:
                    raise NoPictureError(f"图片太大：{width} × {height} 像素")
                # The first frame; a picture that is cut short fails here.
                image.load()
                return PictureFile(data, _FOUND[image.format or ""], width, height)
    except NoPictureError:
        raise
    except Image.DecompressionBombError as error:
        raise NoPictureError("图片太大：展开以后放不下") from error
    # What Pillow raises for broken data is not one kind of error.
    except Exception as error:
        raise NoPictureError("拿到的不是图片，或者图片不完整") from error
