"""Pictures of a page: their size, widths, captions and links."""

from docskit.pictures.captions import mark_captions
from docskit.pictures.image_sizes import Candidates, Size, dress_images, image_size, is_unreadable
from docskit.pictures.picture_links import link_pictures
from docskit.pictures.pictures import RECIPE, DamagedPictureError, webp_variants
from docskit.pictures.scheme_pictures import pictures_for_schemes
from docskit.pictures.video_cards import with_video_cards

__all__ = [
    "RECIPE",
    "Candidates",
    "DamagedPictureError",
    "Size",
    "dress_images",
    "image_size",
    "is_unreadable",
    "link_pictures",
    "mark_captions",
    "pictures_for_schemes",
    "webp_variants",
    "with_video_cards",
]
