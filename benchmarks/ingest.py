"""How fast files become a store, against rdflib parsing and adding the same triples, and how fast the second time is.

    python benchmarks/ingest.py [FOLDER]

FOLDER (default: ../shared/corpus) is ingested into a new store by the command, derivation included, and once more. Then
the triples of its documents, as N-Quads, are parsed and added by rdflib in memory. Seconds are of processor time, as
other work on the machine would else be timed too. The last line is a key=value summary.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.rdf import Quad, RdfFormat, serialize
from qualgraph.store import OxigraphStore

DEFAULT = Path(__file__).resolve().parents[2] / "shared/corpus"
RDFLIB = "import sys, rdflib; rdflib.Dataset().parse(sys.argv[1], format='nquads')"


def measured(command: list[str]) -> tuple[float, float]:
    """Seconds of processor time and peak memory in MB of a command."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def exported(location: Path, path: Path) -> int:
    """Write what was read from documents as N-Quads; how many triples there are."""
    own = {Identifiers().graph(graph) for graph in OwnGraph}
    written = 0
    with OxigraphStore(location, read_only=True) as store, path.open("wb") as stream:
        for name in store.graphs():
            if name not in own:
                quads = (Quad(t.subject, t.predicate, t.object, name) for t in store.triples(name))
                serialize(quads, output=stream, format=RdfFormat.N_QUADS)
                written += store.count(name)
    return written


def main() -> int:
    """Print the figures."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not source.exists():
        print(f"nothing at {source}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
        location, quads = Path(folder, "store"), Path(folder, "all.nq")
        command = [sys.executable, "-m", "qualgraph", "ingest", str(source), "--store", str(location)]
        first, memory = measured(command)
        second, _ = measured(command)
        triples = exported(location, quads)
        rdflib, rdflib_memory = measured([sys.executable, "-c", RDFLIB, str(quads)])
    print(f"first run {first:.1f} s and {memory:.0f} MB, second {second:.1f} s")
    print(f"rdflib, parsing and adding the same triples: {rdflib:.1f} s and {rdflib_memory:.0f} MB")
    print(
        f"triples={triples} triples_a_second={triples / first:.0f} rdflib_triples_a_second={triples / rdflib:.0f} "
        f"times_rdflib={rdflib / first:.2f} second_run_faster={first / second:.1f}"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
