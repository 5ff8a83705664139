from pathlib import Path

from site_builder import build_site

FILES: dict[str, str | bytes] = {"index.md": "# 首页\n\n*要紧* [外面](https://example.org/)\n"}


def test_links_elsewhere_are_safe_and_han_are_not_slanted(tmp_path: Path) -> None:
    html = build_site(tmp_path, FILES).read("")
    assert '<em class="han">要紧</em>' in html
    assert 'href="https://example.org/" class="external" rel="external noopener"' in html
