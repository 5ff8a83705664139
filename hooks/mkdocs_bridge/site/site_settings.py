"""What commands need to know of mkdocs.yml without building anything."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config

from docskit.pages import (
    PAGE_SUFFIXES,
    PageTree,
    is_draft_file,
    is_mostly_han,
    page_tree,
    with_translations,
)
from docskit.reading import AuthorPage, read_author_page
from mkdocs_bridge.site.docs_folder import files_of, own_bytes


@dataclass(frozen=True)
class SiteSettings:
    """Where the pages are and in which languages; `default` is the originals' locale."""

    docs_dir: Path
    default: str
    locales: tuple[str, ...]
    messages: str

    def tree(self, without: Collection[str] = ()) -> PageTree:
        """The authors' pages on the disk, hidden ones left out, and those of `without`."""
        uris = [
            uri
            for uri in files_of(self.docs_dir)
            if uri.endswith(PAGE_SUFFIXES)
            and not any(part.startswith(".") for part in uri.split("/"))
            and uri not in without
        ]
        return page_tree(
            uris,
            self.default,
            self.locales,
            is_han=lambda uri: is_mostly_han(self.read(uri).front_matter.body),
        )

    def drafts(self, tree: PageTree) -> dict[str, str]:
        """Source URI of each page of `tree` that is not published, and of the file that says so."""
        uris = [uri for versions in tree.pages.values() for uri in versions.values()]
        own = {uri for uri in uris if is_draft_file(own_bytes(self.docs_dir, uri), uri)}
        return with_translations(own, tree)

    def read(self, src_uri: str) -> AuthorPage:
        """The author's page at a source URI."""
        return read_author_page((self.docs_dir / src_uri).read_bytes(), src_uri)[0]


def site_settings(config_file: str) -> SiteSettings:
    """Read `config_file`; the environment chooses another docs folder, as in a build."""
    config = load_config(config_file)
    languages = config.plugins["i18n"].config["languages"]
    default = next(language["locale"] for language in languages if language["default"])
    return SiteSettings(
        Path(config.docs_dir),
        str(default),
        tuple(str(language["locale"]) for language in languages),
        str(config.extra.get("messages") or "zh"),
    )
