"""Let pages be called `node.js.md`: only configured languages are locale suffixes."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig

from mkdocs_bridge.patches import install


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Mend static-i18n before it looks at the files."""
    install()
    return config
