"""Our own Python-Markdown extensions in MkDocs' configuration, which all languages share."""

from __future__ import annotations

from typing import Any, TypeVar

from markdown.extensions import Extension
from mkdocs.config.defaults import MkDocsConfig

E = TypeVar("E", bound=Extension)


def extension(config: MkDocsConfig, kind: type[E]) -> E:
    """The one instance of `kind` in this configuration, added last where there is none yet.

    MkDocs makes a new Markdown object for each page and gives it the same instance, so a
    hook may set the page's values on it in `on_page_markdown`.
    """
    extensions: list[Any] = config.markdown_extensions
    for found in extensions:
        if isinstance(found, kind):
            return found
    added = kind()
    extensions.append(added)
    return added
