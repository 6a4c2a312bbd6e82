"""The report of a validation: findings, what became of each check, one line of numbers, an exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from qualgraph.validation.findings import Check, Finding, Outcome
from qualgraph.validation.shapes import Severity

EXIT_CONFORMS = 0
EXIT_FOUND = 1
EXIT_NOTHING_CHECKED = 3
MORE = "--format csv, jsonl or json has all"
"""What a report says after findings that it does not show."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a validation found. ``nothing`` says why nothing was checked; None where something was."""

    engine: str
    shapes: str
    sources: tuple[str, ...]
    statements: int
    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]
    nothing: str | None = None

    @property
    def conforms(self) -> bool:
        """True where something was checked and no finding is a violation."""
        return self.exit_code() == EXIT_CONFORMS

    def count(self, severity: Severity) -> int:
        """How many findings have this severity; those that only say 'cannot be decided' are not counted."""
        return sum(
            1 for finding in self.findings if finding.severity is severity and not finding.unverifiable
        )

    @property
    def undecided(self) -> int:
        """How many findings only say that a check cannot be decided."""
        return sum(1 for finding in self.findings if finding.unverifiable)

    def exit_code(self, fail_on: Severity = Severity.VIOLATION) -> int:
        """0 nothing found, 1 a finding of ``fail_on`` or worse, 3 nothing in the data could be checked.

        What cannot be decided never fails, whatever ``fail_on`` is.
        """
        gating = (f for f in self.findings if not f.unverifiable and f.severity.rank <= fail_on.rank)
        if any(gating):
            return EXIT_FOUND
        return EXIT_NOTHING_CHECKED if self.nothing else EXIT_CONFORMS

    def summary(self) -> str:
        """One line with the numbers."""
        if self.nothing:
            return self.nothing
        outcomes = Counter(check.outcome for check in self.checks)
        applied = len(self.checks) - outcomes[Outcome.NOT_APPLICABLE]
        verdict = "Conforms" if self.conforms else "Does not conform"
        return (
            f"{verdict}: {_number(self.count(Severity.VIOLATION), 'violation')}, "
            f"{_number(self.count(Severity.WARNING), 'warning')}, {_number(self.count(Severity.INFO), 'note')}, "
            f"{self.undecided} undecided. {outcomes[Outcome.CONFORMS]} of {_number(applied, 'check')} "
            f"that apply found nothing; {outcomes[Outcome.NOT_APPLICABLE]} do not apply. "
            f"{_number(self.statements, 'statement')} read."
        )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def by_shape(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Findings in groups of one shape: what is wrong first, worst first; what cannot be decided last."""
    ordered = sorted(findings, key=lambda f: (f.unverifiable, f.severity.rank, f.shape.iri))
    for _, group in groupby(ordered, key=lambda finding: finding.shape.iri):
        yield list(group)
