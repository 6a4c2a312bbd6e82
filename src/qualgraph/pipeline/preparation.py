"""What is to be done with one file: nothing, or the triples that go into the store for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote

from qualgraph.errors import OlderDocumentError
from qualgraph.identifiers import Identifiers
from qualgraph.model import Reading, SourceDocument
from qualgraph.pipeline.codes import doubts_of_code
from qualgraph.pipeline.content import StoredDocument
from qualgraph.rdf import IRI, Triple
from qualgraph.sources import VERSIONS, open_dataset, read_file
from qualgraph.sources.dataset import Dataset, SourceFile
from qualgraph.store.base import Store
from qualgraph.triples import TextPolicy, describe, describe_dataset, document_iri


class Action(StrEnum):
    """What an ingest did with a document."""

    STORED = "stored"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What the user said of the documents. ``code`` is that of a document that does not state its own."""

    code: str | None = None
    retrieved: date | None = None
    policy: TextPolicy = TextPolicy.RULES
    ids: Identifiers = field(default_factory=Identifiers)
    replace: bool = False
    """Read again, and let an older copy take the place of a newer one."""
    licence: IRI | None = None
    """The licence that the user says the documents are under; it is noted beside them, not in them."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """One file and the triples that go into its graph; they can be read once, and a dataset is read with them."""

    path: Path
    iri: IRI
    action: Action
    name: str
    reader: str
    sha256: str
    subject: str | None = None
    triples: Iterable[Triple] = ()
    reading: Reading | None = None
    dataset: Dataset | None = None
    doubts: tuple[str, ...] = ()


def already_stored(path: Path, wanted: Wanted, known: Mapping[str, StoredDocument]) -> Prepared | None:
    """The file as it is stored, where today's readers would find nothing new in its bytes; None where they might.

    ``known`` are the stored documents under the wanted base, by checksum.

    Raises DocumentError for a file that cannot be opened.
    """
    if wanted.replace or wanted.code:
        return None
    before = known.get(SourceFile(path).fingerprint.sha256)
    same = before and (before.reader_version, before.policy) == (
        VERSIONS.get(before.reader),
        wanted.policy.value,
    )
    if before is None or not same or wanted.retrieved not in (None, before.retrieved):
        return None
    return Prepared(
        path=path,
        iri=before.iri,
        action=Action.UNCHANGED,
        name=before.name,
        reader=before.reader,
        sha256=before.sha256,
    )


def prepared(store: Store, path: Path, wanted: Wanted, known: Mapping[IRI, StoredDocument]) -> Prepared:
    """The file read, or to be read with its triples; raises DocumentError, or ParameterError for its code."""
    dataset = open_dataset(path, code=wanted.code, retrieved=wanted.retrieved)
    if dataset is not None:
        return _prepared_dataset(path, dataset, wanted, known)
    reading = _as_stored(
        read_file(path, code=wanted.code, retrieved=wanted.retrieved), known.values(), wanted.ids
    )
    source = reading.document
    iri = document_iri(source, wanted.ids)
    doubts = doubts_of_code(store, reading, iri)
    action = _action(source, path, wanted, known.get(iri))
    return Prepared(
        path=path,
        iri=iri,
        action=action,
        name=source.name,
        reader=source.reader,
        sha256=source.sha256,
        subject=source.subject_code,
        triples=() if action is Action.UNCHANGED else describe(reading, wanted.ids, wanted.policy),
        reading=reading,
        doubts=doubts,
    )


def _prepared_dataset(
    path: Path, dataset: Dataset, wanted: Wanted, known: Mapping[IRI, StoredDocument]
) -> Prepared:
    source = dataset.document
    iri = document_iri(source, wanted.ids)
    action = _action(source, path, wanted, known.get(iri))
    return Prepared(
        path=path,
        iri=iri,
        action=action,
        name=source.name,
        reader=source.reader,
        sha256=source.sha256,
        triples=() if action is Action.UNCHANGED else describe_dataset(dataset, wanted.ids, wanted.policy),
        dataset=dataset,
    )


def _action(source: SourceDocument, path: Path, wanted: Wanted, before: StoredDocument | None) -> Action:
    if before is None:
        return Action.STORED
    if wanted.replace:
        return Action.REPLACED
    if _is_same(before, source, wanted.policy):
        return Action.UNCHANGED
    if wanted.retrieved and before.retrieved and wanted.retrieved < before.retrieved:
        raise OlderDocumentError(
            f"was retrieved on {wanted.retrieved}, but the store holds a copy retrieved on {before.retrieved}.",
            where=str(path),
            hint="Nothing was changed; give --replace to put the older copy in its place.",
        )
    return Action.REPLACED


def _is_same(before: StoredDocument, source: SourceDocument, policy: TextPolicy) -> bool:
    return (before.sha256, before.reader_version, before.policy, before.retrieved) == (
        source.sha256,
        source.reader_version,
        policy.value,
        source.retrieved,
    )


def _as_stored(reading: Reading, known: Iterable[StoredDocument], ids: Identifiers) -> Reading:
    """The reading under the name that a stored document of the same bytes and subject has; itself without one."""
    source = reading.document
    place = ids.document(source.reader, "x").value.removesuffix("x")
    for document in known:
        if (document.sha256, document.reader) != (source.sha256, source.reader):
            continue
        key = unquote(document.iri.value.removeprefix(place))
        if source.subject_code and key.startswith(f"{source.subject_code}/"):
            retrieved = source.retrieved or (document.retrieved if key != source.key else None)
            return changed(
                reading, document=changed(source, key=key, name=document.name, retrieved=retrieved)
            )
    return reading
