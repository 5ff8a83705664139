"""Draw the picture that chat programs show beside a shared link, where the site is published."""

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page

from docskit.publishing import HEIGHT, WIDTH, find_fonts, page_card
from mkdocs_bridge.cache import mkdocs_log
from mkdocs_bridge.publishing import published_page, site_url
from mkdocs_bridge.site import is_last_language
from mkdocs_bridge.stores import CardStore

log = mkdocs_log("cards")

# One configuration object lives exactly as long as one build of all languages.
_STORE = "_card_store"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Look for the fonts if `extra.social_cards` asks for cards."""
    if config.extra.get("social_cards") and _STORE not in config.__dict__:
        fonts = find_fonts()
        config.__dict__[_STORE] = CardStore(config, fonts) if fonts else None
        if fonts is None:
            log.warning(
                "没有画分享卡片：找不到 Noto Sans CJK 字体。"
                "请先安装（sudo apt-get install fonts-noto-cjk），或者去掉 CARDS=1"
            )
    return config


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any) -> None:
    """Name the page's card."""
    store: CardStore | None = config.__dict__.get(_STORE)
    if store is None or not site_url(config).startswith("http"):
        return
    card = page_card(
        published_page(page, config),
        context["page_info"],
        config.site_name,
        config.site_description or "",
    )
    uri = store.want(card)
    if uri:
        context["social_card"] = {
            "url": site_url(config) + uri,
            "alt": card.title,
            "width": WIDTH,
            "height": HEIGHT,
        }


@event_priority(-50)
def on_post_build(config: MkDocsConfig) -> None:
    """Write the cards of the language, before static-i18n goes on to the next."""
    store: CardStore | None = config.__dict__.get(_STORE)
    if store is not None:
        store.publish()
        if is_last_language(config):
            store.forget_old()
