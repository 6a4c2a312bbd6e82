"""``qualgraph check``: whether a selection of units earns a qualification."""

from __future__ import annotations

import json
import sys
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.failure import FOUND_WANTING
from qualgraph.cli.files import write_out, written_whole
from qualgraph.cli.options import JsonOption, OutOption, StoreOption, examples
from qualgraph.cli.plans import Plan, only_plans, plans_in, units_of
from qualgraph.cli.rule_sources import Refused
from qualgraph.cli.rulebook import Rules, rules_from
from qualgraph.cli.terminal import count, note, progress, say
from qualgraph.cli.verdict_text import Line, plan_line, verdict_lines
from qualgraph.errors import DataError, UsageError

if TYPE_CHECKING:
    from qualgraph.packaging import PackagingRule, Verdict

EXAMPLES = examples(
    "qualgraph check BSB50311 --units BSBCCO504A,BSBLED501A,BSBMGT516C",
    "qualgraph check ZZZ30120 --units ZZC101,ZZE201 --rules packaging-rules.jsonl --specialisation Gliders",
    "qualgraph check --plans plans.jsonl --format jsonl --out verdicts.jsonl",
    "qualgraph check --rules packaging-rules.jsonl --plans - --outcomes --format jsonl",
)
EVERY = 100
"""Plans between two looks at the progress."""


class VerdictFormat(StrEnum):
    """How verdicts are written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


def check(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", help="The qualification; with --plans, that of lines which name none."
        ),
    ] = None,
    units: Annotated[
        list[str] | None,
        typer.Option(
            "--units", "-u", metavar="CODES", help="The units chosen, parted by commas; may be repeated."
        ),
    ] = None,
    plans: Annotated[
        Path | None,
        typer.Option(
            "--plans",
            metavar="FILE",
            help="Many plans: one JSON object {id, code, units, specialisation?} a line; - is standard input.",
        ),
    ] = None,
    specialisation: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Check for this specialisation or outcome, and not the plain award."
        ),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules",
            metavar="FILE",
            help="Take rules from this file and not the store: a document, an export, or parsed rules; "
            "may be repeated.",
        ),
    ] = None,
    form: Annotated[
        VerdictFormat | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(VerdictFormat),
            show_default="text",
            help="text for a person; json, or jsonl with one verdict a line; html, a fragment for a page.",
        ),
    ] = None,
    outcomes: Annotated[
        bool,
        typer.Option(
            "--outcomes",
            help="With --plans: only the verdicts, by counting, without placement and reasons. Much faster.",
        ),
    ] = False,
    out: OutOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check whether units earn a qualification: the verdict, where each unit counts, what is missing, what is unknown.

    The exit code is 0 where the units do, 1 where they do not, and 3 where it is not known. With --plans it is 1
    where a plan does not, and 3 where none could be decided or a line is no plan. Conditions that no machine decides
    are always listed, and never change the verdict.
    """
    if (plans is None) == (not units):
        raise UsageError(
            "give either --units or --plans.", hint="qualgraph check CODE --units CODE,CODE or --plans FILE"
        )
    chosen = form or (VerdictFormat.JSON if as_json else VerdictFormat.TEXT)
    refused = Refused(as_json=as_json)
    with rules_from(rules, store, code, refused) as book:
        if plans is None:
            exit_code = _one(book, code, units or [], specialisation, chosen, out)
        else:
            if specialisation is not None:
                raise UsageError("a plan names its own specialisation; --specialisation is for --units.")
            exit_code = _many(book, plans, code, chosen, out, refused, outcomes=outcomes)
    if exit_code:
        raise typer.Exit(exit_code)


def _one(
    book: Rules,
    code: str | None,
    units: list[str],
    specialisation: str | None,
    form: VerdictFormat,
    out: Path | None,
) -> int:
    """Print the verdict on one selection; the exit code."""
    from qualgraph.packaging import further, judge, rule_html, verdict_html, verdict_to_json
    from qualgraph.packaging.judging.selection import specialisation_named

    found = book.rule(code)
    given = [unit for one in units for unit in units_of(one)]
    named = specialisation_named(found.rule, specialisation)
    more = None
    with progress("checking"):
        book.learn(given)
        verdict = judge(found.rule, given, specialisation=named, facts=book.facts)
        if verdict.verdict == "violated" and form is VerdictFormat.TEXT:
            more = further(found.rule, given, specialisation=named, facts=book.facts)
    if form is VerdictFormat.TEXT:
        facts_from = book.facts_from if _has_import(found.rule) else ()
        lines = verdict_lines(
            verdict,
            found.rule,
            rule_from=found.where,
            specialisation=named,
            further=more,
            facts=book.facts,
            facts_from=facts_from,
        )
        _tell(lines, out)
    elif form is VerdictFormat.HTML:
        text = verdict_html(verdict, rule=found.rule) + rule_html(found.rule)
        write_out(text.encode(), out)
    else:
        indent = 2 if form is VerdictFormat.JSON else None
        data = json.dumps(verdict_to_json(verdict), indent=indent, ensure_ascii=False)
        write_out(f"{data}\n".encode(), out)
    return {"satisfied": 0, "violated": FOUND_WANTING}.get(verdict.verdict, DataError.exit_code)


