from pathlib import Path

import pytest
from site_builder import Built, build_site

FILES: dict[str, str | bytes] = {
    "index.md": "# 首页\n",
    "flow.md": "# 流程\n\n```mermaid\ngraph LR\n  写 --> 读\n```\n",
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


def test_only_pages_with_a_diagram_load_the_script(built: Built) -> None:
    assert "../assets/javascripts/diagrams.js" in scripts(built, "flow/")
    assert "../../assets/javascripts/diagrams.js" in scripts(built, "en/flow/")
    assert not any("diagrams" in script for script in scripts(built, ""))
    assert (built.site_dir / "assets/javascripts/mermaid.min.js").is_file()


def test_readers_are_not_sent_to_the_forge_for_its_statistics(built: Built) -> None:
    assert 'href="https://github.com/example/docs"' in built.read("")
    assert 'data-md-component="source"' not in built.read("")


def test_without_the_hook_there_is_no_script(tmp_path: Path) -> None:
    off = build_site(tmp_path, FILES, without_hook="diagrams.py")
    assert scripts(off, "flow/") != [] and "diagrams" not in "".join(scripts(off, "flow/"))
    assert not (off.site_dir / "assets/javascripts/mermaid.min.js").exists()
