"""``qualgraph rules audit``: findings over packaging rules."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.failure import FOUND_WANTING
from qualgraph.cli.files import write_out, written_whole
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.rule_sources import Refused, printable, rules_of_files, store_beside, successions
from qualgraph.cli.terminal import count, note, progress, say
from qualgraph.errors import UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule, RuleFinding
    from qualgraph.store import Store

EXAMPLES = examples(
    "qualgraph rules audit",
    "qualgraph rules audit packaging-rules.jsonl --format csv --out findings.csv",
    "qualgraph rules audit qualification.txt --check core --check total",
    "qualgraph rules audit rules.jsonl --fail-on warning --format jsonl",
)
FIELDS = ("severity", "check", "code", "path", "line", "message", "seen", "wanted")
SEVERITIES = ("violation", "warning", "info")


class AuditFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class AuditFailOn(StrEnum):
    """The least bad finding that makes the exit code 1."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


def audit(
    ctx: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE...",
            help="Documents, exports or rules as JSON, checked together; without any, the rules of the store.",
        ),
    ] = None,
    form: Annotated[
        AuditFormat,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(AuditFormat),
            help="text for a person; jsonl and csv give one finding a line as it is found.",
        ),
    ] = AuditFormat.TEXT,
    check: Annotated[
        list[str] | None,
        typer.Option("--check", metavar="NAME", help="Only findings of this check; may be repeated."),
    ] = None,
    fail_on: Annotated[
        AuditFailOn,
        typer.Option(metavar="|".join(AuditFailOn), help="The least bad finding that makes the exit code 1."),
    ] = AuditFailOn.VIOLATION,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check packaging rules, each by itself and against each other, and say what does not add up.

    Counts and lists that disagree, rules nobody can satisfy, units listed twice, prerequisites that are not
    packaged, codes and titles that disagree between rules, text that was not read. Findings come one by one, whatever
    the number of rules; the exit code is 1 where one is as bad as --fail-on.
    """
    chosen = _checks(check or [])
    refused = Refused(as_json=as_json)
    tally = _Tally(fail_on)
    with ExitStack() as stack:
        opened = stack.enter_context(store_beside(bool(files), store, ctx))
        found = tally.counted(_findings(tally.rules(_rules(files, opened, refused)), opened, chosen))
        if as_json or form is AuditFormat.JSON:
            listed = [finding.as_dict() for finding in found]
            data = {"rules": tally.read, "summary": tally.summary(), "findings": listed}
            write_out((json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode(), out)
        elif out is not None:
            stream = stack.enter_context(written_whole(out))
            _stream(found, form, lambda text: _put(stream, text))
        else:
            _stream(found, form, lambda text: write_out(text.encode(), None))
    if not as_json:
        (say if form is AuditFormat.TEXT else note)(tally.told())
    raise typer.Exit(max(refused.exit_code, FOUND_WANTING if tally.failed else 0))


def _put(stream: IO[bytes], text: str) -> None:
    stream.write(text.encode())


def _checks(names: list[str]) -> frozenset[str]:
    from qualgraph.packaging.comparing.audit import CHECKS

    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise UsageError(f"no check is called '{unknown[0]}'.", hint=f"There are: {', '.join(CHECKS)}.")
    return frozenset(names or CHECKS)


def _rules(files: list[Path] | None, store: Store | None, refused: Refused) -> Iterator[PackagingRule]:
    if files:
        return rules_of_files(files, refused)
    from qualgraph.rulebook import rules_of

    return (stored.rule for stored in rules_of(store)) if store is not None else iter(())


def _findings(
    rules: Iterator[PackagingRule], store: Store | None, checks: frozenset[str]
) -> Iterator[RuleFinding]:
    from qualgraph.packaging import shipped_facts
    from qualgraph.packaging.comparing.audit import AWARDS
    from qualgraph.packaging.comparing.audit import audit as audited

    awards = bool(checks & AWARDS)
    found = audited(rules, known=shipped_facts(), successions=successions(store), awards=awards)
    return (finding for finding in found if finding.check in checks)


def _stream(found: Iterator[RuleFinding], form: AuditFormat, put: Callable[[str], None]) -> None:
    if form is AuditFormat.CSV:
        put(_row(FIELDS))
    for finding in found:
        data = finding.as_dict()
        if form is AuditFormat.CSV:
            put(_row([data[name] for name in FIELDS]))
        elif form is AuditFormat.JSONL:
            put(json.dumps(data, ensure_ascii=False) + "\n")
        else:
            line = f" line {finding.line}" if finding.line is not None else ""
            message = " ".join(printable(finding.message).split())
            put(
                f"{finding.severity}: {printable(finding.code or 'no code')}{line}: {message} [{finding.check}]\n"
            )


def _row(values: Iterable[object]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(values)
    return stream.getvalue()


class _Tally:
    """Counts rules and findings as they pass."""

    def __init__(self, fail_on: AuditFailOn) -> None:
        self.read = 0
        self._bad = SEVERITIES[: SEVERITIES.index(fail_on.value) + 1]
        self._found: Counter[tuple[str, str]] = Counter()

    def rules(self, rules: Iterator[PackagingRule]) -> Iterator[PackagingRule]:
        with progress("reading rules") as told:
            for rule in rules:
                self.read += 1
                told(f"{rule.code or 'a rule'}", self.read, 0)
                yield rule

    def counted(self, found: Iterator[RuleFinding]) -> Iterator[RuleFinding]:
        for finding in found:
            self._found[finding.severity, finding.check] += 1
            yield finding

    @property
    def failed(self) -> bool:
        """Whether something as bad as --fail-on was found."""
        return any(severity in self._bad for severity, _ in self._found)

    def summary(self) -> list[dict[str, str | int]]:
        """Each check that found something, the worst first, with its number."""
        order = sorted(
            self._found.items(), key=lambda item: (SEVERITIES.index(item[0][0]), -item[1], item[0])
        )
        return [{"severity": severity, "check": check, "findings": n} for (severity, check), n in order]

    def told(self) -> str:
        """The summary for a person."""
        from qualgraph.packaging.comparing.audit import CHECKS

        total = sum(self._found.values())
        lines = [f"{count(self.read, 'rule')} checked, {count(total, 'finding')}."]
        lines += [
            f"  {row['findings']:>5}  {row['severity']:<9}  {row['check']}: {CHECKS[str(row['check'])]}"
            for row in self.summary()
        ]
        return "\n".join(lines)
