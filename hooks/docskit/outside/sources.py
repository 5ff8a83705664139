"""`sources.yml` beside the pictures: the address that each of them came from."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

HEAD = "# 这些图片是 make fix 从别处取来的。文件名: 原来的地址\n"


# A name with its extension, or an address in ASCII: YAML takes neither for anything else.
_PLAIN = re.compile(r"\w[\w.-]*\.[A-Za-z]+|https?://[!$-~]+")


class SourcesError(Exception):
    """There is a file by that name which is something else; the message is Chinese."""


def _scalar(value: str) -> str:
    if _PLAIN.fullmatch(value):
        return value
    return '"' + "".join(map(_character, value)) + '"'


def _character(char: str) -> str:
    return char if char.isprintable() and char not in '"\\' else f"\\U{ord(char):08x}"


def read_sources(text: str) -> dict[str, str]:
    """Name of each picture → its address. SourcesError where the file says anything else."""
    try:
        value = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise SourcesError("写得不对，读不出来") from error
    if value is None:
        return {}
    plain = isinstance(value, dict) and all(
        isinstance(key, str) and isinstance(item, str) for key, item in value.items()
    )
    if not plain:
        raise SourcesError("不是“文件名: 地址”的样子")
    return dict(value)


def with_sources(text: str, added: Mapping[str, str]) -> str:
    """The file with more pictures at its end; what stands there stays as it is."""
    if not text.strip():
        text = HEAD
    elif not text.endswith("\n"):
        text += "\n"
    return text + "".join(f"{_scalar(name)}: {_scalar(value)}\n" for name, value in added.items())
