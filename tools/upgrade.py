"""Bring the newest generator into another club's repository: `run.py upgrade`.

What is the club's (`THEIRS`) stays as it is, whatever we did to ours; everything else becomes
what we have published. A file of the generator that the club has changed is merged with what
we changed. The result is one merge commit, so that git knows next time what is new. Needs
nothing but Python and git, and refuses to start on changes that are not committed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

REPOSITORY = Path(__file__).resolve().parent.parent
THEIRS = (
    "docs/",
    "club.yml",
    "overrides/assets/images/mark.svg",
    "overrides/assets/stylesheets/club.css",
    "README.md",
    "README.en.md",
    "LICENSE",
)
"""What belongs to the club: folders end with `/`."""
REMOTE = "upstream"
WRONG = 2


class StopError(Exception):
    """What the user has to do; the text is printed as it is."""


def is_theirs(path: str) -> bool:
    """Whether a path of the repository belongs to the club, and is never touched."""
    return any(path == own or (own.endswith("/") and path.startswith(own)) for own in THEIRS)


class Git:
    """git in one working tree."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """The command's outcome, whatever it is."""
        command = ["git", "-C", str(self.folder), "-c", "core.quotepath=false", *words]
        try:
            return subprocess.run(command, capture_output=True, check=False, input=data)
        except FileNotFoundError:
            raise StopError("这台电脑上没有 git：到 https://git-scm.com/downloads 下载") from None

    def read(self, *words: str) -> str:
        """What the command prints; StopError with git's own words where it fails."""
        done = self.run(*words)
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip()
            raise StopError(f"git {words[0]} 没有成功：{said}")
        return done.stdout.decode("utf-8", "surrogateescape")

    def holds(self, *words: str) -> bool:
        """Whether the command ends well."""
        return self.run(*words).returncode == 0

    def tree(self, commit: str) -> dict[str, str]:
        """Path → mode and object of every file of a commit."""
        entries = self.read("ls-tree", "-r", "-z", commit).split("\0")
        parts = (entry.partition("\t") for entry in entries if entry)
        return {path: f"{meta.split()[0]} {meta.split()[2]}" for meta, _, path in parts}


def fetched(git: Git, address: str) -> str:
    """The newest commit of the repository that this one comes from."""
    known = REMOTE in git.read("remote").split()
    if address:
        git.read("remote", *(["set-url"] if known else ["add"]), REMOTE, address)
    elif not known:
        raise StopError(
            "还不知道从哪里升级。第一次要写上原来那个仓库的地址，以后就记住了："
            "python3 run.py upgrade FROM=https://github.com/…"
        )
    # Its default branch, whatever that is called.
    git.read("fetch", "--quiet", REMOTE, "HEAD")
    return git.read("rev-parse", "FETCH_HEAD").strip()


def _ready(git: Git) -> None:
    if not git.holds("rev-parse", "--verify", "HEAD"):
        raise StopError("这里不是 git 仓库，或者还没有提交。请在克隆下来的文件夹里运行")
    if git.holds("rev-parse", "--verify", "MERGE_HEAD"):
        raise StopError("有一次合并还没有做完：git commit 做完它，或者 git merge --abort 放弃它")
    changed = [line[3:] for line in git.read("status", "--porcelain").splitlines()]
    if changed:
        more = "……" if len(changed) > 5 else ""
        raise StopError(f"还有没提交的改动，先提交，再升级：{'、'.join(changed[:5])}{more}")
    if git.read("rev-parse", "--is-shallow-repository").strip() == "true":
        raise StopError("这个克隆没有完整的历史。先运行：git fetch --unshallow")


def _merged(git: Git, base: str, ours: str, new: str) -> tuple[bytes, bool] | None:
    """A file of the generator that both have changed, and whether it conflicts; None: no text."""
    labels = [word for name in ("你们的", "共同的", "新版的") for word in ("-L", name)]
    with TemporaryDirectory() as folder:
        paths = []
        for name, entry in (("mine", ours), ("base", base), ("new", new)):
            data = git.run("cat-file", "blob", entry.split()[1]).stdout if entry else b""
            if b"\0" in data:
                return None
            paths.append(Path(folder) / name)
            paths[-1].write_bytes(data)
        done = git.run("merge-file", "-p", *labels, *map(str, paths))
    return done.stdout, done.returncode != 0


