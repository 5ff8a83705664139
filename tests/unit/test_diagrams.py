"""Diagrams drawn by Mermaid itself, in QuickJS."""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from mermaidx.engines._common import RENDER_ID, TextMeasurer
from mermaidx.engines.quickjs_engine import Engine

from docskit.typesetting.diagram_blocks import ID, DiagramError, diagram_name, draw_diagrams
from docskit.typesetting.diagram_drawing import draw_all

SVG = "{http://www.w3.org/2000/svg}"
# One of each kind that people write, all with Han in them.
KINDS = {
    "flowchart": 'flowchart TB\n  a["写一页"] -->|通过| b{发布？}\n  b --> c[合并 merge]',
    "sequence": "sequenceDiagram\n  浏览器->>服务器: 发送请求\n  服务器-->>浏览器: 返回页面",
    "state": "stateDiagram-v2\n  [*] --> 运行\n  运行 --> 停止 : docker stop",
    "class": "classDiagram\n  class 动物{\n    +String 名字\n    +吃东西()\n  }\n  动物 <|-- 猫",
    "er": "erDiagram\n  学生 ||--o{ 选课 : 参加",
    "gantt": "gantt\n  title 学期计划\n  dateFormat YYYY-MM-DD\n  section 准备\n"
    "  招新宣传 :a1, 2026-09-01, 10d",
    "pie": 'pie title 使用的系统\n  "苹果" : 62\n  "其他" : 38',
    "mindmap": "mindmap\n  root((操作系统))\n    进程\n    内存",
    "git": 'gitGraph\n  commit\n  branch "功能"\n  commit',
    "journey": "journey\n  title 我的一天\n  section 上课\n    起床: 3: 我",
    "timeline": "timeline\n  title 历史\n  2013 : Docker 发布",
}


def test_mermaidx_measures_by_the_methods_that_are_replaced() -> None:
    """They are private to it: an upgrade that calls others would cut Han labels."""
    replaced = {name for name in vars(TextMeasurer) if not name.startswith("__")}
    assert replaced == {"width", "full", "glyphs", "foreign_object"}
    assert {"_init_context", "_build_context", "_render_svg_sync"} <= set(vars(Engine))
    assert "self._measurer" in inspect.getsource(Engine._build_context)
    assert RENDER_ID == ID


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    drawings = draw_all(list(KINDS.values()))
    found = dict(zip(KINDS, drawings, strict=True))
    assert {name: str(d) for name, d in found.items() if isinstance(d, DiagramError)} == {}
    return {name: str(drawing) for name, drawing in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_diagram_is_text_in_it(drawn: dict[str, str], kind: str) -> None:
    words = set(re.findall(r"[\u4e00-\u9fff]+", KINDS[kind]))
    assert words
    text = "".join(ElementTree.fromstring(drawn[kind]).itertext())
    assert {word for word in words if word not in text} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_a_diagram_has_the_colours_of_both_schemes(drawn: dict[str, str], kind: str) -> None:
    dark = re.search(r'\[data-md-color-scheme="slate"\] #my-svg\{([^}]*)\}', drawn[kind])
    assert dark is not None
    names = set(re.findall(r"(--c\d+):", dark[1]))
    assert names and set(re.findall(r"var\((--c\d+),", drawn[kind])) <= names


def test_boxes_are_wide_enough_for_han(drawn: dict[str, str]) -> None:
    root = ElementTree.fromstring(drawn["flowchart"])
    boxes = [
        float(rect.get("width", 0))
        for rect in root.iter(f"{SVG}rect")
        if "label-container" in rect.get("class", "")
    ]
    # Three characters of 15 pixels, five with a space: no box is narrower than its words.
    assert len(boxes) == 2
    assert min(boxes) >= 3 * 15 and max(boxes) >= 2 * 15 + 40


def test_a_drawing_says_its_size(drawn: dict[str, str]) -> None:
    for drawing in drawn.values():
        root = ElementTree.fromstring(drawing)
        box = [float(number) for number in root.get("viewBox", "").split()]
        assert (int(root.get("width", 0)), int(root.get("height", 0))) == (
            round(box[2]),
            round(box[3]),
        )
        assert min(box[2:]) > 20


def test_the_same_code_is_the_same_drawing(drawn: dict[str, str]) -> None:
    assert draw_all([KINDS["git"], KINDS["class"]]) == [drawn["git"], drawn["class"]]


def test_nothing_in_a_drawing_runs() -> None:
    code = (
        'flowchart LR\n  a["<script>alert(1)</script><img src=x onerror=alert(1)>"] --> b[去]\n'
        '  click b "javascript:alert(1)"\n'
    )
    drawing = draw_all([code])[0]
    assert isinstance(drawing, str)
    root = ElementTree.fromstring(drawing)
    for element in root.iter():
        assert not element.tag.endswith("script")
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "javascript:" not in value


def test_a_broken_diagram_stays_as_code_and_names_its_line() -> None:
    html = '<p>x</p><pre class="mermaid"><code>graph TD\n  a[ --&gt; b\n</code></pre><p>y</p>'
    source = "# 题\n\n```mermaid\ngraph TD\n  a[ --> b\n```\n"
    html, problems = draw_diagrams(html, draw_all, source, "a.md", "zh")
    assert '<pre class="diagram-source"><code>graph TD\n  a[ --&gt; b\n</code></pre>' in html
    assert [(p.path, p.line, p.code) for p in problems] == [("a.md", 4, "broken-diagram")]
    assert "画不出来" in problems[0].zh


def test_one_diagram_twice_has_ids_of_its_own() -> None:
    one = '<pre class="mermaid"><code>graph TD\n  a --&gt; b\n</code></pre>'
    html, problems = draw_diagrams(one + one, draw_all, "", "a.md", "en")
    assert problems == []
    ids = re.findall(r'(?<![-\w])id="([^"]+)"', html)
    assert len(ids) > 2 and len(set(ids)) == len(ids)
    assert html.count('aria-label="Flowchart"') == 2


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ('<pre class="mermaid"><code>graph TD</code></pre>', ["graph TD\n"]),
        ("<div class=mermaid>graph TD</div>", ["graph TD\n"]),
        ('<DIV id="a" class="wide mermaid">graph TD</DIV>', ["graph TD\n"]),
        ('<div class="mermaid-like">x</div>', []),
        ("<p>mermaid</p>", []),
        ("<code>&lt;div class=mermaid&gt;</code>", []),
    ],
)
def test_what_is_a_diagram(html: str, codes: list[str]) -> None:
    asked: list[str] = []

    def draw(found: Sequence[str]) -> list[str | DiagramError]:
        asked.extend(found)
        return [DiagramError("no")] * len(asked)

    draw_diagrams(html, draw, "", "a.md", "zh")
    assert asked == codes


@pytest.mark.parametrize(
    ("code", "locale", "name"),
    [
        ("sequenceDiagram\n a->>b: x", "zh", "时序图"),
        ("---\ntitle: x\n---\n%% note\npie\n", "en", "Pie chart"),
        ("graph TD\n accTitle: 登录的过程\n a-->b", "en", "登录的过程"),
        ("xychart-beta\n", "zh", "图"),
    ],
)
def test_a_diagram_has_a_name(code: str, locale: str, name: str) -> None:
    assert diagram_name(code, locale) == name
