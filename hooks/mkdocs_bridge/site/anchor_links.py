"""Lead links with a fragment to the heading that they mean, when all pages are converted."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import quote, unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from docskit.headings import FragmentLink, Headings, fragment_problems, ids_of
from docskit.messages import Problem
from docskit.references import Kind, resolve, rewrite_html
from mkdocs_bridge.cache import keep, kept
from mkdocs_bridge.site.author_pages import author_page
from mkdocs_bridge.site.languages import building_locale_of, is_fallback, source_locale
from mkdocs_bridge.site.page_links import site_tree

# Links as converters write them; nothing is changed by it, so it may find too much.
_FRAGMENT = re.compile(
    r"""\shref\s*=\s*(?:"([^"<>#]*#[^"<>]+)"|'([^'<>#]*#[^'<>]+)'|([^"'\s<>#]*#[^"'\s<>]+))""",
    re.IGNORECASE,
)


def _headings(links: list[AnchorLink]) -> Iterator[tuple[str, str]]:
    for link in links:
        yield link.title, link.id
        yield from _headings(link.children)


class _Pages:
    """The converted pages of one language, by their URL."""

    def __init__(self, files: Files) -> None:
        self.by_url = {
            unquote(file.url).removesuffix("index.html").strip("/"): file.page
            for file in files.documentation_pages()
            if file.page is not None
        }
        self._known: dict[int, Headings] = {}

    def target(self, page: Page, path: str) -> Page | None:
        """The page that a link in `page` leads to."""
        if not path:
            return page
        base = page.url if page.url.endswith("/") or not page.url else posixpath.dirname(page.url)
        url = posixpath.normpath(posixpath.join("/", unquote(base), unquote(path))).lstrip("/")
        return self.by_url.get(url.removesuffix("index.html").strip("/"))

    def anchors(self, page: Page) -> Headings:
        """Ids and headings of a page, read once."""
        known = self._known.get(id(page))
        if known is None:
            ids = kept(page, "ids")
            headings = list(_headings(list(page.toc)))
            known = Headings(set(ids if isinstance(ids, list) else ()), headings)
            self._known[id(page)] = known
        return known


def keep_fragments(html: str, page: Page) -> None:
    """Note the ids of the finished content, and the links in it that have a fragment.

    It reads the whole page, so it is done once, when the page is converted.
    """
    keep(page, "ids", sorted(ids_of(html)))
    keep(page, "fragments", sorted({unescape("".join(found)) for found in _FRAGMENT.findall(html)}))


class _Fragments:
    """The fragments in one page's links, and what becomes of them."""

    def __init__(self, pages: _Pages, page: Page) -> None:
        self.pages, self.page = pages, page
        self.own = pages.anchors(page).ids
        self.links: list[FragmentLink] = []

    def _stands_in_for(self, target: Page) -> bool:
        """Whether the page is shown in a language that it is not written in, unlike `target`.

        Then a section that `target` has not got is one that is not translated yet, which its
        translation's state says; the author of the link has nothing to change.
        """
        written, shown = source_locale(self.page.file), building_locale_of(self.page.file)
        return written != shown and source_locale(target.file) != written

    def mended(self, value: str) -> str | None:
        """The link with the fragment that it means, None where it stays as it is."""
        path, _, fragment = value.partition("#")
        if not fragment or ":" in path.split("/")[0] or path.startswith("//"):
            return None
        if not path and (fragment in self.own or fragment.startswith(("fn:", "fnref", "__"))):
            return None
        target = self.pages.target(self.page, path.partition("?")[0])
        if target is None:
            return None
        found, near = self.pages.anchors(target).find(fragment)
        if found is None and fragment.lower() == "top":
            # Browsers know it without a heading of that name.
            return None
        if found is None and self._stands_in_for(target):
            # Where it was written, it was looked at; here it leads to the page.
            return path
        if found is not None and found in (fragment, unquote(fragment)):
            return None
        self.links.append(FragmentLink(fragment, target.file.src_uri, found, tuple(near)))
        return None if found is None else f"{path}#{quote(found)}"


class _LookUp:
    """A change that is known beforehand for each link."""

    def __init__(self, mended: dict[str, str | None]) -> None:
        self.mended = mended

    def __call__(self, value: str, _kind: Kind) -> str | None:
        return self.mended.get(value)


def _target_of(page: Page, files: Files, config: MkDocsConfig) -> Callable[[str], str]:
    """Which file of this language an address in the author's text leads to."""

    def target_of(address: str) -> str:
        resolution = resolve(address, page.file.src_uri, Kind.LINK, site_tree(config))
        file = files.get_file_from_path(resolution.target)
        return resolution.target if file is None else file.src_uri

    return target_of


def mend_fragments(files: Files, config: MkDocsConfig) -> Iterator[tuple[Page, list[Problem]]]:
    """Rewrite the fragments of all pages of a language; what was mended, and what leads nowhere.

    Pages must be converted. Only pages with such a link are written anew.
    """
    pages = _Pages(files)
    for page in list(pages.by_url.values()):
        values = kept(page, "fragments")
        fragments = _Fragments(pages, page)
        mended = {
            str(value): fragments.mended(str(value))
            for value in (values if isinstance(values, list) else ())
        }
        if any(mended.values()):
            page.content = rewrite_html(page.content or "", _LookUp(mended))
        # What stands in for a translation was looked at in its own language.
        if fragments.links and not is_fallback(page.file, config):
            target_of = _target_of(page, files, config)
            yield page, fragment_problems(fragments.links, author_page(page), target_of)
