"""Last days of one component that are a day apart because two documents count them differently, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import permutations
from typing import NamedTuple

from qualgraph.overview.history import History
from qualgraph.overview.source import Source


class _LastDay(NamedTuple):
    """``of`` is what ends: the component, or the mapping to a successor (splits may have a day for each)."""

    code: str
    of: str
    day: date
    source: Source


def last_days_apart(found: History) -> tuple[str, ...]:
    """A sentence for each component of the chain of which two documents name last days that are a day apart."""
    stated = tuple(_last_days(found))
    return tuple(
        dict.fromkeys(
            _sentence(earlier, later)
            for earlier, later in permutations(stated, 2)
            if earlier.code == later.code
            and earlier.day + timedelta(days=1) == later.day
            and earlier.source.document != later.source.document
            and (earlier.of == later.of or earlier.code in (earlier.of, later.of))
        )
    )


def _last_days(found: History) -> Iterator[_LastDay]:
    for step in (*found.supersedes, *found.superseded_by):
        if step.through:
            yield _LastDay(step.old, step.new, step.through, step.source)
    for period in found.periods:
        if period.through and period.recommendation == "Current":
            yield _LastDay(period.code, period.code, period.through, period.source)


def _sentence(earlier: _LastDay, later: _LastDay) -> str:
    """Why, only where it is known: of the scope export."""
    told = f"{earlier.code}: documents name the last days {earlier.day} and {later.day}, and both are shown."
    if "/document/scope-export/" not in earlier.source.document:
        return told
    return (
        f"{told} The scope export ends the time in which a component was current a day before the last day that the "
        "register's pages name."
    )
