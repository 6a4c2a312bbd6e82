"""``qualgraph ingest``: documents and datasets into a store, or into a file of triples."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace as replaced
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.ingest_report import Told, finish, refused, stored, tell, written, written_dataset
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.publisher import web_address
from qualgraph.cli.stores import writing
from qualgraph.cli.terminal import progress
from qualgraph.errors import QualgraphError, UsageError
from qualgraph.namespaces import DEFAULT_BASE

if TYPE_CHECKING:
    from qualgraph.pipeline import Found, Wanted
    from qualgraph.rdf import IRI, Triple

EXAMPLES = examples(
    "qualgraph ingest documents/*.txt",
    "qualgraph ingest ./corpus --store ./register",
    "qualgraph ingest copy.txt --code BSB50311 --retrieved 2026-03-01",
    "qualgraph ingest page.html --text none --out page.ttl",
)


class Text(StrEnum):
    """How much of a document's own prose is kept."""

    NONE = "none"
    RULES = "rules"
    ALL = "all"


def ingest(
    documents: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Documents, datasets, and folders of both; what a file is, is told by its content.",
        ),
    ],
    store: StoreOption = None,
    out: OutOption = None,
    code: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help="The code of the qualification, for a document that never states it."
        ),
    ] = None,
    retrieved: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], metavar="DAY", help="The day you took the documents from their publisher."
        ),
    ] = None,
    text: Annotated[
        Text,
        typer.Option(
            metavar="|".join(Text),
            help="How much of a document's own prose to keep: none, the sentences of rules, or all.",
        ),
    ] = Text.RULES,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Read again, and let an older copy take the place of a newer one."),
    ] = False,
    licence: Annotated[
        str | None,
        typer.Option(
            metavar="IRI",
            help="The licence that the documents are under, by its IRI; noted for the same files again, too.",
        ),
    ] = None,
    base_iri: Annotated[
        str, typer.Option(metavar="IRI", help="What the identifiers of components and documents begin with.")
    ] = DEFAULT_BASE,
    as_json: JsonOption = False,
) -> None:
    """Read documents and datasets, say what was read and what was not, and put them in the store (or in a file).

    Each file goes in wholly or not at all, and one that cannot be read does not stop the others. The same file again
    changes nothing. Of a folder, files that are of no kind that is read are passed over and named at the end.
    """
    from qualgraph.identifiers import Identifiers
    from qualgraph.pipeline import Wanted, files_in
    from qualgraph.triples import TextPolicy

    files = list(files_in(documents))
    if not files:
        raise UsageError(
            "has no file in it, nor in the folders below it.",
            where=", ".join(str(given) for given in documents),
            hint="Name the files, or the folder that they are in; hidden files are passed over.",
        )
    if code is not None and len(files) != 1:
        raise UsageError(
            f"--code names the qualification of one document, and {len(files)} are given.",
            hint="Ingest the document that does not state its code by itself.",
        )
    wanted = Wanted(
        code=code,
        retrieved=retrieved.date() if retrieved else None,
        policy=TextPolicy(text.value),
        ids=Identifiers(base_iri),
        replace=replace,
        licence=_licence(licence),
    )
    whole = all(file.named for file in files)
    told = []
    with closing(_to_file(files, out, wanted) if out else _to_store(files, store, wanted)) as found:
        for outcome in found:
            told.append(outcome)
            if whole and not as_json:
                tell(outcome)
    finish(told, summary=not whole, as_json=as_json)


def _licence(iri: str | None) -> IRI | None:
    from qualgraph.rdf import IRI

    told = web_address(iri, "--licence", "https://creativecommons.org/licenses/by/4.0/")
    return IRI(told) if told else None


def _to_store(files: list[Found], location: str | None, wanted: Wanted) -> Generator[Told]:
    from qualgraph.pipeline import Refused, ingest_files, refresh

    named = {file.path: file.named for file in files}
    with writing(location) as opened:
        held = False
        try:
            with progress("reading") as told:
                for outcome in ingest_files(opened, named, wanted, told):
                    if isinstance(outcome, Refused):
                        yield refused(outcome.path, outcome.error, named=named[outcome.path])
                    else:
                        held = True
                        yield stored(outcome)
        finally:  # also when nobody reads on, as after 'qualgraph ingest ... | head'
            if held:  # also where nothing changed: a run that was killed may have stored it and not derived
                with progress("deriving") as told:
                    refresh(opened, wanted.ids, told)


def _to_file(files: list[Found], out: Path, wanted: Wanted) -> Generator[Told]:
    """Documents as triples in one file, written once all are read; one that fails leaves the file as it was."""
    from qualgraph.cli.files import write_whole
    from qualgraph.cli.publication import serialised

    graphs: dict[IRI, list[Triple]] = {}
    outcomes = []
    for file in files:
        try:
            with progress(f"reading {file.path.name}"):
                outcome, iri, triples = _read(file.path, wanted)
        except QualgraphError as error:
            outcomes.append(refused(file.path, error, named=file.named))
            continue
        graphs[iri] = triples
        outcomes.append(outcome)
    whole = all(outcome.error is None or outcome.passed_over for outcome in outcomes)
    if whole:
        write_whole(out, serialised(graphs, out))
    for outcome in outcomes:
        yield outcome if whole or outcome.error else replaced(outcome, action="not written")


def _read(path: Path, wanted: Wanted) -> tuple[Told, IRI, list[Triple]]:
    from qualgraph.pipeline import licence_of
    from qualgraph.sources import open_dataset, read_file
    from qualgraph.triples import describe, describe_dataset, document_iri

    dataset = open_dataset(path, code=wanted.code, retrieved=wanted.retrieved)
    if dataset is not None:
        iri = document_iri(dataset.document, wanted.ids)
        triples = [*describe_dataset(dataset, wanted.ids, wanted.policy), *licence_of(iri, wanted)]
        return written_dataset(path, dataset, triples), iri, triples
    read = read_file(path, code=wanted.code, retrieved=wanted.retrieved)
    iri = document_iri(read.document, wanted.ids)
    triples = [*describe(read, wanted.ids, wanted.policy), *licence_of(iri, wanted)]
    return written(path, read, triples), iri, triples