def upgrade(git: Git, new: str) -> int:
    """Merge the commit `new`; exit status 1 where a person has to finish it."""
    if git.holds("merge-base", "--is-ancestor", new, "HEAD"):
        print("已经是最新的了。")
        return 0
    found = git.run("merge-base", "HEAD", new).stdout.decode().strip()
    base = git.tree(found) if found else {}
    head, theirs = git.tree("HEAD"), git.tree(new)
    # What was ours at any time was not changed by the club: a squashed merge loses the base.
    listed = git.read("rev-list", "--objects", "--no-object-names", new)
    published = set(listed.split())
    deleted = "log", "--format=", "--name-only", "--no-renames", "--diff-filter=D", "-z", new
    once_ours = {name.strip("\n") for name in git.read(*deleted).split("\0")}
    take: list[str] = []
    drop: list[str] = []
    merge: list[str] = []
    for path in sorted({*head, *theirs}):
        mine, other = head.get(path, ""), theirs.get(path, "")
        if is_theirs(path) or mine == other:
            continue
        if not mine:
            # What the club has deleted stays so.
            take += [path] * (path not in base)
        elif mine.split()[1] in published and (other or path in once_ours):
            (take if other else drop).append(path)
        elif other and other != base.get(path, ""):
            merge.append(path)
    words = ["--no-commit", "--no-ff", "-s", "ours", "--allow-unrelated-histories", "-q"]
    git.read("merge", *words, new)
    try:
        conflicts = _apply(git, new, take, drop, merge, (base, head, theirs))
    except BaseException:
        git.run("merge", "--abort")
        raise
    if conflicts:
        listed = "\n  ".join(conflicts)
        print(
            f"生成器的这几个文件，你们改过，新版也改了同一处，要你来决定：\n  {listed}\n"
            "打开它们，在 <<<<<<< 和 >>>>>>> 之间留下要的，然后：\n"
            "  git add -A && git commit --no-edit\n"
            "不想升级了，就用 git merge --abort 回到原样。你们的页面和设置都没有动。",
            file=sys.stderr,
        )
        return 1
    git.read("commit", "-q", "-m", f"Upgrade the generator to {new[:12]}")
    kept = f"，{len(merge)} 个你们改过的与新版合在了一起" if merge else ""
    print(f"升级好了：更新 {len(take)} 个文件，删除 {len(drop)} 个{kept}。")
    print("你们的页面和设置没有动。用 python3 run.py check 看一看，然后 git push。")
    print("不要了就退回去：git reset --hard HEAD~1")
    return 0


def _apply(
    git: Git,
    new: str,
    take: list[str],
    drop: list[str],
    merge: list[str],
    trees: tuple[dict[str, str], dict[str, str], dict[str, str]],
) -> list[str]:
    """Write what was decided; the files that are left with a conflict."""
    base, head, theirs = trees
    names = "\0".join(take).encode("utf-8", "surrogateescape")
    if take:
        words = ("checkout", new, "--pathspec-from-file=-", "--pathspec-file-nul")
        done = git.run("--literal-pathspecs", *words, data=names)
        if done.returncode:
            raise StopError(done.stderr.decode("utf-8", "replace"))
    if drop:
        git.read("--literal-pathspecs", "rm", "-q", "--", *drop)
    conflicts = []
    for path in merge:
        outcome = _merged(git, base.get(path, ""), head[path], theirs[path])
        if outcome is None:
            print(f"{path} 不是文字，留着你们的", file=sys.stderr)
            continue
        data, conflict = outcome
        (git.folder / path).write_bytes(data)
        if conflict:
            conflicts.append(path)
            # As git's own conflicts: editors show it, and `git merge --abort` undoes it.
            stages = (base.get(path, ""), head[path], theirs[path])
            lines = [f"0 {'0' * 40}\t{path}\n"]
            lines += [f"{e} {n}\t{path}\n" for n, e in enumerate(stages, 1) if e]
            info = "".join(lines).encode("utf-8", "surrogateescape")
            git.run("update-index", "--index-info", data=info)
        else:
            git.read("--literal-pathspecs", "add", "--", path)
    return conflicts


def main(words: list[str]) -> int:
    """Fetch and merge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="address", default="")
    parser.add_argument("--folder", type=Path, default=REPOSITORY)
    options = parser.parse_args(words)
    git = Git(options.folder)
    try:
        _ready(git)
        return upgrade(git, fetched(git, options.address))
    except StopError as error:
        print(error, file=sys.stderr)
    return WRONG


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
