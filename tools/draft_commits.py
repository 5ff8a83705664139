"""Drafts for a pull request: `python tools/draft_commits.py REPORT [--limit 5]`.

One commit for each page, on the branch that is checked out, and a report in Markdown for whoever
reads them. Pushes nothing. Writes `pages=N` to the file GITHUB_OUTPUT.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from html import escape
from pathlib import Path

from command import CONFIG, Arguments, UserError, guarded, prepare
from draft import Drafting, draft_pages, drafting, everything, translation_uri
from mkdocs_bridge.site import site_settings

_MOST = 50_000
"""Characters of a report: GitHub takes 65,536 for a pull request."""
_AUTHOR = ("machine drafts", "41898282+github-actions[bot]@users.noreply.github.com")


def _git(folder: Path, *arguments: str) -> str:
    name, mail = _AUTHOR
    identity = ["-c", f"user.name={name}", "-c", f"user.email={mail}", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *identity, *arguments]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        raise UserError(f"git {arguments[0]} 没有成功：{done.stderr.strip()}")
    return done.stdout


def _commit(work: Drafting, uri: str) -> bool:
    """Commit the translation of one page; False where nothing was written."""
    docs = work.site.docs_dir
    if not (docs / uri).is_file():
        return False
    _git(docs, "add", "--", uri)
    if not _git(docs, "diff", "--cached", "--name-only", "--", uri):
        return False
    body = "Nobody has read it yet; make translated records what has been read."
    _git(docs, "commit", "-q", "-m", f"Draft {uri} by machine", "-m", body, "--", uri)
    return True


def draft_commits(work: Drafting, limit: int) -> tuple[int, str]:
    """How many pages were committed, and what to tell of each; a service that fails ends it."""
    told, commits = [], 0
    for identity in everything(work, limit):
        uri = translation_uri(work, work.selection(identity))
        said, stop = io.StringIO(), ""
        with contextlib.redirect_stdout(said):
            try:
                draft_pages(work, [identity], yes=True)
            except UserError as error:
                stop = str(error)
        commits += _commit(work, uri)
        text = "\n".join(filter(None, [said.getvalue().strip(), stop]))
        # What a model or a page says is shown as text: no mention, no link, no picture.
        told.append(f"<code>{escape(uri)}</code>\n<pre>{escape(text)}</pre>\n")
        if stop:
            break
    return commits, "\n".join(told)


def main(words: list[str]) -> int:
    """Draft, commit, and write the report."""
    prepare()
    parser = Arguments(description=__doc__)
    parser.add_argument("report")
    parser.add_argument("--limit", type=int, default=5, help="pages at most")
    parser.add_argument("--to", default="", help="locale")
    arguments = parser.parse_args(words)
    site = site_settings(CONFIG)
    if _git(site.docs_dir, "status", "--porcelain", "--", "."):
        raise UserError("有还没有提交的改动：先提交，草稿才能一页一个提交")
    work = drafting(site, site.tree(), arguments.to)
    commits, told = draft_commits(work, arguments.limit)
    report = (
        f"机器起草了 {commits} 页，一页一个提交，**还没有人读过**。读的时候直接改，"
        f"改过的小节自动算读过；不用改的运行 `make translated`。\n\n{told}"
    )
    if len(report) > _MOST:
        report = f"{report[:_MOST]}</pre>\n\n（太长，后面的没有写出来）\n"
    Path(arguments.report).write_text(report, encoding="utf-8")
    print(report)
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"pages={commits}\n")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
