"""A folder of Markdown like a club's notes, of any size, the same on every machine."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

PAGES_PER_SECTION = 20
BYTES_PER_PAGE = 9_000
IMAGES_PER_PAGE = 2

Layout = dict[str, str]
"""Where an engine looks for the page `{}` of each language."""
SUFFIX: Layout = {"zh": "{}.md", "en": "{}.en.md"}

_WORDS = {
    "zh": "仓库 分支 提交 合并 冲突 远程 容器 镜像 网络 端口 进程 线程 缓存 索引 数据库 查询 事务 "
    "服务器 客户端 浏览器 请求 响应 路由 模板 组件 测试 部署 日志 监控 配置 环境变量 依赖 "
    "编译 链接 调试 断点 内存 磁盘 文件系统 权限 用户组 脚本 函数 模块 接口 协议 加密 证书",
    "en": "repository branch commit merge conflict remote container image network port process "
    "thread cache index database query transaction server client browser request response "
    "router template component test deployment log monitor setting environment dependency "
    "compiler linker debugger breakpoint memory disk filesystem permission group script",
}
_SHAPES = {
    "zh": "在{0}里改动{1}之前，先看一眼{2}的状态，再决定要不要把**{3}**交给`{4}`处理。",
    "en": "Before you touch the {1} of a {0}, look at its {2} and hand the **{3}** to `{4}`. ",
}
_TITLES = {"zh": "{0}与{1}笔记 {2}", "en": "Notes on {0} and {1} {2}"}


def png(seed: int) -> bytes:
    """A small picture that is a different file for every seed."""
    width, height = 64, 48
    noise = random.Random(seed)  # noqa: S311
    rows = b"".join(b"\0" + noise.randbytes(width * 3) for _ in range(height // 8))
    rows += (b"\0" + bytes([seed % 256, seed // 256 % 256, 90]) * width) * (height - height // 8)

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def _name(number: int) -> str:
    return f"section-{number // PAGES_PER_SECTION:03}/page-{number:04}"


def page_path(number: int, locale: str, layout: Layout = SUFFIX) -> str:
    """Where page `number` lies below the folder that is written."""
    return layout[locale].format(_name(number))


def page_text(number: int, pages: int, locale: str) -> str:
    """Front matter, headings, prose, lists, two code blocks, a table, links and images."""
    chance = random.Random(f"{number} {locale}")  # noqa: S311
    words = _WORDS[locale].split()

    def sentence() -> str:
        return _SHAPES[locale].format(*chance.choices(words, k=5))

    def paragraph() -> str:
        return "".join(sentence() for _ in range(4))

    stem = _name(number).rpartition("/")[2]
    first = number // PAGES_PER_SECTION * PAGES_PER_SECTION
    neighbour = first + (number - first + 1) % min(PAGES_PER_SECTION, pages - first)
    parts = [
        f"---\ntags: [{chance.choice(words)}]\nauthor: member-{number % 17}\n---\n",
        "# " + _TITLES[locale].format(*chance.choices(words, k=2), number),
        paragraph(),
    ]
    size, section = 0, 0
    while size < BYTES_PER_PAGE:
        section += 1
        parts += [f"## {chance.choice(words)} {section}", paragraph()]
        match section % 4:
            case 1:
                lines = "\n".join(
                    f"def step_{i}(value: int) -> str:\n"
                    f'    """{chance.choice(words)}"""\n'
                    f'    return f"{{value + {i}:04}} {chance.choice(words)}"\n'
                    for i in range(4)
                )
                parts.append(f'```python title="step.py"\n{lines}```')
            case 2:
                rows = "\n".join(
                    f"| {chance.choice(words)} | `{chance.choice(words)}` | {i} |" for i in range(6)
                )
                parts.append(f"| A | B | C |\n| --- | --- | ---: |\n{rows}")
            case 3:
                parts.append("\n".join(f"- {sentence()}" for _ in range(4)))
                parts.append(
                    "```bash\n" + "\n".join(f"git switch topic-{i}" for i in range(5)) + "\n```"
                )
            case _:
                parts.append(f"> {sentence()}\n\n1. {sentence()}\n2. {sentence()}")
                target = page_path(neighbour, "zh").rpartition("/")[2]
                parts.append(f"[{chance.choice(words)}](./{target})")
        if section <= IMAGES_PER_PAGE:
            parts.append(f"![{chance.choice(words)}](./{stem}/{section}.png)")
        size = len("\n\n".join(parts).encode())
    return "\n\n".join(parts) + "\n"


def write_corpus(folder: Path, pages: int, layout: Layout = SUFFIX) -> None:
    """Write `pages` pages in Chinese and as many in English, with their pictures."""
    for locale, text in (("zh", "# 首页\n\n欢迎。\n"), ("en", "# Home\n\nWelcome.\n")):
        home = folder / layout[locale].format("index")
        home.parent.mkdir(parents=True, exist_ok=True)
        home.write_text(text, encoding="utf-8")
    for number in range(pages):
        write_page(folder, number, pages, layout)


def write_page(folder: Path, number: int, pages: int, layout: Layout = SUFFIX) -> None:
    """Write page `number` of `pages` in both languages, with its pictures beside it."""
    for locale in layout:
        path = folder / page_path(number, locale, layout)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page_text(number, pages, locale), encoding="utf-8")
        pictures = path.parent / _name(number).rpartition("/")[2]
        pictures.mkdir(exist_ok=True)
        for image in range(1, IMAGES_PER_PAGE + 1):
            (pictures / f"{image}.png").write_bytes(png(number * IMAGES_PER_PAGE + image))
