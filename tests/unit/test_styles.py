"""What is done to style sheets when they become one."""

from __future__ import annotations

from urllib.parse import unquote

from docskit.typesetting.style_sheets import icon_rule, with_plain_entries


def test_an_entry_without_classes_has_the_rules_of_one_with_them() -> None:
    sheet = ".md-nav__item--active>.md-nav__link[href]:hover{color:red}"
    assert with_plain_entries(sheet) == (
        ".md-nav__item--active>:is(.md-nav__link, :where(.md-nav__list > li) > a)[href]:hover"
        "{color:red}"
    )
    assert with_plain_entries(".md-nav .md-nav__item{padding:0}") == (
        ".md-nav :is(.md-nav__item, :where(.md-nav__list > li)){padding:0}"
    )


def test_the_picture_of_an_icon_stays_within_its_quotes() -> None:
    svg = '<svg viewBox="0 0 2 2"><path fill="#f00" d="M0 0h2z"/></svg>\n'
    rule = icon_rule("dot", svg)
    start, end = '.i-dot{--icon:url("data:image/svg+xml,', '")}'
    assert rule.startswith(start) and rule.endswith(end)
    data = rule.removeprefix(start).removesuffix(end)
    assert not set('"#<>\n') & set(data)
    assert unquote(data) == svg.strip()
