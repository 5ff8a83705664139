import pytest

from docskit.pictures.captions import mark_captions

PICTURE = '<p><img alt="云" src="a.png" /></p>\n'


@pytest.mark.parametrize("text", ["图 16-5：标识", "图 A-1：分类", "图1 网络", "Figure 2. A net"])
def test_a_numbered_line_below_a_picture_is_its_caption(text: str) -> None:
    assert mark_captions(f"{PICTURE}<p>{text}</p>") == f'{PICTURE}<p class="caption">{text}</p>'


@pytest.mark.parametrize(
    "html",
    [
        f"{PICTURE}<p>图里有三层。</p>",
        f"{PICTURE}<h2>图 1</h2>",
        "<p>文字</p>\n<p>图 1：名字</p>",
        f"{PICTURE}<p>如图 1 所示。</p>",
    ],
)
def test_other_paragraphs_are_text(html: str) -> None:
    assert mark_captions(html) == html
