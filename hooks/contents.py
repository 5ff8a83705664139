"""Give a folder without a home page one that lists what is there, and a site with long folders a
page of all pages: the navigation shows only what stands around a page.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from functools import partial

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files, InclusionLevel

from docskit.messages import in_language
from docskit.pages import LONG
from mkdocs_bridge.site import HOME, add_page, building_locale, identity, is_free, nearby

HOME_PAGE = "index.md"
PAGE = "contents.md"
_WORDS = {
    "zh": {
        "title": "所有页面",
        "before": "前面还有 {n} 项",
        "after": "后面还有 {n} 项",
    },
    "en": {
        "title": "All pages",
        "before": "{n} before",
        "after": "{n} more",
    },
}


def _words(config: MkDocsConfig) -> dict[str, str]:
    return in_language(_WORDS, building_locale(config))


@event_priority(-150)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page that lists all, after static-i18n has arranged the authors' files."""
    words = _words(config)
    matter = "---\ntitle: {title}\ntemplate: contents.html\nhide: [toc]\n---\n"
    folders = Counter(posixpath.dirname(identity(file)) for file in files.documentation_pages())
    if is_free(files, HOME_PAGE):
        title = in_language(HOME, building_locale(config))
        add_page(files, config, HOME_PAGE, matter.format(title=title))
    elif is_free(files, PAGE) and max(folders.values(), default=0) > LONG:
        file = add_page(files, config, PAGE, matter.format(title=words["title"]))
        file.inclusion = InclusionLevel.NOT_IN_NAV
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the navigation show a part of a long folder, where there is a page that lists all."""
    generated = {identity(file): file for file in files if file.generated_by}
    listing = generated.get(HOME_PAGE) or generated.get(PAGE)
    env.filters["nearby"] = partial(nearby, _words(config) if listing else {})
    env.globals["contents_url"] = listing.url if listing else ""
    return env
