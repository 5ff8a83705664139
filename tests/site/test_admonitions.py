import pytest
from site_builder import Built, build_site

PAGE = """# 提示

!!! warning
    没有标题。

!!! note "自己的标题"
    有标题。

??? tip
    折叠的。

!!! note ""
    不要标题。

```text
!!! note
```
"""
FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "a.md": PAGE,
    "b.md": PAGE,
    "b.en.md": PAGE,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("admonitions"), FILES)


@pytest.mark.parametrize("url", ["a/", "en/a/", "b/"])
def test_untitled_admonitions_of_a_chinese_page_are_named_in_chinese(
    built: Built, url: str
) -> None:
    html = built.read(url)
    assert '<p class="admonition-title">警告</p>' in html
    assert "<summary>提示</summary>" in html
    assert '<p class="admonition-title">自己的标题</p>' in html
    # An empty title means that there is none.
    assert '<p class="admonition-title">注意</p>' not in html
    assert "!!! note\n" in html


def test_those_of_an_english_page_stay_english(built: Built) -> None:
    html = built.read("en/b/")
    assert '<p class="admonition-title">Warning</p>' in html
    assert "<summary>Tip</summary>" in html
