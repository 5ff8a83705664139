"""From a source URI to what a page must write to reach that file, in the language being built.

Keeps the tree of all source files with the configuration, which lives as long as one build
of all languages.
"""

from __future__ import annotations

from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from docskit.pages import SiteTree, canonical, is_page, other_addresses, said_addresses
from docskit.references import (
    Found,
    Kind,
    PageLinks,
    Resolution,
    Status,
    resolve,
    spell,
)
from mkdocs_bridge.cache import answer_with, depend_on_answer, keep, kept
from mkdocs_bridge.site.drafts import drafts_of
from mkdocs_bridge.site.languages import building_locale, default_locale, locales
from mkdocs_bridge.site.page_places import stand_ins, tree_of


def remember_sources(files: Files, config: MkDocsConfig) -> None:
    """Keep the authors' files; before static-i18n drops the other languages' (-100)."""
    # A file that is not published is none that a link could lead to; one whose address another
    # has leads to the other, and a name that a language has no page for to the original.
    config.__dict__["_source_uris"] = [
        *(
            file.src_uri
            for file in files
            if not file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
        ),
        *tree_of(config).refused,
        *stand_ins(config.plugins.get("i18n")),
    ]
    config.__dict__["_site_trees"] = {}
    if "_other_addresses" not in config.__dict__:
        # One configuration object lives exactly as long as one build of all languages.
        said = {file.src_uri: _said(file) for file in files.documentation_pages()}
        config.__dict__["_other_addresses"] = other_addresses(
            {uri: addresses for uri, addresses in said.items() if addresses},
            config.__dict__["_source_uris"],
        )
    answer_with(
        config,
        "reference",
        lambda page, raw, kind: repr(
            resolve(raw, page.file.src_uri, Kind(kind), site_tree(config))
        ),
    )


def _said(file: File) -> list[str]:
    if file.abs_src_path is None:
        return []
    try:
        return said_addresses(file.content_bytes, file.src_uri)
    except OSError:
        # Whoever converts the page says so.
        return []


def addresses_of(config: MkDocsConfig) -> dict[str, list[str]]:
    """The addresses that pages have on other sites, and their source URIs."""
    found: dict[str, list[str]] = config.__dict__.get("_other_addresses", {})
    return found


def remember_generated(src_uri: str, config: MkDocsConfig) -> None:
    """Keep a page that no author wrote, so that theirs can link to it.

    Does nothing where references are not resolved, because their hook is switched off.
    """
    known: list[str] | None = config.__dict__.get("_source_uris")
    if known is not None and src_uri not in known:
        known.append(src_uri)
        config.__dict__["_site_trees"] = {}


def site_tree(config: MkDocsConfig) -> SiteTree:
    """The authors' files as the language being built sees them."""
    trees: dict[str, SiteTree] = config.__dict__["_site_trees"]
    locale = building_locale(config)
    if locale not in trees:
        default = default_locale(config)
        others = [other for other in locales(config) if other != default]
        trees[locale] = SiteTree(
            config.__dict__["_source_uris"],
            [default, *others],
            locale,
            drafts_of(config),
            addresses_of(config),
        )
    return trees[locale]


def _locale_named(target: str, tree: SiteTree, page: Page, config: MkDocsConfig) -> str:
    """The locale that a link in `page` insists on; '' for the language that is being built.

    `git.en.md` does, and so does a link that leads from one language's folder to another's.
    """
    places = tree_of(config).places
    place, own = places.get(target), places.get(page.file.src_uri)
    if place is None or own is None:
        return tree.split(target)[1]
    if (place.folder or own.folder) and not (place.named and not place.folder):
        return place.locale if place.locale != own.locale else ""
    return place.locale if place.named else ""


def _other_language(target: str, locale: str, files: Files, config: MkDocsConfig) -> str | None:
    """The URL, from the site's root, of a page in the language `locale`, or None."""
    own = files.get_file_from_path(target)
    alternates: dict[str, File] = getattr(own, "alternates", {}) if own else {}
    twin = alternates.get(locale)
    if twin is not None and twin.locale == locale:  # type: ignore[attr-defined]
        return twin.url
    prefix = "" if locale == default_locale(config) else f"{locale}/"
    place = tree_of(config).places.get(target)
    if place is not None and place.locale == locale:
        return prefix + _plain_url(canonical(place.identity), config)
    return None


def _plain_url(identity: str, config: MkDocsConfig) -> str:
    url = File(identity, "", "", config.use_directory_urls).url
    return "" if url == "./" else url


def page_links(page: Page, config: MkDocsConfig, files: Files) -> PageLinks:
    """How the references of `page` are resolved and spelled."""
    tree = site_tree(config)

    def other_language(target: str) -> str | None:
        locale = _locale_named(target, tree, page, config)
        if not locale or locale == building_locale(config):
            return None
        name = target if tree_of(config).places.get(target) else tree.split(target)[0]
        return _other_language(name, locale, files, config)

    def url(resolution: Resolution) -> str:
        address = other_language(resolution.target)
        if address is None:
            target = files.get_file_from_path(resolution.target)
            address = target.url if target is not None else quote(resolution.target)
        return get_relative_url(address, page.file.url) + resolution.tail

    def source_link(resolution: Resolution) -> str:
        if (
            files.get_file_from_path(resolution.target) is None
            or other_language(resolution.target) is not None
        ):
            return url(resolution)
        return spell(resolution.target, page.file.src_uri) + resolution.tail

    # A page may have the same reference a thousand times.
    known: dict[tuple[str, Kind], Resolution] = {}

    def look_up(raw: str, kind: Kind) -> Resolution:
        resolution = known.get((raw, kind))
        if resolution is None:
            resolution = known[raw, kind] = resolve(raw, page.file.src_uri, kind, tree)
            depend_on_answer(page, "reference", (raw, kind.value), repr(resolution))
        return resolution

    return PageLinks(
        resolve=look_up,
        source_link=source_link,
        url=url,
    )


def keep_references(page: Page, found: list[Found]) -> None:
    """Keep with the page, once each, what is not a plain link to a file of the site."""
    distinct = dict.fromkeys(item for item in found if item.resolution.status is not Status.EXACT)
    keep(page, "references", list(distinct))


def keep_page_links(page: Page, found: list[Found]) -> None:
    """Keep with the page, as `page_links`, the source URIs of pages that it links to."""
    targets = {item.resolution.target for item in found if item.kind is Kind.LINK}
    keep(page, "page_links", sorted(target for target in targets if is_page(target)))


def kept_references(page: Page) -> list[Found]:
    """What `keep_references` kept, now or when the page was last converted."""
    found = kept(page, "references", [])
    return found if isinstance(found, list) else []
