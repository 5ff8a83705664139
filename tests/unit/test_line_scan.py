"""Reading lines alone finds what the parser finds, or says nothing."""

from __future__ import annotations

import random

import pytest

from docskit.reading.blocks import block_tokens
from docskit.reading.line_scan import scan
from docskit.reading.sections import split_sections

# One line each; those that a page is most likely to have stand here more than once, below.
LINES = r"""
# 题
## 题 ##
### #
####### 七
#没有空格
#
 # 缩进
  # 题
    # 代码
# [a]
# 题 \#
# 甲 | 乙
题
===
---
--
- - -
文字
- 项
- # 题
* 项
1. 项
1) 项
-     码
- ```
1. ~~~
  续
    码
> 引
> # 题
> ```
>     码
> - ```
```
```py
````
~~~
~~~ a`b
``` a`b
``` 甲 | 乙
  ```
  ````
    ```
    ```js
   ~~~
#题
##3.题
#题 #签
<div>
</div>
<!-- 注 -->
<!-- 注
-->
<!-- 注 --> # 题
<b>粗</b>
<script>
</script>
<pre>
</pre>
<https://a.cn>
| 甲 | 乙 |
| - | - |
-|-
[a]: b
[a]: b '题
　　空
$$
!!! note
::: tip
:::
"
""".strip().split("\n")
ODD = ["##\t制表", "\t码", "   \t码", "\t```", "文字  ", "```` ", "\u3000", "\x0c"]
PIECES = [*LINES, *ODD, *[""] * 30, "```\n# 注\n```"]


def headings(text: str) -> list[tuple[int, int, str]]:
    tokens = block_tokens(text)[0]
    return [
        (token.map[0], int(token.tag[1]), tokens[number + 1].content)
        for number, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map
    ]


def code(text: str) -> set[int]:
    found: set[int] = set()
    for token in block_tokens(text)[0]:
        if token.type in {"fence", "code_block"} and token.map:
            found.update(range(*token.map))
    return found


@pytest.mark.parametrize("seed", range(50))
def test_it_agrees_with_the_parser(seed: int) -> None:
    choice = random.Random(seed)
    known = 0
    for _ in range(300):
        text = "\n".join(choice.choices(PIECES, k=choice.randint(1, 12)))
        scanned = scan(text)
        if scanned is not None:
            known += 1
            assert scanned.headings == headings(text), text
            assert scanned.code is None or scanned.code == code(text), text
    assert known > 30


def test_ordinary_pages_need_no_parser() -> None:
    text = (
        "开头\n\n# 题\n\n- 项\n  - 项\n\n```bash\n# 注\n```\n\n> 引\n\n## 题 2\n| 甲 |\n| - |\n\n"
        '<img src="a.png">\n\n---\n\n1. 项\n\n  ```\n  码\n  ```\n'
    )
    scanned = scan(text)
    assert scanned is not None
    assert scanned.headings == [(2, 1, "题"), (13, 2, "题 2")]
    assert scanned.code == frozenset({7, 8, 9, *range(23, 26)}) == frozenset(code(text))


@pytest.mark.parametrize(
    "text",
    [
        "题\n---\n",
        " # 题\n",
        "<!--\n# 题\n-->\n",
        "<div>\n# 题\n</div>\n",
        "- ```\n# 题\n  ```\n",
        "- 项\n  ```\n# 题\n  ```\n",
        "# [甲]\n\n[甲]: b\n",
        "# 甲 | 乙\n|---|---|\n",
        "# 题\r\n",
    ],
)
def test_what_lines_do_not_tell_is_left_to_the_parser(text: str) -> None:
    assert scan(text) is None


def test_a_heading_below_an_unclear_line_is_found_all_the_same() -> None:
    titles = [part.heading.text for part in split_sections("甲\n---\n\n# 乙\n") if part.heading]
    assert titles == ["甲", "乙"]
