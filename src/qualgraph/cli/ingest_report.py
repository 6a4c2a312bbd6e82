"""What is told of an ingest: each file when few are named, a summary by kind where there are folders."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from qualgraph.cli.failure import report
from qualgraph.cli.terminal import count, note, say, show_table, warn
from qualgraph.errors import QualgraphError, UnrecognisedDocumentError

if TYPE_CHECKING:
    from qualgraph.model import Problem, Reading
    from qualgraph.pipeline import Ingested
    from qualgraph.rdf import Triple
    from qualgraph.sources.dataset import Dataset

PLURALS: Final = {
    "unit of competency": "units of competency",
    "performance criterion": "performance criteria",
    "link to a qualification": "links to a qualification",
}
MOST_TOLD: Final = 20
"""Different problems of one file that are told; ``--json`` and the query 'document-problems' tell all that are kept."""
_WHERE_KEPT: Final = (
    "'qualgraph query document-problems' tells them, 'qualgraph status --sources' counts them"
)
MOST_LINES: Final = 5
"""Lines that are named of problems told together."""
_OF_CODE: Final = re.compile(r"^[A-Z0-9]{3,16}: ")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One file: what was done with it, or the error that stopped it."""

    file: str
    action: str | None = None
    kind: str | None = None
    subject: str | None = None
    title: str | None = None
    release: str | None = None
    counts: tuple[tuple[str, int], ...] = ()
    triples: int = 0
    sha256: str | None = None
    problems: tuple[Problem, ...] = ()
    problems_kept: int = 0
    """Problems of the file that the store holds, also where it was not read again."""
    stored_as: str | None = None
    """The file name under which the same bytes were stored before."""
    doubts: tuple[str, ...] = ()
    licensed: bool = False
    """Its licence was noted, which the store did not know of it before."""
    error: QualgraphError | None = None
    passed_over: bool = False
    """The file is of no kind that is read, and was not named but found in a folder."""


def stored(outcome: Ingested) -> Told:
    """What is told of a file in the store."""
    about = (
        _of_reading(outcome.reading)
        if outcome.reading
        else {"kind": outcome.reader, "counts": outcome.counts}
    )
    return Told(
        file=str(outcome.path),
        action=outcome.action,
        triples=outcome.triples,
        problems=outcome.problems,
        problems_kept=outcome.problems_kept,
        sha256=outcome.sha256,
        stored_as=outcome.name if outcome.name != outcome.path.name else None,
        doubts=outcome.doubts,
        licensed=outcome.licensed,
        **about,
    )


def written(path: Path, reading: Reading, triples: Sequence[Triple]) -> Told:
    """What is told of a document in a file of triples."""
    return Told(
        file=str(path),
        action="written",
        triples=len(triples),
        problems=reading.problems,
        problems_kept=len(reading.problems),
        sha256=reading.document.sha256,
        **_of_reading(reading),
    )


def written_dataset(path: Path, dataset: Dataset, triples: Sequence[Triple]) -> Told:
    """What is told of a dataset in a file of triples."""
    return Told(
        file=str(path),
        action="written",
        triples=len(set(triples)),
        problems=dataset.problems,
        problems_kept=len(dataset.problems),
        sha256=dataset.document.sha256,
        kind=dataset.document.reader,
        counts=tuple(dataset.counts.most_common()),
    )


def refused(path: Path, error: QualgraphError, *, named: bool) -> Told:
    """What is told of a file that was not read; one that nobody named and nobody knows was passed over."""
    unknown = isinstance(error, UnrecognisedDocumentError)
    return Told(file=str(path), error=error, passed_over=unknown and not named)


def _of_reading(reading: Reading) -> dict[str, Any]:
    from qualgraph.overview import contents

    found = contents(reading)
    return {
        "kind": found.kind,
        "subject": found.subject,
        "title": found.title,
        "release": found.release,
        "counts": found.counts,
    }


def tell(outcome: Told) -> None:
    """One file: what was read and what was not."""
    if outcome.error is not None:
        say(f"{outcome.file}: not read", "red")
        report(outcome.error)
        return
    known = f" (the same document is stored as {outcome.stored_as})" if outcome.stored_as else ""
    noted = ", its licence noted" if outcome.licensed else ""
    say(f"{outcome.file}: {outcome.action}{known}, {count(outcome.triples, 'triple')}{noted}", "bold")
    for doubt in outcome.doubts:
        warn(f"{outcome.file}: {doubt}")
    if outcome.action == "unchanged" and outcome.problems_kept and not outcome.problems:
        say(f"  {count(outcome.problems_kept, 'problem')} as before: {_WHERE_KEPT}")
    if outcome.action == "unchanged" and not outcome.counts:
        return
    say(f"  {outcome.kind}{_about(outcome)}")
    read = ", ".join(_counted(noun, number) for noun, number in outcome.counts)
    say(f"  read: {read or 'nothing'}")
    _tell_problems(outcome, indent="  ")


def _about(outcome: Told) -> str:
    if outcome.subject is None and outcome.title is None:
        return ""
    release = f" release {outcome.release}" if outcome.release else ""
    return (
        f": {outcome.subject or 'subject not stated'}{release}{f' {outcome.title}' if outcome.title else ''}"
    )


