"""Write what feed readers, search engines and programs read."""

from __future__ import annotations

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from docskit.pages import FEED, LLMS, LLMS_FULL, SITEMAP
from docskit.publishing import atom, llms, sitemap
from mkdocs_bridge.publishing import (
    note_markdown,
    recorded,
    remember_outputs,
    site_url,
    write_markdown,
    write_output,
)
from mkdocs_bridge.site import building_locale, language_folder


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Keep MkDocs from writing a sitemap of one language at a time."""
    config.theme.static_templates.discard(SITEMAP)
    return config


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Note what the page says and where it refers to files, while it is read anyway."""
    note_markdown(page)
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Note which files there are, for the links in pages' Markdown."""
    remember_outputs(files, config)
    return env


@event_priority(-90)
def on_post_build(config: MkDocsConfig) -> None:
    """Write a language's files before static-i18n goes on to the next, with its own names."""
    locale = building_locale(config)
    folder = language_folder(locale, config)
    home = site_url(config) + folder
    pages = [page for page, _ in recorded(config) if page.locale == locale and page.is_listed]
    feed = atom(
        pages,
        title=config.site_name,
        subtitle=config.site_description or "",
        home=home,
        address=home + FEED,
        author=config.site_author or "",
        language=locale,
    )
    write_output(config, folder + FEED, feed)
    overview = llms(
        pages,
        title=config.site_name,
        summary=config.site_description or "",
        site_url=site_url(config),
        locale=locale,
    )
    write_output(config, folder + LLMS, overview)
    written = [
        (page, file.page)
        for page, file in recorded(config)
        if page.locale == locale and page.is_listed and file.page is not None
    ]
    write_markdown(written, folder + LLMS_FULL, config)
    # Of all languages so far, so that the last one leaves it whole.
    write_output(config, SITEMAP, sitemap(page for page, _ in recorded(config)))
