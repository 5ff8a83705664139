"""An SVG that only draws: no script, no event, nothing from elsewhere.

In an `img` a browser runs no script; opened by its address, as any file of the site can be, it
does, with the rights of the site.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from xml.parsers.expat import ExpatError

_XHTML = "http://www.w3.org/1999/xhtml"
_XLINK = "http://www.w3.org/1999/xlink"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REFUSED = _words(
    "script handler listener iframe frame frameset embed object applet audio video "
    "source track link meta base form input button textarea select noscript template "
    "portal"
)
# What drawing programs put in a foreignObject; the rest of HTML draws nothing that is missed.
_HTML = _words(
    "body div span p br b i u s em strong small font sub sup code pre kbd mark a ul ol "
    "li dl dt dd table thead tbody tfoot tr td th caption h1 h2 h3 h4 h5 h6 hr img "
    "center"
)
_ANIMATIONS = frozenset(("set", "animate", "animatemotion", "animatetransform", "discard"))
_ADDRESSES = _words(
    "href src srcset action formaction data poster background ping cite longdesc base "
    "from to values by"
)
_INLINE_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif|bmp)[;,]", re.IGNORECASE)
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_CSS_URL = re.compile(r"url\(\s*([\"']?)(.*?)\1\s*\)", re.IGNORECASE | re.DOTALL)
_CSS_IMPORT = re.compile(r"@import[^;]*;?|@namespace[^;]*;?", re.IGNORECASE)
_CSS_OTHER = re.compile(r"expression\s*\(|-moz-binding|behavior\s*:|image-set\s*\(", re.I)
_MOST_DEEP = 200


class UnsafeSvgError(Exception):
    """The file cannot be read as XML, and so not be made safe; the message is Chinese."""


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _is_own(value: str) -> bool:
    """Whether an address stays in the file: an anchor, or a picture within it."""
    value = re.sub(r"[\x00-\x20]", "", value)
    return not value or value.startswith("#") or _INLINE_PICTURE.match(value) is not None


def _safe_css(text: str) -> str:
    # An escape can spell anything, and a comment can hide it.
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    if "\\" in plain or _CSS_OTHER.search(plain):
        return ""
    if not _CSS_IMPORT.search(plain) and all(_is_own(m[2]) for m in _CSS_URL.finditer(plain)):
        # An address that never ends would be read to the end of the style.
        whole = len(re.findall(r"url\(", plain, re.I)) == len(_CSS_URL.findall(plain))
        return text if whole else ""
    plain = _CSS_IMPORT.sub("", plain)
    return _CSS_URL.sub(lambda found: found[0] if _is_own(found[2]) else "none", plain)


def _safe_attributes(element: ElementTree.Element) -> bool:
    """Take the dangerous attributes off; whether there was one."""
    changed = False
    animated = _local(str(element.tag)) in _ANIMATIONS
    for name, value in list(element.attrib.items()):
        local = _local(name)
        new: str | None = value
        if local.startswith("on"):
            new = None
        elif local in ("from", "to", "values", "by"):
            scheme = _SCHEME.match(re.sub(r"[\x00-\x20]", "", value))
            new = None if animated and (scheme or "url(" in value.lower()) else value
        elif local in _ADDRESSES:
            new = value if _is_own(value) else None
        elif local == "style" or "url(" in value.lower() or "\\" in value:
            new = _safe_css(value)
        if new != value:
            changed = True
            if new is None:
                del element.attrib[name]
            else:
                element.set(name, new)
    return changed


def _is_refused(element: ElementTree.Element) -> bool:
    name = str(element.tag)
    local = _local(name)
    if local in _REFUSED:
        return True
    if name.startswith(f"{{{_XHTML}}}"):
        return local not in _HTML
    what = _local(element.get("attributeName", ""))
    what = what.rpartition(":")[2]
    return local in _ANIMATIONS and (what in _ADDRESSES or what.startswith("on"))


def _clean(element: ElementTree.Element, depth: int = 0) -> bool:
    if depth > _MOST_DEEP:
        raise UnsafeSvgError("SVG 里的元素套得太深")
    changed = _safe_attributes(element)
    if _local(str(element.tag)) == "style" and element.text:
        css = _safe_css(element.text)
        changed = changed or css != element.text
        element.text = css
    before: ElementTree.Element | None = None
    for child in list(element):
        if not _is_refused(child):
            changed = _clean(child, depth + 1) or changed
            before = child
            continue
        changed = True
        if child.tail and before is not None:
            before.tail = (before.tail or "") + child.tail
        elif child.tail:
            element.text = (element.text or "") + child.tail
        element.remove(child)
    return changed


def _prefixes(data: bytes) -> dict[str, str]:
    """The prefixes that the file gives to its namespaces, so that it keeps them."""
    found = re.findall(rb"""xmlns(?::([A-Za-z_][\w.-]*))?\s*=\s*["']([^"']+)["']""", data)
    return {uri.decode("utf-8", "replace"): prefix.decode() for prefix, uri in found}


def _spelled(root: ElementTree.Element, data: bytes) -> bytes:
    prefixes = {"http://www.w3.org/2000/svg": "", _XHTML: "xhtml", _XLINK: "xlink"}
    for uri, prefix in _prefixes(data).items():
        # `ns0` is what the library makes up itself.
        if prefix and not re.fullmatch(r"ns\d+|xml\w*", prefix):
            prefixes.setdefault(uri, prefix)
    # The library's table is global: it is put back.
    kept = dict(ElementTree._namespace_map)  # type: ignore[attr-defined]
    try:
        for uri, prefix in prefixes.items():
            ElementTree.register_namespace(prefix, uri)
        written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return written
    finally:
        ElementTree._namespace_map.clear()  # type: ignore[attr-defined]
        ElementTree._namespace_map.update(kept)  # type: ignore[attr-defined]


def safe_svg(data: bytes) -> bytes:
    """The same bytes where they only draw, else the drawing written anew without the rest.

    UnsafeSvgError where it is not XML. Entities that grow without end are refused by expat.
    """
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - expat refuses what would explode
    except (ElementTree.ParseError, ExpatError, ValueError, LookupError) as error:
        raise UnsafeSvgError("SVG 写得不对，浏览器也打不开") from error
    if _local(str(root.tag)) != "svg":
        raise UnsafeSvgError("拿到的不是图片")
    changed = _clean(root)
    # Instructions and entities are no elements: a browser would follow them.
    if re.search(rb"<\?xml-stylesheet|<!ENTITY|<!ATTLIST|<\?[a-wyz]", data, re.IGNORECASE):
        changed = True
    # Encodings in which the look at the bytes above saw nothing.
    if b"\x00" in data[:200] or re.search(rb"encoding\s*=\s*[\"'](?!utf-8)", data[:200], re.I):
        changed = True
    return _spelled(root, data) if changed else data
