"""Files that pinned Python packages carry and the site serves itself."""

from __future__ import annotations

from importlib.metadata import files
from pathlib import Path

from mkdocs import utils


def package_file(distribution: str, name: str) -> Path:
    """The path of the one file ending in `/name` in an installed distribution.

    Found by its metadata, so that nothing of the package is imported.
    """
    found = [file for file in files(distribution) or [] if str(file).endswith(f"/{name}")]
    if len(found) != 1:
        raise FileNotFoundError(f"{distribution} carries {len(found)} files named {name}")
    return Path(str(found[0].locate()))


def publish(source: Path, target: Path) -> None:
    """Copy `source` to `target`; through MkDocs, so that a file that is right is left alone."""
    utils.copy_file(str(source), str(target))
