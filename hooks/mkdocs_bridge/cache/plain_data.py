"""Plain data as bytes and back, for a cache that may come from elsewhere.

MessagePack holds data and nothing else: to read it calls no function that the bytes could
name. `pickle` and `marshal` do not promise that, and are used nowhere in this project to read
what a file holds. Of own types, those that are nothing but their fields are written as the
name of the class and the fields: dataclasses, named tuples and enumerations of `docskit`.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any

import msgpack

_TUPLE, _SET, _FROZEN_SET, _DATE, _DATETIME, _TIME, _DURATION, _OWN, _LARGE = range(9)
_DEEPEST = 32
"""Values of the types above inside one another; each level costs C's stack some 40 KB."""


@lru_cache
def _own(module: str, name: str) -> type:
    """The class of that name, if it is one of ours and nothing but its fields."""
    found = vars(sys.modules[module]).get(name) if module.startswith("docskit.") else None
    if (
        isinstance(found, type)
        and found.__module__ == module
        and (issubclass(found, Enum) or _is_record(found))
    ):
        return found
    raise TypeError(f"{module}.{name} is not plain data")


def _is_record(kind: type) -> bool:
    if is_dataclass(kind):
        return not hasattr(kind, "__post_init__") and all(field.init for field in fields(kind))
    return issubclass(kind, tuple) and hasattr(kind, "_fields")


@lru_cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _extension(value: object) -> msgpack.ExtType:
    """What MessagePack has no type for; called by its packer."""
    inner: object
    # The types themselves: a subclass would come back as something else.
    match type(value).__name__ if type(value).__module__ in ("builtins", "datetime") else "":
        case "tuple":
            code, inner = _TUPLE, list(value)  # type: ignore[call-overload]
        case "set":
            code, inner = _SET, list(value)  # type: ignore[call-overload]
        case "frozenset":
            code, inner = _FROZEN_SET, list(value)  # type: ignore[call-overload]
        case "date" | "datetime" | "time":
            code = {date: _DATE, datetime: _DATETIME, time: _TIME}[type(value)]
            inner = value.isoformat()  # type: ignore[attr-defined]
        case "timedelta":
            assert isinstance(value, timedelta)  # noqa: S101
            code, inner = _DURATION, [value.days, value.seconds, value.microseconds]
        case "int":
            code, inner = _LARGE, f"{value:x}"
        case _:
            kind = _own(type(value).__module__, type(value).__qualname__)
            if isinstance(value, Enum):
                parts = [value.value]
            elif isinstance(value, tuple):
                parts = list(value)
            else:
                parts = [getattr(value, name) for name in _names(kind)]
            code, inner = _OWN, [kind.__module__, kind.__qualname__, parts]
    return msgpack.ExtType(code, _write(inner))


_READERS: dict[int, Callable[[Any], object]] = {
    _TUPLE: tuple,
    _SET: set,
    _FROZEN_SET: frozenset,
    _DATE: date.fromisoformat,
    _DATETIME: datetime.fromisoformat,
    _TIME: time.fromisoformat,
    _DURATION: lambda parts: timedelta(*parts),
    _OWN: lambda parts: _own(parts[0], parts[1])(*parts[2]),
    _LARGE: lambda digits: int(digits, 16),
}


def _value(code: int, data: bytes, depth: int) -> object:
    if depth > _DEEPEST:
        raise ValueError("too deep")
    return _READERS[code](_read(data, depth))


def _write(value: object) -> bytes:
    written: bytes = msgpack.packb(
        value, default=_extension, strict_types=True, unicode_errors="surrogatepass"
    )
    return written


def _read(data: bytes, depth: int) -> object:
    return msgpack.unpackb(
        data,
        ext_hook=lambda code, inner: _value(code, inner, depth + 1),
        strict_map_key=False,
        unicode_errors="surrogatepass",
    )


def pack_data(value: object) -> bytes:
    """`value` as bytes; raises where it is not plain data."""
    data = _write(value)
    unpack_data(data)
    return data


def unpack_data(data: bytes) -> object:
    """The inverse of `pack_data`; raises `ValueError` for what it has not written."""
    try:
        return _read(data, 0)
    except Exception as error:
        raise ValueError("not plain data") from error


def pack(value: object) -> bytes:
    """`value` as bytes with a checksum; raises where it is not plain data."""
    data = pack_data(value)
    return zlib.crc32(data).to_bytes(4, "big") + data


def unpack(packed: bytes) -> object:
    """The inverse of `pack`; raises `ValueError` when a bit has changed."""
    data = packed[4:]
    if zlib.crc32(data).to_bytes(4, "big") != packed[:4]:
        raise ValueError("checksum")
    return unpack_data(data)
