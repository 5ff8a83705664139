"""`make status`: how far the translations have come."""

from __future__ import annotations

import sys

from command import CONFIG, guarded, prepare
from docskit.pages import check_tree, left_out
from docskit.translation import likely_original, table, tree_status
from mkdocs_bridge.site import site_settings


def main(_: list[str]) -> None:
    """Print the table, worst first, what is wrong with files' names, and what is no page yet."""
    prepare()
    site = site_settings(CONFIG)
    drafts = site.drafts(site.tree())
    tree = site.tree(without=drafts)
    print(table(tree_status(tree, site.read, site.locales, site.messages), site.messages))
    problems = check_tree(
        tree,
        lambda orphan, pages: likely_original(site.read(orphan), map(site.read, pages)),
    )
    for problem in [*problems, *left_out(drafts)]:
        print(problem.format(site.docs_dir.name, site.messages))


if __name__ == "__main__":
    sys.exit(guarded(main))
