"""Requests that would have a server work without end: each is ended or refused, and all others go on meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from servers import served

TIMEOUT = 1.5
PROCESSES = 2
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
DIRECT = {"Content-Type": "application/sparql-query"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PAGE = "doc/qualification/BSB40307"


STOPPED = {
    "a product that is counted": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "a product that is sorted": f"SELECT ?c ?f ?i {{ {PRODUCT} }} ORDER BY ?c ?f ?i LIMIT 1",
    "a product of which nothing is left": (
        f"SELECT * {{ {PRODUCT} FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = 'none') }}"
    ),
    "a product to be told apart": f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {PRODUCT} BIND(CONCAT(?c, ?f) AS ?x) }}",
    "a product in one text": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {PRODUCT} }}",
    "paths of any length": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>)* ?b . ?b (!<x:y>|^!<x:y>)* ?c }",
    "paths in paths": "SELECT (COUNT(*) AS ?n) { ?a (((!<x:y>)*/(^!<x:y>)*)*)+ ?b }",
    "regular expressions": f"SELECT * {{ {PRODUCT} FILTER regex(CONCAT(STR(?c), STR(?f)), '(a+)+(b+)+(c*)*$') }}",
    "an offset without end": f"SELECT * {{ {PRODUCT} }} OFFSET 9999999999999",
}
"""Queries that are ended when their time is up."""
REFUSED = {
    "a product as rows": (f"SELECT * {{ {PRODUCT} }} LIMIT 9999999999", 422),
    "a product as triples": (f"CONSTRUCT {{ ?a ?e ?i }} {{ {PRODUCT} }}", 422),
    "two tables of values": (
        "SELECT * { VALUES ?a { " + "1 " * 50_000 + "} VALUES ?b { " + "2 " * 50_000 + "} }",
        422,
    ),
    "a description of all": ("DESCRIBE ?s { ?s ?p ?o }", 422),
    "groups in groups": ("SELECT * " + "{" * 200_000 + "}" * 200_000, 422),
    "brackets in brackets": ("ASK { FILTER(" + "(" * 200_000 + "1" + ")" * 200_000 + ") }", 422),
    "brackets that nothing closes": ("ASK " + "{ ?s ?p (" * 80_000, 400),
    "a prefix without end": ("ASK { " + "x" * 900_000 + ":y ?p ?o }", 400),
    "words and dots": ("ASK { " + "a." * 400_000 + " }", 400),
    "an escape without end": ("ASK { <\\u" + "0" * 900_000 + " }", 400),
    "names before the query": ("PREFIX a: <b:c> " * 60_000, 400),
}
"""Queries that are refused, and the status of that; one that takes too long for that is ended too."""
HARMLESS = {
    "a pattern of a million characters": "ASK { ?s ?p ?o FILTER regex(STR(?o), '((a{1000}){1000}){1000}') }",
    "patterns that backtrack": "ASK { FILTER regex('" + "a" * 30_000 + "!', '^(a+)+$') }",
    "a list of values": "ASK { FILTER(1 IN (" + ", ".join(map(str, range(100_000))) + ")) }",
    "a long sequence": "ASK { ?a " + "/".join(["!<x:y>"] * 500) + " ?b }",
}
"""Queries that only look bad: answered, or ended like others."""


@dataclass
class Served:
    """A server and its process."""

    address: str
    pid: int

    def workers(self) -> list[int]:
        """The processes that answer its queries."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            except OSError:
                continue
            if int(parent) == self.pid and state != "Z":
                found.append(int(stat.parent.name))
        return found


@pytest.fixture(scope="module")
def victim(built: Path) -> Iterator[Served]:
    options = ["--timeout", str(TIMEOUT), "--max-rows", "5000", "--processes", str(PROCESSES)]
    with served(built, *options) as (address, process):
        yield Served(address, process.pid)


def ask(served: Served, query: str) -> httpx.Response:
    return httpx.post(f"{served.address}/sparql", content=query, headers=DIRECT, timeout=60)


def asked_beside(served: Served, query: str) -> httpx.Response:
    """The answer to a query, while pages are asked for all the time, which must go on."""
    with ThreadPoolExecutor(1) as pool:
        hostile = pool.submit(ask, served, query)
        pages = 0
        while not hostile.done() or not pages:
            began = time.monotonic()
            assert httpx.get(f"{served.address}/{PAGE}", timeout=30).status_code == 200
            assert time.monotonic() - began < 10
            pages += 1
        return hostile.result()


def is_well(served: Served) -> None:
    """Queries are answered again, by as many processes as there were."""
    assert ask(served, "ASK {}").json()["boolean"] is True
    for _ in range(200):
        if len(served.workers()) == PROCESSES:
            return
        time.sleep(0.05)
    assert len(served.workers()) == PROCESSES


def problem(answer: httpx.Response, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.text[:500]
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["hint"]
    assert len(answer.content) < 5_000


@pytest.mark.parametrize("query", STOPPED.values(), ids=STOPPED)
def test_a_query_without_end_is_stopped_when_its_time_is_up(victim: Served, query: str) -> None:
    answer = asked_beside(victim, query)
    problem(answer, 503, 422)  # the latter: it wanted too much memory first
    is_well(victim)


@pytest.mark.parametrize(("query", "status"), REFUSED.values(), ids=REFUSED)
def test_a_query_for_too_much_is_refused(victim: Served, query: str, status: int) -> None:
    problem(asked_beside(victim, query), status, 503)
    is_well(victim)


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_bad_does_no_harm(victim: Served, query: str) -> None:
    answer = asked_beside(victim, query)
    if answer.status_code != 200:
        problem(answer, 400, 422, 503)
    is_well(victim)


@pytest.mark.parametrize("headers", [DIRECT, FORM], ids=["direct", "form"])
@pytest.mark.parametrize("told", [True, False], ids=["with its length", "in chunks"])
def test_ten_megabytes_are_refused_without_being_read(
    victim: Served, headers: dict[str, str], told: bool
) -> None:
    body = b"query=" + b"x" * 10_000_000
    content = body if told else (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    try:
        answer = httpx.post(f"{victim.address}/sparql", content=content, headers=headers, timeout=30)
    except httpx.TransportError:
        pass  # the server answered and closed while the client was still sending
    else:
        problem(answer, 413)
    is_well(victim)


def test_of_many_at_once_some_are_refused_at_once_and_all_end(victim: Served) -> None:
    query = STOPPED["a product that is counted"]
    with ThreadPoolExecutor(40) as pool:
        hostile = [pool.submit(ask, victim, query) for _ in range(40)]
        while not all(each.done() for each in hostile):
            assert httpx.get(f"{victim.address}/{PAGE}", timeout=30).status_code == 200
    answers = [each.result() for each in hostile]
    for answer in answers:
        problem(answer, 503)
    kinds = {answer.json()["type"].partition("#")[2] for answer in answers}
    assert kinds == {"busyerror", "querytimeouterror"}
    is_well(victim)


def test_no_process_may_take_more_memory_than_its_limit(victim: Served) -> None:
    is_well(victim)
    for worker in victim.workers():
        limits = Path(f"/proc/{worker}/limits").read_text().splitlines()
        [limit] = [line.split()[3] for line in limits if line.startswith("Max address space")]
        assert int(limit) == 4 * 1024**3
    status = Path(f"/proc/{victim.pid}/status").read_text().splitlines()
    [most] = [line.split()[1] for line in status if line.startswith("VmHWM")]
    assert int(most) < 600_000  # kB: what was asked until now left the server itself small
