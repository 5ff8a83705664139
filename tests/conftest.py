"""What all tests share."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from picture_host import PictureHost, picture_host

from outside_client import SWITCH

# The machine may be busy: time is measured where it matters, over many cases.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[PictureHost]:
    """Every host there is, as tests/picture_host.py plays it, for what runs in this process."""
    with picture_host() as running:
        monkeypatch.setenv(SWITCH, running.switch)
        yield running
