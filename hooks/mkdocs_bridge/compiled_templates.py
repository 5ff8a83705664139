"""Templates compiled by an earlier build."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Jinja's bytecode cache in ours; Jinja itself compares the template's source.

    `environment` stands for everything else that decides about the code: Jinja's version,
    its options and extensions. Rows of another environment are not taken.
    """

    def __init__(self, environment: bytes, stored: Iterable[tuple[object, ...]]) -> None:
        self._prefix = environment.hex()
        self._stored = {str(name): value for name, value in stored}
        self.compiled: list[tuple[str, bytes]] = []

    def _name(self, bucket: Bucket) -> str:
        return f"{self._prefix} {bucket.key}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code, unless a bit of it has changed."""
        value = self._stored.get(self._name(bucket))
        if isinstance(value, bytes) and zlib.crc32(value[4:]).to_bytes(4, "big") == value[:4]:
            bucket.bytecode_from_string(value[4:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Note the code, to be stored with the build."""
        code = bucket.bytecode_to_string()
        value = zlib.crc32(code).to_bytes(4, "big") + code
        self._stored[self._name(bucket)] = value
        self.compiled.append((self._name(bucket), value))

    def outdated(self) -> list[str]:
        """Names of another environment, which nobody will ask for again."""
        return [name for name in self._stored if not name.startswith(self._prefix)]
