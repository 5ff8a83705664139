"""What all tests share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from picture_host import PictureHost, picture_host
from whose import FILES, is_ours

from outside_client import SWITCH

# The machine may be busy: time is measured where it matters, over many cases.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")

try:
    OURS = is_ours()
except ValueError as error:
    raise pytest.UsageError(str(error)) from None
collect_ignore = [] if OURS else list(FILES)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of our content where docs/ is another club's."""
    for item in items:
        if "own_site" in getattr(item, "fixturenames", ()):
            item.add_marker("content")
    if not OURS:
        content = [item for item in items if item.get_closest_marker("content")]
        config.hook.pytest_deselected(items=content)
        items[:] = [item for item in items if not item.get_closest_marker("content")]


def pytest_report_header() -> str:
    """Say what is left out."""
    return "" if OURS else f"docs/ 是你们自己的：没有跑的是 ISC-WEB 自己页面的测试，还有 {FILES}"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[PictureHost]:
    """Every host there is, as tests/picture_host.py plays it, for what runs in this process."""
    with picture_host() as running:
        monkeypatch.setenv(SWITCH, running.switch)
        yield running
