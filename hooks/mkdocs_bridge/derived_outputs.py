"""Files that are worked out of much, worked out again only when something of it has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig

from docskit.fingerprint import fingerprint
from mkdocs_bridge.incremental import current_build


def write_derived(
    config: MkDocsConfig, paths: Sequence[str], facts: object, make: Callable[[], dict[str, str]]
) -> None:
    """Write the files that `make` returns, unless the site has them, made of the same `facts`.

    Paths are relative to the site's root. `make` returns a text for the first of `paths`, and
    for none, some or all of the others from the second on; it depends on nothing but `facts`
    (values that `fingerprint` knows), the code and the versions of the packages.
    """
    folder = Path(config.site_dir).absolute()
    build = current_build()
    if build is None:
        for name, text in make().items():
            utils.write_file(text.encode(), str(folder / name))
        return
    for count in range(1, len(paths) + 1):
        key = fingerprint([build.environment, facts, list(paths[:count])])
        absolute = [str(folder / name) for name in paths[:count]]
        if all(build.outputs.is_right(path, key) for path in absolute):
            for path in absolute:
                build.outputs.keep(path)
            return
    build.stop_if_superseded()
    made = make()
    key = fingerprint([build.environment, facts, list(made)])
    for name, text in made.items():
        build.outputs.write(str(folder / name), text.encode(), key)
