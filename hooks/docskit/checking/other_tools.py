"""Hints about what only another tool understands: Hexo's tags, MDX' code, Obsidian's queries.

It is shown as it is written, which readers see and a folder's owner does not expect.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from docskit.messages import Problem, Severity
from docskit.reading import AuthorPage
from docskit.references import without_code

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
# Of Docusaurus, VuePress and Jekyll, Hexo, and what exports Yuque.
_ADDRESSES = ("slug", "permalink", "abbrlink", "urlname")
_QUERY = re.compile(
    r"^ {0,3}(?:`{3,}|~{3,}) *(dataview|dataviewjs|tasks|query|button)\b", re.MULTILINE
)
# What `[[page#^name]]` leads to; a formula has no blank before it and no word after it.
_BLOCK_NAME = re.compile(r"(?:^|(?<=[ \t]))\^[a-zA-Z0-9-]{3,}[ \t]*$", re.MULTILINE)
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

    for name in _ADDRESSES:
        value = page.front_matter.meta.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip("/ "):
            address = str(value).strip("/ ")
            found.append(
                Problem(
                    page.path,
                    page.front_matter.lines.get(name, 1),
                    0,
                    "other-tool-address",
                    Severity.HINT,
                    f"页首信息的 '{name}' 在这里不起作用：网址来自文件名，页面之间用文件名链接。"
                    f"想让旧地址还能打开，写 aliases: [{address}]",
                    f"front matter '{name}' does nothing here: the address comes from the file's "
                    "name, and pages link to files. To keep the old address, write "
                    f"aliases: [{address}]",
                )
            )
    for match in _QUERY.finditer(page.front_matter.body):
        tell(
            match.start(),
            f"{match[1]} 是 Obsidian 插件的查询，网站上只显示成代码。请把结果写成列表或表格",
            f"{match[1]} is a query of an Obsidian plugin, and is shown as code. Write its result "
            "as a list or a table",
        )
    for match in _BLOCK_NAME.finditer(text) if "^" in text else ():
        tell(
            match.start(),
            f"'{match[0].strip()}' 是 Obsidian 给这一段起的名字，读者会看到它。请删掉",
            f"'{match[0].strip()}' is Obsidian's name of this block, and readers see it. Delete it",
        )
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
