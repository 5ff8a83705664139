"""What only Hexo, VuePress or Docusaurus understands is named, and code is left alone."""

import pytest

from docskit.checking.other_tools import hidden_public, not_pages, other_tools_hints
from docskit.reading.author_page import read_author_page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("文\n\n{% asset_img a.png 图一 %}\n", [(3, 1, "![说明](图片)")]),
        ("见 {% post_link hello 自己 %}。", [(1, 3, "[文字](那一页.md)")]),
        ("{% note info %}\n提示\n{% endnote %}", [(1, 1, "[!NOTE]"), (3, 1, "[!NOTE]")]),
        ("```\n{% note %}\n```\n\n`{% raw %}` 和 {% if x %} {{ x }}", []),
        ("<<< @/src/a.js", [(1, 1, "VuePress")]),
        ("import Tabs from '@theme/Tabs';\n\nexport const x = 1;", [(1, 1, "MDX"), (3, 1, "MDX")]),
        ("```js\nimport a from 'a'\n```\n\nimport 语句从 a 里取", []),
        ("---\ntitle: 一\nslug: /intro\n---\n\n# 一", [(3, 0, "aliases: [intro]")]),
        ("---\nabbrlink: 52123\npermalink: /a/b.html\n---\n一", [(3, 0, "b.html"), (2, 0, "5212")]),
        ("---\nslug: /\n---\n# 首页", []),
        ("# 一\n\n```dataview\ntable\n```\n\n```sql\nquery\n```", [(3, 1, "查询")]),
        ("一段话 ^abc-1\n\n- 项\n\n^ff00aa\n", [(1, 5, "^abc-1"), (5, 1, "^ff00aa")]),
        ("2 ^10 和 x^abc\n\n`a ^abc`\n\n脚注[^abc]\n", []),
        ("---\ntitle: 一\n---\n\n{% img a.png %}", [(5, 1, "![说明](图片)")]),
    ],
)
def test_constructs(text: str, said: list[tuple[int, int, str]]) -> None:
    page, _ = read_author_page(text.encode(), "a.md")
    found = other_tools_hints(page)
    assert [(hint.line, hint.column) for hint in found] == [place[:2] for place in said]
    assert all(words in hint.zh for hint, (*_, words) in zip(found, said, strict=True))


def test_files_and_folders() -> None:
    uris = ["a.md", "b.mdx", "n/c.ipynb", "d.png", ".vuepress/public/img/e.png"]
    assert [hint.path for hint in not_pages(uris)] == ["b.mdx", "n/c.ipynb"]
    assert [hint.path for hint in hidden_public(uris)] == [".vuepress/public"]
    assert hidden_public(["a.md"]) == []
