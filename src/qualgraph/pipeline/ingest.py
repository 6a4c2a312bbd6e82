"""Documents and datasets into a store: each of them wholly, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Final

from qualgraph.errors import (
    DataError,
    DocumentError,
    ParameterError,
    QualgraphError,
    UnidentifiedDocumentError,
)
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.model import Problem, Reading
from qualgraph.namespaces import DCTERMS, PROV, XSD
from qualgraph.pipeline.content import StoredDocument, stored_documents
from qualgraph.pipeline.preparation import Action, Prepared, Wanted, already_stored, prepared
from qualgraph.pipeline.progress import Progress, no_progress
from qualgraph.rdf import IRI, Literal, Triple
from qualgraph.sources import VERSIONS
from qualgraph.store.base import Store
from qualgraph.triples import TextPolicy

LICENCE = IRI(f"{DCTERMS}license")
GENERATED_AT = IRI(f"{PROV}generatedAtTime")
DATE_TIME = IRI(f"{XSD}dateTime")

AT_ONCE: Final = 100
"""How many documents are written in one transaction; a dataset has one to itself."""
TOLD_EVERY: Final = 50_000
"""Triples of one file between two words on how far it has come."""


@dataclass(frozen=True, kw_only=True)
class Ingested:
    """One file's ingest: the graph it went to, what happened, and everything that was not read cleanly."""

    path: Path
    document: IRI
    name: str
    reader: str
    subject: str | None
    action: Action
    sha256: str
    triples: int
    problems: tuple[Problem, ...] = ()
    """What was not read cleanly now; empty for a file that was not read again."""
    problems_kept: int = 0
    """How many problems of it the store holds; the same as before for a file that was not read again."""
    reading: Reading | None = None
    """Everything that was read from a document, for a caller who wants to say what; None for a dataset."""
    counts: tuple[tuple[str, int], ...] = ()
    """How many of each thing a dataset holds, by its singular noun, the most first; empty for a document."""
    doubts: tuple[str, ...] = ()
    """What speaks against the code that was given for the document, in words for a person."""
    licensed: bool = False
    """Whether the licence that was given for it is another than the store knew of it before, or a first one."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file of which nothing was stored, and why."""

    path: Path
    error: QualgraphError


Outcome = Ingested | Refused


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
    """Read one document or dataset and put it in the store, or leave the store as it was and raise a DocumentError.

    The same bytes read by the same reader change nothing, also under another file name. A ``code`` that the store
    knows as something other than a qualification raises ParameterError. A newer copy takes the place of the older
    one; a copy retrieved earlier than the stored one raises OlderDocumentError unless ``replace``. The derived graph
    is stale afterwards: call ``refresh`` when all documents are in.
    """
    wanted = Wanted(code=code, retrieved=retrieved, policy=policy, ids=ids or Identifiers(), replace=replace)
    run = _Run(store, wanted)
    [outcome] = run.written([run.prepared(path)])
    if isinstance(outcome, Refused):
        raise outcome.error
    return outcome


def ingest_files(
    store: Store, paths: Iterable[Path], wanted: Wanted, progress: Progress = no_progress
) -> Iterator[Outcome]:
    """What became of each file, in order; a file that cannot be read stops no other, and nothing of it is stored.

    A file whose bytes are stored already, as today's readers read them, is not read again. Some documents are written
    together and each dataset by itself; an ingest that is killed leaves what was written before. The derived graph is
    stale afterwards. Raises StoreError where the store cannot be written.
    """
    run = _Run(store, wanted, progress)
    sizes = [(path, _size(path)) for path in paths]
    run.total = sum(size for _, size in sizes)
    waiting: list[Prepared | Refused] = []
    for path, size in sizes:
        run.tell(f"reading {path.name}")
        found = run.looked_at(path)
        if run.repeats(found, waiting):
            yield from run.written(waiting)
            waiting, found = [], run.looked_at(path)
        waiting.append(found)
        if len(waiting) == AT_ONCE or (isinstance(found, Prepared) and found.dataset):
            yield from run.written(waiting)
            waiting = []
        run.done += size
    yield from run.written(waiting)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0


