"""YAML as far as a page can need it: bounded, whatever aliases it is folded into.

Five hundred bytes of aliases of aliases stand for more values than any memory holds. Sizes
are counted on the nodes, where an alias is still the node that it means.
"""

from __future__ import annotations

import math
import re
from datetime import time
from typing import Any

import yaml

from docskit.messages import fit

MOST_VALUES = 20_000
"""What all aliases of one file may stand for."""
# Levels of nesting: PyYAML's composer recurses, and Python ends at a thousand calls.
DEEPEST = 40
# Digits that fit into 64 bits, as MessagePack's integers have to.
_DIGITS = 18
_CHAIN = re.compile(rf"(?:[-?][ \t]+){{{DEEPEST},}}")


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without the errors that a date like 2024-02-30 or a number without end would raise."""


def _timestamp(loader: Any, node: Any) -> object:
    try:
        return yaml.SafeLoader.construct_yaml_timestamp(loader, node)
    except (ValueError, OverflowError):
        return node.value


def _number(loader: Any, node: Any) -> object:
    # Python refuses to print, and to read, numbers of more than 4,300 digits.
    if len(node.value) > _DIGITS:
        return node.value
    try:
        return yaml.SafeLoader.construct_yaml_int(loader, node)
    except ValueError:
        return node.value


def _fraction(loader: Any, node: Any) -> object:
    try:
        return yaml.SafeLoader.construct_yaml_float(loader, node)
    except (ValueError, OverflowError):
        return node.value


Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
Loader.add_constructor("tag:yaml.org,2002:int", _number)
Loader.add_constructor("tag:yaml.org,2002:float", _fraction)


def too_deep(text: str) -> bool:
    """Whether brackets or dashes nest deeper than a parser's own recursion should go."""
    if _CHAIN.search(text):
        return True
    depth = 0
    for sign in re.findall(r"[\[\]{}]", text):
        depth = max(0, depth + (1 if sign in "[{" else -1))
        if depth > DEEPEST:
            return True
    return False


def size(node: yaml.Node) -> float:
    """How many values the node stands for with its aliases written out; infinite in a circle."""
    return _size(node, {}, DEEPEST)


def _size(node: yaml.Node, known: dict[int, float], depth: int) -> float:
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in known:
        return known[id(node)]
    # Whoever comes here again, below itself, finds a circle.
    known[id(node)] = math.inf
    if depth == 0:
        return math.inf
    children = node.value
    if isinstance(node, yaml.MappingNode):
        children = [child for pair in children for child in pair]
    found = 1 + sum(_size(child, known, depth - 1) for child in children)
    known[id(node)] = found
    return found


def as_written(node: yaml.Node) -> object:
    """The value with every plain scalar as its author wrote it: `1.10`, `No`, `007`, `12:30`."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [as_written(child) for child in node.value]
    return {str(as_written(key)): as_written(value) for key, value in node.value}


def plain(value: object) -> object:
    """The value as YAML, XML and JSON can all write it."""
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**_DIGITS:
        return hex(value)
    return value


def excerpt(value: object) -> str:
    """The beginning of a value, on one line, for a message."""
    return " ".join(str(plain(value)).split())[:40]
