"""Pages about one qualification or unit, its history, its pathways and its rule beside another: records to HTML.

Nothing here asks a store: a server fills the records for one page, a static site for very many at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from qualgraph.overview import UNKNOWN, History, Overview, each_with_lines, last_days_apart
from qualgraph.overview.members import Member
from qualgraph.overview.occupations import SCHEMES
from qualgraph.overview.prerequisites import needs_of
from qualgraph.overview.records import PackagingSummary
from qualgraph.overview.source import Source
from qualgraph.packaging import Difference, PackagingRule, counts_in_words, difference_text, rule_html
from qualgraph.packaging.tree import Measure
from qualgraph.pages.pages import Pages
from qualgraph.pages.pathway_picture import picture
from qualgraph.pages.structured_data import REGISTER, schema_org
from qualgraph.pages.text import in_script

MOST_MEMBERS: Final = 100
"""How many qualifications, and how many skill sets and units, the page of a training package lists."""
POLICIES: Final = {
    "AsqaCreditPolicy2022": "ASQA, 30 June 2022: chains of any length",
    "WaTacCreditPolicy2023": "WA TAC, 11 May 2023: the immediate predecessor only",
}
_EQUIVALENCE: Final = {
    "Equivalent": "equivalent",
    "NotEquivalent": "not equivalent",
    "NotDetermined": "equivalence not stated",
}
_STANDING: Final = {
    "Current": "current",
    "Superseded": "breaks: superseded, and no document says by what",
    "Deleted": "breaks: deleted",
}
_STATED_BY: Final = {
    "title": "as its title says",
    "classification": "as the register classifies it",
}
_LINKED_BY: Final = {
    "classification": "the register's classification",
    "link": "linked data, not the register",
}
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberList:
    """The components of one kind in a training package: those that are shown, and how many there are.

    ``current`` counts those that are current, ``unknown`` those of which no document states a status.
    """

    kind: str
    key: str
    shown: tuple[Member, ...]
    total: int
    current: int
    unknown: int


class ComponentViews:
    """Writes the pages about components."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def component(
        self,
        told: Overview,
        rule: PackagingRule | None,
        equivalents: Sequence[Row],
        *,
        has_history: bool = True,
        comparisons: Sequence[tuple[str, str]] = (),
    ) -> str:
        """All about a component; ``equivalents`` lead to its equivalent today, under the first policy.

        ``comparisons`` are pairs of codes whose rules are compared on a page of their own.
        """
        return self._pages.written(
            "component.html",
            title=f"{told.code} {told.title or ''}".rstrip(),
            told=told,
            key=self._pages.key(told.iri),
            register=f"{REGISTER}{told.code}",
            linked_data=_script(schema_org(told)),
            representations=self._pages.representations,
            policies=POLICIES,
            equivalence=_EQUIVALENCE,
            type_stated_by=_STATED_BY,
            linked_by=_LINKED_BY,
            schemes=SCHEMES,
            member_lists=_member_lists(told),
            superseded_by=each_with_lines(told.superseded_by),
            supersedes=each_with_lines(told.supersedes),
            equivalents=_each_with_lines(equivalents),
            lines_in_words=_lines_in_words,
            standing=_standing(told),
            needs=needs_of(told.unit.prerequisites) if told.unit else (),
            successor_unknown=not told.superseded_by
            and any(usage.recommendation == "Superseded" for usage in told.usage),
            has_history=has_history,
            comparisons=comparisons,
            rule_html=Markup(rule_html(rule, level=3)) if rule is not None else None,
            counts=lambda summary: _counts(summary, rule),
            **self._helpers(told),
        )

    def history(self, found: History) -> str:
        """The chain of a component, with what a credit policy makes of it."""
        return self._pages.written(
            "history.html",
            title=f"History of {found.code} {found.title or ''}".rstrip(),
            found=found,
            notes=last_days_apart(found),
            steps=each_with_lines(
                [*sorted(found.supersedes, key=lambda step: step.distance), *found.superseded_by]
            ),
            policies=POLICIES,
            equivalence=_EQUIVALENCE,
            status=lambda usage: "status UNKNOWN" if usage == UNKNOWN else usage,
            **self._helpers(),
        )

    def pathways(self, told: Overview) -> str:
        """The pathways into and out of a qualification, as a picture whose boxes are links and as a list."""
        return self._pages.written(
            "pathways.html",
            title=f"Pathways of {told.code} {told.title or ''}".rstrip(),
            told=told,
            picture=Markup(picture(told, self._pages.addresses.code)),
            **self._helpers(told),
        )

    def compare(self, before: str, after: str, found: Difference | None) -> str:
        """What changed from one packaging rule to another; None before two are chosen."""
        return self._pages.written(
            "compare.html",
            title=f"{before} and {after} compared" if found else "Compare two qualifications",
            a=before,
            b=after,
            found=found,
            told_in_words=difference_text(found) if found else "",
            changes=[unit for unit in found.units if unit.fate != "same" or unit.moved] if found else [],
            **self._helpers(),
        )

    def _helpers(self, told: Overview | None = None) -> dict[str, Callable[..., str]]:
        names = {document.iri: document.name for document in told.documents} if told else {}

        def place(*sources: Source) -> str:
            document = sources[0].document
            name = names.get(document) or _key(document)
            return ", ".join(filter(None, (name, _lines_in_words([source.line for source in sources]))))

        return {"place": place}


