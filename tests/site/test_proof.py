"""A build proves that every page has arrived; here the converter is broken on purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_builder import PNG, REPOSITORY, build_site

PAGE = """---
title: 页
---

# 页

第一段很长，里面有[链接](https://example.org/x)。

## 会丢的标题

会丢的一段文字，读者仍然要看到。

![图](a.png)

```sh
echo 会丢的代码
```
"""
BREAK = """
import re
from mkdocs.plugins import event_priority

@event_priority(400)
def on_page_content(html, page, **_):
    if page.file.src_uri != "a.md":
        return html
    return re.sub({pattern!r}, "", html, flags=re.DOTALL)
"""


@pytest.mark.parametrize(
    ("pattern", "line", "text"),
    [
        ("<p>会丢的一段.*?</p>", 11, "会丢的一段文字，读者仍然要看到。"),
        ("<h2.*?</h2>", 9, "会丢的标题"),
        ("<img[^>]*>", 13, "a.png"),
        ("</?a[^>]*>", 7, "https://example.org/x"),
        ('<div class="[^"]*highlight.*?</div>', 15, "echo 会丢的代码"),
    ],
    ids=["paragraph", "heading", "picture", "link", "code"],
)
def test_a_loss_is_told_and_given_back(tmp_path: Path, pattern: str, line: int, text: str) -> None:
    hook = tmp_path / "broken.py"
    hook.write_text(BREAK.format(pattern=pattern), encoding="utf-8")
    lines = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    hooks = [row.split("- ", 1)[1] for row in lines if row.lstrip().startswith("- hooks/")]
    built = build_site(
        tmp_path,
        {"index.md": "# 首页\n", "a.md": PAGE, "a.png": PNG},
        config={"hooks": [*[str(REPOSITORY / name) for name in hooks], str(hook)]},
    )
    assert built.status != 0
    assert any(f"a.md:{line}: " in warning for warning in built.warnings), built.log
    assert len(built.warnings) == 1, built.log
    lax = build_site(
        tmp_path,
        {},
        strict=False,
        config={"hooks": [*[str(REPOSITORY / name) for name in hooks], str(hook)]},
    )
    # Again from the cache: the page is whole there too, and the warning is said again.
    for folder in ("a", "en/a"):
        assert text in lax.article(folder)
    assert any(f"a.md:{line}: " in warning for warning in lax.warnings)
