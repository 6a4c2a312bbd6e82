"""Commands fail with one clear message and a documented exit code, never with a traceback."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from commands import Run
from qualgraph.cli import build, ingest, options, show, status
from qualgraph.cli.application import app
from qualgraph.store import STORE_VARIABLE


def test_the_variable_for_the_store_is_the_one_stores_know() -> None:
    assert options.STORE_VARIABLE == STORE_VARIABLE


@pytest.mark.parametrize(
    "command", [("status",), ("show", "BSB40307"), ("query", "documents"), ("validate",)]
)
def test_a_reading_command_without_a_store_says_how_to_make_one(
    run: Run, tmp_path: Path, command: tuple[str]
) -> None:
    done = run(*command, "--store", tmp_path / "nowhere")
    assert done.code == 4
    assert "there is no store here" in done.err
    assert "qualgraph build" in done.err
    assert done.out == ""
    assert not (tmp_path / "nowhere").exists()


def test_an_error_for_a_program_has_one_shape(run: Run, tmp_path: Path) -> None:
    done = run("status", "--store", tmp_path / "nowhere", "--json")
    assert done.code == 4
    assert set(done.error) == {"error", "what", "where", "hint", "exit_code"}
    assert done.error["error"] == "StoreMissingError"
    assert done.error["exit_code"] == 4


def test_a_mistyped_command_line_is_exit_2_with_or_without_json(run: Run) -> None:
    plain = run("status", "--colour")
    assert plain.code == 2
    assert "No such option" in plain.err
    told = run("status", "--colour", "--json")
    assert told.code == 2
    assert told.error["error"] == "UsageError"
    assert "--colour" in told.error["what"]


def test_an_unknown_command_is_exit_2(run: Run) -> None:
    assert run("qualify").code == 2


def test_a_fault_of_our_own_says_that_it_is_a_bug(
    run: Run, monkeypatch: pytest.MonkeyPatch, built: Path
) -> None:
    def broken(_found: object) -> None:
        raise ZeroDivisionError("nothing to divide")

    monkeypatch.setattr(status, "status_data", broken)
    done = run("status", "--json", "--store", built)
    assert done.code == 70
    assert done.error["exit_code"] == 70
    assert "bug in qualgraph" in done.error["what"]
    assert "ZeroDivisionError: nothing to divide" in done.error["what"]
    monkeypatch.setenv("QUALGRAPH_DEBUG", "1")
    assert "Traceback" in run("status", "--json", "--store", built).err


def test_ctrl_c_is_exit_130(monkeypatch: pytest.MonkeyPatch, built: Path) -> None:
    def stopped(_found: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status, "status_data", stopped)
    done = CliRunner().invoke(app, ["status", "--json", "--store", str(built)])
    assert done.exit_code == 130
    assert "Stopped" in done.stderr


def test_a_reader_of_a_pipe_may_go_away(built: Path) -> None:
    query = "SELECT * WHERE { ?s ?p ?o . ?a ?b ?c } LIMIT 400000"
    command = [
        sys.executable,
        "-m",
        "qualgraph",
        "query",
        "-e",
        query,
        "--format",
        "csv",
        "--store",
        str(built),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 141


def test_a_command_stopped_from_the_keyboard_leaves_quietly(built: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
    command = [
        sys.executable,
        "-m",
        "qualgraph",
        "query",
        "-e",
        query,
        "--timeout",
        "20",
        "--store",
        str(built),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert b"Traceback" not in told
    assert process.returncode == 130


def test_there_is_no_colour_without_a_terminal(run: Run, tmp_path: Path) -> None:
    assert "\x1b[" not in run("status", "--store", tmp_path / "nowhere").err


@pytest.mark.parametrize(
    ("before", "environment", "coloured"),
    [((), {}, True), (("--no-color",), {}, False), ((), {"NO_COLOR": "1"}, False)],
)
def test_colour_on_a_terminal_can_be_turned_off(
    tmp_path: Path, before: tuple[str, ...], environment: dict[str, str], coloured: bool
) -> None:
    told = on_a_terminal([*before, "status", "--store", str(tmp_path / "nowhere")], environment)
    assert "there is no store here" in told
    assert ("\x1b[1;31m" in told) is coloured


def on_a_terminal(arguments: list[str], environment: dict[str, str] | None = None, *, width: int = 60) -> str:
    """Everything a command prints where standard output and error are a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "qualgraph", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(width), **(environment or {})},
    )
    os.close(theirs)
    told = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        told += part
    process.wait(timeout=60)
    os.close(ours)
    return told.decode()


def test_a_narrow_terminal_folds_and_never_cuts(built: Path) -> None:
    told = on_a_terminal(
        ["--no-color", "query", "units-of", "code=BSB50311", "--store", str(built)], width=50
    )
    assert "…" not in told
    assert "..." not in told


def test_a_table_too_wide_for_the_terminal_is_shown_row_by_row(built: Path) -> None:
    told = on_a_terminal(
        ["--no-color", "query", "pathways-from", "code=BSB40307", "--store", str(built)], width=70
    )
    assert "target_title   Diploma of Customer Contact" in told
    assert "qgid:document/register-page/BSB40307/release-1" in told


def test_a_table_that_fits_stays_a_table_on_a_terminal(built: Path) -> None:
    told = on_a_terminal(["--no-color", "queries", "pathways-from"], width=90)
    assert re.search(r"parameter +type +default +example +meaning", told)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_no_bug(built: Path) -> None:
    command = [sys.executable, "-m", "qualgraph", "status", "--store", str(built)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_endpoint_is_never_written(run: Run) -> None:
    done = run("build", "--store", "http://127.0.0.1:9/query")
    assert done.code == 4
    assert "only reads" in done.err


def test_ctrl_c_ends_a_query_that_the_engine_is_evaluating(built: Path, tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"
    command = [sys.executable, "-m", "qualgraph", "query", "-e", query, "--store", str(built)]
    with subprocess.Popen([*command, "--out", str(tmp_path / "n.csv")], stderr=subprocess.PIPE) as process:
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=5) in (
                -signal.SIGINT,
                130,
            )  # as it starts it ends by itself, with 130
        finally:
            process.kill()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("module", "command", "told"),
    [
        (build, ("build",), "run the command again"),
        (ingest, ("ingest", "page.txt"), "run the command again"),
        (show, ("show", "BSB40307"), "Stopped.\n"),
    ],
)
def test_a_stopped_command_says_what_is_true_of_the_store(
    monkeypatch: pytest.MonkeyPatch, run: Run, module: ModuleType, command: tuple[str, ...], told: str
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "reading" if module is show else "writing", stopped)
    done = run(*command)
    assert done.code == 130
    assert told in done.err
    assert ("out of date" in done.err) == (module is not show)
