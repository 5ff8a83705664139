"""Addresses of videos on Bilibili and YouTube: where a video is watched, and what plays it here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

BILIBILI = "bilibili.com"
YOUTUBE = "youtube.com"
_BILIBILI_HOSTS = {"bilibili.com", "www.bilibili.com", "m.bilibili.com"}
_BILIBILI_PLAYERS = {"player.bilibili.com": "/player.html", "www.bilibili.com": "/blackboard/"}
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"}
_NOCOOKIE_HOSTS = {"youtube-nocookie.com", "www.youtube-nocookie.com"}
_BV = re.compile(r"(?:BV)(1[0-9A-Za-z]{9})", re.IGNORECASE)
_AV = re.compile(r"(?:av)?(\d{1,18})", re.IGNORECASE)
_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
_LIST_ID = re.compile(r"[\w-]{10,64}", re.ASCII)
_MOMENT = re.compile(r"(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s?)?", re.ASCII)
# Parts of a query; addresses that players give have a dozen at the most.
_MOST_ASKED = 60
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
# What belongs to whoever copied the address.
_NOT_THE_VIDEO = {"si", "feature", "vd_source", "spm_id_from", "share_source"}


@dataclass(frozen=True, slots=True)
class Video:
    """A video: `watch` is its page for readers, `player` the address for a frame, autoplaying.

    `part` is the number of a part where the address names one, else ''. `portrait` tells that it
    is higher than wide.
    """

    site: str
    ident: str
    watch: str
    player: str
    part: str = ""
    portrait: bool = False

    @property
    def player_site(self) -> str:
        """The site that is asked for the player."""
        return (urlsplit(self.player).hostname or "").partition(".")[2]


def video_of(address: str) -> Video | None:
    """The video that an address leads to or plays, decoded as a browser would have it.

    None for anything else: a channel, a list, a short address that says nothing of its video.
    """
    address = re.sub(r"[\t\r\n]", "", address.strip())
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    asked: dict[str, str] = {}
    for name, value in parse_qsl(parts.query) if parts.query.count("&") < _MOST_ASKED else ():
        # Of a name that is given twice, sites take the first.
        asked.setdefault(name, value)
    if host in _BILIBILI_PLAYERS and parts.path.startswith(_BILIBILI_PLAYERS[host]):
        return _bilibili_player(asked)
    if host in _BILIBILI_HOSTS or host == "b23.tv":
        return _bilibili_page(parts.path, asked, short=host == "b23.tv")
    if host in _YOUTUBE_HOSTS | _NOCOOKIE_HOSTS or host in ("youtu.be", "www.youtu.be"):
        return _youtube(host, parts.path, asked)
    return None


def _bilibili_ident(value: str) -> str:
    """`BV1…` or `av1…`; '' for neither."""
    if bv := _BV.fullmatch(value):
        return f"BV{bv[1]}"
    av = _AV.fullmatch(value)
    return f"av{av[1]}" if av else ""


def _bilibili(ident: str, asked: dict[str, str], player: dict[str, str]) -> Video:
    part = asked.get("p") or asked.get("page") or ""
    part = part if _NUMBER.fullmatch(part) and part != "0" else ""
    moment = asked.get("t", "")
    moment = moment if re.fullmatch(r"\d{1,6}(?:\.\d{1,3})?", moment, re.ASCII) else ""
    kept = {name: value for name, value in (("p", part), ("t", moment)) if value}
    watch = f"https://www.bilibili.com/video/{ident}/" + (f"?{urlencode(kept)}" if kept else "")
    query = urlencode({**player, **kept, "autoplay": "1"})
    shown = part if part not in ("", "1") else ""
    return Video(BILIBILI, ident, watch, f"https://player.bilibili.com/player.html?{query}", shown)


def _bilibili_page(path: str, asked: dict[str, str], *, short: bool) -> Video | None:
    names = [name for name in path.split("/") if name]
    if not short:
        if names[:1] != ["video"] and names[:2] != ["s", "video"]:
            return None
        names = names[names.index("video") + 1 :]
    ident = _bilibili_ident(names[0]) if len(names) == 1 else ""
    # `b23.tv/12345` is a name as any other there.
    if not ident or (short and names[0].isdecimal()):
        return None
    own = {"bvid": ident} if ident.startswith("BV") else {"aid": ident[2:]}
    return _bilibili(ident, asked, {"isOutside": "true", **own})


def _bilibili_player(asked: dict[str, str]) -> Video | None:
    ident = _bilibili_ident(asked.get("bvid", "")) or _bilibili_ident(asked.get("aid", ""))
    own = {name: value for name, value in asked.items() if name not in _NOT_THE_VIDEO}
    return _bilibili(ident, asked, own) if ident else None


def _seconds(value: str) -> int:
    found = _MOMENT.fullmatch(value)
    if found is None:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds


def _youtube(host: str, path: str, asked: dict[str, str]) -> Video | None:
    names = [name for name in path.split("/") if name]
    portrait = False
    if host.endswith("youtu.be"):
        ident = names[0] if len(names) == 1 else ""
    elif names == ["watch"]:
        ident = asked.get("v", "")
    elif len(names) == 2 and names[0] in ("embed", "v", "shorts", "live"):
        ident, portrait = names[1], names[0] == "shorts"
    else:
        return None
    list_id = asked.get("list", "")
    list_id = list_id if _LIST_ID.fullmatch(list_id) else ""
    start = _seconds(asked.get("start", "") or asked.get("t", ""))
    is_player = bool(names) and names[0] in ("embed", "v")
    own = {k: v for k, v in asked.items() if k not in (*_NOT_THE_VIDEO, "t", "v")}
    own = own if is_player else {k: v for k, v in own.items() if k in ("list", "index", "end")}
    player = {**own, **({"start": str(start)} if start else {}), "autoplay": "1"}
    if ident == "videoseries" and list_id:
        watch = f"https://www.youtube.com/playlist?list={list_id}"
    elif _YOUTUBE_ID.fullmatch(ident) and ident != "live_stream":
        query = {"v": ident, "list": list_id, "t": f"{start}s" if start else ""}
        kept = urlencode({name: value for name, value in query.items() if value})
        watch = f"https://www.youtube.com/watch?{kept}"
    else:
        return None
    # Its player without cookies, which is the same player.
    address = f"https://www.youtube-nocookie.com/embed/{ident}?{urlencode(player)}"
    return Video(YOUTUBE, ident, watch, address, portrait=portrait)
