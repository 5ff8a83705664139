import pytest

from docskit.pictures.picture_links import link_pictures


def test_a_picture_becomes_a_link_to_itself_and_nothing_else_changes() -> None:
    html = '<p>甲</p>\n<p>乙 <IMG\n  alt="a &amp; b" src="../a.png?x=1&amp;y=2" width=70%> 丙</p>'
    picture = '<IMG\n  alt="a &amp; b" src="../a.png?x=1&amp;y=2" width=70%>'
    linked = link_pictures(html)
    opening = '<a class="glightbox" href="../a.png?x=1&amp;y=2" data-title="a &amp; b">'
    assert opening + picture + "</a>" in linked
    assert linked.replace(opening, "").replace("</a>", "") == html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="x"><img src="a.png"></a>',
        '<button><img src="a.png"/></button>',
        '<img class="twemoji" src="a.png">',
        '<img class="big off-glb" src="a.png">',
        "<img alt='no address'>",
        "<!-- <img src='a.png'> -->",
        "<script>'<img src=a.png>'</script>",
        "<pre><code>&lt;img src='a.png'&gt;</code></pre>",
    ],
)
def test_what_is_not_zoomed(html: str) -> None:
    assert link_pictures(html) == html


def test_a_link_that_ends_lets_the_next_picture_be_zoomed() -> None:
    assert link_pictures('<a href="x">x</a><img src="a.png">').endswith('<img src="a.png"></a>')


def test_a_picture_elsewhere_is_opened_without_a_referrer() -> None:
    linked = link_pictures('<img src="https://e.org/a.png">')
    assert linked.startswith('<a class="outside" href="https://e.org/a.png" rel="noreferrer">')
