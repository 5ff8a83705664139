"""Every file below the docs folder, none left out because another would have its address.

MkDocs drops one of README.md and index.md in a folder, and of page.md and page.markdown, with
a line in English. `mkdocs_bridge.site.page_places` decides about such files, and about those of
different folders, which MkDocs does not compare.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, set_exclusions

from mkdocs_bridge.site.docs_folder import walk

INDEX_STEMS = ("index", "README")


def source_files(config: MkDocsConfig) -> Files:
    """What `mkdocs.structure.files.get_files` gives, without its choice among files."""
    files = [
        File(
            Path(folder, name).relative_to(config.docs_dir).as_posix(),
            config.docs_dir,
            config.site_dir,
            config.use_directory_urls,
        )
        # Special files are named by whoever drops what cannot be read.
        for folder, folders, names in walk(config.docs_dir, special=True)
        for name in _sorted(folders, names)
    ]
    set_exclusions(files, config)
    return Files(files)


def _sorted(folders: list[str], names: list[str]) -> list[str]:
    folders.sort()
    return sorted(names, key=lambda name: (name.partition(".")[0] not in INDEX_STEMS, name))


def install() -> None:
    """Put it in MkDocs' place; again and again is once."""
    build.get_files = source_files  # type: ignore[attr-defined]