def _counted(noun: str, number: int) -> str:
    return count(number, noun, PLURALS.get(noun))


def _tell_problems(outcome: Told, *, indent: str = "") -> None:
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in outcome.problems:
        alike.setdefault((problem.kind.value, _OF_CODE.sub("", problem.message)), []).append(problem)
    groups = list(alike.values())
    for group in groups[:MOST_TOLD]:
        style = "yellow" if group[0].severity.value == "warning" else None
        say(f"{indent}{_problem(outcome.file, group)}", style)
    more = sum(len(group) for group in groups[MOST_TOLD:])
    if more:
        say(f"{indent}{outcome.file}: {count(more, 'problem')} more; --json tells each")


def _problem(file: str, alike: Sequence[Problem]) -> str:
    """A problem with its place; those that differ only in place, or in the code they begin with, together."""
    first = alike[0]
    place = f"{file}:{first.line}" if first.line else file
    told = f"{place}: {first.kind.value}: {first.message}"
    if len(alike) == 1:
        return told
    lines = [str(each.line) for each in alike if each.line]
    named = ", ".join(lines[:MOST_LINES]) + (", ..." if len(lines) > MOST_LINES else "")
    return f"{told} ({len(alike):,} times{f': lines {named}' if lines else ''})"


def finish(outcomes: list[Told], *, summary: bool, as_json: bool) -> None:
    """The end of the command: the summary, which files failed, and the worst exit code."""
    if as_json:
        say(json.dumps([_data(outcome) for outcome in outcomes], indent=2, ensure_ascii=False))
    elif summary:
        _summarise(outcomes)
    failed = [outcome for outcome in outcomes if outcome.error is not None and not outcome.passed_over]
    if not failed:
        return
    if not as_json and len(outcomes) > 1:
        names = ", ".join(outcome.file for outcome in failed)
        note(f"{len(failed)} of {count(len(outcomes), 'document')} not read: {names}")
    raise typer.Exit(max(outcome.error.exit_code for outcome in failed if outcome.error))


def _summarise(outcomes: Sequence[Told]) -> None:
    read = [outcome for outcome in outcomes if outcome.error is None]
    if read:
        kinds = sorted({outcome.kind or "" for outcome in read})
        show_table(
            ("source", "files", "stored", "unchanged", "triples", "not read cleanly"),
            [_row(kind, [outcome for outcome in read if outcome.kind == kind]) for kind in kinds],
        )
        say()
    for outcome in read:
        for doubt in outcome.doubts:
            warn(f"{outcome.file}: {doubt}")
        _tell_problems(outcome)
    if noted := sum(outcome.licensed for outcome in read):
        say(f"the licence of {count(noted, 'file')} was noted")
    before = sum(outcome.problems_kept for outcome in read if not outcome.problems)
    if before:
        say(f"unchanged files: {count(before, 'problem')} as before; {_WHERE_KEPT}")
    for outcome in outcomes:
        if outcome.error is not None and not outcome.passed_over:
            tell(outcome)
    _tell_passed_over([outcome for outcome in outcomes if outcome.passed_over])


def _tell_passed_over(outcomes: Iterable[Told]) -> None:
    """Every file that was passed over, those of one folder and one reason together."""
    names: dict[tuple[str, str], list[str]] = {}
    for outcome in outcomes:
        path = Path(outcome.file)
        reason = outcome.error.what if outcome.error else ""
        names.setdefault((str(path.parent), reason), []).append(path.name)
    for (folder, reason), files in names.items():
        told = f"{count(len(files), 'file')} passed over, as each {reason.rstrip('.')}"
        say(f"{folder}: {told}: {', '.join(files)}")


def _row(kind: str, outcomes: Sequence[Told]) -> tuple[str, ...]:
    unchanged = sum(outcome.action == "unchanged" for outcome in outcomes)
    return (
        kind,
        f"{len(outcomes):,}",
        f"{len(outcomes) - unchanged:,}",
        f"{unchanged:,}",
        f"{sum(outcome.triples for outcome in outcomes):,}",
        f"{sum(outcome.problems_kept for outcome in outcomes):,}",
    )


def _data(outcome: Told) -> dict[str, Any]:
    if outcome.error is not None:
        passed = {"passed_over": True} if outcome.passed_over else {}
        return {"file": outcome.file, "error": outcome.error.as_dict(), **passed}
    return {
        "file": outcome.file,
        "action": outcome.action,
        "stored_as": outcome.stored_as,
        "doubts": list(outcome.doubts),
        "licensed": outcome.licensed,
        "triples": outcome.triples,
        "kind": outcome.kind,
        "subject": outcome.subject,
        "title": outcome.title,
        "release": outcome.release,
        "counts": dict(outcome.counts),
        "sha256": outcome.sha256,
        "problems_kept": outcome.problems_kept,
        "problems": [
            {
                "kind": problem.kind.value,
                "severity": problem.severity.value,
                "line": problem.line,
                "message": problem.message,
            }
            for problem in outcome.problems
        ],
    }
