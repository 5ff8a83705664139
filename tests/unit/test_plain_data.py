import ast
import datetime
import logging
import pickle
import zlib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

import docskit.messages.fingerprints
from docskit.messages.problem import Problem, Severity
from docskit.search.sections import Section
from mkdocs_bridge.cache.plain_data import pack, pack_data, unpack, unpack_data

REPOSITORY = Path(__file__).parents[2]

_SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters())
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(datetime.UTC))
    | st.times()
    | st.timedeltas()
    | st.sampled_from(Severity)
)
_HASHABLE = _SIMPLE | st.tuples(_SIMPLE, _SIMPLE) | st.frozensets(_SIMPLE, max_size=3)
_PLAIN = st.recursive(
    _HASHABLE | st.sets(_HASHABLE, max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(_HASHABLE, inner, max_size=3)
    ),
)


@given(_PLAIN)
def test_plain_values_come_back_as_they_were(value: object) -> None:
    again = unpack(pack(value))
    assert again == value
    assert repr(type(again)) == repr(type(value))


def test_the_cores_records_come_back() -> None:
    problem = Problem("a.md", 1, 2, "code", Severity.INFO, "中", "en")
    section = Section("id", "题", "文")
    again = unpack(pack({"day": datetime.date(2024, 4, 25), "found": [problem, (section,)]}))
    assert again == {"day": datetime.date(2024, 4, 25), "found": [problem, (section,)]}
    assert isinstance(again, dict)
    assert type(again["found"][0]) is Problem
    assert type(again["found"][0].severity) is Severity
    assert type(again["found"][1][0]) is Section


class Text(str):
    __slots__ = ()


@dataclass
class Foreign:
    word: str


@pytest.mark.parametrize(
    "value",
    [Path("x"), print, logging.getLogger("x"), partial(print), Foreign("x"), Text("x"), Problem],
)
def test_what_is_not_plain_is_refused_when_it_is_stored(value: object) -> None:
    with pytest.raises(TypeError):
        pack([value])


class Trap:
    def __reduce__(self) -> tuple[object, ...]:
        return (print, ("ran",))


def own(module: str, name: str, *parts: object) -> bytes:
    """What `pack_data` would write of an object of that class."""
    (code, _) = msgpack.unpackb(pack_data(Severity.INFO))
    written: bytes = msgpack.packb(
        msgpack.ExtType(code, msgpack.packb([module, name, list(parts)]))
    )
    return written


def test_the_forgery_of_an_own_record_is_what_it_claims() -> None:
    assert unpack_data(own("docskit.messages.problem", "Severity", "info")) is Severity.INFO


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Trap()),
        own("builtins", "print", "ran"),
        own("os", "system", "echo ran"),
        # Names that modules of ours import, a function of ours, and classes that do things.
        own("docskit.messages.fingerprints", "partial", "ran"),
        own("docskit.messages.fingerprints", "fingerprint", "ran"),
        own("docskit.typesetting.style_sheets", "re", "ran"),
        own("docskit.references.html_references", "_Reader", "ran"),
        own("docskit.html.html_tags", "_Attributes", "ran"),
        own("docskit.messages.fingerprints", "OpaqueError", "ran"),
        own("docskit.not_there", "Problem", "ran"),
        own("docskit.messages.problem", "Problem", "too few"),
        own("mkdocs_bridge.cache.cache_store", "Store", "folder", "scope"),
        msgpack.packb(msgpack.ExtType(99, b"")),
        msgpack.packb(msgpack.ExtType(0, msgpack.packb(5))),
        b"",
        b"\xc1",
        b"\x91" * 100_000,
    ],
)
def test_a_cache_from_elsewhere_cannot_run_anything(
    data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert vars(docskit.messages.fingerprints)["partial"] is partial
    with pytest.raises(ValueError, match="plain"):
        unpack(zlib.crc32(data).to_bytes(4, "big") + data)
    assert capsys.readouterr().out == ""


def test_values_inside_one_another_without_end_are_an_error_not_a_crash() -> None:
    data = msgpack.packb(1)
    for _ in range(20_000):
        data = msgpack.packb(msgpack.ExtType(0, data))
    with pytest.raises(ValueError, match="plain"):
        unpack_data(data)


def test_a_changed_bit_is_noticed() -> None:
    packed = bytearray(pack(["text"]))
    packed[-3] ^= 1
    with pytest.raises(ValueError, match="checksum"):
        unpack(bytes(packed))


def test_nothing_of_ours_reads_a_format_that_can_run_code() -> None:
    files = [path for folder in ("hooks", "tools") for path in (REPOSITORY / folder).rglob("*.py")]
    assert len(files) > 50
    # It runs our own functions with one thing in them changed, and reads nothing.
    files.remove(REPOSITORY / "tools/mutants.py")
    readers = {"pickle", "shelve", "dill", "joblib", "cloudpickle", "exec", "eval"}
    found = []
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Import(names=names) if readers & {name.name for name in names}:
                    found.append(f"{path.name}:{node.lineno}")
                case ast.ImportFrom(module="pickle" | "marshal"):
                    found.append(f"{path.name}:{node.lineno}")
                case ast.Attribute(value=ast.Name(id="marshal"), attr="load" | "loads"):
                    found.append(f"{path.name}:{node.lineno}")
                case ast.Call(func=ast.Name(id="exec" | "eval")):
                    found.append(f"{path.name}:{node.lineno}")
    # `bytecode_from_string` of compiled_templates.py takes what this very process has compiled.
    assert found == []
