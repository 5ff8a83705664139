import pytest
from mkdocs_awesome_nav.nav import pattern as nav_pattern
from wcmatch import glob

from mkdocs_bridge.patches.fast_globs import globmatch

FLAGS = glob.GLOBSTAR | glob.EXTGLOB
PATHS = ["git/a.md", "git/sub/", "git/sub/b.md", "a.md", "gi.md", "git/", "中文/页 1.md", "x/.y.md"]


@pytest.mark.parametrize("exclude", [None, ["*.en.md"], ["git/s*"]])
@pytest.mark.parametrize(
    "pattern",
    ["*", "git/*", "git/**", "git/a.md", "git/?(sub)/b.md", "git?(/a.md)", "./*", "中文/*", "git/",
     "git/[ab].md", "{a,git/a}.md", "g@(i|it).md", "**/*.md", "git/+(a).md", "git/sub/../a.md"],
)  # fmt: skip
def test_matches_what_the_real_one_matches(pattern: str, exclude: list[str] | None) -> None:
    for path in PATHS:
        expected = glob.globmatch(path, pattern, flags=FLAGS, exclude=exclude)
        assert globmatch(path, pattern, flags=FLAGS, exclude=exclude) == expected, path


def test_awesome_nav_still_matches_by_this_name() -> None:
    names = nav_pattern.NavPattern._find_matches.__code__.co_names
    assert {"glob", "globmatch", "GLOBSTAR", "EXTGLOB"} <= set(names)
