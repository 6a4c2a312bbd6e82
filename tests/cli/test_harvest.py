"""``qualgraph harvest``: from the register's answers to the store, and back to where it was after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import Run
from qualgraph.identifiers import Identifiers
from qualgraph.rdf import ntriples
from qualgraph.store import open_store
from register_answers import component
from register_server import Register, register
from servers import Response

FAST = ("--rate", "100000")


@pytest.fixture
def lamps() -> Iterator[Register]:
    with register() as found:
        found.add("ZZZ40120")
        for code in ("ZZZLMP401", "ZZZLMP402", "ZZZOIL401", "ZZZOIL402"):
            found.add_unit(code)
        yield found


def arguments(lamps: Register, tmp_path: Path, *more: str) -> tuple[str, ...]:
    where = ("--base-url", lamps.base, "--cache", str(tmp_path / "cache"), "--store", str(tmp_path / "store"))
    return ("harvest", *more, *where, *FAST)


def content(tmp_path: Path) -> dict[str, str]:
    with open_store(tmp_path / "store") as store:
        return {
            graph.value: ntriples(store.triples(graph))
            for graph in store.graphs()
            if "ingests" not in graph.value
        }


def test_a_harvest_is_in_the_store_and_a_second_changes_nothing(
    run: Run, lamps: Register, tmp_path: Path
) -> None:
    done = run(*arguments(lamps, tmp_path, "ZZZ40120", "--follow", "units"))
    assert done.code == 0, done.err
    assert "components  5 done, 0 waiting, 0 not answered" in done.out
    assert "store       5 stored" in done.out
    before = content(tmp_path)
    document = Identifiers().document("rest-answers", "zzz40120").value
    assert "hasPackagingRule" in before[document]
    again = run(*arguments(lamps, tmp_path, "ZZZ40120", "--follow", "units"))
    assert "store       5 unchanged" in again.out
    assert content(tmp_path) == before


def test_what_a_harvest_that_was_killed_had_not_derived_the_next_one_derives(
    run: Run, lamps: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("qualgraph.pipeline.refresh", lambda *_, **__: False)
        assert run(*arguments(lamps, tmp_path, "ZZZLMP401")).code == 0
    assert not run("status", "--store", tmp_path / "store", "--json").data["current"]
    assert "1 unchanged" in run(*arguments(lamps, tmp_path, "ZZZLMP401")).out
    assert run("status", "--store", tmp_path / "store", "--json").data["current"]


@pytest.mark.parametrize("asked", ["locked", "another folder"])
def test_a_store_that_cannot_be_written_is_said_before_anything_is_asked(
    run: Run, lamps: Register, tmp_path: Path, asked: str
) -> None:
    (tmp_path / "store").mkdir()
    if asked == "another folder":
        (tmp_path / "store" / "thesis.txt").write_text("mine")
        done = run(*arguments(lamps, tmp_path, "ZZZLMP401"))
    else:
        with open_store(tmp_path / "store", read_only=False):
            done = run(*arguments(lamps, tmp_path, "ZZZLMP401"))
    assert done.code == 4
    assert lamps.asked == []


def test_what_was_harvested_can_be_shown(run: Run, lamps: Register, tmp_path: Path) -> None:
    run(*arguments(lamps, tmp_path, "ZZZ40120"))
    shown = run("show", "ZZZ40120", "--store", tmp_path / "store")
    assert shown.code == 0
    for told in ("Certificate IV in Lamp Tending", "ZZZ40115", "ZZZLMP401"):
        assert told in shown.out


def test_the_json_says_what_became_of_each(run: Run, lamps: Register, tmp_path: Path) -> None:
    done = run(*arguments(lamps, tmp_path, "ZZZ40120", "ZZZ99999", "--json"))
    assert done.code == 1
    data = json.loads(done.out)
    assert [each["code"] for each in data["harvested"]] == ["ZZZ40120", "ZZZ99999"]
    assert data["harvested"][1]["error"]["error"] == "NotOnRegisterError"
    assert (data["done"], data["stored"]) == (1, {"stored": 1})


def test_a_dry_run_asks_and_changes_nothing(run: Run, lamps: Register, tmp_path: Path) -> None:
    done = run(*arguments(lamps, tmp_path, "ZZZ40120", "--since", "2026-01-01", "--dry-run"))
    assert done.code == 0
    assert f"GET {lamps.base}/training/ZZZ40120\n" in done.out
    assert "latestRelease" in done.out
    assert lamps.asked == []
    assert list(tmp_path.iterdir()) == []


def test_a_check_tells_what_differs_by_its_exit_code(run: Run, lamps: Register, tmp_path: Path) -> None:
    fine = run(*arguments(lamps, tmp_path, "--check", "ZZZ40120"))
    assert (fine.code, "every field is as expected" in fine.out) == (0, True)
    lamps.answers["training/ZZZ40120"] = component(glow=1)
    other = run(*arguments(lamps, tmp_path, "--check", "ZZZ40120"))
    assert other.code == 1
    assert "component  glow   new" in other.out
    data = json.loads(run(*arguments(lamps, tmp_path, "--check", "ZZZ40120", "--json")).out)
    assert data["differences"][0]["field"] == "glow"
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nothing is said to harvest"),
        (("ZZZ40120", "--follow", "friends"), "nothing that can be followed"),
        (("ZZZ 40120",), "not a national code"),
        (("--check", "ZZZ40120", "ZZZ40121"), "one component"),
    ],
)
def test_what_cannot_be_harvested_is_said_before_anything_is_asked(
    run: Run, lamps: Register, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = run(*arguments(lamps, tmp_path, *words))
    assert done.code == 2
    assert told in done.err
    assert lamps.asked == []


def test_a_register_that_goes_away_leaves_what_is_done_in_the_store(
    run: Run, lamps: Register, tmp_path: Path
) -> None:
    lamps.odd["training/ZZZOIL401"] = [Response(status=403, body=b"", headers={})]
    lamps.odd["training/ZZZLMP402"] = [Response(status=429, body=b"", headers={"Retry-After": "9999"})]
    stopped = run(*arguments(lamps, tmp_path, "ZZZ40120", "--follow", "units"))
    assert stopped.code == 5
    assert "goes on from there" in stopped.err
    assert "2 done, 3 waiting" in stopped.out
    assert "store       2 stored" in stopped.out
    rest = run(*arguments(lamps, tmp_path, "ZZZ40120", "--follow", "units"))
    assert rest.code == 1
    assert "store       2 stored, 2 unchanged" in rest.out


def start(lamps: Register, tmp_path: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "qualgraph", *arguments(lamps, tmp_path, *more)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if "proxy" not in name.lower()},
    )


def until(condition: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def test_a_harvest_that_is_killed_goes_on_and_nothing_is_fetched_twice_or_lost(
    run: Run, lamps: Register, tmp_path: Path
) -> None:
    held = "training/ZZZOIL401"
    lamps.odd[held] = [Response(body=b"{}", headers={"Content-Type": "application/json"}, delay=30)]
    victim = start(lamps, tmp_path, "ZZZ40120", "--follow", "units")
    until(lambda: f"/api/{held}" in lamps.asked)
    second = start(lamps, tmp_path, "ZZZLMP401")
    _, told = second.communicate(timeout=60)
    assert second.returncode == 5
    assert b"another process is harvesting into this folder" in told
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    done = run(*arguments(lamps, tmp_path, "ZZZ40120", "--follow", "units"))
    assert done.code == 0, done.err
    assert "5 done" in done.out
    assert "store       5 stored" in done.out
    assert set(lamps.times().values()) == {1}
    assert len(lamps.answered) == 5 + 4 * 3
