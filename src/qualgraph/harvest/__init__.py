"""A polite client of the register's public REST interface: what it answers is kept on disk and ingested from there.

It is written from what third parties document and has not been tried against the live service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep

from qualgraph.harvest.check import Check, FieldDifference, check
from qualgraph.harvest.client import RATE, RETRIES, Client
from qualgraph.harvest.folder import HarvestFolder, default_folder
from qualgraph.harvest.journal import Follow, Journal, Order, Releases
from qualgraph.harvest.run import Harvest, Harvested, NotHarvested, Outcome
from qualgraph.harvest.transport import BASE_URL, TIMEOUT, Transport

__all__ = [
    "BASE_URL",
    "RATE",
    "RETRIES",
    "TIMEOUT",
    "Check",
    "Client",
    "FieldDifference",
    "Follow",
    "Harvest",
    "HarvestFolder",
    "Harvested",
    "NotHarvested",
    "Order",
    "Outcome",
    "Releases",
    "Transport",
    "check",
    "default_folder",
    "open_harvest",
]


@contextmanager
def open_harvest(
    order: Order,
    folder: Path,
    *,
    base_url: str = BASE_URL,
    rate: float = RATE,
    timeout: float = TIMEOUT,
    retries: int = RETRIES,
    today: date | None = None,
    clock: Callable[[], float] = monotonic,
    wait: Callable[[float], None] = sleep,
) -> Iterator[Harvest]:
    """A harvest that goes on where the same order was left, with the folder's lock held as long as the block runs.

    ``rate`` is in requests a second, ``timeout`` in seconds for an answer. Raises HarvestLockedError while another
    process harvests into the folder, UsageError for an address or number that cannot be.
    """
    place = HarvestFolder(folder)
    with place.locked(), Transport(base_url, timeout=timeout) as transport:
        journal = Journal(place, order.key(transport.base))
        client = Client(
            transport, place, run=journal.run, rate=rate, retries=retries, clock=clock, sleep=wait
        )
        yield Harvest(order=order, folder=place, journal=journal, client=client, today=today or date.today())
