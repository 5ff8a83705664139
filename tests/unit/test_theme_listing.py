import os
from pathlib import Path

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from mkdocs_bridge.patches.theme_listing import spare_icons


def names(theme: Theme, config: MkDocsConfig) -> list[str]:
    files = Files([])
    files.add_files_from_theme(theme.get_env(), config)
    return [file.src_uri for file in files]


def test_the_theme_has_the_files_that_mkdocs_finds(tmp_path: Path) -> None:
    (tmp_path / ".icons/own").mkdir(parents=True)
    (tmp_path / ".icons/own/a.svg").write_text("<svg/>")
    (tmp_path / "assets/.well-known").mkdir(parents=True)
    (tmp_path / "assets/.well-known/x.txt").write_text("x")
    (tmp_path / "assets/site.css").write_text("")
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": "d", "site_dir": "s"})
    config.theme = Theme(name="material", custom_dir=str(tmp_path))
    expected = names(config.theme, config)
    assert "assets/site.css" in expected
    spare_icons(config.theme)
    spare_icons(config.theme)
    assert names(config.theme, config) == expected
    assert names(config.theme, config) == expected
    assert ".icons/own/a.svg" in config.theme.get_env().list_templates()
