"""``qualgraph history``: the chain of supersession of one component, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from qualgraph.cli.options import JsonOption, StoreOption, examples
from qualgraph.cli.stores import reading
from qualgraph.cli.terminal import say

if TYPE_CHECKING:
    from qualgraph.overview import End, History, Period, Source, Step

EXAMPLES = examples(
    "qualgraph history BSB40307",
    "qualgraph history BSBCCO402A --policy WaTacCreditPolicy2023",
    "qualgraph history BSB40307 --json",
)
_WORDS = {
    "Equivalent": "equivalent",
    "NotEquivalent": "not equivalent",
    "NotDetermined": "equivalence not stated",
}


def history(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A national code, such as BSB40307 or BSBCCO402A.")
    ],
    policy: Annotated[
        str,
        typer.Option(
            metavar="POLICY",
            help="The credit policy assumed: AsqaCreditPolicy2022 (any length of chain) or WaTacCreditPolicy2023 "
            "(the immediate predecessor only).",
        ),
    ] = "AsqaCreditPolicy2022",
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a component superseded and what superseded it, step by step, and what is current in its place.

    Each step says whether the two are equivalent, the last day of the older one (inclusive), and where it was read.
    What documents state of the usage recommendation comes first, with its days.
    """
    from qualgraph.overview import history as history_of
    from qualgraph.overview import last_days_apart

    with reading(store) as opened:
        found = history_of(opened, code, policy=policy)
    if as_json:
        say(json.dumps(found.as_dict(), indent=2, ensure_ascii=False))
        return
    for line, style in _lines(found, last_days_apart(found)):
        say(line, style)


def _lines(found: History, notes: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    yield f"{_named(found.code, found.title)}  ({_status(found.usage)})", "bold"
    yield from _periods(found.periods)
    yield from ((f"  {note}", None) for note in notes)
    yield from _steps("Supersedes", tuple(reversed(found.supersedes)), "nothing that a document names")
    nothing = "UNKNOWN: a document says that it is superseded, none by what"
    none = nothing if found.successor_unknown else "nothing that a document names"
    yield from _steps("Superseded by", found.superseded_by, none)
    if found.ends or found.circle:
        yield "", None
        yield "Where it leads", "bold"
        for end in found.ends:
            yield f"  {_end(end)}", None
        if found.circle:
            yield "  The chain comes back to where it was.", "yellow"
        yield f"  Credit under the policy {found.policy}.", None


def _periods(periods: tuple[Period, ...]) -> Iterator[tuple[str, str | None]]:
    from qualgraph.cli.profile import day_range

    if not periods:
        return
    yield "", None
    yield "Usage recommendation, as documents state it", "bold"
    for period in periods:
        days = day_range(period.start, period.through)
        yield (
            f"  {' '.join((period.code, period.recommendation, days)).strip()}  {_place(period.source)}",
            None,
        )


def _steps(heading: str, steps: tuple[Step, ...], none: str) -> Iterator[tuple[str, str | None]]:
    from qualgraph.overview import each_with_lines

    yield "", None
    yield heading, "bold"
    if not steps:
        yield f"  {none}", None
    for step, sources in each_with_lines(steps):
        yield f"  {step.distance:+d}  {_step(step)}  {_place(*sources)}", None


def _step(step: Step) -> str:
    day = f", last day {step.through.isoformat()}" if step.through else ""
    ends = f"{_named(step.old, step.old_title)} -> {_named(step.new, step.new_title)}"
    return f"{ends}, {_WORDS[step.equivalence]}{day}"


def _place(*sources: Source) -> str:
    """A document and the lines in it."""
    from qualgraph.pipeline import short_name

    lines = ", ".join(str(source.line) for source in sources if source.line)
    return f"[{short_name(sources[0].document)}{f':{lines}' if lines else ''}]"


def _end(end: End) -> str:
    worth = _WORDS.get(end.equivalence, "equivalence UNKNOWN")
    reached = f"{_named(end.code, end.title)}  ({_status(end.usage)})"
    return f"{reached} by {' -> '.join(end.path)}: {worth}; credit: {end.credit}"


def _status(usage: str) -> str:
    """The usage recommendation; where it is UNKNOWN, that it is the status that nobody states."""
    return "status UNKNOWN" if usage == "UNKNOWN" else usage


def _named(code: str, title: str | None) -> str:
    return f"{code} {title}" if title else code
