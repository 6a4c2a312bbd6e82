"""The expected answers of catalogue queries, and the registers they are of, each in a store on two engines.

A case file is TOML, one for each query and each derivation rule, in the same folder and with the same name.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import classification_register
from qualgraph.assets import asset_folder
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.namespaces import DEFAULT_BASE, PREFIXES, QG
from qualgraph.pipeline.build import build
from qualgraph.pipeline.derivation import derive
from qualgraph.pipeline.ingest import ingest_file
from qualgraph.rdf import IRI, Term, Triple, parse_file
from qualgraph.store import MemoryStore, OxigraphStore, Store
from qualgraph.triples import TextPolicy
from rule_register import RULES
from stored_rules import put
from support import DOCUMENTS

HERE = Path(__file__).resolve().parent / "queries"
CASES = HERE / "cases"
UNITS = ("unit.xml", "unit-page.txt", "unit-choices.xml", "unit-older.xml")
REGISTERS = ("register", "sound", "faults", "classes", "rules", "units", "vocabulary", "real")
"""Invented registers: a large one, one without faults, of faults, classifications, rules, units; then what ships."""
ENGINES = ("oxigraph", "rdflib")


@cache
def store(register: str, engine: str) -> Store:
    """A register with its derived graph, in memory."""
    if engine == "rdflib":
        copy = MemoryStore()
        original = store(register, "oxigraph")
        copy.replace_graphs({graph: list(original.triples(graph)) for graph in original.graphs()})
        return copy
    filled = OxigraphStore(None)
    if register == "real":
        build(filled)
    else:
        filled.replace_graphs(_graphs(register))
        if register == "rules":
            put(filled, *RULES)
        if register == "units":
            for name in UNITS:
                ingest_file(filled, DOCUMENTS / name, policy=TextPolicy.ALL)
        derive(filled)
    return filled


def _graphs(register: str) -> dict[IRI, list[Triple]]:
    vocabulary = sorted((asset_folder("ontology") / "vocab").glob("*.ttl"))
    graphs = {
        Identifiers().graph(OwnGraph.VOCABULARY): [q.triple for path in vocabulary for q in parse_file(path)]
    }
    path = HERE / f"{register}.trig"
    if register == "classes":
        graphs.update(classification_register.graphs())
    for quad in parse_file(path) if path.exists() else ():
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    return graphs


def shown(term: Term | None) -> str:
    """A term as the case files write it: IRIs below qualgraph's base without it, others prefixed, no cell as ''."""
    if term is None:
        return ""
    if not isinstance(term, IRI):
        return term.value
    if term.value.startswith(QG):
        return f"qg:{term.value.removeprefix(QG)}"
    for prefix, namespace in PREFIXES.items():
        if namespace != DEFAULT_BASE and term.value.startswith(namespace):
            return f"{prefix}:{term.value.removeprefix(namespace)}"
    return term.value.removeprefix(DEFAULT_BASE).removeprefix("document/")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question with its values, the register it is put to, and the rows that must come back in this order."""

    query: str
    name: str
    on: str
    parameters: dict[str, object]
    rows: list[list[str]]

    def __str__(self) -> str:
        return f"{self.query}: {self.name}"


def case_files() -> list[Path]:
    """Every case file, by folder and name."""
    return sorted(CASES.glob("*/*.toml"))


def cases_in(path: Path) -> list[Case]:
    """The cases of one file."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    return [
        Case(
            query=path.stem,
            name=each["name"],
            on=each["on"],
            parameters=each.get("parameters", {}),
            rows=each["rows"],
        )
        for each in found
    ]
