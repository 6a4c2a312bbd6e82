"""What belongs to a training package, and the training package that a component belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from qualgraph.overview.rows import each_once, grouped, local, source
from qualgraph.overview.source import Source
from qualgraph.store.rows import Row

MEMBERS: Final = """
SELECT DISTINCT ?member ?kind ?code ?title ?usage ?document WHERE {
  { GRAPH ?document { ?member qg:isInTrainingPackage {component} } }
  UNION { ?member qg:isInTrainingPackage {component} ; a ?kind ; qg:code ?code }
  UNION { ?member qg:isInTrainingPackage {component} ; qg:preferredTitle ?title }
  UNION { ?member qg:isInTrainingPackage {component} ; qg:hasLatestUsage ?usage }
} ORDER BY ?member ?kind ?code ?title ?usage ?document"""
"""What states a membership, and by itself what is known of the member: the one may be said where the other is not."""

KINDS: Final = {
    "Qualification": "qualification",
    "SkillSet": "skill set",
    "UnitOfCompetency": "unit of competency",
    "AccreditedCourse": "accredited course",
}
"""What may belong to a training package, by class, in the order in which it is told."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingPackageOf:
    """The training package that documents say a component belongs to."""

    code: str
    title: str | None
    iri: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A component that documents say belongs to a training package."""

    kind: str
    code: str
    title: str | None
    usage: str | None
    """The usage recommendation that documents have come to state of it; None where none states it."""
    iri: str
    sources: tuple[Source, ...]


def training_packages_of(rows: Sequence[Row]) -> tuple[TrainingPackageOf, ...]:
    """Each training package that a component is said to belong to."""
    return tuple(
        TrainingPackageOf(
            code=_first(group, "code"),
            title=_first(group, "title"),
            iri=group[0]["package"],
            sources=each_once(source(row) for row in group if row["document"]),
        )
        for group in grouped(rows, "package")
    )


def members_of(rows: Sequence[Row]) -> tuple[Member, ...]:
    """What belongs to a training package: qualifications, skill sets, units; of each kind the current ones first."""
    found = [
        Member(
            kind=KINDS[kind],
            code=_first(group, "code"),
            title=_first(group, "title"),
            usage=local(usage) if usage else None,
            iri=group[0]["member"],
            sources=each_once(source(row) for row in group if row["document"]),
        )
        for group in grouped(rows, "member")
        for kind in sorted({local(row["kind"]) for row in group if row["kind"]} & KINDS.keys())[:1]
        for usage in [_first(group, "usage")]
    ]
    kinds = list(KINDS.values())
    return tuple(sorted(found, key=lambda each: (kinds.index(each.kind), each.usage != "Current", each.code)))


def _first(rows: Sequence[Row], name: str) -> Any:
    """The first value of a column; None where no row has one."""
    return next((row[name] for row in rows if row[name]), None)
