"""Counts of a store are made aside: nobody waits for them, and nobody is told those of another state."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from qualgraph.errors import EndpointError
from qualgraph.publishing import Counts, counted, dataset_description
from qualgraph.rdf import IRI, Triple
from qualgraph.store import MemoryStore, Store, open_store
from qualgraph.web import statistics
from qualgraph.web.statistics import Statistics

A, B = IRI("https://data.example.org/a"), IRI("https://data.example.org/b")


def test_a_description_does_not_wait_for_counts_and_says_so(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_count = threading.Event()

    def slow(store: Store) -> Counts:
        may_count.wait(10)
        return counted(store)

    monkeypatch.setattr(statistics, "counted", slow)
    with open_store(built, read_only=True) as store:
        made = Statistics(store)
        made.begin()
        began = time.monotonic()
        assert made.known(0.05) is None
        assert time.monotonic() - began < 1
        assert "are being made" in str(dataset_description(A, made.known(0)))
        may_count.set()
        found = made.known(30)
        assert found == counted(store)
        assert "are being made" not in str(dataset_description(A, found))
        made.close()


def test_the_counts_are_those_of_the_state_that_is_served(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", read_only=False) as writer:
        writer.replace_graphs({A: [Triple(A, A, A), Triple(A, A, B)]})
        with open_store(tmp_path / "store", read_only=True) as store:
            made = Statistics(store)
            first = made.known(30)
            assert made.known(0) is first
            writer.replace_graphs({B: [Triple(A, A, A)]})
            after = made.known(30)
            made.close()
    assert first == Counts(graphs=((A, 2),), classes=(), properties=((A, 2),))
    assert after == Counts(graphs=((A, 2), (B, 1)), classes=(), properties=((A, 2),))


def test_never_more_than_one_count_is_at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_count, begun = threading.Event(), []

    def slow(store: Store) -> Counts:
        begun.append(store)
        may_count.wait(30)
        return counted(store)

    monkeypatch.setattr(statistics, "counted", slow)
    with open_store(tmp_path / "store", read_only=False) as writer:
        writer.replace_graphs({A: [Triple(A, A, A)]})
        with open_store(tmp_path / "store", read_only=True) as store:
            made = Statistics(store)
            first = made.begin()
            writer.replace_graphs({B: [Triple(A, A, A)]})
            assert made.begin() is None
            assert made.known(30) is None
            assert len(begun) == 1
            may_count.set()
            assert first is not None
            first.result(30)
            after = made.known(30)
            made.close()
    assert after is not None
    assert after.graphs == ((A, 1), (B, 1))


def test_a_store_that_does_not_say_when_it_changes_is_counted_again_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(statistics.time, "monotonic", lambda: now)
    with MemoryStore() as store:
        store.replace_graphs({A: [Triple(A, A, A)]})
        made = Statistics(store)
        first = made.known(30)
        assert made.known(30) is first
        store.replace_graphs({B: [Triple(A, A, A)]})
        now = 1.5 * statistics.RENEWED
        after = made.known(30)
        made.close()
    assert after is not None
    assert after.graphs == ((A, 1), (B, 1))


def test_counts_that_failed_are_made_again(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(store: Store) -> Counts:
        raise EndpointError("is away.")

    with open_store(built, read_only=True) as store:
        made = Statistics(store)
        with monkeypatch.context() as away:
            away.setattr(statistics, "counted", failing)
            with pytest.raises(EndpointError, match="is away"):
                made.known(30)
        assert made.known(30) is not None
        made.close()
