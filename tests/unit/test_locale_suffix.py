import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from mkdocs_bridge.patches.page_locales import _create, _made


@pytest.mark.parametrize("directories", [True, False])
@pytest.mark.parametrize("current", ["zh", "en"])
@pytest.mark.parametrize(
    ("uri", "localization"),
    [
        ("index.md", None),
        ("git.md", None),
        ("git/use.md", None),
        ("git/README.md", None),
        ("README.md", None),
        ("git/index.md", None),
        ("a/b.png", None),
        ("中文/页 1.md", None),
        ("a.b/c.md", None),
        ("LICENSE", None),
        ("assets/site.css", None),
        ("git.en.md", "en"),
        ("git/use.en.md", "en"),
        ("git/use.zh.md", "zh"),
        ("index.en.md", "en"),
        ("git/index.en.md", "en"),
        ("README.en.md", "en"),
        ("git/README.en.md", "en"),
        ("a/b.en.png", "en"),
        ("b.en.png", "en"),
    ],
)
def test_a_file_is_what_static_i18n_makes_it(
    uri: str, localization: str | None, current: str, directories: bool
) -> None:
    config = MkDocsConfig()
    config.load_dict(
        {"site_name": "x", "docs_dir": "/d", "site_dir": "/s", "use_directory_urls": directories}
    )
    file = File(uri, "/d", "/s", directories)
    theirs = _create(file, current, "zh", ["zh", "en"], config)
    ours = _made(file, current, "zh", localization, config)
    names = ["src_uri", "dest_uri", "url", "name", "abs_dest_path", "abs_src_path", "inclusion"]
    names += ["locale", "localization", "locale_alternate_of", "norm_src_uri", "edit_uri"]
    for name in names:
        assert getattr(ours, name) == getattr(theirs, name), name
    assert list(ours.alternates) == list(theirs.alternates) == [current]
