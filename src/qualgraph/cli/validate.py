"""``qualgraph validate``: data against shapes, with a report for a person or a program."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.files import ending_of, write_out
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import progress, say

if TYPE_CHECKING:
    from qualgraph.validation import Report

EXAMPLES = examples(
    "qualgraph validate mine.ttl",
    "qualgraph validate *.ttl --format html --out report.html",
    "qualgraph validate --store ./store --fail-on warning",
    "qualgraph validate mine.ttl --shapes my-shapes.ttl --json",
)


class ReportFormat(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TTL = "ttl"
    HTML = "html"


class FailOn(StrEnum):
    """The least bad finding that makes the exit code 1."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...", help="RDF files, checked together; without any, the store is checked."
        ),
    ] = None,
    shapes: Annotated[
        str,
        typer.Option(metavar="SHAPES", help="'register', or a file or folder of SHACL shapes of your own."),
    ] = "register",
    form: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(ReportFormat),
            show_default="text, or as --out ends",
            help="How to write the report.",
        ),
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(metavar="|".join(FailOn), help="The least bad finding that makes the exit code 1."),
    ] = FailOn.VIOLATION,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check RDF data, yours or the store's, and say what was found, in which document and line, and what to do.

    The exit code is 0 where nothing as bad as --fail-on was found, 1 where something was, and 3 where nothing in the
    data could be checked at all. What cannot be decided never fails.
    """
    from qualgraph.validation import Severity, report_as

    chosen = ReportFormat.JSON if as_json else form or _format_of(out)
    found = _report(files or [], store, shapes)
    write_out(report_as(found, chosen.value).encode(), out)
    if out is not None:
        say(found.summary())
    raise typer.Exit(found.exit_code(Severity(fail_on.value)))


def _format_of(out: Path | None) -> ReportFormat:
    others = (each for each in ReportFormat if each is not ReportFormat.TEXT)
    return ReportFormat((out and ending_of(out, others)) or ReportFormat.TEXT)


def _report(files: list[Path], store: str | None, shapes: str) -> Report:
    from qualgraph.validation import validate_file, validate_store

    with progress("checking") as told:

        def stage(name: str, statements: int) -> None:
            told(f"{name} {statements:,} statements", 0, 0)

        if files:
            return validate_file(files, shapes=shapes, progress=stage)
        with reading(store) as opened:
            return validate_store(opened, shapes=shapes, progress=stage)
