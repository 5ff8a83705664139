"""What the columns of a table say of themselves."""

from __future__ import annotations

import pytest

from docskit.typesetting.tables import size_columns


def table(headers: str, *rows: str) -> str:
    """A table as Python-Markdown writes it."""
    body = "".join(f"<tr>\n{row}\n</tr>\n" for row in rows)
    return f"<table>\n<thead>\n<tr>\n{headers}\n</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>"


LONG = "长" * 40


@pytest.mark.parametrize(
    ("headers", "row", "result"),
    [
        ("<th>名</th>", "<td>值</td>", "<th>名</th>"),
        ("<th>名</th>", f"<td>{LONG}</td>", '<th style="--longest:40">名</th>'),
        (
            "<th></th><th>b</th>",
            f"<td>1</td><td>{LONG}</td>",
            '<td></td><th style="--longest:40">b',
        ),
        # Its row has a name each, and the corner none.
        (
            '<th style="text-align: right;"></th><th>b</th>',
            f"<td>{LONG}</td><td>1</td>",
            '<td style="--longest:40;text-align: right;"></td><th>b</th>',
        ),
        (
            '<th style="text-align: right;">名</th>',
            f"<td>{LONG}</td>",
            '<th style="--longest:40;text-align: right;">名</th>',
        ),
        # The longest line counts, tags and entities do not.
        (
            "<th>名</th>",
            '<td><a href="/a/very/long/address">四个汉字</a><br>a &amp; b</td>',
            '<th style="--longest:4">',
        ),
        ("<th>名</th>", "<td>abcdefghij</td>", '<th style="--longest:6">'),
        # A row that has fewer cells than there are columns.
        ("<th>a</th><th>b</th>", f"<td>{LONG}</td>", '<th style="--longest:40">a</th><th>b</th>'),
    ],
)
def test_a_column_says_how_long_its_longest_cell_is(headers: str, row: str, result: str) -> None:
    assert result in size_columns(table(headers, row))


@pytest.mark.parametrize(
    "html",
    [
        f"<table class='mine'>{table('<th>a</th>', f'<td>{LONG}</td>')[7:]}",
        f"<table><tr><td>{LONG}</td></tr></table>",
        f"<p>{LONG}</p>",
    ],
)
def test_the_authors_own_tables_stay_as_they_are(html: str) -> None:
    assert size_columns(html) == html