def _key(document: str) -> str:
    """What names a document beside others: 'register-page/BSB40307/release-1'."""
    return document.partition("/document/")[2] or document.rsplit("/", 1)[-1]


def _counts(summary: PackagingSummary, rule: PackagingRule | None) -> str:
    """The counts of a release in words; those of the rule itself where it is the one that is shown whole."""
    stated = {name: getattr(summary, name) for name in ("total", "core", "elective")}
    if rule is not None and stated == {name: getattr(rule, name) for name in stated}:
        return counts_in_words(rule)
    measure: Measure = "points" if summary.measure == "points" else "units"
    return counts_in_words(PackagingRule(measure=measure, **stated))


def _each_with_lines(rows: Iterable[Row]) -> list[tuple[Row, list[int | None]]]:
    """Rows of a query that differ in nothing but their line, once with all their lines."""
    found: dict[tuple[Any, ...], tuple[Row, list[int | None]]] = {}
    for row in rows:
        said = tuple(value for name, value in row.items() if name != "line")
        found.setdefault(said, (row, []))[1].append(row["line"])
    return list(found.values())


def _lines_in_words(lines: Iterable[int | None]) -> str:
    """'line 4' or 'lines 4, 5'; nothing where no line is known."""
    known = [str(line) for line in lines if line is not None]
    return f"{'line' if len(known) == 1 else 'lines'} {', '.join(known)}" if known else ""


def _standing(told: Overview) -> str | None:
    """What a unit that nothing supersedes is today, in the words of the query ``current-equivalent``."""
    if told.superseded_by or told.kind != "unit of competency":
        return None
    return _STANDING.get(told.latest_usage or "", "UNKNOWN: no document states its status")


def _member_lists(told: Overview) -> list[MemberList]:
    """What belongs to a training package, by kind, each list cut."""
    return [
        MemberList(
            kind=kind,
            key="unit" if kind == "unit of competency" else kind.replace(" ", "-"),
            shown=tuple(members[:MOST_MEMBERS]),
            total=len(members),
            current=sum(member.usage == "Current" for member in members),
            unknown=sum(member.usage is None for member in members),
        )
        for kind, group in groupby(told.members, key=lambda member: member.kind)
        for members in [list(group)]
    ]


def _script(data: Mapping[str, Any]) -> Markup:
    """JSON that cannot end the element it stands in."""
    return Markup(in_script(json.dumps(data)))
