"""What operators rely on: health, counts, a log line for each request, settings from everywhere, a graceful stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from commands import Run
from qualgraph.pipeline import build
from qualgraph.store import open_store
from servers import free_port, wait_for


def counted(server: str, route: str, status: str) -> float:
    text = httpx.get(f"{server}/metrics").text
    return sum(
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "qualgraph_requests_total" and sample.labels.get("route") == route
        if sample.labels["status"] == status
    )


def test_a_server_that_answers_is_well(server: str) -> None:
    answer = httpx.get(f"{server}/health")
    assert answer.status_code == 200
    httpx.get(f"{server}/search", params={"q": "lamp"}, timeout=60)
    assert httpx.get(f"{server}/health").json() == {
        "status": "ok",
        "search": "ready",
        "derived": "current",
    }
    assert answer.json()["status"] == "ok"
    assert answer.headers["cache-control"] == "no-store"


def test_requests_are_counted_by_route_and_status(server: str) -> None:
    before = counted(server, "/search", "200"), counted(server, "none", "404")
    httpx.get(f"{server}/search", params={"q": "lamp"})
    httpx.get(f"{server}/search", params={"q": "rope"})
    httpx.get(f"{server}/no/such/thing")
    after = counted(server, "/search", "200"), counted(server, "none", "404")
    assert after == (before[0] + 2, before[1] + 1)


def test_settings_come_from_file_environment_and_command_line_in_this_order(
    tmp_path: Path, built: Path
) -> None:
    ports = [free_port() for _ in range(3)]
    config = tmp_path / "serve.toml"
    config.write_text(f'store = "{built}"\nport = {ports[0]}\nmax-rows = 3\nlog = "json"\n')
    environment = {**os.environ, "QUALGRAPH_PORT": str(ports[1])}
    command = [sys.executable, "-m", "qualgraph", "serve", "--config", str(config), "--port", str(ports[2])]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    address = f"http://127.0.0.1:{ports[2]}"
    wait_for(f"{address}/health")
    answer = httpx.get(f"{address}/sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 4"})
    assert answer.status_code == 422
    process.terminate()
    _, told = process.communicate(timeout=30)
    assert process.returncode in (0, -signal.SIGTERM)
    lines = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    asked = [line for line in lines if line["path"] == "/sparql"]
    assert [(line["method"], line["status"]) for line in asked] == [("GET", 422)]
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ports = 1", "option 'ports'"),
        ("port = ", "cannot be read as TOML"),
        ('port = "x"', "'port' does not take"),
    ],
)
def test_a_wrong_configuration_is_one_error(run: Run, tmp_path: Path, text: str, told: str) -> None:
    config = tmp_path / "serve.toml"
    config.write_text(text)
    done = run("serve", "--config", config)
    assert done.code == 2
    assert told in done.err


def test_an_empty_store_is_not_well_and_nothing_is_served_of_none(tmp_path: Path, run: Run) -> None:
    done = run("serve", "--store", tmp_path / "none")
    assert done.code == 4
    assert "qualgraph build" in done.err


def test_what_is_derived_from_older_documents_is_told_at_the_start_and_by_health(tmp_path: Path) -> None:
    location = tmp_path / "store"
    with open_store(location, read_only=False) as store:
        build(store)
        [derived] = [graph for graph in store.graphs() if graph.value.endswith("/graph/derived")]
        store.remove_graph(derived)
    port = free_port()
    command = [sys.executable, "-m", "qualgraph", "serve", "--store", str(location), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    wait_for(f"http://127.0.0.1:{port}/health")
    told = httpx.get(f"http://127.0.0.1:{port}/health")
    process.terminate()
    _, log = process.communicate(timeout=30)
    assert told.status_code == 200
    assert told.json()["status"] == "ok"
    assert told.json()["derived"] == "older than the documents"
    assert "is older than the documents" in log
    assert "qualgraph build" in log


def test_what_is_written_to_the_store_is_served_at_once(tmp_path: Path) -> None:
    location = tmp_path / "store"
    with open_store(location, read_only=False) as store:
        build(store)
    port = free_port()
    command = [sys.executable, "-m", "qualgraph", "serve", "--store", str(location), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/health")
        graph = "https://w3id.org/qualgraph/id/graph/vocabulary"
        asked = {"query": f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"}
        assert httpx.get(f"{address}/sparql", params=asked).json()["boolean"] is True
        with open_store(location, read_only=False) as store:
            [found] = [one for one in store.graphs() if one.value == graph]
            store.remove_graph(found)
        assert httpx.get(f"{address}/sparql", params=asked).json()["boolean"] is False
    finally:
        process.terminate()
        process.wait(timeout=30)
