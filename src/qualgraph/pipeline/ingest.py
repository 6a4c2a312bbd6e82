"""One document into a store: wholly, or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace as changed
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from qualgraph.errors import OlderDocumentError
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.model import Problem, Reading
from qualgraph.namespaces import PROV, XSD
from qualgraph.pipeline.codes import doubts_of_code
from qualgraph.pipeline.content import StoredDocument, stored_documents
from qualgraph.rdf import IRI, Literal, Triple
from qualgraph.sources import read_file
from qualgraph.store.base import Store
from qualgraph.triples import TextPolicy, describe, document_iri

GENERATED_AT = IRI(f"{PROV}generatedAtTime")
DATE_TIME = IRI(f"{XSD}dateTime")


class Action(StrEnum):
    """What an ingest did with a document."""

    STORED = "stored"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """One document's ingest: the graph it went to, what happened, and everything that was not read cleanly."""

    document: IRI
    name: str
    reader: str
    subject: str | None
    action: Action
    triples: int
    problems: tuple[Problem, ...]
    reading: Reading
    """Everything that was read, for a caller who wants to say what."""
    doubts: tuple[str, ...] = ()
    """What speaks against the code that was given for the document, in words for a person."""


def ingest_file(
    store: Store,
    path: Path,
    *,
    code: str | None = None,
    retrieved: date | None = None,
    policy: TextPolicy = TextPolicy.RULES,
    ids: Identifiers | None = None,
    replace: bool = False,
) -> Ingested:
    """Read one document and put it in the store, or leave the store as it was and raise a DocumentError.

    The same bytes read by the same reader change nothing, also under another file name. A ``code`` that the store
    knows as something other than a qualification raises ParameterError. A newer copy takes the place of the older
    one; a copy retrieved earlier than the stored one raises OlderDocumentError unless ``replace``. The derived graph
    is stale afterwards: call ``refresh`` when all documents are in.
    """
    ids = ids or Identifiers()
    known = {document.iri: document for document in stored_documents(store)}
    reading = _as_stored(read_file(path, code=code, retrieved=retrieved), known.values(), ids)
    iri = document_iri(reading.document, ids)
    doubts = doubts_of_code(store, reading, iri)
    before = known.get(iri)
    if before and _is_same(before, reading, policy) and not replace:
        return _ingested(reading, iri, Action.UNCHANGED, before.triples, doubts)
    if before and not replace and retrieved and before.retrieved and retrieved < before.retrieved:
        raise OlderDocumentError(
            f"was retrieved on {retrieved}, but the store holds a copy retrieved on {before.retrieved}.",
            where=str(path),
            hint="Nothing was changed; give --replace to put the older copy in its place.",
        )
    triples = describe(reading, ids, policy)
    ingests = {t for t in store.triples(ids.graph(OwnGraph.INGESTS)) if t.subject != iri}
    ingests.add(Triple(iri, GENERATED_AT, Literal(_now(), datatype=DATE_TIME)))
    store.replace_graphs({iri: triples, ids.graph(OwnGraph.INGESTS): ingests})
    return _ingested(reading, iri, Action.REPLACED if before else Action.STORED, len(triples), doubts)


def _as_stored(reading: Reading, known: Iterable[StoredDocument], ids: Identifiers) -> Reading:
    """The reading under the name that a stored document of the same bytes and subject has; itself without one."""
    source = reading.document
    place = ids.document(source.reader, "x").value.removesuffix("x")
    for document in known:
        key = unquote(document.iri.value.removeprefix(place))
        same = (document.sha256, document.reader) == (source.sha256, source.reader)
        if same and source.subject_code and key.startswith(f"{source.subject_code}/"):
            retrieved = source.retrieved or (document.retrieved if key != source.key else None)
            return changed(
                reading, document=changed(source, key=key, name=document.name, retrieved=retrieved)
            )
    return reading


def _is_same(before: StoredDocument, reading: Reading, policy: TextPolicy) -> bool:
    source = reading.document
    return (before.sha256, before.reader_version, before.policy, before.retrieved) == (
        source.sha256,
        source.reader_version,
        policy.value,
        source.retrieved,
    )


def _ingested(reading: Reading, iri: IRI, action: Action, triples: int, doubts: tuple[str, ...]) -> Ingested:
    return Ingested(
        document=iri,
        name=reading.document.name,
        reader=reading.document.reader,
        subject=reading.document.subject_code,
        action=action,
        triples=triples,
        problems=reading.problems,
        reading=reading,
        doubts=doubts,
    )


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