def _has_import(rule: PackagingRule) -> bool:
    return any(statement.import_ is not None for statement in rule.rules)


def _tell(lines: Iterable[Line], out: Path | None) -> None:
    if out is None:
        for text, style in lines:
            say(text, style)
    else:
        write_out("".join(f"{text}\n" for text, _ in lines).encode(), out)


@dataclass
class _Tally:
    """How many plans had which verdict."""

    seen: Counter[str]

    def counted(self, judged: Iterable[tuple[Plan, Verdict]]) -> Generator[tuple[Plan, Verdict]]:
        """The same, each verdict counted as it passes."""
        for plan, verdict in judged:
            self.seen[verdict.verdict] += 1
            yield plan, verdict

    def words(self) -> str:
        """The numbers in one line."""
        satisfied, violated, unknown = (self.seen[word] for word in ("satisfied", "violated", "unknown"))
        return (
            f"{count(self.seen.total(), 'plan')}: {satisfied:,} satisfied, {violated:,} not satisfied, "
            f"{unknown:,} unknown"
        )


def _many(
    book: Rules,
    plans: Path,
    code: str | None,
    form: VerdictFormat,
    out: Path | None,
    refused: Refused,
    *,
    outcomes: bool,
) -> int:
    """Print the verdict on each plan as soon as it is known; the exit code."""
    tally = _Tally(seen=Counter())
    given = only_plans(plans_in(plans, code=code), refused)
    judged = tally.counted(_by_counting(book, given) if outcomes else _explained(book, given))
    with closing(judged), written_whole(out) if out else nullcontext(sys.stdout.buffer) as stream:
        for text in _written(book, judged, form):
            stream.write(text.encode())
            if not outcomes:
                stream.flush()
    if form is VerdictFormat.TEXT or out is not None:
        say(tally.words(), "bold")
    if refused.number:
        note(f"{count(refused.number, 'line or document', 'lines or documents')} not read.")
    if refused.exit_code or not tally.seen["satisfied"] + tally.seen["violated"]:
        return max(refused.exit_code, DataError.exit_code)
    return FOUND_WANTING if tally.seen["violated"] else 0


def _explained(book: Rules, plans: Iterable[Plan]) -> Iterator[tuple[Plan, Verdict]]:
    """Each plan with its verdict, placement and reasons."""
    waiting = iter(plans)
    done = 0
    with progress("checking", answering=True) as told:
        while batch := list(islice(waiting, EVERY)):
            book.learn({unit.upper() for plan in batch for unit in plan.units})
            yield from ((plan, _verdict(book, plan)) for plan in batch)
            done += len(batch)
            told(f"checked {count(done, 'plan')}", done, 0)


def _by_counting(book: Rules, plans: Iterable[Plan]) -> Iterator[tuple[Plan, Verdict]]:
    """Each plan with its verdict alone; plans are held and judged many at a time."""
    from qualgraph.packaging import Plan as Counted
    from qualgraph.packaging import judge_many

    held: deque[Plan] = deque()

    def passing() -> Iterator[Counted]:
        for plan in plans:
            held.append(plan)
            yield Counted(
                id=str(plan.id), code=plan.code, units=plan.units, specialisation=plan.specialisation
            )

    with progress("checking", answering=True) as told:
        for done, verdict in enumerate(judge_many(passing(), book.by_code, facts=book.facts), start=1):
            yield held.popleft(), verdict
            if done % EVERY == 0:
                told(f"checked {count(done, 'plan')}", done, 0)


def _verdict(book: Rules, plan: Plan) -> Verdict:
    """The verdict on one plan of many; unknown where there is no such rule or specialisation."""
    from qualgraph.packaging import judge

    found = book.find(plan.code)
    if found is None:
        return _not_judged(plan, f"the packaging rule of {plan.code}")
    try:
        return judge(
            found.rule, plan.units, id=str(plan.id), specialisation=plan.specialisation, facts=book.facts
        )
    except UsageError as error:
        return _not_judged(plan, error.what)


def _not_judged(plan: Plan, fact: str) -> Verdict:
    from qualgraph.packaging import MissingFact, Verdict

    missing = MissingFact(path="packaging", fact=fact)
    return Verdict(id=str(plan.id), code=plan.code, verdict="unknown", unknowns=(missing,))


def _written(book: Rules, judged: Iterable[tuple[Plan, Verdict]], form: VerdictFormat) -> Iterator[str]:
    from qualgraph.packaging import verdict_html, verdict_to_json

    if form is VerdictFormat.JSON:
        yield "["
    for number, (plan, verdict) in enumerate(judged):
        if form is VerdictFormat.TEXT:
            yield f"{plan_line(plan.id, verdict)[0]}\n"
        elif form is VerdictFormat.HTML:
            yield verdict_html(verdict, prefix=f"verdict-{number + 1}")
        else:
            data = json.dumps({**verdict_to_json(verdict), "id": plan.id}, ensure_ascii=False)
            yield f"{data}\n" if form is VerdictFormat.JSONL else f"{',' if number else ''}\n{data}"
    if form is VerdictFormat.JSON:
        yield "\n]\n"
