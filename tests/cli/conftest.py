"""What the tests of the command line share: none of them sees the user's own settings."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _no_settings_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUALGRAPH_STORE", str(tmp_path / "default-store"))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "QUALGRAPH_DEBUG"):
        monkeypatch.delenv(name, raising=False)
