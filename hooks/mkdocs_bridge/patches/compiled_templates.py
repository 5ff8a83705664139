"""Templates compiled by an earlier build of this process, for the preview's next one.

They are not stored in a file: compiled code from one would be run as it is, whoever wrote it.
"""

from __future__ import annotations

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
    """Jinja's bytecode cache in memory; Jinja itself compares the template's source.

    `environment` stands for everything else that decides about the code: Jinja's version,
    its options and extensions. `known` is what earlier builds have compiled; code of another
    environment is dropped from it.
    """

    def __init__(self, environment: bytes, known: dict[str, bytes]) -> None:
        self._prefix = environment.hex()
        self._known = known
        for name in [name for name in known if not name.startswith(self._prefix)]:
            del known[name]

    def _name(self, bucket: Bucket) -> str:
        return f"{self._prefix} {bucket.key}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code if there is some."""
        code = self._known.get(self._name(bucket))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code until the process ends."""
        self._known[self._name(bucket)] = bucket.bytecode_to_string()
