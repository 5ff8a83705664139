"""The theme's own search: its dialog stays, its index and worker do not.

Material's templates show the dialog only where its plugin is enabled, so the plugin stays
in mkdocs.yml and its events are taken out.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

PLUGIN = "material/search"


def stop_theme_search(config: MkDocsConfig) -> None:
    """Keep the theme's search plugin from reading pages and from writing its index."""
    plugin = config.plugins.get(PLUGIN)
    if plugin is None:
        return
    # Only these two: the list of the event that is running must not change under it.
    for event in ("page_context", "post_build"):
        methods = config.plugins.events[event]
        methods[:] = [own for own in methods if getattr(own, "__self__", None) is not plugin]


def worker_url(config: MkDocsConfig) -> str:
    """The theme's worker, as its templates name it: the file's name changes with each version."""
    for folder in config.theme.dirs:
        for path in sorted(Path(folder).glob("assets/javascripts/workers/search.*.min.js")):
            return path.relative_to(folder).as_posix()
    raise FileNotFoundError("the theme has no assets/javascripts/workers/search.*.min.js")
