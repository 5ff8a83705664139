"""`python -m docskit` checks and mends any folder of Markdown, with no site generator about."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from site_builder import REPOSITORY

from docskit.messages import Problem
from docskit.standalone import Folder, errors

# Whoever asks for one of these has not kept to the core.
BLOCKED = """
import sys
class Blocked:
    def find_spec(self, name, *_):
        if name.split(".")[0] in {"mkdocs", "mkdocs_bridge", "mkdocs_static_i18n", "material"}:
            raise ImportError(f"{name} is not installed here")
sys.meta_path.insert(0, Blocked())
import runpy
sys.argv[0] = "docskit"
runpy.run_module("docskit", run_name="__main__")
"""


def docskit(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(REPOSITORY / "hooks"), "PYTHONUTF8": "1", "PATH": "/usr/bin"}
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def found(folder: Path) -> list[tuple[str, int, str]]:
    return [(p.path, p.line, p.code) for p in errors(Folder(folder).problems(hints=False))]


def test_a_folder_is_checked_and_mended_without_mkdocs(tmp_path: Path) -> None:
    page = "---\nauther：张三\n---\n\n# 甲\n\n![图](Docker/A.png)\n\n[乙](yi.md#没有)\n"
    write(tmp_path, {"docs/jia.md": page, "docs/yi.md": "# 乙\n\n字\n", "docs/docker/a.png": ""})
    done = docskit("check", "docs", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("docs/")] == [
        "docs/jia.md:2:1: ✓ 页首信息 'auther：' 已当作 'author: '；请改成 'author: '",
        "docs/jia.md:7:6: ✓ 'Docker/A.png' 已当作 'docker/a.png'（大小写或全半角不同）；"
        "请改成 'docker/a.png'",
        "docs/jia.md:9:10: ✗ 页面 'yi.md' 里没有标题 '#没有'。请检查那个标题现在叫什么",
    ]
    assert "3 处错误" in done.stderr
    assert docskit("fix", "docs", "--yes", cwd=tmp_path).returncode == 0
    text = (tmp_path / "docs/jia.md").read_text(encoding="utf-8")
    assert text == "---\nauthor: 张三\n---\n\n# 甲\n\n![图](docker/a.png)\n\n[乙](yi.md#没有)\n"
    (tmp_path / "docs/jia.md").write_text(text.replace("#没有", "#乙"), encoding="utf-8")
    done = docskit("check", "docs", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_nothing_is_written_unless_somebody_says_yes(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "---\nauther: 张三\n---\n\n# 甲\n"})
    done = docskit("fix", ".", cwd=tmp_path)
    assert done.returncode == 1
    assert "+author: 张三" in done.stdout
    assert "auther" in (tmp_path / "a.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek", "docs"], "参数不对"),
        (["check", "doc"], "是不是 docs？"),
        (["check", "docs", "--format", "xml"], "可以写 text、github、json"),
    ],
)
def test_a_mistake_in_the_command_is_one_sentence(
    words: list[str], said: str, tmp_path: Path
) -> None:
    write(tmp_path, {"docs/a.md": "# 甲\n"})
    done = docskit(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# Links that are right on the site of the generator, and the settings that tell it.
RIGHT = {
    "vitepress": (
        {"docs/.vitepress/config.ts": "", "docs/public/logo.png": "", "docs/guide/b.md": "# 乙\n"},
        "docs/guide/a.md",
        "![图](/logo.png) [乙](./b) [乙](b.html) [乙](/guide/b#乙) <Badge text='新' />\n",
    ),
    "docusaurus": (
        {
            "docusaurus.config.js": "",
            "static/img/a.png": "",
            "docs/intro/01-b.mdx": "# 乙\n",
            "docs/intro/c.md": "---\nslug: /see\nid: see-c\n---\n# 丙\n",
        },
        "docs/intro/a.md",
        "![图](/img/a.png) [乙](./b) [乙](/docs/intro/b#乙) [丙](/see) [丙](see-c) [x](@site/x)\n",
    ),
    "hugo": (
        {
            "config.toml": "",
            "static/img/a.png": "",
            "content/zh/posts/Old Post.md": "# 乙\n",
            "content/zh/posts/bundle/index.md": "---\nDescription: 一\nlastmod: 2024-01-01\n---\n",
            "content/zh/posts/bundle/c.png": "",
        },
        "content/zh/posts/a.md",
        '![图](/img/a.png) [乙](/posts/old%20post/) [丙](../bundle/) [x]({{< ref "b.md" >}})\n',
    ),
    "hexo": (
        {"_config.yml": "", "source/img/a.png": "", "source/_posts/2024-01-02-b.md": "# 乙\n"},
        "source/_posts/a.md",
        "![图](/img/a.png) [乙](/2024/01/02/b/)\n",
    ),
}
WRONG = "# 甲\n\n![图](/img/none.png) [没有](./none.md)\n"


@pytest.mark.parametrize("name", RIGHT)
@pytest.mark.parametrize("asked", ["project", "pages"])
def test_what_is_right_for_a_generator_is_no_problem(name: str, asked: str, tmp_path: Path) -> None:
    files, page, text = RIGHT[name]
    write(tmp_path, {**files, page: f"# 甲\n\n{text}"})
    (tmp_path / ".git").mkdir()
    folder = tmp_path if asked == "project" else (tmp_path / page).parent
    assert Folder(folder).project.generator.name == name
    assert found(folder) == []


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_wrong_everywhere_is_still_told(name: str, tmp_path: Path) -> None:
    files, page, _ = RIGHT[name]
    write(tmp_path, {**files, page: WRONG})
    (tmp_path / ".git").mkdir()
    codes = [code for _, line, code in found(tmp_path) if line == 3]
    assert codes == ["media-missing", "link-missing"]


def test_a_folder_of_nobodys_reads_links_as_files(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "# 甲\n\n[乙](./b) [乙](b.md)\n", "b.md": "# 乙\n"})
    assert found(tmp_path) == [("a.md", 3, "reference-suffix")]


def test_what_a_build_makes_is_not_missed(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            ".gitignore": "docs/api/\n",
            "docs/.vitepress/config.ts": "",
            "docs/a.md": "# 甲\n\n[接口](./api/x.md) [没有](./apis/x.md)\n",
        },
    )
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert found(tmp_path) == [("a.md", 3, "link-missing")]


def test_the_three_formats_tell_the_same(tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "# 甲\n\n![图](none.png)\n"})
    said = json.loads(docskit("check", "docs", "--format", "json", cwd=tmp_path).stdout)
    assert [(one["path"], one["line"], one["code"]) for one in said] == [
        ("docs/a.md", 3, "media-missing")
    ]
    github = docskit("check", "--format", "github", "docs", cwd=tmp_path).stdout
    assert github.startswith("::error file=docs/a.md,line=3,")
    english = docskit("check", "docs", "--messages", "en", cwd=tmp_path)
    assert "file not found" in english.stdout
    assert "1 wrong" in english.stderr


def test_only_pages_below_the_folder_are_told_of(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"docs/.vitepress/x": "", "docs/a/a.md": "# 甲\n\n[x](n.md)\n", "docs/b/b.md": WRONG},
    )
    (tmp_path / ".git").mkdir()
    assert found(tmp_path / "docs/a") == [("a/a.md", 3, "link-missing")]


def test_what_the_package_needs_is_what_it_imports() -> None:
    """pip, and pre-commit by it, install what pyproject.toml lists: no more, and nothing less."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[=<>; ]", line)[0].lower() for line in project["dependencies"]}
    script = (
        "import sys, importlib.metadata as metadata\n"
        "from pathlib import Path\n"
        "from docskit.standalone import Folder\n"
        "Folder(Path(sys.argv[1])).problems()\n"
        "tops = {name.split('.')[0] for name in sys.modules}\n"
        "packages = metadata.packages_distributions()\n"
        "print(*sorted({name.lower() for top in tops for name in packages.get(top, [])}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(REPOSITORY / "tests" / "cases")],
        env={"PYTHONPATH": str(REPOSITORY / "hooks")},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    # What comes along with markdown-it-py, and with every environment.
    assert set(done.stdout.split()) - {"mdurl", "setuptools", "pip"} == names
    pinned = (REPOSITORY / "requirements.in").read_text(encoding="utf-8").splitlines()
    for line in project["dependencies"]:
        if "==" in line:
            assert line in pinned


def test_problems_are_sorted_and_said_once(tmp_path: Path) -> None:
    write(tmp_path, {"b.md": WRONG, "a.md": WRONG})
    problems: list[Problem] = Folder(tmp_path).problems()
    assert problems == sorted(set(problems))
    assert {problem.path for problem in problems} == {"a.md", "b.md"}
