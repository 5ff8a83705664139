"""Give headings readable anchors that work on the page's twins as well."""

from __future__ import annotations

import json

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from docskit.headings import AnchorExtension
from docskit.messages import in_language
from docskit.translation import outline, twin_anchors
from mkdocs_bridge.cache import contribute_key
from mkdocs_bridge.site import (
    author_page,
    extension,
    former_anchors_of_build,
    original_locale_of,
    read_file,
    source_locale,
    twins,
)

_LINK_TITLES = {"zh": "这一节的链接", "en": "Link to this section"}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Add the extension, which has to come after `toc`."""
    extension(config, AnchorExtension)
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Let pages be converted again where git has learnt of another former title."""
    formers = former_anchors_of_build(config)
    for file in files.documentation_pages() if formers else ():
        known = [formers.get(one.src_uri) for one in (file, *twins(file).values())]
        if file.page is not None and any(known):
            contribute_key(file.page, json.dumps(known))
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Tell the extension what the anchors of the page's twins are."""
    anchors = extension(config, AnchorExtension)
    own = author_page(page)
    others = {locale: read_file(twin) for locale, twin in twins(page.file).items()}
    anchors.link_title = in_language(_LINK_TITLES, source_locale(page.file))
    versions = {source_locale(page.file): own, **others}
    original = versions.get(original_locale_of(page.file, config))
    anchors.outline = outline(own) if others else []
    anchors.twins = [twin_anchors(own, twin, original) for twin in others.values()]
    formers = former_anchors_of_build(config)
    anchors.former = formers.get(page.file.src_uri, {})
    anchors.twins_former = [formers.get(twin.src_uri, {}) for twin in twins(page.file).values()]
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, **_: object) -> str:
    """Tell MkDocs of the ids that headings of raw HTML were given."""
    page.present_anchor_ids = (page.present_anchor_ids or set()) | extension(
        config, AnchorExtension
    ).raw
    return html
