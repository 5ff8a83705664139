"""Hints about what only another generator understands: Hexo's tags, VuePress' and MDX' code.

It is shown as it is written, which readers see and a folder's owner does not expect.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from docskit.author_page import AuthorPage
from docskit.problem import Problem, Severity
from docskit.source_references import without_code

# https://hexo.io/docs/tag-plugins, and those of the themes NexT and Butterfly.
_HEXO = re.compile(
    r"\{%-?\s*(?:end)?(asset_img|asset_path|asset_link|post_link|post_path|img|image|codeblock|code"
    r"|include_code|blockquote|quote|pullquote|raw|youtube|vimeo|iframe|gist|jsfiddle|note|tabs|tab"
    r"|cq|centerquote|btn|button|label|link|hideToggle|folding|timeline|gallery|mermaid)\b[^%\n]*%\}"
)
_IN_MARKDOWN = {
    "asset_img": ("![说明](图片)", "![words](picture)"),
    "img": ("![说明](图片)", "![words](picture)"),
    "image": ("![说明](图片)", "![words](picture)"),
    "post_link": ("[文字](那一页.md)", "[words](page.md)"),
    "codeblock": ("```", "```"),
    "code": ("```", "```"),
    "blockquote": ("> 引用", "> quotation"),
    "quote": ("> 引用", "> quotation"),
    "note": ("> [!NOTE]", "> [!NOTE]"),
    "raw": ("普通的文字，不用这一行", "plain text, without this line"),
}
_VUEPRESS = re.compile(r"^<<< *@?[/.\w].*$", re.MULTILINE)
_MDX = re.compile(
    r"^(?:import\s[^\n]*\sfrom\s+['\"]|export\s+(?:const|default|function)\s).*$", re.MULTILINE
)
_NOT_PAGES = {".mdx", ".ipynb", ".rst", ".adoc", ".org", ".docx"}


def other_tools_hints(page: AuthorPage) -> list[Problem]:
    """One for each place of such a construct, outside code."""
    text = without_code(page.front_matter.body)
    first = page.front_matter.body_line
    found = []

    def tell(at: int, zh: str, en: str) -> None:
        line = text.count("\n", 0, at)
        column = at - (text.rfind("\n", 0, at) + 1) + 1
        found.append(Problem(page.path, line + first, column, "other-tool", Severity.HINT, zh, en))

    for match in _HEXO.finditer(text) if "{%" in text else ():
        zh, en = _IN_MARKDOWN.get(match[1], ("Markdown", "Markdown"))
        tell(
            match.start(),
            f"'{match[0]}' 是 Hexo 的写法，页面上照原样显示。请写成 {zh}",
            f"'{match[0]}' is Hexo's, and shown as it is written. Write {en}",
        )
    for match in _VUEPRESS.finditer(text) if "<<<" in text else ():
        tell(
            match.start(),
            "这一行是 VuePress 引入代码的写法，页面上照原样显示。请把代码贴成代码块",
            "VuePress includes code by this line; here it is shown. Paste the code as a block",
        )
    for match in _MDX.finditer(text):
        tell(
            match.start(),
            "这一行像是 MDX 里的 JavaScript，页面上照原样显示。请删掉它；是代码就放进代码块",
            "this looks like JavaScript of MDX, and is shown as it is written. Delete it, or make "
            "it a block of code",
        )
    return found


def not_pages(uris: list[str]) -> list[Problem]:
    """A hint for each file that another tool makes a page of, and nobody here."""
    return [
        Problem(
            uri,
            0,
            0,
            "other-tool-file",
            Severity.HINT,
            f"{PurePosixPath(uri).suffix} 文件没有做成网页，只能下载。改写成 Markdown，存成 .md",
            f"{PurePosixPath(uri).suffix} is no page here, only a download. Make it Markdown, .md",
        )
        for uri in sorted(uris)
        if PurePosixPath(uri).suffix.lower() in _NOT_PAGES
    ]


def hidden_public(uris: list[str]) -> list[Problem]:
    """A hint where pictures stand in a hidden folder that VuePress publishes as the root."""
    return [
        Problem(
            folder,
            0,
            0,
            "other-tool-folder",
            Severity.HINT,
            f"VuePress 把 {folder} 里的 {count} 个文件放在网站的根目录，这里不发布名字以点开头的"
            "文件夹。请把里面的东西移到文档文件夹的最外层",
            f"VuePress publishes the {count} files of {folder} at the root; a folder whose name "
            "begins with a dot is not published here. Move what is in it to the docs folder",
        )
        for folder in (".vuepress/public", ".vitepress/public")
        if (count := sum(uri.startswith(f"{folder}/") for uri in uris))
    ]
