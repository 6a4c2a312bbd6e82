"""SERVICE over HTTP: endpoints that the server was told of and no others, in the processes that answer queries too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from commands import Run
from qualgraph.errors import QueryError
from qualgraph.web.workers import Limits, QueryWorkers
from servers import Request, Response, scripted_server, serving

TRUE = b'{"head": {"vars": []}, "results": {"bindings": [{}]}}'


@dataclass
class Endpoints:
    """Two endpoints that queries may ask, one that they may not, and the server."""

    server: str
    allowed: list[str]
    forbidden: str
    asked_in_vain: list[Request]


@pytest.fixture(scope="module")
def endpoints(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    config = tmp_path_factory.mktemp("serve") / "serve.toml"
    with (
        scripted_server(Response(body=TRUE)) as one,
        scripted_server(Response(body=TRUE)) as two,
        scripted_server(Response(body=TRUE)) as other,
    ):
        config.write_text(f'allow-service = ["{one.url}", "{two.url}"]\n')
        with serving(built, "--config", str(config)) as server:
            yield Endpoints(server, [one.url, two.url], other.url, other.requests)


def ask(server: str, query: str) -> httpx.Response:
    return httpx.get(f"{server}/sparql", params={"query": query}, timeout=30)


def test_every_endpoint_of_the_list_can_be_asked(endpoints: Endpoints) -> None:
    for url in endpoints.allowed:
        answer = ask(endpoints.server, f"ASK {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        assert answer.json()["boolean"] is True, answer.text


def test_no_other_is_asked_and_the_problem_says_which_may_be(endpoints: Endpoints) -> None:
    for called in (f"SERVICE <{endpoints.forbidden}>", "SERVICE ?x", f"SERVICESILENT<{endpoints.forbidden}>"):
        answer = ask(
            endpoints.server,
            f"ASK {{ VALUES ?x {{ <{endpoints.forbidden}> }} {called} {{ ?s ?p ?o }} }}",
        )
        assert answer.status_code == 400
        told = answer.json()
        assert "SERVICE" in told["title"]
        assert endpoints.allowed[0] in told["hint"]
    assert endpoints.asked_in_vain == []


def test_a_server_that_was_told_of_none_says_how_to_allow_one(server: str) -> None:
    answer = ask(server, "ASK { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")
    assert answer.status_code == 400
    assert "--allow-service" in answer.json()["hint"]


@pytest.mark.parametrize("services", [[], ["http://good.example/sparql"]])
def test_the_processes_refuse_what_the_server_would_let_through(built: Path, services: list[str]) -> None:
    async def asked() -> None:
        workers = QueryWorkers(str(built), Limits(), services=services, processes=1)
        try:
            await workers.answer("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "json")
        finally:
            await workers.close()

    with pytest.raises(QueryError, match="not allowed here"):
        asyncio.run(asked())


def test_the_list_comes_from_the_environment_too(built: Path) -> None:
    with scripted_server(Response(body=TRUE)) as one, scripted_server(Response(body=TRUE)) as two:
        environment = {"QUALGRAPH_ALLOW_SERVICE": f"{one.url} {two.url}"}
        with serving(built, "--processes", "1", env=environment) as server:
            query = f"ASK {{ SERVICE <{one.url}> {{ ?s ?p ?o }} SERVICE <{two.url}> {{ ?s ?p ?o }} }}"
            assert ask(server, query).json()["boolean"] is True


@pytest.mark.parametrize("url", ["good.example", "file:///etc/passwd", "http://x/>{}", "memory"])
def test_only_addresses_of_endpoints_can_be_allowed(run: Run, url: str) -> None:
    done = run("serve", "--allow-service", url)
    assert done.code == 2
    assert "not the http(s) address of an endpoint" in done.err


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "file:///etc/hosts"])
def test_no_file_is_read_by_from(server: str, scheme: str) -> None:
    answer = ask(server, f"SELECT * FROM <{scheme}> {{ ?s ?p ?o }}")
    assert answer.json()["results"]["bindings"] == []
