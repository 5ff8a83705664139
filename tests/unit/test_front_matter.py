from pathlib import Path
from typing import Any

import pytest
import yaml

from docskit.reading.dates import parse_date
from docskit.reading.front_matter import read_front_matter

FOLDER = Path(__file__).parent.parent / "cases" / "front_matter"
CASES = [
    case
    for path in sorted(FOLDER.glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_front_matter(case: dict[str, Any]) -> None:
    found, problems = read_front_matter(case["text"], "a.md")
    assert found.meta == case["meta"]
    assert found.body == case["body"]
    assert sorted(f"{p.line}:{p.column} {p.code}" for p in problems) == case["said"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024.04.25", "2024-04-25"),
        ("2024/4/25", "2024-04-25"),
        ("2024年4月25日", "2024-04-25"),
        ("2024年4月25日 下午3:20", "2024-04-25 15:20:00"),
        ("2024-04-25 18:30", "2024-04-25 18:30:00"),
        ("2024-04-25T18:30:05+08:00", "2024-04-25 18:30:05+08:00"),
        (20240425, "2024-04-25"),
        ("4/5/2024", "None"),
        ("2024-13-01", "None"),
        ("昨天", "None"),
        (True, "None"),
    ],
)
def test_dates(text: object, expected: str) -> None:
    assert str(parse_date(text)) == expected


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        # One line and a rule is a heading with a line below it.
        ("title: 甲\n---\n\n字\n", 0),
        ("title: 甲\nauthor: 乙\n---\n\n字\n", 2),
        ("title: 甲\nauthor: 乙\ntags: [丙]\n---\n\n字\n", 3),
        ("title: 甲\n某事: 乙\n---\n\n字\n", 0),
    ],
)
def test_keys_without_a_line_before_them_are_front_matter_from_two_on(text: str, keys: int) -> None:
    found, _ = read_front_matter(text, "a.md")
    assert len(found.meta) == keys
    assert found.body == (text if keys == 0 else "字\n")
