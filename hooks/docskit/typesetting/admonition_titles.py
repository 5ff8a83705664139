"""Titles of admonitions to which their author gave none, in the language of the page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

# Material's kinds of admonition and GitHub's kinds of alert.
_ZH = {
    "abstract": "摘要",
    "bug": "缺陷",
    "caution": "小心",
    "danger": "危险",
    "example": "例子",
    "failure": "失败",
    "important": "重要",
    "info": "说明",
    "note": "注意",
    "question": "问题",
    "quote": "引用",
    "success": "成功",
    "tip": "提示",
    "warning": "警告",
}
TITLES = {"zh": _ZH}


class AdmonitionTitles(Extension):
    """Give untitled admonitions and details their title in `locale`, set for each page."""

    locale = ""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register after blocks are parsed (`inline` is 20), before the page is written."""
        md.treeprocessors.register(_Translate(md, self), "admonition-titles", 18)


class _Translate(Treeprocessor):
    def __init__(self, md: Markdown, extension: AdmonitionTitles) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        titles = TITLES.get(self.extension.locale.split("-")[0], {})
        for box in root.iter() if titles else ():
            kinds = box.get("class", "").split()
            if not len(box) or not (box.tag == "details" or kinds[:1] == ["admonition"]):
                continue
            title, kind = box[0], kinds[-1] if kinds else ""
            # Both extensions write the kind itself, capitalised, where there is no title.
            if title.text == kind.capitalize() and not len(title):
                title.text = titles.get(kind, title.text)
