"""What the search dialog says beside its results."""

from __future__ import annotations

from docskit.messages import in_language

_ZH = {
    "empty": "没有哪一页写到这些。少写几个字，换一个名字，或者用英文、拼音试试。也许：",
    "corrected": "没有“{typed}”这个词，下面找的是“{meant}”。",
    "loading": "正文还在下载，好了会自动补上。",
    "failed": "搜索没有加载成功。检查网络，刷新页面再试一次。",
    "partial": "没有完全符合的，最接近的是：",
    "recent": "最近搜过（只存在这台设备上）",
    "forget": "清空",
    "tips": "中文、英文、拼音、缩写都行：环境变量、env、huanjing、环变。",
}
_EN = {
    "empty": "No page says this. Try fewer words, or another name for it. Perhaps:",
    "corrected": "No page has “{typed}”. These are for “{meant}”.",
    "loading": "The pages' text is still on its way; what it holds will follow.",
    "failed": "Search could not be loaded. Check the connection and reload the page.",
    "partial": "Nothing fits all of it. The nearest are:",
    "recent": "Recent searches (kept on this device only)",
    "forget": "Clear",
    "tips": "A few words will do: a name, a command, an error message.",
}


def messages(locale: str) -> dict[str, str]:
    """The dialog's sentences in the language of `locale`; in braces what was typed and meant."""
    return in_language({"zh": _ZH, "en": _EN}, locale)
