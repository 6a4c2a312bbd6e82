"""Mapping rows out of answers of the REST interface: which component superseded which, where that is plain.

A row of a component names another component and says whether the two are equivalent, but not which of them is the
older. That is taken from the search item of the component, which has a list for each direction, from the row's own
note, from the usage recommendation (a current component is superseded by none), or from the date (the day before
the successor's first release). Where none of them tells, or two contradict each other, the row is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from qualgraph.model import Equivalence, Problem, UsageRecommendation
from qualgraph.model import Mapping as MappingRow
from qualgraph.sources.interfaces.rest_values import Object, code_of, day, rows, text
from qualgraph.sources.tokens import not_read

_SUPERSEDES: Final = re.compile(r"^(?:this \w+ )?(?:supersedes|supercedes|replaces)\b", re.IGNORECASE)
_SUPERSEDED_BY: Final = re.compile(
    r"^(?:this \w+ )?(?:(?:is|was|has been) )?(?:superseded|superceded|replaced) by\b", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What is known of the component whose rows are read."""

    code: str
    title: str | None
    usage: UsageRecommendation | None
    first_release: date | None


def equivalence_of(row: Object) -> Equivalence:
    """What a row says of equivalence; a row that does not say leaves it open."""
    match row.get("isEquivalent"):
        case True:
            return Equivalence.EQUIVALENT
        case False:
            return Equivalence.NOT_EQUIVALENT
        case _:
            return Equivalence.NOT_DETERMINED


def listed_pairs(item: Object, subject: Subject, line: int) -> Iterator[MappingRow | Problem]:
    """The pairs of a search item, which has a list for each direction."""
    for name in ("supersedes", "supersededBy"):
        for row in rows(item, name):
            other = code_of(row, "code")
            if other is None or other == subject.code:
                yield not_read(f"A row of '{name}' of {subject.code} names no other component.", line)
                continue
            yield _row(subject, other, text(row, "title"), row, line, newer=name == "supersedes")


def settled_pairs(
    answer: Object, subject: Subject, listed: Sequence[MappingRow], line: int
) -> Iterator[MappingRow | Problem]:
    """The mapping rows of a component and the pairs that are listed for it elsewhere, each pair once.

    A pair of which one answer says equivalent and another not equivalent is two rows: what is left open here would be
    settled by any other document.
    """
    left = {(pair.old, pair.new): pair for pair in listed}
    for row in rows(answer, "mappingInformation"):
        ends = {end for end in (code_of(row, "code"), code_of(row, "mapsToCode")) if end}
        others = ends - {subject.code}
        if len(others) != 1 or (subject.code not in ends and text(row, "code")):
            yield not_read(f"A mapping row of {subject.code} does not name one other component.", line)
            continue
        [other] = others
        newer = _is_newer(row, subject, other, left)
        if newer is None:
            message = (
                f"Whether {subject.code} supersedes {other} or is superseded by it is not said; the mapping row is "
                "not read."
            )
            yield not_read(message, line)
            continue
        title = text(row, "mapsToTitle") if code_of(row, "mapsToCode") == other else text(row, "title")
        pair = _row(subject, other, title, row, line, newer=newer)
        same = left.pop((pair.old, pair.new), None)
        if same is not None and pair.equivalence is Equivalence.NOT_DETERMINED:
            pair = replace(pair, equivalence=same.equivalence)
        if same is not None and same.equivalence not in (pair.equivalence, Equivalence.NOT_DETERMINED):
            message = (
                f"Two answers differ on whether {pair.old} and {pair.new} are equivalent; both are kept."
            )
            yield not_read(message, line)
            yield same
        yield pair
    yield from left.values()


def _is_newer(
    row: Object, subject: Subject, other: str, listed: Mapping[tuple[str, str], MappingRow]
) -> bool | None:
    """Whether the component is the successor in this row; None where nothing tells, or not all agree."""
    said: set[bool] = set()
    if (other, subject.code) in listed:
        said.add(True)
    if (subject.code, other) in listed:
        said.add(False)
    note = text(row, "notes") or ""
    if code_of(row, "code") in (None, subject.code):
        if _SUPERSEDES.match(note):
            said.add(True)
        if _SUPERSEDED_BY.match(note):
            said.add(False)
    if not said and subject.usage is UsageRecommendation.CURRENT:
        said.add(True)
    on = day(row, "date")
    if not said and on and subject.first_release and on + timedelta(days=1) == subject.first_release:
        said.add(True)
    return said.pop() if len(said) == 1 else None


def _row(
    subject: Subject, other: str, title: str | None, row: Object, line: int, *, newer: bool
) -> MappingRow:
    return MappingRow(
        old=other if newer else subject.code,
        new=subject.code if newer else other,
        old_title=title if newer else subject.title,
        new_title=subject.title if newer else title,
        equivalence=equivalence_of(row),
        date=day(row, "date"),
        note=text(row, "notes"),
        line=line,
    )
