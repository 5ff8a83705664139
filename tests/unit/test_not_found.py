import json
import re

import pytest
import quickjs

from docskit.pages.lost_addresses import SCRIPTS, compose, list_of_pages


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


@pytest.mark.parametrize("base", ["/", "/docs/"])
@pytest.mark.parametrize(
    ("path", "locale"),
    [
        ("en/x", "en"),
        ("x", "zh"),
        ("constructor/", "zh"),
        ("toString", "zh"),
        ("__proto__/", "zh"),
        ("hasOwnProperty/en/", "zh"),
        ("", "zh"),
    ],
)
def test_the_language_is_that_of_the_address_whatever_it_is(
    base: str, path: str, locale: str
) -> None:
    html = compose({name: rendered(name) for name in ("zh", "en")}, "zh", base)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)[0]
    context = quickjs.Context()
    context.eval(
        f"var location = {json.dumps({'pathname': base + path})}, written = '';"
        "var document = {documentElement: {}, write: function (html) { written += html; },"
        "getElementById: function (id) { return {innerHTML: id}; }};" + script
    )
    assert context.eval("[written, document.documentElement.lang, document.title] + ''") == (
        f"page-{locale},{locale},{locale} & more"
    )


def test_a_title_cannot_end_the_script_that_it_stands_in() -> None:
    evil = rendered("zh").replace(
        "zh &amp; more", "&lt;/script&gt;&lt;img src=x onerror=a&gt;&lt;!--"
    )
    html = compose({"zh": evil, "en": rendered("en")}, "zh", "/")
    script = html[html.index("<script>") : html.index("</script>")]
    assert "onerror" in script
    assert script.count("<") == 1 + script.count("< ")
    assert "<img" not in html


def test_without_scripts_every_language_is_told_and_leads_home() -> None:
    html = compose({locale: rendered(locale) for locale in ("zh", "en")}, "zh", "/docs/")
    plain = html[html.index("<noscript>") : html.index("</noscript>")]
    assert '<div lang="zh"><h1>找不到这一页</h1>' in plain
    assert '<a href="/docs/">回到首页</a>' in plain
    assert '<div lang="en"><h1>Page not found</h1>' in plain
    assert '<a href="/docs/en/">Go to the home page</a>' in plain
    assert html.index("<script>") < html.index("<noscript>") < html.index("<script src=x>")
    assert '"base": "/docs/", "default": "zh"' in html


PAGES = {
    "": "首页",
    "git/": "Git 入门",
    "git/install/": "安装 Git",
    "docker/": "Docker 入门",
    "docker/images/": "镜像",
    "en/": "Home",
    "en/git/install/": "Install Git",
    "en/docker/images/": "Images",
}
FORMER = {"docker/镜像/index.html": "docker/images/", "old/Thing.html": "docker/"}


@pytest.mark.parametrize("base", ["/", "/docs/"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # History, however the address is spelled.
        ("docker/%E9%95%9C%E5%83%8F/", ["docker/images/"]),
        ("OLD/thing", ["docker/"]),
        # The page itself, by another spelling.
        ("Git/Install.html", ["git/install/"]),
        ("git/README.md", ["git/"]),
        # Likeness of the address or of the title, in the language of the address.
        ("git/instal/", ["git/install/"]),
        ("docker/image", ["docker/images/"]),
        ("en/git/instal/", ["en/git/install/"]),
        ("%E5%AE%89%E8%A3%85git/", ["git/install/"]),
        ("quite/another/matter/", []),
        ("%E0%A4%A/", []),
        ("constructor/", []),
        ("", [""]),
    ],
)
def test_what_is_proposed(base: str, path: str, expected: list[str]) -> None:
    html = compose({name: rendered(name) for name in ("zh", "en")}, "zh", base)
    script = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    context = quickjs.Context()
    context.eval(f"var proposals = {script.strip().removesuffix(';')};")
    listed = list_of_pages(PAGES, FORMER)
    found = context.eval(f"JSON.stringify(proposals({json.dumps(base + path)}, {listed}))")
    assert json.loads(str(found))[: max(len(expected), 1)] == expected
