"""What `attr_list` takes for attributes: `{#id .class width=50%}`, and nothing else in braces."""

from __future__ import annotations

import re

# Of HTML; `{n=1}` and `{\rm x}` are words.
_NAMES = "|".join(
    re.findall(
        r"\S+",
        r"""accesskey align alt autoplay border cellpadding cellspacing char charset checked cite
class clear color cols colspan contenteditable controls coords crossorigin datetime decoding
default dir disabled download draggable enctype face fetchpriority for form frame frameborder
headers height hidden href hreflang hspace id inert itemid itemprop itemscope itemtype kind label
lang loading loop markdown max maxlength media min multiple muted name nowrap open pattern
placeholder poster preload readonly referrerpolicy rel required reversed role rows rowspan rules
sandbox scale scope scrolling selected shape size sizes span src srcdoc srclang srcset start step
style summary tabindex target title translate type usemap valign value vspace width wrap xmlns
zoom (?:data|aria|on|fig)[\w:.-]*""",
    )
)
_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s={}\"']++)"
_SAID = rf"(?:#[^\s#{{}}\"'=]++|\.(?=[^\d\s])[\w-]++|(?:{_NAMES})={_VALUE})(?=[ }}])"
_OTHER = rf"(?:{_SAID}|[A-Za-z][\w:.-]*+={_VALUE})"
# Any other name is one beside such a one, and a word alone behind a colon.
ATTRIBUTES = (
    rf"\{{[ ]*+(?::[ ]*+(?>{_OTHER}|[A-Za-z][\w-]*+)(?:[ ]++(?>{_OTHER}|[A-Za-z][\w-]*+))*+"
    rf"|(?:(?!{_SAID}){_OTHER}[ ]++)*+{_SAID}(?:[ ]++{_OTHER})*+)[ ]*+\}}"
)
"""A list of attributes in braces, as a regular expression without groups."""
