"""What hooks/mkdocs_bridge relies on inside MkDocs: an upgrade that changes it fails here, by name.

The steps that are replaced are copied in the bridge; when one of these fails, read the new
upstream function, bring the bridge's copy up to it, and then the digest below.
"""

import hashlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest
from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.extensions.tables import TableProcessor
from material.plugins.search.plugin import SearchPlugin
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure import files
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme
from mkdocs_awesome_nav.nav import config as nav_config
from mkdocs_awesome_nav.nav import context as nav_context
from mkdocs_static_i18n import suffix
from mkdocs_static_i18n.plugin import I18n
from mkdocs_static_i18n.suffix import I18nFiles
from mkdocs_static_i18n.utils import I18nLoggingFilter
from pygments.formatters.html import HtmlFormatter
from pymdownx.highlight import BlockHtmlFormatter
from pymdownx.snippets import SnippetPreprocessor

from mkdocs_bridge.patches import fast_highlighting, unclosed_html
from mkdocs_bridge.patches import page_locales as locale_suffix
from mkdocs_bridge.site import docs_folder, navigation


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (build._populate_page, "31a70ea4caef"),
        (build._build_page, "adcdbd14b236"),
        (build.get_context, "4b4bf8a076ed"),
        (LiveReloadServer._build_loop, "0bea1402bb4a"),
        (LiveReloadServer.watch, "5db077e3a3e7"),
        (Page.render, "320529348f7a"),
        (utils.clean_directory, "b3c0aa810731"),
        (utils.write_file, "7ca9477c4bda"),
        (utils.copy_file, "ce5ccca491bb"),
        (locale_suffix._create, "27e8221529f3"),
        (I18n.on_post_build, "e70db1f72973"),
        (HtmlFormatter._create_stylesheet, "5cc978983012"),
        (fast_highlighting._classes, "10c79ef10b88"),
        (Theme.get_env, "9c26120fb96f"),
        (unclosed_html.released, "99ac1a955c74"),
        (files.get_files, "8d8cc69e4d7d"),
        (I18nFiles.get_file_from_path, "b4ec68f80966"),
        (navigation.REPLACED["add"], "382fb8e63253"),
        (navigation.REPLACED["page"], "71238ec84f88"),
        (navigation.REPLACED["nav"], "4e6e3a7b1213"),
        (navigation.REPLACED["append"], "d9b4c3b4d27f"),
        (navigation.REPLACED["pattern"], "d03a1d61b4d1"),
        (navigation.REPLACED["entry"], "7532b622d103"),
        (navigation.REPLACED["matches"], "d6d583bf832a"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_the_replaced_step_is_the_one_that_was_read(
    function: Callable[..., Any], expected: str
) -> None:
    source = inspect.getsource(function)
    assert hashlib.sha256(source.encode()).hexdigest()[:12] == expected


def test_build_calls_the_replaced_steps_through_their_modules() -> None:
    source = inspect.getsource(build.build)
    for call in ("_populate_page(", "_build_page(", "utils.clean_directory(", "get_files("):
        assert call in source


def test_mkdocs_and_snippets_look_for_files_by_the_steps_that_are_replaced() -> None:
    assert "os.walk(config['docs_dir'], followlinks=True)" in inspect.getsource(files.get_files)
    assert inspect.getsource(files).count("os.walk(") == 1
    assert "self.get_snippet_path(" in inspect.getsource(SnippetPreprocessor)
    paths = inspect.getsource(docs_folder._snippet_path)
    assert "restrict_base_path" in paths
    assert "self.base_path" in inspect.getsource(SnippetPreprocessor.__init__)


def test_static_i18n_creates_files_by_the_name_and_the_pattern_that_are_replaced() -> None:
    assert "create_i18n_file(" in inspect.getsource(suffix)
    assert suffix.create_i18n_file in {locale_suffix._create, locale_suffix._create_i18n_file}
    assert "RE_LOCALE." in inspect.getsource(locale_suffix._create)


def test_static_i18n_leaves_behind_what_an_interrupted_build_takes_back() -> None:
    source = inspect.getsource(I18n.on_post_build)
    assert "utils.clean_directory = " in source
    assert f"{I18nLoggingFilter.__name__}()" in source
    assert I18nLoggingFilter.__name__ == "I18nLoggingFilter"


def test_static_i18n_keeps_the_languages_where_the_bridge_reads_them() -> None:
    plugin = I18n()
    for name in ("building", "current_language", "default_language", "build_languages"):
        assert hasattr(plugin, name) or hasattr(I18n, name), name
    created = inspect.getsource(locale_suffix._create)
    for name in ("locale", "alternates", "localization", "norm_src_uri", "locale_alternate_of"):
        assert name in created, name


def test_static_i18n_makes_its_files_by_the_name_that_is_replaced() -> None:
    source = inspect.getsource(I18n.reconfigure_files)
    assert "I18nFiles = suffix.I18nFiles" in source
    assert "I18nFiles(self, [])" in source


def test_awesome_nav_makes_patterns_and_pages_by_the_names_that_are_replaced() -> None:
    parse = inspect.getsource(nav_config.NavConfigItemPatternOptions.parse)
    assert "from mkdocs_awesome_nav.nav.pattern import NavPattern" in parse
    assert "Page(file)" in inspect.getsource(nav_context.MkdocsFilesContext.__init__)


def test_the_formatter_of_pymdown_extensions_is_the_one_that_makes_style_sheets() -> None:
    assert issubclass(BlockHtmlFormatter, HtmlFormatter)
    assert fast_highlighting._create is HtmlFormatter._create_stylesheet


def test_an_empty_row_is_made_by_the_method_that_is_left_out() -> None:
    processor: Any = TableProcessor
    assert "self._build_empty_row(" in inspect.getsource(processor.run)
    assert list(inspect.signature(processor._build_empty_row).parameters) == [
        "self",
        "parent",
        "align",
    ]


def test_unclosed_html_is_closed_at_the_end_by_the_method_that_is_replaced() -> None:
    assert "self.mdstack" in inspect.getsource(unclosed_html.released)
    assert "handle_endtag" in vars(HTMLExtractorExtra)


def test_the_theme_is_listed_by_a_filter() -> None:
    assert "env.list_templates(filter_func=" in inspect.getsource(files.Files.add_files_from_theme)


def test_the_search_of_the_theme_works_by_the_two_events_that_are_taken_out() -> None:
    events = {name for name in vars(SearchPlugin) if name.startswith("on_page_c")}
    assert events == {"on_page_context"}
    assert "on_post_build" in vars(SearchPlugin)
