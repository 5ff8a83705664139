"""Random HTML as nobody should write it, and the page of a site around it."""

from __future__ import annotations

import random

BEFORE = (
    '<!doctype html><html lang="zh"><head><title>T</title></head><body dir="ltr">'
    '<header><form><input></form></header><div class="md-container"><main><div>'
    '<div class="md-content"><article id="it" class="md-content__inner">\n'
)
AFTER = (
    '\n</article></div><script>var target = "</div>"</script></div></main>'
    '<footer class="md-footer"><a href="./next/">下一页</a><p>after <b>all</b></p>'
    "<table><tr><td>cell</td></tr></table><ul><li>one</li></ul></footer></div>"
    '<form><input name="q"><select><option>a</option></select></form>'
    '<script id="config">{"a": "<!-- b"}</script><script src="bundle.js"></script></body></html>'
)
_BLOCKS = (
    "div p ul ol li dl dt dd h1 h2 h3 blockquote pre center section article details summary main"
)
_PHRASES = "a b i em span font sup code u nobr small label button br img input wbr hr"
_TABLES = "table caption colgroup col thead tbody tr td th"
_RAW = "script style textarea title xmp iframe noembed noframes noscript plaintext template"
_FORMS = "form fieldset select option optgroup object video canvas dialog marquee applet"
_FOREIGN = (
    "svg math path g desc foreignObject mi mo mtext annotation-xml title style mglyph semantics"
)
_DOCUMENT = "html head body frameset frame base meta link image isindex"
_UNKNOWN = "String T my-app vector ruby rt rp rb menu listing keygen param source track"
_FAMILIES = [
    family.split()
    for family in (
        _BLOCKS,
        _PHRASES,
        _TABLES,
        _RAW,
        _FORMS,
        _FOREIGN,
        _DOCUMENT,
        _UNKNOWN,
    )
]
_ATTRIBUTES = [
    "",
    ' class="x"',
    " align=center",
    " id='y'",
    ' href="a>b"',
    ' width="50%"height=3',
    " checked",
    ' title="un',
    " title='un",
    " x=",
    ' "',
    " =",
    " a=b/",
    " encoding=text/html",
    ' alt="<div>"',
    ' alt="--><script>"',
    ' color="red"',
    ' type="hidden"',
]
_ODD = [
    "<!-- note -->",
    "<!-- open",
    "<!-->",
    "<!--->",
    "<!-- a --!>",
    "<!-- <script> -->",
    "-->",
    "<![CDATA[ x < y ]]>",
    "<![CDATA[",
    "]]>",
    "<?php echo 1 > 0; ?>",
    "<?",
    "<!DOCTYPE html>",
    "<!",
    "</",
    "</>",
    "</ div>",
    "<>",
    "<",
    "< div>",
    "<div",
    "<div <p>",
    "&lt;script>",
    "&amp",
    "&",
    "</br>",
    "<br/>",
    "<script>a < b</script>",
    "<script><!-- <script> </script>",
    "<style>p > b {}</style>",
    "<svg><path d=''/></svg>",
    "<math><mi>x</mi></math>",
    "<math><annotation-xml encoding='text/html'>",
    "<svg><style><b>",
    "<svg><title>a</title>",
    "<table><tr><td>",
    "<select><option>",
    "\n\n",
    "<a><a>",
    "<form><form>",
]


def soup(seed: int, longest: int = 14) -> tuple[str, list[str]]:
    """A fragment, and the words that stand in it outside of tags."""
    chance = random.Random(seed)
    families = chance.sample(_FAMILIES, chance.randint(1, 4))
    few = chance.random() < 0.5
    parts: list[str] = []
    words: list[str] = []
    for number in range(chance.randint(1, longest)):
        kind = chance.random()
        name = chance.choice(chance.choice(families))
        if chance.random() < 0.1:
            name = name.upper()
        if kind < 0.42:
            end = chance.choice([">", ">", ">", ">", ">", "/>", " />", "", " >"])
            attribute = "" if few else chance.choice(_ATTRIBUTES)
            parts.append(f"<{name}{attribute}{end}")
        elif kind < 0.75:
            parts.append(f"</{name}{chance.choice(['>', '>', '>', '>', ' >', ' a>', '/>', ''])}")
        else:
            parts.append(chance.choice(_ODD))
        if chance.random() < 0.6:
            words.append(f"w{number}w")
            parts.append(f" {words[-1]} ")
    return "".join(parts), words
