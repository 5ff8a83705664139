"""An article's HTML as a tree that is valid XHTML, whatever its author wrote.

Elements have plain tags; where a namespace begins, `xmlns` stands as an attribute, so that the
tree is written as readers of EPUB and browsers expect it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from selectolax.lexbor import LexborHTMLParser, LexborNode

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FOREIGN = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_XLINK = "http://www.w3.org/1999/xlink"
# Python writes trees recursively, and no reader shows a difference deeper down.
_DEEPEST = 150

# Within drawings and formulas: nobody sees the first, and a browser takes what is in the second
# for HTML, of which the words are enough.
_NOT_DRAWN = _words("script annotation annotation-xml")
_WORDS_ALONE = _words("desc title mi mo mn ms mtext")

# MathML Core lets any element have these, the MathML 3 of EPUB has an element for them.
_SIZES = ("displaystyle", "scriptlevel")
_SIZED = _words(
    "mrow mi mn mo ms mtext mspace mfrac msqrt mroot merror mpadded mphantom menclose msub msup "
    "msubsup munder mover munderover mmultiscripts mtable mtd"
)
_OF_FORMULAS = _words(
    "class id style dir display mathvariant mathsize mathcolor mathbackground href "
    "lspace rspace stretchy symmetric maxsize minsize largeop movablelimits accent accentunder "
    "form fence separator separators open close notation width height depth voffset "
    "linethickness displaystyle scriptlevel columnalign rowalign columnspacing rowspacing "
    "columnlines rowlines columnwidth columnspan rowspan frame framespacing side alttext"
)

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_COLONS = {"xlink:href", "xml:lang", "xml:space"}


# With all that is in them: for programs, or for a reader who can press something.
_DROPPED = _words(
    "script style template link meta base title input source track param noembed noframes"
)
_RENAMED = {
    "center": "div",
    "font": "span",
    "tt": "code",
    "big": "span",
    "strike": "s",
    "acronym": "abbr",
    "dir": "ul",
    "menu": "ul",
    "listing": "pre",
    "xmp": "pre",
    "plaintext": "pre",
    "label": "span",
    "time": "span",
    "summary": "p",
    "details": "div",
    "rb": "span",
    "rtc": "span",
    **dict.fromkeys(
        _words(
            "main header footer nav section article aside address hgroup form fieldset legend "
            "dialog search noscript"
        ),
        "div",
    ),
}
_FLOW = _words(
    "div p ul ol dl li dt dd blockquote pre table figure figcaption hr "
    "h1 h2 h3 h4 h5 h6 thead tbody tfoot tr td th caption colgroup col"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TRANSPARENT = frozenset({"a", "ins", "del"})
_PHRASING = _words(
    "span b i em strong code kbd samp var sub sup small u s mark q cite abbr dfn bdi bdo ruby rt "
    "rp br wbr img"
)
_VOID = frozenset({"br", "hr", "img", "wbr", "col"})
_KNOWN = _FLOW | _PHRASING | _TRANSPARENT | {"svg", "math"}
_NUMBER = re.compile(r"\d{1,4}")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(%|px|em|rem)?\s*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-zA-Z]+|rgba?\([\d.,%\s/]+\)")
_PROPERTY = re.compile(
    r"\s*(text-align|vertical-align|color|background-color|background|font-weight|font-style|"
    r"text-decoration|width|height|max-width|border|border-[a-z]+|padding(?:-[a-z]+)?|"
    r"margin(?:-[a-z]+)?|white-space|list-style-type|aspect-ratio)\s*:\s*"
    r"([\w#%.,()\s/+-]+?)\s*"
)
_KEPT: dict[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "li": frozenset({"value"}),
    "video": frozenset({"src", "title"}),
    "audio": frozenset({"src", "title"}),
    "iframe": frozenset({"src", "title"}),
    "embed": frozenset({"src", "title"}),
    "object": frozenset({"data", "title"}),
    "label": frozenset({"for"}),
}


def clean(text: str) -> str:
    """`text` without the characters that XML has no way to write."""
    return _NOT_XML.sub("", text)


def text_of(element: Element) -> str:
    """All the words of an element."""
    return "".join(element.itertext())


def classes(element: Element) -> set[str]:
    """The classes of an element."""
    return set(element.get("class", "").split())


def tree_of(html: str) -> Element:
    """The article as a browser reads it, below a `div`; not yet fit for a book (see `mend`)."""
    body = LexborHTMLParser(f"<!doctype html><body>{html}").body
    root = Element("div")
    if body is None:
        return root
    # (node, the element it goes into, whether that is SVG or MathML, how deep it lies)
    waiting: list[tuple[LexborNode, Element, str, int]] = [
        (node, root, "", 1) for node in reversed(list(_children(body)))
    ]
    # What stands before an element's children is put there as they come: in document order.
    while waiting:
        node, parent, foreign, depth = waiting.pop()
        tag = node.tag or ""
        if tag == "-text":
            text = clean(node.text_content or "")
            if foreign == "math" and text.strip() and parent.tag not in _WORDS_ALONE:
                SubElement(parent, "mtext").text = text
            else:
                _add_text(parent, text)
            continue
        if tag.startswith("-") or not _NAME.fullmatch(tag) or (not foreign and tag in _DROPPED):
            if tag == "input" and "task-list-control" in parent.get("class", ""):
                _add_text(parent, "☑" if "checked" in node.attributes else "☐")
            continue
        if foreign and tag in _NOT_DRAWN:
            continue
        inside = foreign or (tag if tag in _FOREIGN else "")
        element = parent
        if (depth < _DEEPEST or tag in _VOID) and parent.tag not in _WORDS_ALONE:
            given = _attributes(node, tag, inside)
            size = {name: given.pop(name) for name in _SIZES if tag in _SIZED and name in given}
            if size and tag != "mtd":
                parent = SubElement(parent, "mstyle", size)
            element = SubElement(parent, tag, given)
            if size and tag == "mtd":
                element = SubElement(element, "mstyle", size)
        if element is parent:
            pass
        elif tag in _FOREIGN and not foreign:
            element.set("xmlns", _FOREIGN[tag])
        elif foreign and tag == "foreignObject":
            inside = ""
        elif not foreign and parent.tag == "foreignObject":
            element.set("xmlns", XHTML)
        waiting += [
            (child, element, inside, depth + 1) for child in reversed(list(_children(node)))
        ]
    return root


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _add_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _attributes(node: LexborNode, tag: str, foreign: str) -> dict[str, str]:
    given = {name: clean(value or "") for name, value in node.attributes.items()}
    if foreign:
        kept = {
            name: value
            for name, value in given.items()
            if (_NAME.fullmatch(name) or name in _COLONS)
            and not name.startswith(("on", "data-", "xmlns"))
            and (foreign != "math" or name in _OF_FORMULAS)
        }
        if "xlink:href" in kept:
            kept["xmlns:xlink"] = _XLINK
        return kept
    kept = {name: value for name, value in given.items() if name in _KEPT.get(tag, ())}
    for name in ("class", "title"):
        if given.get(name, "").strip():
            kept[name] = given[name]
    name = given.get("id") or (given.get("name", "") if tag == "a" else "")
    if name and not re.search(r"\s", name):
        kept["id"] = name
    if _LANGUAGE.fullmatch(given.get("lang", "")):
        kept["lang"] = kept["xml:lang"] = given["lang"]
    if given.get("dir") in {"ltr", "rtl"}:
        kept["dir"] = given["dir"]
    for name in ("colspan", "rowspan", "span", "start", "value"):
        if name in kept and (not _NUMBER.fullmatch(kept[name]) or kept[name] in {"0", "1"}):
            del kept[name]
    if kept.get("type") not in {None, "1", "a", "A", "i", "I"}:
        del kept["type"]
    style = _style(given, tag)
    if style:
        kept["style"] = style
    return kept


def _style(given: dict[str, str], tag: str) -> str:
    """What the author's style and the attributes of old HTML say, as far as it is sound CSS."""
    parts: dict[str, str] = {}
    if tag == "center" or (given.get("align") in {"left", "right", "center"} and tag != "img"):
        parts["text-align"] = given.get("align", "center")
    if tag == "font" and _COLOUR.fullmatch(given.get("color", "")):
        parts["color"] = given["color"]
    if tag in {"img", "td", "th", "col", "table", "svg"}:
        found = _LENGTH.fullmatch(given.get("width", ""))
        if found:
            parts["width"] = found[1] + (found[2] or "px")
    if tag == "img" and "width" not in parts:
        found = _LENGTH.fullmatch(given.get("height", ""))
        if found and found[2] != "%":
            parts["height"] = found[1] + (found[2] or "px")
    for declaration in given.get("style", "").split(";"):
        matched = _PROPERTY.fullmatch(declaration)
        if matched and "url" not in matched[2]:
            parts[matched[1]] = " ".join(matched[2].split())
    return ";".join(f"{name}:{value}" for name, value in parts.items())


