"""A former address in a browser: on to the page, with what stands behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from site_server import serve

from docskit.pages.redirect_pages import redirect_page


@pytest.mark.parametrize("script", [True, False])
def test_a_former_address_leads_on_with_its_query_and_anchor(
    browser: Browser, tmp_path: Path, script: bool
) -> None:
    for name, text in (
        ("旧/index.html", redirect_page("../%E6%96%B0/", "https://a.example/", "新", "zh")),
        (
            "新/index.html",
            '<!doctype html><meta charset="utf-8"><title>新</title><h2 id="节">节</h2>',
        ),
    ):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    with serve(tmp_path) as url:
        page.goto(f"{url}%E6%97%A7/?q=1#%E8%8A%82", wait_until="commit")
        page.wait_for_url("**/%E6%96%B0/**")
        assert page.title() == "新"
        if script:
            assert page.url == f"{url}%E6%96%B0/?q=1#%E8%8A%82"
            page.go_back()
            # The former address is not in the history, where it would lead on again.
            assert page.url == "about:blank"
    context.close()
