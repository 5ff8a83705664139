"""The files of one language, found by any name that their page goes by."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from mkdocs.structure.files import File
from mkdocs_static_i18n.suffix import I18nFiles

from docskit.pages import is_page, output
from mkdocs_bridge.site.page_places import known_tree, stand_ins


class PageFiles(I18nFiles):  # type: ignore[misc]
    """static-i18n's files, which know `git.md` for `git.en.md`.

    These know `git.md` for `en/git.md` and for another language's `zh/git.md` as well, and
    `index.md` for `readme.md`; and of a settings file such as `.nav.yml` the one that the
    language has in its own folder.
    """

    plugin: Any

    def get_file_from_path(self, path: str) -> File | None:
        """The file at the source URI `path`, or what stands for it in this language."""
        if posixpath.basename(path).startswith("."):
            return next(filter(None, map(self.src_uris.get, self._settings(path))), None)
        found = super().get_file_from_path(path)
        if found is not None or not is_page(path):
            return found  # type: ignore[no-any-return]
        place = known_tree(self.plugin).places.get(path)
        directory_urls, by_output = self._by_output
        found = by_output.get(output(place.identity if place else path, directory_urls))
        other = stand_ins(self.plugin).get(path)
        return found or (by_output.get(output(other, directory_urls)) if other else None)

    def _settings(self, path: str) -> Iterator[str]:
        """Where a settings file may be, the language's own first and the originals' last."""
        folders = known_tree(self.plugin).folders
        current, default = self.plugin.current_language, self.plugin.default_language
        for wanted in (current, "", default):
            if not wanted:
                yield path
            for folder, locale in sorted(folders.items(), key=lambda item: -len(item[0])):
                parent = folder.rstrip("/").rpartition("/")[0]
                inside = f"{parent}/" if parent else ""
                if locale == wanted and path.startswith(inside):
                    yield folder + path.removeprefix(inside)

    @property
    def _by_output(self) -> tuple[bool, Mapping[str, File]]:
        """Whether addresses are folders, and each page by its HTML in the language's folder."""
        known: tuple[int, bool, dict[str, File]] | None = self.__dict__.get("_outputs")
        # Other hooks add pages.
        if known is None or known[0] != len(self.src_uris):
            pages = [file for file in self.src_uris.values() if file.is_documentation_page()]
            directories = all(file.use_directory_urls for file in pages)
            known = self.__dict__["_outputs"] = (
                len(self.src_uris),
                directories,
                {output(getattr(file, "norm_src_uri", ""), directories): file for file in pages},
            )
        return known[1:]
