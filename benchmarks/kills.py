"""Whether a store survives kills at random moments of an ingest: nothing lost, nothing half there, and it can go on.

    python benchmarks/kills.py [FILE_OR_FOLDER...] [--kills 200] [--seed 1]

Each round starts ``qualgraph ingest`` on a store, kills it (SIGKILL) after a random part of the time that an
undisturbed ingest takes, and checks that the store opens and that the graph of every document is the same, by a
checksum over its triples, as after the undisturbed ingest, or not there at all. Rounds go on with the same store until
an ingest completes; then the whole store must be the same, no generation but one may be left on disk, and a new store
begins. Without files invented documents and an invented export are ingested. The exit code is 1 where a check failed.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.rdf import IRI
from qualgraph.store import OxigraphStore

DOCUMENTS = Path(__file__).resolve().parents[1] / "tests/sources/documents"
ROWS = 400
Content = dict[str, str]


def invented(folder: Path) -> list[Path]:
    """A unit list of some size, and the documents that the tests of readers use."""
    folder.mkdir()
    rows = "".join(f"ZZZ{n:05d}\tMake kite {n}\t0301\n" for n in range(ROWS))
    path = folder / "units.tsv"
    path.write_text(f"code\tname\tfieldofed\n{rows}", encoding="utf-8")
    return [path, DOCUMENTS]


def content(location: Path) -> Content:
    """A checksum of each document's graph; nothing where no store was made yet."""
    if not (location / "store.json").exists():
        return {}
    own = {Identifiers().graph(graph) for graph in OwnGraph}
    with OxigraphStore(location, read_only=True) as store:
        return {name.value: checksum(store, name) for name in store.graphs() if name not in own}


def checksum(store: OxigraphStore, graph: IRI) -> str:
    """The same for the same triples, in whatever order they are."""
    lines = sorted(str(triple) for triple in store.triples(graph))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def command(paths: list[Path], location: Path) -> list[str]:
    """The ingest as a person starts it."""
    return [sys.executable, "-m", "qualgraph", "ingest", *map(str, paths), "--store", str(location), "--json"]


def ingest(paths: list[Path], location: Path, patience: float | None) -> bool:
    """Whether an ingest completed before it was killed; ``patience`` in seconds, None for no kill."""
    running = subprocess.Popen(command(paths, location), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        running.wait(patience)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        return False
    return True


@dataclass
class Tally:
    """What was seen over all kills."""

    kills: int = 0
    completed: int = 0
    partial: int = 0
    """Kills after which the store held some documents and not all."""
    failures: list[str] = field(default_factory=list)

    def check(self, location: Path, wanted: Content, when: str) -> Content:
        """Compare the store with the undisturbed one; what it holds."""
        try:
            found = content(location)
        except Exception as error:
            self.failures.append(f"{when}: the store does not open: {error}")
            return {}
        for name, digest in found.items():
            if wanted.get(name) != digest:
                self.failures.append(f"{when}: {name} is not what it should be")
        return found


def left_over(location: Path) -> int:
    """How many generations there are beside the current one."""
    return len(list(location.glob("g[0-9]*"))) - 1


def rounds(paths: list[Path], place: Path, kills: int, seed: int) -> Tally:
    """Kill until there were so many kills; every store is brought to its end."""
    random, tally = Random(seed), Tally()
    begin = time.monotonic()
    ingest(paths, place / "undisturbed", None)
    whole = time.monotonic() - begin
    wanted = content(place / "undisturbed")
    store = 0
    while tally.kills < kills:
        store += 1
        location = place / f"store-{store}"
        before: Content = {}
        while tally.kills < kills and not ingest(paths, location, random.uniform(0.1, 1.1) * whole):
            tally.kills += 1
            found = tally.check(location, wanted, f"kill {tally.kills}")
            tally.partial += 0 < len(found) < len(wanted)
            if not before.keys() <= found.keys():
                tally.failures.append(f"kill {tally.kills}: documents stored before are gone")
            before = found
        ingest(paths, location, None)
        tally.completed += 1
        if tally.check(location, wanted, f"store {store}, complete") != wanted:
            tally.failures.append(f"store {store}: the ingest after the kills did not complete")
        if left_over(location):
            tally.failures.append(f"store {store}: {left_over(location)} generations left on disk")
        shutil.rmtree(location)
    return tally


def main() -> int:
    """Run, print one line, and say by the exit code whether all was well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        place = Path(folder)
        paths = options.paths or invented(place / "sources")
        tally = rounds(paths, place, options.kills, options.seed)
    for failure in tally.failures:
        print(failure)
    print(
        f"kills={tally.kills} stores_completed={tally.completed} killed_with_a_part_stored={tally.partial} "
        f"failures={len(tally.failures)}"
    )
    return 1 if tally.failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
