"""What all tests share."""

from hypothesis import settings

# The machine may be busy: time is measured where it matters, over many cases.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")
