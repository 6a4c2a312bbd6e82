"""``qualgraph ingest``: documents into a store, or into a file of triples."""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualgraph.cli.failure import report
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.stores import writing
from qualgraph.cli.terminal import count, note, progress, say, warn
from qualgraph.errors import QualgraphError, UsageError
from qualgraph.namespaces import DEFAULT_BASE

if TYPE_CHECKING:
    from qualgraph.identifiers import Identifiers
    from qualgraph.model import Problem, Reading
    from qualgraph.store import Store
    from qualgraph.triples import TextPolicy

EXAMPLES = examples(
    "qualgraph ingest documents/*.txt",
    "qualgraph ingest copy.txt --code BSB50311 --retrieved 2026-03-01",
    "qualgraph ingest page.html --text none --out page.ttl",
)


class Text(StrEnum):
    """How much of a document's own prose is kept."""

    NONE = "none"
    RULES = "rules"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One document: what was done with it, or the error that stopped it."""

    file: str
    action: str | None = None
    triples: int = 0
    reading: Reading | None = None
    error: QualgraphError | None = None
    stored_as: str | None = None
    """The file name under which the same bytes were stored before."""
    doubts: tuple[str, ...] = ()


def ingest(
    documents: Annotated[
        list[Path],
        typer.Argument(
            metavar="DOCUMENT...", help="Text, HTML, PDF or component XML files; the kind is told by content."
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
    base_iri: Annotated[
        str, typer.Option(metavar="IRI", help="What the identifiers of components and documents begin with.")
    ] = DEFAULT_BASE,
    as_json: JsonOption = False,
) -> None:
    """Read documents, say what was read and what was not, and put them in the store (or, with --out, in a file).

    Each document goes in wholly or not at all, and one that cannot be read does not stop the others. The same
    document again changes nothing.
    """
    from qualgraph.identifiers import Identifiers
    from qualgraph.triples import TextPolicy

    if code is not None and len(documents) > 1:
        raise UsageError(
            f"--code names the qualification of one document, and {len(documents)} are given.",
            hint="Ingest the document that does not state its code by itself.",
        )
    given = _Given(
        code=code,
        retrieved=retrieved.date() if retrieved else None,
        policy=TextPolicy(text.value),
        ids=Identifiers(base_iri),
        replace=replace,
    )
    outcomes = []
    with closing(_to_file(documents, out, given) if out else _to_store(documents, store, given)) as found:
        for outcome in found:
            outcomes.append(outcome)
            if not as_json:
                _tell(outcome)
    _finish(outcomes, as_json=as_json)


@dataclass(frozen=True, kw_only=True)
class _Given:
    """What the user said that holds for every document."""

    code: str | None
    retrieved: date | None
    policy: TextPolicy
    ids: Identifiers
    replace: bool


def _to_store(documents: list[Path], location: str | None, given: _Given) -> Generator[Outcome]:
    from qualgraph.pipeline import refresh

    with writing(location) as opened:
        changed = False
        try:
            for path in documents:
                outcome = _stored(opened, path, given)
                changed = changed or outcome.reading is not None
                yield outcome
        finally:  # also when nobody reads on, as after 'qualgraph ingest ... | head'
            if changed:
                with progress("deriving") as told:
                    refresh(opened, given.ids, told)


def _stored(store: Store, path: Path, given: _Given) -> Outcome:
    """What became of one document; an error of its own stops no other."""
    from qualgraph.pipeline import ingest_file

    try:
        with progress(f"reading {path.name}"):
            done = ingest_file(
                store,
                path,
                code=given.code,
                retrieved=given.retrieved,
                policy=given.policy,
                ids=given.ids,
                replace=given.replace,
            )
    except QualgraphError as error:
        return _failed(path, error)
    return Outcome(
        file=str(path),
        action=done.action,
        triples=done.triples,
        reading=done.reading,
        stored_as=done.name if done.name != path.name else None,
        doubts=done.doubts,
    )


def _to_file(documents: list[Path], out: Path, given: _Given) -> Generator[Outcome]:
    """Documents as triples in one file, written once all are read; one that fails leaves the file as it was."""
    from qualgraph.cli.files import write_whole
    from qualgraph.cli.publication import serialised
    from qualgraph.sources import read_file
    from qualgraph.triples import describe, document_iri

    graphs = {}
    outcomes = []
    for path in documents:
        try:
            with progress(f"reading {path.name}"):
                read = read_file(path, code=given.code, retrieved=given.retrieved)
                triples = describe(read, given.ids, given.policy)
        except QualgraphError as error:
            outcomes.append(_failed(path, error))
            continue
        graphs[document_iri(read.document, given.ids)] = triples
        outcomes.append(Outcome(file=str(path), action="written", triples=len(triples), reading=read))
    if all(outcome.error is None for outcome in outcomes):
        write_whole(out, serialised(graphs, out))
        yield from outcomes
        return
    for outcome in outcomes:
        yield (
            outcome
            if outcome.error
            else Outcome(
                file=outcome.file, action="not written", triples=outcome.triples, reading=outcome.reading
            )
        )


def _failed(path: Path, error: QualgraphError) -> Outcome:
    return Outcome(file=str(path), error=error)


def _tell(outcome: Outcome) -> None:
    from qualgraph.overview import contents

    if outcome.error is not None or outcome.reading is None:
        say(f"{outcome.file}: not read", "red")
        if outcome.error is not None:
            report(outcome.error)
        return
    found = contents(outcome.reading)
    release = f" release {found.release}" if found.release else ""
    about = f"{found.subject or 'subject not stated'}{release}{f' {found.title}' if found.title else ''}"
    known = f" (the same document is stored as {outcome.stored_as})" if outcome.stored_as else ""
    say(f"{outcome.file}: {outcome.action}{known}, {count(outcome.triples, 'triple')}", "bold")
    for doubt in outcome.doubts:
        warn(f"{outcome.file}: {doubt}")
    say(f"  {found.kind}: {about}")
    say("  read: " + (", ".join(count(number, noun) for noun, number in found.counts) or "nothing"))
    for problem in outcome.reading.problems:
        say(f"  {_problem(outcome.file, problem)}", "yellow" if problem.severity.value == "warning" else None)


def _problem(file: str, problem: Problem) -> str:
    place = f"{file}:{problem.line}" if problem.line else file
    return f"{place}: {problem.kind.value}: {problem.message}"


def _finish(outcomes: list[Outcome], *, as_json: bool) -> None:
    """The end of the command: which documents failed, and the worst exit code."""
    if as_json:
        say(json.dumps([_data(outcome) for outcome in outcomes], indent=2, ensure_ascii=False))
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    if not failed:
        return
    if not as_json and len(outcomes) > 1:
        names = ", ".join(outcome.file for outcome in failed)
        note(f"{len(failed)} of {count(len(outcomes), 'document')} not read: {names}")
    raise typer.Exit(max(outcome.error.exit_code for outcome in failed if outcome.error))


def _data(outcome: Outcome) -> dict[str, Any]:
    from qualgraph.overview import contents

    if outcome.error is not None or outcome.reading is None:
        return {"file": outcome.file, "error": outcome.error.as_dict() if outcome.error else None}
    found = asdict(contents(outcome.reading))
    return {
        "file": outcome.file,
        "action": outcome.action,
        "stored_as": outcome.stored_as,
        "doubts": list(outcome.doubts),
        "triples": outcome.triples,
        **found,
        "counts": dict(found["counts"]),
        "sha256": outcome.reading.document.sha256,
        "problems": [
            {
                "kind": problem.kind.value,
                "severity": problem.severity.value,
                "line": problem.line,
                "message": problem.message,
            }
            for problem in outcome.reading.problems
        ],
    }
