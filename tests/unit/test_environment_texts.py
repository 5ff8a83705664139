"""What `keep_texts` relies on in pyyaml-env-tag, and what comes of it."""

from __future__ import annotations

import pytest
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from mkdocs_bridge.folders.environment_texts import keep_texts


@pytest.mark.parametrize("value", ["2026", "yes", "~", "2026-01-01", "1e3", "0x10", "文档"])
def test_a_variable_with_a_text_for_default_is_a_text(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    keep_texts()
    monkeypatch.setenv("SITE_NAME", value)
    assert yaml_load('x: !ENV [SITE_NAME, "文档"]', get_yaml_loader()) == {"x": value}


def test_other_defaults_keep_their_type(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_texts()
    monkeypatch.setenv("CARDS", "1")
    monkeypatch.setenv("REPO_URL", "")
    text = 'x: !ENV [CARDS, false]\ny: !ENV [REPO_URL, ""]\nz: !ENV [NOT_SET, "a"]'
    assert yaml_load(text, get_yaml_loader()) == {"x": 1, "y": None, "z": "a"}
