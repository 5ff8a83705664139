"""Leave the templates' own indentation out of the pages.

Material's templates are indented for people, and the navigation repeats that in every
page: a fifth of a site's bytes. Runs of white space that hold a line break become one
line break when a template is compiled, and lines of nothing but tags leave none behind,
which costs nothing per page and leaves white space wherever there was some. What authors
wrote comes in by variables and is not touched.
"""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension

_RUN = re.compile(r"[ \t]*\n\s*")
# What a macro, a block or a variable holds may stand within a line elsewhere.
_ELSEWHERE = r"(?!-?\s*(?:macro|block|call|filter|set\s+\w+\s*-?%))"
_TAG = rf"\{{%{_ELSEWHERE}(?:[^%]|%(?!\}}))*%\}}|\{{#(?:[^#]|#(?!\}}))*#\}}"
_ONLY_TAGS = re.compile(rf"(?<=\n)((?:{_TAG})+)\n")
_VERBATIM = re.compile(r"<(pre|textarea)\b", re.I)


class CompactTemplates(Extension):
    """Jinja extension for HTML templates without preformatted text of their own."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """The template with line breaks, but without indentation and blank lines."""
        if not (name or "").endswith(".html") or _VERBATIM.search(source):
            return source
        return _ONLY_TAGS.sub(r"\1", _RUN.sub("\n", source))


def compact(env: Environment) -> None:
    """Call it in `on_env`, before any template is compiled."""
    env.add_extension(CompactTemplates)
    # In a page of UTF-8, Han need not be written as six letters each.
    env.policies["json.dumps_kwargs"] = {
        "sort_keys": True,
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
