"""The engines that `make bench` compares, each with the features that this project has on.

A feature that an engine does not have is named in its `lacks`: what it does not do costs it
nothing, and the table says so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench_corpus import SUFFIX, Layout

REPOSITORY = Path(__file__).resolve().parent.parent
VITEPRESS = "1.6.4"
RSPRESS = "2.0.22"


@dataclass
class Engine:
    """One way to turn Markdown below `folder` into the folders `sites`.

    `commands` are run one after the other in the folders they name, and `config` changes one
    setting between two builds. `caches` are what a build from nothing must not find.
    """

    name: str
    version: str
    folder: Path
    commands: list[tuple[str, list[str]]]
    config: Callable[[], None]
    sites: tuple[str, ...] = ("site",)
    pages: str = "docs"
    layout: Layout = field(default_factory=lambda: SUFFIX)
    caches: tuple[str, ...] = ("cache", ".cache")
    lacks: str = ""
    env: dict[str, str] = field(default_factory=dict)
    serve: list[str] | None = None


def _version(python: str, package: str) -> str:
    code = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def ours(folder: Path, without: str = "") -> Engine:
    """The project as `make site` runs it, or without one of `bench_patches.PATCHES`."""
    folder.mkdir(parents=True, exist_ok=True)
    env = {
        "PYTHONPATH": f"{REPOSITORY / 'hooks'}{os.pathsep}{REPOSITORY / 'tools'}",
        "NO_MKDOCS_2_WARNING": "1",
        "DOCS_DIR": str(folder / "docs"),
        "SITE_DIR": str(folder / "site"),
        "BUILD_CACHE": str(folder / "cache"),
    }
    program = ["bench_patches.py", without] if without else ["build_site.py"]
    command = [sys.executable, str(REPOSITORY / "tools" / program[0]), *program[1:]]
    config = str(REPOSITORY / "mkdocs.yml")
    engine = Engine(
        f"without {without}" if without else "this project",
        _version(sys.executable, "mkdocs"),
        folder,
        [(".", command)],
        lambda: engine.env.update(SITE_NAME="另一个名字"),
        env=env,
        serve=[sys.executable, "-m", "mkdocs", "serve", "--livereload", "-f", config],
    )
    return engine


_THEME = """\
site_name: Bench
site_url: http://127.0.0.1:8000/
theme:
  name: material
  language: {language}
  font: false
  features: [navigation.prune, navigation.indexes, content.code.copy]
markdown_extensions:
  - admonition
  - attr_list
  - footnotes
  - md_in_html
  - tables
  - toc: {{permalink: true}}
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.superfences
"""
_PLUGINS = """\
plugins:
  - search
  - i18n:
      docs_structure: suffix
      fallback_to_default: true
      languages:
        - {locale: zh, name: 中文, default: true}
        - {locale: en, name: English}
"""


def _written(paths: dict[Path, str]) -> Callable[[], None]:
    """Write the configuration; what is returned gives the site another name."""
    for path, text in paths.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def change() -> None:
        for path, text in paths.items():
            path.write_text(text.replace("Bench", "Other"), encoding="utf-8")

    return change


def stock(folder: Path) -> Engine:
    """MkDocs, Material and static-i18n as they come, same versions."""
    change = _written({folder / "mkdocs.yml": _THEME.format(language="zh") + _PLUGINS})
    return Engine(
        "stock MkDocs",
        _version(sys.executable, "mkdocs"),
        folder,
        [(".", [sys.executable, "-m", "mkdocs", "build", "-q"])],
        change,
        lacks="WebP, sizes of pictures, repairs, proof, translation state, bilingual search",
        env={"NO_MKDOCS_2_WARNING": "1"},
        serve=[sys.executable, "-m", "mkdocs", "serve", "--livereload"],
    )


def zensical(folder: Path) -> Engine:
    """Zensical's newest release here, in an environment of its own: a project a language."""
    change = _written(
        {folder / locale / "mkdocs.yml": _THEME.format(language=locale) for locale in ("zh", "en")}
    )
    environment = folder.parent / "zensical-venv"
    python = str(environment / "bin" / "python")
    if not Path(python).exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*install, "zensical"], check=True)
    build = [python, "-m", "zensical", "build"]
    return Engine(
        "Zensical",
        _version(python, "zensical"),
        folder,
        [("zh", build), ("en", build)],
        change,
        sites=("zh/site", "en/site"),
        pages=".",
        layout={"zh": "zh/docs/{}.md", "en": "en/docs/{}.md"},
        caches=("zh/.cache", "en/.cache"),
        lacks="a switch between languages, fallbacks, WebP, sizes of pictures, repairs, proof, "
        "translation state, Chinese words in search",
    )


def _node(folder: Path, package: str, version: str, files: dict[str, str]) -> Callable[[], None]:
    """Install a package of npm below `folder` and write the files."""
    if shutil.which("npm") is None:
        raise RuntimeError(f"{package} needs npm: install Node.js, or leave it out of --engines")
    change = _written({folder / name: text for name, text in files.items()})
    if not (folder / "node_modules" / package / "package.json").exists():
        (folder / "package.json").write_text(json.dumps({"type": "module", "private": True}))
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", f"{package}@{version}"]
        subprocess.run(install, cwd=folder, check=True)
    return change


def vitepress(folder: Path) -> Engine:
    """VitePress with its local search; English in a folder."""
    config = """\
export default {
  title: 'Bench', ignoreDeadLinks: true,
  locales: { root: { label: '中文', lang: 'zh' }, en: { label: 'English', lang: 'en' } },
  themeConfig: { search: { provider: 'local' } },
}
"""
    change = _node(folder, "vitepress", VITEPRESS, {"docs/.vitepress/config.js": config})
    return Engine(
        "VitePress",
        VITEPRESS,
        folder,
        [(".", ["node_modules/.bin/vitepress", "build", "docs"])],
        change,
        sites=("docs/.vitepress/dist",),
        layout={"zh": "{}.md", "en": "en/{}.md"},
        caches=("docs/.vitepress/cache",),
        lacks="a navigation of its own, fallbacks, WebP, sizes of pictures, repairs, proof, "
        "translation state, Chinese words in search; pages need a script to turn",
    )


def rspress(folder: Path) -> Engine:
    """Rspress with its search; each language in a folder."""
    config = """\
import { defineConfig } from '@rspress/core';
export default defineConfig({
  root: 'docs', title: 'Bench', lang: 'zh',
  markdown: { link: { checkDeadLinks: false } },
  locales: [{ lang: 'zh', label: '中文' }, { lang: 'en', label: 'English' }],
});
"""
    change = _node(folder, "@rspress/core", RSPRESS, {"rspress.config.ts": config})
    return Engine(
        "Rspress",
        RSPRESS,
        folder,
        [(".", ["node_modules/.bin/rspress", "build"])],
        change,
        sites=("doc_build",),
        layout={"zh": "zh/{}.md", "en": "en/{}.md"},
        caches=("node_modules/.cache", "node_modules/.rspress"),
        lacks="fallbacks, WebP, sizes of pictures, repairs, proof, translation state; "
        "pages need a script to turn",
    )


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "ours": ours,
    "stock": stock,
    "zensical": zensical,
    "vitepress": vitepress,
    "rspress": rspress,
}