class _Run:
    """One run of an ingest: what the store holds, kept up to date without asking it again."""

    def __init__(self, store: Store, wanted: Wanted, progress: Progress = no_progress) -> None:
        self._store = store
        self._wanted = wanted
        self._progress = progress
        self.done = 0
        self.total = 0
        documents = stored_documents(store, counted=False)
        self._known = {document.iri: document for document in documents}
        own = wanted.ids.document("x", "x").value.removesuffix("x/x")
        self._by_sum = {
            document.sha256: document for document in documents if document.iri.value.startswith(own)
        }
        self._ingests = wanted.ids.graph(OwnGraph.INGESTS)
        self._notes: dict[IRI, tuple[Triple, ...]] = {}
        for triple in store.triples(self._ingests):
            if isinstance(triple.subject, IRI):
                self._notes[triple.subject] = (*self._notes.get(triple.subject, ()), triple)
        self._licensed: set[IRI] = set()
        self._taken: dict[IRI, Path] = {}
        """The file of this run that each document is, written now or before."""

    def tell(self, what: str) -> None:
        """Say what is being done."""
        self._progress(what, self.done, self.total)

    def looked_at(self, path: Path) -> Prepared | Refused:
        """The file as it is to be written, or why it cannot be."""
        try:
            found = already_stored(path, self._wanted, self._by_sum)
            if found is None:
                return self.prepared(path)
            self._taken[found.iri] = path
            return found
        except (DocumentError, ParameterError) as error:
            return Refused(path=path, error=error)

    def prepared(self, path: Path) -> Prepared:
        """The file read; raises DocumentError or ParameterError."""
        found = prepared(self._store, path, self._wanted, self._known)
        other = self._taken.get(found.iri)
        if found.dataset and found.action is not Action.UNCHANGED and other not in (None, path):
            raise UnidentifiedDocumentError(
                f"has the name of another file of its kind that is stored ({other}).",
                where=str(path),
                hint="A dataset is known by its file's name: rename one of the two.",
            )
        return found

    def repeats(self, found: Prepared | Refused, waiting: Sequence[Prepared | Refused]) -> bool:
        """Whether a file that waits to be written is the same document, so that it must be written first."""
        return isinstance(found, Prepared) and any(
            isinstance(other, Prepared)
            and other.action is not Action.UNCHANGED
            and (other.iri == found.iri or other.sha256 == found.sha256)
            for other in waiting
        )

    def written(self, batch: Sequence[Prepared | Refused]) -> list[Outcome]:
        """The files put into the store: documents in one transaction, then each dataset in one of its own."""
        changing = [one for one in batch if isinstance(one, Prepared) and one.action is not Action.UNCHANGED]
        self._put([one for one in changing if one.dataset is None])
        broken: dict[IRI, Refused] = {}
        for one in changing:
            if one.dataset is not None:
                try:
                    self._put([one])
                except (DocumentError, DataError) as error:
                    broken[one.iri] = Refused(path=one.path, error=error)
        self._license([one for one in batch if isinstance(one, Prepared) and one.action is Action.UNCHANGED])
        return [
            one if isinstance(one, Refused) else broken.get(one.iri) or self._ingested(one) for one in batch
        ]

    def _put(self, batch: Sequence[Prepared]) -> None:
        if not batch:
            return
        notes = dict(self._notes)
        licensed: set[IRI] = set()
        for one in batch:
            said, kept = licence_of(one.iri, self._wanted), self._licence_kept(one)
            written = Triple(one.iri, GENERATED_AT, Literal(_now(), datatype=DATE_TIME))
            notes[one.iri] = (written, *(said or kept))
            if set(said) - set(kept):
                licensed.add(one.iri)
        graphs: dict[IRI, Iterable[Triple]] = {one.iri: self._told(one) for one in batch}
        self._store.replace_graphs({**graphs, self._ingests: chain.from_iterable(notes.values())})
        self._notes = notes
        self._licensed |= licensed
        for one in batch:
            before = self._known.get(one.iri)
            if before is not None:
                self._by_sum.pop(before.sha256, None)
            self._known[one.iri] = self._by_sum[one.sha256] = _stored(one, self._wanted)
            self._taken[one.iri] = one.path

    def _licence_kept(self, one: Prepared) -> tuple[Triple, ...]:
        """The licence that was noted of these very bytes; of a newer copy nobody has said anything yet."""
        before = self._known.get(one.iri)
        if before is None or before.sha256 != one.sha256:
            return ()
        return tuple(note for note in self._notes.get(one.iri, ()) if note.predicate == LICENCE)

    def _license(self, batch: Sequence[Prepared]) -> None:
        """Note the licence that is given, if any, of files that are not read again."""
        notes = dict(self._notes)
        for one in batch:
            for said in licence_of(one.iri, self._wanted):
                if said not in notes.get(one.iri, ()):
                    others = (note for note in notes.get(one.iri, ()) if note.predicate != LICENCE)
                    notes[one.iri] = (*others, said)
                    self._licensed.add(one.iri)
        if notes != self._notes:
            self._store.replace_graphs({self._ingests: chain.from_iterable(notes.values())})
            self._notes = notes

    def _told(self, one: Prepared) -> Iterator[Triple]:
        for number, triple in enumerate(one.triples, start=1):
            if number % TOLD_EVERY == 0:
                self.tell(f"reading {one.path.name}: {number:,} triples")
            yield triple

    def _ingested(self, one: Prepared) -> Ingested:
        source = one.dataset or one.reading
        return Ingested(
            path=one.path,
            document=one.iri,
            name=one.name,
            reader=one.reader,
            subject=one.subject,
            action=one.action,
            sha256=one.sha256,
            triples=self._store.count(one.iri),
            problems=source.problems if source else (),
            problems_kept=len(source.problems) if source else self._known[one.iri].problems,
            reading=one.reading,
            counts=tuple(one.dataset.counts.most_common()) if one.dataset else (),
            doubts=one.doubts,
            licensed=one.iri in self._licensed,
        )


def licence_of(document: IRI, wanted: Wanted) -> list[Triple]:
    """What is said of the licence of a document, if anything."""
    return [Triple(document, LICENCE, wanted.licence)] if wanted.licence else []


def _stored(one: Prepared, wanted: Wanted) -> StoredDocument:
    source = one.dataset or one.reading
    return StoredDocument(
        iri=one.iri,
        reader=one.reader,
        reader_version=VERSIONS[one.reader],
        name=one.name,
        sha256=one.sha256,
        policy=wanted.policy.value,
        retrieved=wanted.retrieved,
        stored_at=None,
        problems=len(source.problems) if source else 0,
    )


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
