import pytest
from search_engine import Engine
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "flow.md": "# 流程\n\n```mermaid\ngraph LR\n  写草稿 --> 读校样\n```\n",
    "flow.en.md": "# Flow\n\n```mermaid\ngraph LR\n  write --> read\n```\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(
        tmp_path_factory.mktemp("diagrams"),
        FILES,
        env={"REPO_URL": "https://github.com/example/docs"},
    )


def scripts(built: Built, url: str) -> list[str]:
    return [tag["src"] for tag in built.tags(url, "script") if "src" in tag]


def test_a_diagram_is_drawn_in_the_page_in_its_language(built: Built) -> None:
    zh, en = built.read("flow/"), built.read("en/flow/")
    assert 'aria-label="流程图"' in zh and ">写草稿</tspan>" in zh
    assert 'aria-label="Flowchart"' in en and ">write</tspan>" in en


def test_a_page_with_a_diagram_loads_what_others_load(built: Built) -> None:
    names = [script.rpartition("/")[2] for script in scripts(built, "flow/")]
    assert names == [script.rpartition("/")[2] for script in scripts(built, "")] != []
    assert not list(built.site_dir.rglob("*mermaid*"))


def test_the_words_of_a_diagram_are_found(built: Built) -> None:
    assert Engine(built.read("search/zh.js")).search("校样").pages == ["flow/"]


def test_readers_are_not_sent_to_the_forge_for_its_statistics(built: Built) -> None:
    assert 'href="https://github.com/example/docs"' in built.read("")
    assert 'data-md-component="source"' not in built.read("")
