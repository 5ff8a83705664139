"""What is replaced in packages upstream, one file for each."""

from mkdocs_bridge.patches.compact_templates import compact
from mkdocs_bridge.patches.compiled_templates import CompiledTemplates
from mkdocs_bridge.patches.foreign_messages import translate
from mkdocs_bridge.patches.joined_styles import join, write
from mkdocs_bridge.patches.markdown_instance import Converter
from mkdocs_bridge.patches.page_locales import install
from mkdocs_bridge.patches.shared_icons import share
from mkdocs_bridge.patches.theme_listing import spare_icons
from mkdocs_bridge.patches.theme_search import stop_theme_search, worker_url

__all__ = [
    "CompiledTemplates",
    "Converter",
    "compact",
    "install",
    "join",
    "share",
    "spare_icons",
    "stop_theme_search",
    "translate",
    "worker_url",
    "write",
]
