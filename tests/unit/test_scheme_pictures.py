import pytest

from docskit.pictures.scheme_pictures import pictures_for_schemes

IMG = '<img width="70%" src="light.png" alt="图">'
LIGHT = '<img width="70%" src="light.png#only-light" alt="图">'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            f'<source media="(prefers-color-scheme: dark)" srcset="dark.png">\n{IMG}',
            LIGHT + '<img width="70%" src="dark.png#only-dark" alt="图">',
        ),
        (
            "<source media='(prefers-color-scheme:dark)' srcset='a&amp;b.png#x'>"
            f'<source media="(prefers-color-scheme: light)" srcset="day.png">{IMG}',
            '<img width="70%" src="day.png#only-light" alt="图">'
            '<img width="70%" src="a&amp;b.png#only-dark" alt="图">',
        ),
        (f'<source media="(min-width: 40em)" srcset="wide.png">{IMG}', None),
        (f'<source type="image/webp" srcset="a.webp">{IMG}', None),
        (f'<source media="(prefers-color-scheme: dark)" srcset="a.png, b.png 2x">{IMG}', None),
        ('<source media="(prefers-color-scheme: dark)" srcset="dark.png">', None),
        (IMG, None),
    ],
)
def test_a_picture_of_two_schemes_is_two(inside: str, expected: str | None) -> None:
    written = f"<p><picture>{inside}</picture></p>"
    assert pictures_for_schemes(written) == (f"<p>{expected}</p>" if expected else written)
