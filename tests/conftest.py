"""Settings of the whole suite."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile(
    "any machine", deadline=None
)  # how long one example takes says nothing about it here
settings.load_profile("any machine")