def children_first(root: Element) -> list[tuple[Element, Element]]:
    """(element, its parent) below `root`, every element after its own children.

    What is inside SVG and MathML is left out, except HTML in a drawing.
    """
    found: list[tuple[Element, Element]] = []
    waiting = [(child, root) for child in root]
    while waiting:
        element, parent = waiting.pop()
        found.append((element, parent))
        inner = element.iter("foreignObject") if element.tag in _FOREIGN else (element,)
        waiting += [(child, holder) for holder in inner for child in holder]
    return found[::-1]


def replace(parent: Element, element: Element, *others: Element) -> None:
    """Put others in an element's place; its text behind stays behind the last of them."""
    place = list(parent).index(element)
    tail = element.tail
    parent.remove(element)
    for offset, other in enumerate(others):
        other.tail = None
        parent.insert(place + offset, other)
    if others:
        others[-1].tail = tail
    elif tail:
        _append_text_before(parent, place, tail)


def unwrap(parent: Element, element: Element) -> None:
    """Take an element away, and leave what is in it."""
    place = list(parent).index(element)
    children = list(element)
    text, tail = element.text or "", element.tail or ""
    parent.remove(element)
    _append_text_before(parent, place, text)
    for offset, child in enumerate(children):
        parent.insert(place + offset, child)
    _append_text_before(parent, place + len(children), tail)


