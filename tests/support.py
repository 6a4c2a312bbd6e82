"""What several test modules share: where the checkout and the shared documents are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = CHECKOUT.parent / "shared"
DOCUMENTS = CHECKOUT / "tests" / "sources" / "documents"
"""Invented documents of every kind that is read."""


def shared_path(*parts: str) -> Path:
    """A file or folder of ../shared; skips the test where it is absent, fails it there in CI."""
    path = SHARED.joinpath(*parts)
    if path.exists():
        return path
    reason = f"needs ../shared/{'/'.join(parts)}, which is not beside this checkout"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def seed_path(number: str) -> Path:
    """The seed document whose file name starts with this number, for example '000'."""
    [path] = sorted(shared_path("seeds").glob(f"{number}_*.txt"))
    return path
