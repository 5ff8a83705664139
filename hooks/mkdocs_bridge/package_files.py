"""Files that pinned Python packages carry and the site serves itself."""

from __future__ import annotations

import shutil
from importlib.metadata import files
from pathlib import Path


def package_file(distribution: str, name: str) -> Path:
    """The path of the one file ending in `/name` in an installed distribution.

    Found by its metadata, so that nothing of the package is imported.
    """
    found = [file for file in files(distribution) or [] if str(file).endswith(f"/{name}")]
    if len(found) != 1:
        raise FileNotFoundError(f"{distribution} carries {len(found)} files named {name}")
    return Path(str(found[0].locate()))


def publish(source: Path, target: Path) -> None:
    """Copy `source` to `target`, unless it is there already."""
    if target.is_file() and target.stat().st_size == source.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
