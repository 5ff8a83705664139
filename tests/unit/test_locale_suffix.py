import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from mkdocs_bridge.locale_suffix import _create, _unlocalized


@pytest.mark.parametrize("directories", [True, False])
@pytest.mark.parametrize("current", ["zh", "en"])
@pytest.mark.parametrize(
    "uri",
    [
        "index.md",
        "git.md",
        "git/use.md",
        "git/README.md",
        "README.md",
        "git/index.md",
        "a/b.png",
        "中文/页 1.md",
        "a.b/c.md",
        "LICENSE",
        "assets/site.css",
    ],
)
def test_a_file_without_a_locale_is_what_static_i18n_makes_it(
    uri: str, current: str, directories: bool
) -> None:
    config = MkDocsConfig()
    config.load_dict(
        {"site_name": "x", "docs_dir": "/d", "site_dir": "/s", "use_directory_urls": directories}
    )
    file = File(uri, "/d", "/s", directories)
    theirs = _create(file, current, "zh", ["zh", "en"], config)
    ours = _unlocalized(file, current, "zh", config)
    names = ["src_uri", "dest_uri", "url", "name", "abs_dest_path", "abs_src_path", "inclusion"]
    names += ["locale", "localization", "locale_alternate_of", "norm_src_uri", "edit_uri"]
    for name in names:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert list(ours.alternates) == list(theirs.alternates) == [current]
