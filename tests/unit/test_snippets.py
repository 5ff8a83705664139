from docskit.checking.snippets import snippet_problems
from docskit.reading.author_page import read_author_page

PAGE = """---
title: 甲
---
--8<-- "here.md"
--8<-- "gone.md"
  --8<-- "here.md:3:7"
;--8<-- "escaped.md"
`--8<-- "words.md"`

--8<--
here.md
also-gone.md

;left-out.md
--8<--
"""


def test_each_file_that_is_not_there_is_named_at_its_place() -> None:
    page = read_author_page(PAGE.encode(), "a.md")[0]
    problems = snippet_problems(page, {"here.md"}.__contains__)
    assert [(p.line, p.column, p.zh.split("'")[1]) for p in problems] == [
        (5, 9, "gone.md"),
        (12, 1, "also-gone.md"),
    ]
