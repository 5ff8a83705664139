import re

import pytest

from docskit.not_found import SCRIPTS, compose


def rendered(locale: str) -> str:
    return (
        f"<html lang={locale}><head><title>{locale} &amp; more</title></head>"
        f"<body dir=ltr><p>{locale} page</p>{SCRIPTS}<script src=x></script></body></html>"
    )


def test_one_page_carries_all_languages_and_the_shared_scripts_once() -> None:
    html = compose({locale: rendered(locale) for locale in ("zh", "en", "ja")}, "zh", "/docs/")
    assert re.findall(r'<template id="page-(\w+)"><p>(\w+) page</p></template>', html) == [
        ("zh", "zh"),
        ("en", "en"),
        ("ja", "ja"),
    ]
    assert html.count("<script src=x>") == 1
    assert html.index("<body dir=ltr>") < html.index("<template")
    assert re.findall(r'href="([^"]*)"', html) == ["/docs/", "/docs/en/", "/docs/ja/"]


def test_a_template_that_is_no_page_is_no_404_page() -> None:
    with pytest.raises(ValueError, match="no body"):
        compose({"zh": "<p>"}, "zh", "/")
