from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docskit.messages.problem import Severity
from docskit.pages.nav_file import KEYS, read_nav

ITEMS = ["index.md", {"第一页": "a.md"}]


@pytest.mark.parametrize(
    "text",
    [
        "- index.md\n- 第一页: a.md\n",
        "nav：\n  - index.md\n  - 第一页: a.md\n",
        "nav:\n  - index.md\n  - 第一页：a.md\n",
        "nav:\n\t- index.md\n\t- 第一页: a.md\n",
        "nav:\n  - index.md\x08\n  - 第一页: a.md\n",
    ],
)
def test_what_is_meant_is_read_and_told_with_its_line(text: str) -> None:
    read, problems = read_nav(text.encode(), ".nav.yml")
    assert read is not None
    assert yaml.safe_load(read) == {"nav": ITEMS}
    assert [problem.severity for problem in problems] == [Severity.INFO]
    assert 1 <= problems[0].line <= 3


def test_other_encodings_are_read() -> None:
    read, problems = read_nav("nav:\n  - 第一页: a.md\n".encode("gbk"), "x/.nav.yml")
    assert read is not None
    assert yaml.safe_load(read) == {"nav": [{"第一页": "a.md"}]}
    assert ["GBK" in problem.zh for problem in problems] == [True]


def test_a_good_file_is_left_alone() -> None:
    text = "title: 题\nsort:\n  by: title\nnav:\n  - index.md\n  - 组:\n    - a.md\n  - glob: '*'\n"
    assert read_nav(text.encode(), ".nav.yml") == (None, [])


@given(
    st.binary(max_size=60)
    | st.text(alphabet="nav:-[]{}&*a1 \n\t：#!'\"", max_size=60).map(str.encode)
)
def test_nothing_raises_and_what_comes_out_is_yaml(data: bytes) -> None:
    read, problems = read_nav(data, ".nav.yml")
    if read is None:
        assert not problems
    else:
        assert problems
        assert isinstance(yaml.safe_load(read) or {}, dict)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("nav:\n  - a.md\nsort: !!python/object/apply:os.system [echo]\n", 3),
        ("nav: !!python/object/apply:os.system [echo]\n", 1),
        ("nav: &n\n  - a.md\n<<: *n\n", 3),
        ("nav:\n  - glob: !!set 5\n", 2),
        ("nav:\n  - index.md\nnav:\n  - a.md\n", 3),
        ("title: !!timestamp x\nhide: !!int y\n", 2),
        ("sort: {<<: 5}\n", 1),
    ],
)
def test_what_cannot_be_made_a_value_is_told_and_nothing_runs(text: str, line: int) -> None:
    read, problems = read_nav(text.encode(), ".nav.yml")
    assert line in [problem.line for problem in problems]
    assert read is not None
    assert isinstance(yaml.safe_load(read), dict)


@pytest.mark.parametrize("key", [key for key in KEYS if key != "nav"])
def test_known_keys_pass(key: str) -> None:
    assert read_nav(f"{key}: null\n".encode(), ".nav.yml") == (None, [])
