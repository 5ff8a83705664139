"""Addresses on other hosts: which they are, and which hosts are nobody's to ask."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, urlsplit, urlunsplit

from docskit.outside.video_addresses import video_of

_OUTSIDE = re.compile(r"(?:https?:)?//[^/?#\s]", re.IGNORECASE)
# Not for a picture, however long it takes: video, sound, documents, archives.
_NO_PICTURE = re.compile(
    r"\.(?:mp4|m4v|mov|webm|ogv|ogg|mp3|m4a|wav|flac|flv|avi|mkv|m3u8|pdf|zip|gz|7z|rar|vtt|swf)$",
    re.IGNORECASE,
)
_OWN_NAMES = re.compile(r"(?:^|\.)(?:localhost|local|internal|localdomain|home\.arpa)\.?$", re.I)
# Proxies that take over a whole machine (Clash's fake-ip) answer for every name from here.
_STAND_IN = ipaddress.ip_network("198.18.0.0/15")


def is_outside(raw: str) -> bool:
    """Whether a reference as the page has it leads to another host."""
    return _OUTSIDE.match(raw.strip()) is not None


def outside_address(raw: str, *, link: bool = False) -> str | None:
    """The address to ask for a picture, or for what a link leads to.

    With a scheme, in ASCII, without a fragment. None where `raw` is none that can be asked: not
    of another host, with a password, with a port that is no number, or by its name no picture.
    """
    raw = re.sub(r"[\t\r\n]", "", raw.strip())
    if not is_outside(raw):
        return None
    try:
        parts = urlsplit(f"https:{raw}" if raw.startswith("//") else raw)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return None
    if not host or parts.username is not None:
        return None
    if not link and (_NO_PICTURE.search(parts.path) or video_of(raw)):
        return None
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{port}" if port is not None else host
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, ""))


def is_public_address(address: str) -> bool:
    """Whether an IP address is one of the open internet, and not of this machine or its network."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        # NAT64 carries the IPv4 address in its last 32 bits.
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public_address(str(inner))
    if ip in _STAND_IN:
        return True
    return ip.is_global and not ip.is_multicast


def is_public_host(host: str) -> bool:
    """Whether a host may be asked, as far as its spelling tells; what it resolves to, not yet."""
    host = host.strip("[]")
    if _OWN_NAMES.search(host) or not host:
        return False
    # `127.1`, `0x7f000001` and `2130706433` are addresses to a resolver and to nobody else.
    last = host.rstrip(".").rsplit(".", 1)[-1]
    if ":" in host or re.fullmatch(r"\d+|0[xX][0-9a-fA-F]*", last):
        return is_public_address(host)
    return True
