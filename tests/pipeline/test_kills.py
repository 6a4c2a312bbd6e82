"""Ingests and harvests that are killed at points seen from outside; ``benchmarks/kills.py`` does it by the hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from kill_harvest import HarvestTrial, kept, lamps
from kill_ingest import IngestTrial
from killing import Commands, Tally, Trial, current, generations, held, killed_many_times

Seen = Callable[[Path, int], bool]
"""Whether something is seen in a folder whose store had so many states before."""


def state(folder: Path) -> int:
    """The number of the state that readers of the folder's store see."""
    return int((current(folder / "store") or "g0")[1:])


def written(times: int) -> Seen:
    """The run has written the store so many times."""
    return lambda folder, before: state(folder) >= before + times


def writing(folder: Path, _before: int) -> bool:
    """The next state is being made beside the current one, and something is in it."""
    beside = [path for path in generations(folder / "store") if path.name > (current(folder / "store") or "")]
    return any((path / "CURRENT").exists() for path in beside)


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    with Commands(tmp_path_factory.mktemp("log") / "log") as found:
        yield found


@pytest.fixture(scope="module")
def ingest(commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> IngestTrial:
    return IngestTrial(tmp_path_factory.mktemp("ingest"), commands, [], documents=12)


@pytest.fixture(scope="module")
def harvest(commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Iterator[HarvestTrial]:
    with lamps(units=2) as register:
        yield HarvestTrial(tmp_path_factory.mktemp("harvest"), commands, register)


def killed(trial: Trial, commands: Commands, folder: Path, seen: Seen) -> str:
    """Kill a run once something is seen, and complete it; how far it had come."""
    trial.fresh(folder)
    before = state(folder)
    assert not commands.run(trial.arguments(folder), when=lambda: seen(folder, before))
    phase, faults = trial.look(folder)
    assert faults == []
    assert trial.complete(folder) == []
    return phase


@pytest.mark.parametrize(
    ("seen", "phases"),
    [
        (writing, {"nothing stored"}),
        (written(1), {"a part stored"}),
        (written(5), {"all stored, not derived", "all stored and derived"}),
    ],
    ids=["in the first write", "after the first", "after the last"],
)
def test_an_ingest_that_is_killed_loses_nothing_and_the_next_completes_it(
    ingest: IngestTrial, commands: Commands, tmp_path: Path, seen: Seen, phases: set[str]
) -> None:
    assert killed(ingest, commands, tmp_path / "folder", seen) in phases


@pytest.mark.parametrize(
    ("seen", "phases"),
    [
        (lambda folder, _: len(kept(folder)) >= 3, {"a part fetched", "all fetched, nothing stored"}),
        (written(1), {"a part stored"}),
    ],
    ids=["with some answers", "after the first write"],
)
def test_a_harvest_that_is_killed_loses_nothing_and_goes_on(
    harvest: HarvestTrial, commands: Commands, tmp_path: Path, seen: Seen, phases: set[str]
) -> None:
    assert killed(harvest, commands, tmp_path / "folder", seen) in phases


def test_a_moment_drawn_from_a_seed_finds_no_fault(
    ingest: IngestTrial, commands: Commands, tmp_path: Path
) -> None:
    tally = Tally()
    killed_many_times(ingest, commands, tmp_path, tally, kills=1, random=Random(3))
    assert (tally.kills, tally.failures) == (1, [])


def test_a_store_that_lost_something_is_noticed(ingest: IngestTrial) -> None:
    whole = ingest.stored.after
    short = dict(list(whole.documents.items())[1:])
    half = dict.fromkeys(whole.documents, "other")
    for documents in (short, half):
        now = type(whole)(documents=documents, derived=whole.derived, faults=(), writing=False)
        assert ingest.stored.unfinished(now)
    now = type(whole)(documents=half, derived="other", faults=("wrong",), writing=False)
    assert len(ingest.stored.faults(now)) == len(half) + 2
    assert ingest.stored.faults(held(Path("nowhere"))) == [
        f"{name} is neither what it was nor what it becomes"
        for name in sorted(ingest.stored.before.documents)
    ] + ["what is derived is neither what it was nor what it becomes"]
