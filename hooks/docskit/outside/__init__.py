"""Pictures that pages take from other hosts: what is safe, how it is called, where it came from."""

from docskit.outside.addresses import is_outside, is_public_address, is_public_host, outside_address
from docskit.outside.links import (
    OutsideLink,
    Verdict,
    as_lines,
    as_markdown,
    counted,
    outside_links,
)
from docskit.outside.not_fetched import Trouble, not_fetched
from docskit.outside.picture_files import LARGEST_FILE, NoPictureError, PictureFile, picture_file
from docskit.outside.picture_names import (
    SOURCES,
    mark_of,
    picture_folder,
    picture_name,
    reference_to,
)
from docskit.outside.places import OutsidePlace, outside_places, provable, unplaced, with_names
from docskit.outside.sources import SourcesError, read_sources, with_sources
from docskit.outside.video_addresses import Video, video_of

__all__ = [
    "LARGEST_FILE",
    "SOURCES",
    "NoPictureError",
    "OutsideLink",
    "OutsidePlace",
    "PictureFile",
    "SourcesError",
    "Trouble",
    "Verdict",
    "Video",
    "as_lines",
    "as_markdown",
    "counted",
    "is_outside",
    "is_public_address",
    "is_public_host",
    "mark_of",
    "not_fetched",
    "outside_address",
    "outside_links",
    "outside_places",
    "picture_file",
    "picture_folder",
    "picture_name",
    "provable",
    "read_sources",
    "reference_to",
    "unplaced",
    "video_of",
    "with_names",
    "with_sources",
]