def _append_text_before(parent: Element, place: int, text: str) -> None:
    if not text:
        return
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def mend(root: Element) -> None:
    """Make the tree one that the rules of XHTML allow: what may stand in what, each id once."""
    for element, parent in children_first(root):
        _rename(element)
        if element.tag in _FOREIGN:
            continue
        if element.tag not in _KNOWN:
            element.tag = "div" if _holds_flow(element) else "span"
        if element.tag in _VOID:
            _empty(parent, element)
        elif element.tag == "a" and not element.get("href"):
            element.attrib.pop("href", None)
            if not element.get("id") and not element.get("class"):
                unwrap(parent, element)
            elif not _holds_flow(element):
                element.tag = "span"
            else:
                element.tag = "div"
    # From within outwards: a `span` around a `div` has become one before its parent is looked at.
    for element, _ in children_first(root):
        _fit_children(element)
    _fit_children(root)
    _single_ids(root)


def _rename(element: Element) -> None:
    tag = str(element.tag)
    if tag not in _RENAMED:
        return
    element.tag = _RENAMED[tag]
    for name in ("for", "src", "data"):
        element.attrib.pop(name, None)


def _empty(parent: Element, element: Element) -> None:
    if element.text or len(element):
        children, text = list(element), element.text
        element.text = None
        for child in children:
            element.remove(child)
        place = list(parent).index(element)
        for offset, child in enumerate(children, 1):
            parent.insert(place + offset, child)
        if text:
            element.tail = text + (element.tail or "")


def _holds_flow(element: Element) -> bool:
    return any(
        child.tag in _FLOW or (child.tag in _TRANSPARENT and _holds_flow(child))
        for child in element
    )


