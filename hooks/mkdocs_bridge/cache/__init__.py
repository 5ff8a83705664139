"""What is kept between builds, and the declared step that makes it keepable."""

from mkdocs_bridge.cache.build_inputs import reduce, toc_values
from mkdocs_bridge.cache.cache_store import Store, cache_folder
from mkdocs_bridge.cache.kept_files import KeptFiles
from mkdocs_bridge.cache.mkdocs_log import mkdocs_log
from mkdocs_bridge.cache.page_build import (
    answer_with,
    answerers,
    contribute_key,
    depend_on_answer,
    depend_on_file,
    forget,
    keep,
    kept,
    page_build,
)
from mkdocs_bridge.cache.plain_data import pack, pack_data, unpack, unpack_data
from mkdocs_bridge.cache.watched_files import KIND, LANGUAGE, described, watched
from mkdocs_bridge.cache.workers import forked, worker_count

__all__ = [
    "KIND",
    "LANGUAGE",
    "KeptFiles",
    "Store",
    "answer_with",
    "answerers",
    "cache_folder",
    "contribute_key",
    "depend_on_answer",
    "depend_on_file",
    "described",
    "forget",
    "forked",
    "keep",
    "kept",
    "mkdocs_log",
    "pack",
    "pack_data",
    "page_build",
    "reduce",
    "toc_values",
    "unpack",
    "unpack_data",
    "watched",
    "worker_count",
]
