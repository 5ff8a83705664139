"""`SITE_NAME=2026` is a text: `!ENV` in mkdocs.yml otherwise makes a number, a date or null of it.

`pyyaml-env-tag` has no option for it, so its one function is replaced by one that leaves a
variable a text where its default is one. tests/unit/test_environment_texts.py pins what that
relies on.
"""

from __future__ import annotations

import os
from typing import Any

import yaml
import yaml_env_tag

_original = yaml_env_tag.construct_env_tag
_TEXT = "tag:yaml.org,2002:str"


def _construct(loader: Any, node: yaml.Node) -> object:
    value: object = _original(loader, node)
    if isinstance(value, str) or not isinstance(node, yaml.SequenceNode) or not node.value:
        return value
    *names, default = node.value
    if not names or default.tag != _TEXT:
        return value
    given = (os.environ[name.value] for name in names if name.value in os.environ)
    # An empty variable stands for nothing, as before.
    return next(given, "") or value


def keep_texts() -> None:
    """Call it before mkdocs.yml is read."""
    yaml_env_tag.construct_env_tag = _construct
