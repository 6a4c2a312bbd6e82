"""What a store holds: its documents, its graphs, and how much of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from qualgraph.errors import StoreMissingError
from qualgraph.namespaces import PROV, QG
from qualgraph.rdf import IRI
from qualgraph.store import Store, is_endpoint
from qualgraph.store.rows import Row, selected


@dataclass(frozen=True, kw_only=True)
class StoredDocument:
    """What the store knows of one document."""

    iri: IRI
    reader: str
    reader_version: str
    name: str
    sha256: str
    policy: str
    retrieved: date | None
    stored_at: datetime | None
    problems: int
    triples: int = 0
    """How many its graph holds; 0 where they were not counted."""


@dataclass(frozen=True, kw_only=True)
class Status:
    """What is in a store. ``current`` is False where the derived graph is older than the documents."""

    location: str
    triples: int
    graphs: dict[str, int]
    documents: tuple[StoredDocument, ...]
    current: bool


def stored_documents(store: Store, *, counted: bool = True) -> list[StoredDocument]:
    """Every document in the store, by IRI; ``counted`` for the number of its triples, which takes a look at each."""
    rows = selected(
        store,
        f"""PREFIX qg: <{QG}> PREFIX prov: <{PROV}>
        SELECT ?d ?kind ?version ?name ?sha ?policy (MIN(?when) AS ?retrieved) (MIN(?at) AS ?stored)
               (COUNT(DISTINCT ?p) AS ?problems)
        WHERE {{
          ?d a qg:SourceDocument ; qg:documentKind ?kind ; qg:fileName ?name ; qg:sha256 ?sha ;
             prov:wasGeneratedBy ?r .
          ?r qg:readerVersion ?version ; qg:textPolicy ?policy .
          OPTIONAL {{ ?d qg:retrievedOn ?when }}
          OPTIONAL {{ ?d prov:generatedAtTime ?at }}
          OPTIONAL {{ ?d qg:hasProblem ?p }}
        }} GROUP BY ?d ?kind ?version ?name ?sha ?policy ORDER BY ?d""",
    )
    return [_stored_document(store, row, counted) for row in rows]


def _stored_document(store: Store, row: Row, counted: bool) -> StoredDocument:
    document = IRI(row["d"])
    return StoredDocument(
        iri=document,
        reader=row["kind"],
        reader_version=row["version"],
        name=row["name"],
        sha256=row["sha"],
        policy=row["policy"],
        retrieved=row["retrieved"],
        stored_at=datetime.fromisoformat(row["stored"]) if row["stored"] else None,
        triples=store.count(document) if counted else 0,
        problems=row["problems"],
    )


def require_content(store: Store) -> None:
    """Raises StoreMissingError for a store in which nothing was ever put, with the command that fills it."""
    if store.graphs():
        return
    if is_endpoint(store.location):
        raise StoreMissingError(
            "shows no named graph.",
            where=store.location,
            hint="Load into it what 'qualgraph export FILE.nq --merged' writes of a store.",
        )
    raise StoreMissingError("is empty.", where=store.location, hint="Fill it with 'qualgraph build'.")


def gaps(store: Store) -> tuple[str, ...]:
    """What an endpoint does not show that questions need: data in its default graph, a derived graph of any base."""
    needed = {
        "its default graph shows no data": f"ASK {{ ?document a <{QG}SourceDocument> }}",
        "it has no derived graph": f"ASK {{ GRAPH ?graph {{ ?graph <{QG}fingerprint> ?made }} }}",
    }
    return tuple(missing for missing, question in needed.items() if store.query(question) is False)
