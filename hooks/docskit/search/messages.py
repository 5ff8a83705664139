"""What the search dialog says beside its results."""

from __future__ import annotations

_ZH = {
    "empty": "没有哪一页写到这些。少写几个字，换一个名字，或者用英文、拼音试试。也许：",
    "corrected": "没有这个词，下面是“#”的结果。",
    "failed": "搜索没有加载成功。检查网络，刷新页面再试一次。",
}
_EN = {
    "empty": "No page says this. Try fewer words, or another name for it. Perhaps:",
    "corrected": "No page has this word. Results for “#”.",
    "failed": "Search could not be loaded. Check the connection and reload the page.",
}


def messages(locale: str) -> dict[str, str]:
    """The dialog's sentences in the language of `locale`; `#` stands for a corrected word."""
    return _ZH if locale.startswith("zh") else _EN
