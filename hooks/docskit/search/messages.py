"""What the search dialog says beside its results."""

from __future__ import annotations

_ZH = {
    "empty": "没有哪一页写到这些。少写几个字，换一个名字，或者用英文、拼音试试。也许：",
    "corrected": "没有“{typed}”这个词，下面找的是“{meant}”。",
    "loading": "正文还在下载，好了会自动补上。",
    "failed": "搜索没有加载成功。检查网络，刷新页面再试一次。",
}
_EN = {
    "empty": "No page says this. Try fewer words, or another name for it. Perhaps:",
    "corrected": "No page has “{typed}”. These are for “{meant}”.",
    "loading": "The pages' text is still on its way; what it holds will follow.",
    "failed": "Search could not be loaded. Check the connection and reload the page.",
}


def messages(locale: str) -> dict[str, str]:
    """The dialog's sentences in the language of `locale`; in braces what was typed and meant."""
    return _ZH if locale.startswith("zh") else _EN
