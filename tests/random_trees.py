"""Folders of pages as they occur, and as nobody would think of: names that meet in every way."""

from __future__ import annotations

from random import Random

NAMES = [
    "index", "README", "readme", "Readme", "INDEX", "docker", "Docker", "DOCKER", "git", "guide",
    "en", "zh", "404", "search", "translations", "tags", "contributors", "templates",
    "caf\u00e9", "cafe\u0301", "安装", "用 Git", "node.js", "a.en.b", "git-en",
    "index_cn", "x - 副本",
]  # fmt: skip
SPELLINGS = [
    ".en", ".zh", "_en", "-en", "_EN", "-EN", ".EN", ".en-US", "_en_US", ".zh-CN", "_CN", "-zh",
    ".cn", "_中文", ".fr",
]  # fmt: skip
FOLDERS = [
    "", "docker/", "Docker/", "git/", "guide/", "en/", "zh/", "zh-CN/", "EN/", "translations/",
    "templates/", "index/", "404/", "caf\u00e9/", "cafe\u0301/",
]  # fmt: skip
LEFTOVERS = [
    "git.md~", ".#git.md", "git.md.bak", "4913", "Thumbs.db", ".DS_Store", "#git.md#", "git.tmp",
    "~$报告.docx", "git.md.swp", ".git.md.swp", "desktop.ini", "git.md.orig", "__MACOSX/git.png",
    "git.md.save", "git.md.lnk", ".git.md.un~", "git.swo", "nohup.out", "$RECYCLE.BIN/git.png",
]  # fmt: skip
DRAFT = [
    "---\ndraft: true\n---\n", "---\npublished: false\n---\n", "---\n草稿: 是\n---\n",
    "---\ntitle: x\nDraft: yes\n---\n",
]  # fmt: skip


def random_tree(seed: int, most: int = 24) -> dict[str, str]:
    """Source URI → text; the text of page number n has the word `mark-n-`, a draft's `draft-n-`."""
    random = Random(seed)
    # Few names, so that they meet.
    names = random.sample(NAMES, 7)
    folders = ["", *random.sample(FOLDERS, 4)]
    uris = set()
    for _ in range(random.randint(3, most)):
        spelling = random.choice(SPELLINGS) if random.random() < 0.4 else ""
        deep = random.choice(folders) + (random.choice(folders) if random.random() < 0.3 else "")
        suffix = random.choice([".md"] * 12 + [".markdown", ".MD", ".html"])
        name = random.choice(names)
        uris.add(deep + name + (spelling + suffix if suffix != ".html" else suffix))
    files = {}
    for number, uri in enumerate(sorted(uris)):
        han = "这一页是中文的，说明怎样用。" if random.random() < 0.7 else "This page is English."
        draft = random.random() < 0.1 and not uri.endswith(".html")
        front = random.choice(DRAFT) if draft else ""
        word = "draft" if draft else "mark"
        files[uri] = (
            f"{front}# {'页' if '这' in han else 'Page'} {number}\n\n{word}-{number}- {han}\n"
        )
    for name in random.sample(LEFTOVERS, 3):
        files.setdefault(random.choice(folders) + name, "leftover-\n")
    if random.random() < 0.5:
        listed = "".join(f"  - {uri}\n" for uri in sorted(uris)[:2] if not uri.endswith("l"))
        files[".nav.yml"] = f"nav:\n{listed}" if listed else "sort:\n  by: filename\n"
    return files
