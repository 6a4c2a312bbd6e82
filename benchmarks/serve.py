"""``qualgraph serve`` under load on loopback: pages, negotiation, catalogue queries, and SPARQL beside Oxigraph's.

    python benchmarks/serve.py [--store PATH] [--seconds 5] [--clients 4] [--hostile]

Prints for each kind of request how many were answered a second, and the median and 99th percentile of their times in
milliseconds. The same SPARQL queries are put to ``oxigraph serve-read-only`` on the same database, in the same run:
the ratio says how many times longer the median answer of qualgraph takes. ``--hostile`` has two clients ask a query
without end all the while. Anything but an answer of 200 is an error and ends in exit code 1. Without ``--store`` it
builds a store with what is shipped.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import math
import shutil
import socket
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import httpx

from qualgraph.catalogue import discover
from qualgraph.pipeline import build
from qualgraph.store import OxigraphStore
from qualgraph.store.rows import selected

SAMPLE = """PREFIX qg: <https://w3id.org/qualgraph/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT DISTINCT ?code WHERE {
  ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?of . ?of qg:code ?code } ORDER BY ?code LIMIT 40"""
QUESTIONS = ("units-of", "status-of", "supersession-chain")
ACCEPTED = (
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
    "text/html;q=0.5, application/rdf+xml",
)
RESULTS = "application/sparql-results+json"
HOSTILE = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that is made again and again."""

    url: str
    accept: str


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of a load: the times of answers in milliseconds, and what was no answer."""

    times: list[float]
    errors: list[str]
    seconds: float

    @property
    def median(self) -> float:
        """The median time; not a number where nothing was answered."""
        return statistics.median(self.times) if self.times else math.nan

    def told(self, name: str) -> str:
        """One line of the table."""
        late = sorted(self.times)[int(len(self.times) * 0.99)] if self.times else math.nan
        rate = len(self.times) / self.seconds
        return f"{name:<34}{rate:>10.1f}{self.median:>12.1f}{late:>12.1f}{len(self.errors):>9}"


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], url: str) -> Iterator[None]:
    """A server, from its first answer until the block ends."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                httpx.get(url, timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=60)


async def loaded(requests: Sequence[Asked], *, clients: int, seconds: float) -> Load:
    """So many clients that each make one request after the other for so long."""
    turns = itertools.cycle(requests)
    times: list[float] = []
    errors: list[str] = []

    async def ask(client: httpx.AsyncClient, until: float) -> None:
        while time.perf_counter() < until:
            asked = next(turns)
            begin = time.perf_counter()
            try:
                answer = await client.get(asked.url, headers={"Accept": asked.accept})
                told = "" if answer.status_code == 200 else f"{answer.status_code} {asked.url}"
            except httpx.HTTPError as error:
                told = f"{error!r} {asked.url}"
            if told:
                errors.append(told)
            else:
                times.append((time.perf_counter() - begin) * 1000)

    async with httpx.AsyncClient(timeout=60) as client:
        for asked in requests[:4]:
            await client.get(asked.url, headers={"Accept": asked.accept})
        begin = time.perf_counter()
        await asyncio.gather(*(ask(client, begin + seconds) for _ in range(clients)))
        return Load(times=times, errors=errors, seconds=time.perf_counter() - begin)


async def under_attack(
    server: str, requests: Sequence[Asked], *, clients: int, seconds: float
) -> tuple[Load, set[int]]:
    """The same while two more clients ask a query without end; with the statuses that they got."""
    statuses: set[int] = set()

    async def attack() -> None:
        async with httpx.AsyncClient(timeout=120) as client:
            while True:
                answer = await client.get(f"{server}/sparql?{urlencode({'query': HOSTILE})}")
                statuses.add(answer.status_code)

    attacks = [asyncio.create_task(attack()) for _ in range(2)]
    try:
        return await loaded(requests, clients=clients, seconds=seconds), statuses
    finally:
        for each in attacks:
            each.cancel()
        await asyncio.gather(*attacks, return_exceptions=True)


def workloads(server: str, codes: Sequence[str]) -> dict[str, list[Asked]]:
    """The kinds of requests to a server of qualgraph."""
    documents = [f"{server}/doc/qualification/{code}" for code in codes]
    return {
        "pages": [Asked(url=url, accept="text/html") for url in documents],
        "histories": [Asked(url=f"{server}/history/{code}", accept="text/html") for code in codes],
        "content negotiation": [
            Asked(url=url, accept=accept)
            for url, accept in zip(documents, itertools.cycle(ACCEPTED), strict=False)
        ],
        "catalogue queries": [
            Asked(url=f"{server}/query/{name}?code={code}", accept="application/json")
            for code in codes
            for name in QUESTIONS
        ],
    }


def sparql(endpoint: str, codes: Sequence[str]) -> list[Asked]:
    """The catalogue's queries as SPARQL, to any endpoint."""
    catalogue = discover()
    texts = [catalogue[name].sparql({"code": code}) for code in codes for name in QUESTIONS]
    return [Asked(url=f"{endpoint}?{urlencode({'query': text})}", accept=RESULTS) for text in texts]


def measured(store: Path, arguments: argparse.Namespace) -> int:
    """Put every load to the servers and print what came of it; the number of errors."""
    with OxigraphStore(store, read_only=True) as opened:
        codes = [row["code"] for row in selected(opened, SAMPLE)]
        database = str(opened.database_folder)
    port, other = free_port(), free_port()
    server, peer = f"http://127.0.0.1:{port}", f"127.0.0.1:{other}"
    serve = [
        sys.executable,
        "-m",
        "qualgraph",
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        "--timeout",
        "10",
    ]
    oxigraph = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or "oxigraph"
    often = {"clients": arguments.clients, "seconds": arguments.seconds}
    print(f"{'':<34}{'a second':>10}{'median ms':>12}{'p99 ms':>12}{'errors':>9}")
    done: dict[str, Load] = {}
    with (
        running(serve, f"{server}/health"),
        running([oxigraph, "serve-read-only", "--location", database, "--bind", peer], f"http://{peer}/"),
    ):
        for name, requests in workloads(server, codes).items():
            done[name] = asyncio.run(loaded(requests, **often))
            print(done[name].told(name))
        for name, endpoint in (
            ("qualgraph serve", f"{server}/sparql"),
            ("oxigraph serve", f"http://{peer}/query"),
        ):
            done[name] = asyncio.run(loaded(sparql(endpoint, codes), **often))
            print(done[name].told(f"SPARQL, {name}"))
        print(f"ratio of medians {done['qualgraph serve'].median / done['oxigraph serve'].median:.1f}")
        if arguments.hostile:
            pages = workloads(server, codes)["pages"]
            done["hostile"], statuses = asyncio.run(under_attack(server, pages, **often))
            print(done["hostile"].told("pages beside hostile queries"))
            print(f"hostile queries were answered by {sorted(statuses)}")
    for line in itertools.chain.from_iterable(load.errors[:3] for load in done.values()):
        print(line[:200], file=sys.stderr)
    return sum(len(load.errors) for load in done.values())


def main() -> int:
    """Run the load and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--hostile", action="store_true")
    arguments = parser.parse_args()
    if arguments.store is not None:
        return 1 if measured(arguments.store, arguments) else 0
    with tempfile.TemporaryDirectory() as folder:
        with OxigraphStore(Path(folder) / "store") as store:
            build(store)
        return 1 if measured(Path(folder) / "store", arguments) else 0


if __name__ == "__main__":
    raise SystemExit(main())
