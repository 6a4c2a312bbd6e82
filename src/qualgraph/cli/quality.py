"""``qualgraph quality``: what is wrong, or worth knowing, in the whole store."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from qualgraph.cli.files import ending_of, write_out, write_whole
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import count, progress, say, show_table

if TYPE_CHECKING:
    from qualgraph.catalogue import Severity
    from qualgraph.quality import Checked, Quality

EXAMPLES = examples(
    "qualgraph quality",
    "qualgraph quality --severity error,warning --fail-on warning",
    "qualgraph quality --out report.md",
)
WIDEST: Final = 70
"""Characters of an example."""
NOT_ANSWERED: Final = 3
"""The exit code where a question was not answered."""


class FailOn(StrEnum):
    """The least bad finding that makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"


def quality(
    severity: Annotated[
        str,
        typer.Option(metavar="SEVERITY,...", help="Ask only for these: error, warning, info."),
    ] = "error,warning,info",
    fail_on: Annotated[
        FailOn,
        typer.Option(metavar="|".join(FailOn), help="The least bad finding that makes the exit code 1."),
    ] = FailOn.ERROR,
    timeout: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            min=0.001,
            help="Leave a question unanswered that takes longer than this, and go on.",
        ),
    ] = None,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask every question of the catalogue that looks for faults, and count what each finds, the worst first.

    Rows are findings; things are the different values of their first column. 'qualgraph query NAME' gives every row.
    A question that is not answered is told as such, never as one that found nothing: the exit code is then 3, whatever
    the others found. With --out FILE.md (or .json) the report goes to a file, with examples.
    """
    from qualgraph.catalogue import Severity
    from qualgraph.quality import REPORTS
    from qualgraph.quality import quality as asked

    form = _form(out, REPORTS)
    wanted = _severities(severity)
    with reading(store) as opened, progress("asking") as told:
        found = asked(opened, wanted, timeout=timeout, progress=told)
    if out is not None and form is not None:
        write_whole(out, REPORTS[form](found).encode())
        say(f"{out}: written, {_summary(found)}")
    elif as_json:
        write_out(REPORTS["json"](found).encode(), None)
    else:
        _show(found)
    failed = fail_on is not FailOn.NEVER and found.fails(Severity(fail_on.value))
    raise typer.Exit(NOT_ANSWERED if found.unanswered else int(failed))


def _form(out: Path | None, known: Mapping[str, object]) -> str | None:
    return None if out is None else ending_of(out, known) or "md"


def _severities(given: str) -> list[Severity]:
    from qualgraph.catalogue import Severity
    from qualgraph.errors import UsageError

    words = [word.strip().lower() for word in given.split(",") if word.strip()]
    unknown = [word for word in words if word not in set(Severity)]
    if unknown or not words:
        raise UsageError(
            f"'{unknown[0] if unknown else given}' is no severity.",
            where="--severity",
            hint=f"Give one or more of {', '.join(Severity)}, with commas.",
        )
    return [Severity(word) for word in words]


def _show(found: Quality) -> None:
    show_table(
        ("severity", "question", "rows", "things", "for example"),
        [(check.severity.value, check.query.name, *_found(check)) for check in found.checks],
    )
    say()
    say(f"{_summary(found)}. 'qualgraph query NAME' gives every row of a question.")


def _found(check: Checked) -> tuple[str, str, str]:
    if check.rows is None or check.things is None:
        return "?", "?", f"not answered: {check.not_answered}"
    return f"{check.rows:,}", f"{check.things:,}", _example(check.examples[0]) if check.examples else ""


def _example(row: Mapping[str, str]) -> str:
    """The first row on one line: what it says, without where."""
    said = ", ".join(cell for name, cell in row.items() if cell and name not in ("document", "line"))
    return said if len(said) <= WIDEST else said[: WIDEST - 3] + "..."


def _summary(found: Quality) -> str:
    from qualgraph.catalogue import Severity

    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning"}
    told = [count(found.rows(severity), noun) for severity, noun in nouns.items()]
    unanswered = [f"{count(len(found.unanswered), 'question')} not answered"] if found.unanswered else []
    return ", ".join([*told, f"{found.rows(Severity.INFO):,} info", *unanswered])
