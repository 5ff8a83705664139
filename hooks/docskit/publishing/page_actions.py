"""What a reader can do with a page: take its Markdown along, and say that something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from docskit.messages import in_language

_WORDS = {
    "zh": {
        "take": "复制 Markdown",
        "copied": "已复制",
        "failed": "没有复制成功，请打开 Markdown 自己复制",
        "view": "查看 Markdown",
        "ask": "拿去问 AI：",
        "hint": "复制这一页并打开对话，粘贴就行",
        "report": "这一页有错？",
        "report_selection": "这里有错？",
        "title": "页面有错：{title}",
        "body": "页面：{url}\n文件：{source}\n",
        "section": "小节：",
        "wrong": "哪里不对、应该是什么：",
    },
    "en": {
        "take": "Copy as Markdown",
        "copied": "Copied",
        "failed": "Not copied: open the Markdown and copy it yourself",
        "view": "View Markdown",
        "ask": "Ask an AI:",
        "hint": "Copies the page and opens a chat to paste it into",
        "report": "Report a mistake",
        "report_selection": "Report this",
        "title": "Mistake on the page: {title}",
        "body": "Page: {url}\nFile: {source}\n",
        "section": "Section: ",
        "wrong": "What is wrong, and what should it be?",
    },
}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that a reader may take the page to."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class PageTools:
    """What the template shows; `report` is empty where the site has no repository."""

    words: dict[str, str]
    chats: tuple[Chat, ...]
    report: str
    report_body: str


def chats(listed: object) -> tuple[Chat, ...]:
    """The entries of `extra.chats` in mkdocs.yml that have a name and a web address."""
    entries: Iterable[object] = listed if isinstance(listed, list) else ()
    return tuple(
        Chat(str(entry["name"]), str(entry["url"]))
        for entry in entries
        if isinstance(entry, dict)
        and entry.get("name")
        and urlsplit(str(entry.get("url", ""))).scheme in {"http", "https"}
    )


def page_tools(
    title: str, url: str, source: str, repository: str, listed: object, locale: str
) -> PageTools:
    """`url` is the page's own, absolute if the site has one; `source` the file's in the docs."""
    words = in_language(_WORDS, locale)
    body = words["body"].format(url=url, source=source)
    known = urlsplit(repository).hostname or ""
    # GitHub and Gitea read these names, GitLab its own.
    names = ("issue[title]", "issue[description]") if "gitlab" in known else ("title", "body")
    path = "-/issues/new" if "gitlab" in known else "issues/new"
    report = ""
    if repository:
        heading = quote(words["title"].format(title=title), safe="")
        report = f"{repository.rstrip('/')}/{path}?{names[0]}={heading}&{names[1]}="
    return PageTools(words, chats(listed), report, body)