def _fit_children(element: Element) -> None:
    tag = str(element.tag)
    if tag in {"ul", "ol"}:
        _wrap_others(element, "li", {"li"})
    elif tag == "dl":
        _fit_definitions(element)
    elif tag == "table":
        _fit_table(element)
    elif tag == "figure":
        captions = [child for child in element if child.tag == "figcaption"]
        for child in captions[1:]:
            child.tag = "p" if not _holds_flow(child) else "div"
        if captions and element[0] is not captions[0] and element[-1] is not captions[0]:
            tail, captions[0].tail = captions[0].tail, None
            element.remove(captions[0])
            element.append(captions[0])
            _add_text(element, tail or "")
    elif tag == "ruby":
        _fit_ruby(element)
    elif tag in _HEADINGS or tag in {"p", "pre"} or tag in _PHRASING:
        _fit_phrasing(element)
    tag = str(element.tag)
    if tag not in {"ul", "ol"}:
        _rename_children(element, {"li"}, "div")
    if tag != "dl":
        _rename_children(element, {"dt", "dd"}, "div")
    if tag != "figure":
        _rename_children(element, {"figcaption"}, "div")
    if tag != "ruby":
        _rename_children(element, {"rt", "rp"}, "span")
    if tag in {"dt", "th"}:
        _rename_children(element, _HEADINGS, "div")


def _fit_phrasing(element: Element) -> None:
    if not _holds_flow(element):
        return
    tag = str(element.tag)
    if tag in _HEADINGS and not any(found.tag == "table" for found in element.iter()):
        for child, _ in children_first(element):
            if child.tag in _FLOW:
                child.tag = "br" if child.tag == "hr" else "span"
        return
    element.set("class", f"{element.get('class', '')} as-{tag}".strip())
    element.tag = "div"


def _fit_ruby(element: Element) -> None:
    """A word and what is over it, in turns; anything else is text like other text."""
    order = "w" if (element.text or "").strip() else ""
    for child in element:
        order += {"rt": "t", "rp": "p"}.get(str(child.tag), "w")
        order += "w" if (child.tail or "").strip() else ""
    if _holds_flow(element) or not re.fullmatch(r"(?:w+(?:t|ptp)+)+", order):
        element.tag = "div" if _holds_flow(element) else "span"


def _rename_children(element: Element, tags: set[str] | frozenset[str], to: str) -> None:
    for child in element:
        if child.tag in tags:
            child.tag = to


def _wrap_others(element: Element, tag: str, fitting: set[str]) -> None:
    """Give `tag` to every child that is none of `fitting`, and to text between them."""
    if (element.text or "").strip():
        first = Element(tag)
        first.text, element.text = element.text, None
        element.insert(0, first)
    for child in list(element):
        if child.tag not in fitting:
            wrapper = Element(tag)
            replace(element, child, wrapper)
            child.tail = None
            wrapper.append(child)
            holder = wrapper
        else:
            holder = child
        if (holder.tail or "").strip():
            _add_text(holder, holder.tail or "")
            holder.tail = None


def _fit_definitions(element: Element) -> None:
    for child in list(element):
        if child.tag in {"div", "span"}:
            unwrap(element, child)
    order = "".join({"dt": "t", "dd": "d"}.get(str(child.tag), "x") for child in element)
    stray = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
    if stray or not re.fullmatch(r"(?:t+d+)+", order):
        element.tag = "div"
        element.set("class", "as-dl")
        for child in element:
            if child.tag in {"dt", "dd"}:
                child.set("class", f"as-{child.tag}")
                child.tag = "div"


def _fit_table(element: Element) -> None:
    heads = [child for child in element if child.tag == "thead"]
    for head in heads[1:]:
        head.tag = "tbody"
    rank = {"caption": 0, "colgroup": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}
    ordered = sorted(element, key=lambda child: rank.get(str(child.tag), 3))
    captions = [child for child in ordered if child.tag == "caption"]
    for further in captions[1:]:
        _add_text(captions[0], f" {text_of(further)}")
    element[:] = [child for child in ordered if child not in captions[1:]]
    if not len(element):
        element.tag = "div"


def _single_ids(root: Element) -> None:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        if not name or name in seen:
            del element.attrib["id"]
        seen.add(name)
