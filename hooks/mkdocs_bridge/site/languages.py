"""Which language is being built, and how its pages relate to the other languages' pages.

static-i18n keeps both in attributes that it adds to `File` and to its plugin object.
"""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from mkdocs_bridge.cache import LANGUAGE, depend_on_answer


def _plugin(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


def building_locale(config: MkDocsConfig) -> str:
    """The locale that this run of the build writes; from `on_config` at priority -200 on."""
    plugin = _plugin(config)
    return str(plugin.current_language or plugin.default_language)


def depend_on_language(page: Page, config: MkDocsConfig) -> None:
    """Call it where what conversion makes of `page` has words of the language that is built.

    A page that stands in for a translation is not converted again where nothing asks for it.
    """
    depend_on_answer(page, LANGUAGE, (), building_locale(config))


def default_locale(config: MkDocsConfig) -> str:
    """The locale at the root of the site, in which the originals are written."""
    # Asked dozens of times for each page, and static-i18n looks for it each time.
    known = config.__dict__.get("_default_locale")
    if known is None:
        known = config.__dict__["_default_locale"] = str(_plugin(config).default_language)
    return str(known)


def locales(config: MkDocsConfig) -> list[str]:
    """Every locale that is built, in the order of mkdocs.yml."""
    return [str(locale) for locale in _plugin(config).build_languages]


def falls_back(config: MkDocsConfig) -> bool:
    """Whether a page without a translation is shown as it is in the default language."""
    return bool(_plugin(config).config.fallback_to_default)


def is_last_language(config: MkDocsConfig) -> bool:
    """Whether every language is written: ask in `on_post_build` at priority -200."""
    return not _plugin(config).building


def source_locale(file: File) -> str:
    """The locale that the file is written in, which on a fallback page is not the one shown."""
    return str(getattr(file, "locale", ""))


def building_locale_of(file: File) -> str:
    """The locale that the file is shown in, which on a fallback page is not its own."""
    return str(getattr(file, "locale_alternate_of", source_locale(file)))


def is_fallback(file: File, config: MkDocsConfig) -> bool:
    """Whether the file stands in for a translation that does not exist."""
    return source_locale(file) != building_locale(config)


def identity(file: File) -> str:
    """The source URI that the page has in every language: `git.md` for `git.en.md` as well."""
    return str(getattr(file, "norm_src_uri", file.src_uri))


def twins(file: File) -> dict[str, File]:
    """Locale → the author's file of the same page in that locale, this one's left out."""
    alternates: dict[str, File] = getattr(file, "alternates", {})
    own = source_locale(file)
    return {
        locale: twin
        for locale, twin in alternates.items()
        if locale != own and source_locale(twin) == locale
    }


def language_folder(locale: str, config: MkDocsConfig) -> str:
    """The folder of a language's pages, relative to the site's root: '' or 'en/'."""
    return "" if locale == default_locale(config) else f"{locale}/"


def home_url(locale: str, config: MkDocsConfig) -> str:
    """The home page of a language, relative to the site's root."""
    folder = language_folder(locale, config)
    return (folder or "./") if config.use_directory_urls else f"{folder}index.html"


def page_url(identity: str, config: MkDocsConfig) -> str:
    """The URL of a generated page in the language that is being built, from the site's root."""
    name = identity.removesuffix(".md")
    folder = language_folder(building_locale(config), config)
    return f"{folder}{name}/" if config.use_directory_urls else f"{folder}{name}.html"


def switch_languages(file: File, config: MkDocsConfig) -> None:
    """Let the theme's language switcher lead to this page in each language, else to its home.

    static-i18n does so for most pages; on home pages it leaves addresses that only work at
    the place that `site_url` names.
    """
    alternates: dict[str, File] = getattr(file, "alternates", {})
    # static-i18n sets an attribute for each page, which templates prefer to the item.
    extra: Any = config.extra
    for language in getattr(extra, "alternate", None) or extra.get("alternate") or []:
        locale = language["lang"]
        known = locale in alternates
        language["link"] = alternates[locale].url if known else home_url(locale, config)
