"""Files made once for each content: cards, diagrams, pictures."""

from mkdocs_bridge.stores.card_store import CardStore
from mkdocs_bridge.stores.diagram_store import DiagramStore
from mkdocs_bridge.stores.outside_store import KnownPicture, OutsideOf, OutsideStore
from mkdocs_bridge.stores.picture_store import PictureStore, Variant

__all__ = [
    "CardStore",
    "DiagramStore",
    "KnownPicture",
    "OutsideOf",
    "OutsideStore",
    "PictureStore",
    "Variant",
]
