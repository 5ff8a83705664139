"""What `python -m mkdocs` does, and does not where ProperDocs stands in for it (successors.yml)."""

from mkdocs.__main__ import cli

cli(prog_name="mkdocs")
