"""What is told of a harvest, and of a look at whether the register answers as expected."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualgraph.cli.failure import report
from qualgraph.cli.terminal import count, say, show_table, warn
from qualgraph.errors import QualgraphError

if TYPE_CHECKING:
    from qualgraph.harvest import Check, Harvest, Outcome


@dataclass(kw_only=True)
class Summary:
    """A harvest so far."""

    resumed: bool
    outcomes: list[Outcome] = field(default_factory=list)
    asked: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    done: int = 0
    waiting: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    stored: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, QualgraphError]] = field(default_factory=list)

    def take(self, harvest: Harvest) -> None:
        """How far the harvest has come."""
        journal = harvest.journal
        self.asked, self.answers = harvest.client.asked, dict(harvest.client.tally)
        self.done, self.waiting = len(journal.done), sum(1 for _ in journal.waiting())
        self.failed, self.left_out = dict(journal.failed), sorted(journal.left_out)
        self.problems = list(harvest.problems)

    @property
    def is_wanting(self) -> bool:
        """Whether something that was asked for is not there."""
        gaps = any(getattr(outcome, "gaps", ()) for outcome in self.outcomes)
        return bool(self.failed or self.problems or self.refused or gaps)


def tell_outcome(outcome: Outcome) -> None:
    """One component."""
    from qualgraph.harvest import NotHarvested

    if isinstance(outcome, NotHarvested):
        warn(f"{outcome.code} ({outcome.why}): {outcome.error}")
        return
    say(f"{outcome.code} ({outcome.why})")
    for gap in outcome.gaps:
        warn(f"{outcome.code}: {gap}")


def tell_summary(summary: Summary) -> None:
    """The end of a harvest."""
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(summary.answers.items()))
    say()
    say(f"requests    {summary.asked:,}{f' (answers: {told})' if told else ''}")
    say(
        f"components  {summary.done:,} done, {summary.waiting:,} waiting, {len(summary.failed):,} not answered"
    )
    stored = ", ".join(f"{number:,} {what}" for what, number in sorted(summary.stored.items()))
    say(f"store       {stored or 'nothing'}")
    if summary.left_out:
        names = ", ".join(summary.left_out[:5]) + (" ..." if len(summary.left_out) > 5 else "")
        say(f"left out    {count(len(summary.left_out), 'component')} by --limit or --depth: {names}")
    for problem in summary.problems:
        warn(problem)
    for file, error in summary.refused:
        say(f"{file}: not read", "red")
        report(error)


def summary_data(summary: Summary) -> dict[str, Any]:
    """A harvest as plain data."""
    return {
        "resumed": summary.resumed,
        "requests": summary.asked,
        "answers": summary.answers,
        "done": summary.done,
        "waiting": summary.waiting,
        "harvested": [_data(outcome) for outcome in summary.outcomes],
        "failed": summary.failed,
        "left_out": summary.left_out,
        "problems": summary.problems,
        "stored": dict(summary.stored),
        "refused": [{"file": file, "error": error.as_dict()} for file, error in summary.refused],
    }


def _data(outcome: Outcome) -> dict[str, Any]:
    from qualgraph.harvest import NotHarvested

    if isinstance(outcome, NotHarvested):
        return {"code": outcome.code, "why": outcome.why, "error": outcome.error.as_dict()}
    return {
        "code": outcome.code,
        "why": outcome.why,
        "file": str(outcome.path),
        "gaps": [gap.as_dict() for gap in outcome.gaps],
    }


def tell_check(found: Check, base: str) -> None:
    """What differs, a field a row; nothing but one line where nothing does."""
    say(f"asked about {found.code} at {base}: {count(len(found.asked), 'answer')}")
    for failure in found.failures:
        report(failure)
    if found.differences:
        say()
        show_table(
            ("answer", "field", "difference", "expected", "found"),
            [
                (
                    each.answer.value,
                    each.difference.path or "(all of it)",
                    each.difference.change.value,
                    each.difference.expected or "",
                    each.difference.found or "",
                )
                for each in found.differences
            ],
        )
    elif not found.failures:
        say("every field is as expected")


def check_data(found: Check, base: str) -> dict[str, Any]:
    """A look at the register as plain data."""
    return {
        "code": found.code,
        "base_url": base,
        "as_expected": found.as_expected,
        "asked": list(found.asked),
        "differences": [
            {
                "answer": each.answer.value,
                "path": each.path,
                "field": each.difference.path,
                "difference": each.difference.change.value,
                "expected": each.difference.expected,
                "found": each.difference.found,
            }
            for each in found.differences
        ],
        "failures": [failure.as_dict() for failure in found.failures],
    }
