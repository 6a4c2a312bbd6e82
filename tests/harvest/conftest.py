"""What the tests of the harvester share: a register on loopback, time that nobody waits for, and a harvest of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qualgraph.harvest import Client, Harvest, HarvestFolder, Order, Outcome, Transport, open_harvest
from register_server import Register, register

TODAY = date(2026, 3, 4)


@dataclass
class Time:
    """A clock that goes on only where somebody sleeps."""

    now: float = 100.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def lamps() -> Iterator[Register]:
    """A register with one qualification and its units."""
    with register() as found:
        found.add("ZZZ40120")
        for code in ("ZZZLMP401", "ZZZLMP402", "ZZZOIL401", "ZZZOIL402"):
            found.add_unit(code)
        yield found


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def client(lamps: Register, tmp_path: Path, time: Time) -> Iterator[Client]:
    """A client of the register in its first run."""
    with Transport(lamps.base, timeout=5) as transport:
        folder = HarvestFolder(tmp_path / "cache")
        yield Client(transport, folder, run="one", clock=time.clock, sleep=time.sleep)


@dataclass
class Ran:
    """A harvest that was run: its outcomes, and what it has noted."""

    outcomes: list[Outcome]
    harvest: Harvest


@pytest.fixture
def harvested(lamps: Register, tmp_path: Path, time: Time) -> Callable[..., Ran]:
    """Runs an order against the register to its end; ``ended=False`` leaves it as a store that failed would."""

    def run(*codes: str, ended: bool = True, folder: str = "cache", **order: Any) -> Ran:
        asked = Order(codes=codes, **{name: value for name, value in order.items() if name != "retries"})
        with open_harvest(
            asked,
            tmp_path / folder,
            base_url=lamps.base,
            retries=order.get("retries", 1),
            timeout=5,
            today=TODAY,
            clock=time.clock,
            wait=time.sleep,
        ) as opened:
            outcomes = list(opened.outcomes(lambda _what, _done, _total: None))
            if ended:
                opened.journal.end()
        return Ran(outcomes, opened)

    return run
