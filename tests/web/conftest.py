"""One server for the tests of the web: a real one, on a store with what qualgraph ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsers import chromium
from servers import serving


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server with small limits, without a slash at its end."""
    with serving(built, "--timeout", "2", "--max-rows", "5000") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched
