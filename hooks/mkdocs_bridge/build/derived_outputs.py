"""Files that are worked out of much, worked out again only when something of it has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig

from docskit.messages import fingerprint
from mkdocs_bridge.build.incremental import current_build


def write_derived(
    config: MkDocsConfig,
    path: str,
    facts: object,
    make: Callable[[], dict[str, str]],
    others: Callable[[str], Iterable[str]] = lambda _: (),
) -> None:
    """Write the files that `make` returns, unless the site has them, made of the same `facts`.

    Paths are relative to the site's root. `make` returns a text for `path`, and for what
    `others` reads out of that text; it depends on nothing but `facts` (values that
    `fingerprint` knows), the code and the versions of the packages.
    """
    folder = Path(config.site_dir).absolute()
    build = current_build()
    if build is None:
        for name, text in make().items():
            utils.write_file(text.encode(), str(folder / name))
        return
    outputs = build.outputs
    key = fingerprint([build.environment, facts, path])
    first = folder / path
    if outputs.is_right(str(first), key):
        rest = [str(folder / name) for name in others(first.read_text(encoding="utf-8"))]
        if all(map(outputs.holds, rest)):
            for name in (str(first), *rest):
                outputs.keep(name)
            return
    build.stop_if_superseded()
    for name, text in make().items():
        outputs.write(str(folder / name), text.encode(), key if name == path else None)
