"""A component as the REST interface tells it: in an answer of its own, and as an item of a search page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from qualgraph.identifiers import Kind
from qualgraph.model import (
    Classification,
    Component,
    EntryRecord,
    Mapping,
    Parent,
    Problem,
    Release,
    RequiredUnit,
    Scheme,
    Table,
    UnitPrerequisite,
    UsageStatement,
)
from qualgraph.sources.interfaces.rest_mappings import Subject, listed_pairs, settled_pairs
from qualgraph.sources.interfaces.rest_values import Object, code_of, day, rows, text, usage_of
from qualgraph.sources.tokens import not_read

_CODED: Final = (
    ("anzsco", Scheme.ANZSCO),
    ("asco", Scheme.ASCO),
    ("asced4", Scheme.ASCED_FIELD),
    ("asced6", Scheme.ASCED_FIELD),
    ("qualificationLevel", Scheme.LEVEL_OF_EDUCATION),
)
_LABELLED: Final = (
    (("taxonomyIndustry",), "industrySector", Scheme.INDUSTRY_SECTOR),
    (("taxonomy", "industrySectors"), "industrySector", Scheme.INDUSTRY_SECTOR),
    (("taxonomyOccupation",), "occupation", Scheme.TAXONOMY_OCCUPATION),
    (("taxonomy", "occupations"), "occupation", Scheme.TAXONOMY_OCCUPATION),
)


def component_records(
    answer: Object, kind: Kind, code: str, line: int, item: Object | None = None, item_line: int = 0
) -> Iterator[EntryRecord | Problem]:
    """What a component's own answer says of it, releases apart; ``item`` is the same component in a search page."""
    yield from _opening(answer, kind, code, line)
    subject = _subject(answer, code)
    listed: list[Mapping] = []
    for found in listed_pairs(item, subject, item_line) if item is not None else ():
        if isinstance(found, Problem):
            yield found
        else:
            listed.append(found)
    yield from settled_pairs(answer, subject, listed, line)
    seen: set[tuple[Scheme, str | None, str | None]] = set()
    for source, at in ((answer, line), *(((item, item_line),) if item is not None else ())):
        for row in _classifications(source, at):
            if (row.scheme, row.value, row.label) not in seen:
                seen.add((row.scheme, row.value, row.label))
                yield row


def item_records(item: Object, kind: Kind, code: str, line: int) -> Iterator[EntryRecord | Problem]:
    """What an item of a search page says of its component, its latest release too."""
    yield from _opening(item, kind, code, line)
    number, issued = text(item, "latestRelease", "number"), day(item, "latestRelease", "date")
    if number:
        yield Release(number=number, issued=issued, described=False, line=line)
    yield from listed_pairs(item, _subject(item, code), line)
    yield from _classifications(item, line)


def releases(answer: Object, line: int) -> Iterator[tuple[str | None, Release] | Problem]:
    """The releases of a component, each with the identifier that the register gives it."""
    for row in rows(answer, "releases"):
        found = release(row, line)
        yield found if isinstance(found, Problem) else (text(row, "id"), found)


def release(row: Object, line: int, *, described: bool = False) -> Release | Problem:
    """One release; a release without a number cannot be told from others and is not read."""
    number = text(row, "releaseNumber")
    if number is None:
        return not_read("A release without a number is not read.", line)
    return Release(number=number, issued=day(row, "releaseDate"), described=described, line=line)


def release_keys(answer: Object) -> list[str]:
    """The identifiers of the releases that are no drafts: the current one first, then the newest; each once."""
    found = [row for row in rows(answer, "releases") if text(row, "currency") != "draft"]
    ordered = sorted(found, key=_rank, reverse=True)
    return list(dict.fromkeys(key for row in ordered if (key := text(row, "id"))))


def _rank(row: Object) -> tuple[bool, date, list[int]]:
    number = text(row, "releaseNumber") or ""
    parts = [int(part) for part in number.split(".") if part.isdecimal()]
    return text(row, "currency") == "current", day(row, "releaseDate") or date.min, parts


def _subject(answer: Object, code: str) -> Subject:
    days = [found for row in rows(answer, "releases") if (found := day(row, "releaseDate"))]
    return Subject(
        code=code,
        title=text(answer, "title"),
        usage=usage_of(answer)[0],
        first_release=min(days, default=None),
    )


def _opening(answer: Object, kind: Kind, code: str, line: int) -> Iterator[EntryRecord | Problem]:
    title = text(answer, "title")
    if title:
        yield Component(kind=kind, code=code, title=title, line=line)
    usage, doubt = usage_of(answer)
    if usage is not None:
        start = day(answer, "usageRecommendation", "startDate")
        end = day(answer, "usageRecommendation", "endDate")
        yield UsageStatement(code=code, value=usage, line=line, start=start, end=end)
    if doubt:
        yield not_read(f"{code}: {doubt}", line, info=True)
    for name in ("parent", "trainingPackage"):
        package = code_of(answer, name, "code")
        if package and kind is not Kind.TRAINING_PACKAGE:
            yield Parent(code=package, title=text(answer, name, "title"), line=line)
    if kind is Kind.UNIT:
        yield from _prerequisites(answer, code, line)


def _prerequisites(answer: Object, code: str, line: int) -> Iterator[UnitPrerequisite | Problem]:
    """The units that must be held before; of several that are listed, it is not said whether all are needed.

    That there are none is read only where the register says so, never from an empty list alone.
    """
    stated = answer.get("preRequisites")
    path = ("preRequisites", "preRequisites") if isinstance(stated, dict) else ("preRequisites",)
    listed = rows(answer, *path) or rows(answer, "preRequisiteUnits")
    units = tuple(
        RequiredUnit(code=found, title=text(row, "title"), line=line)
        for row in listed
        if (found := code_of(row, "code"))
    )
    says = stated.get("hasPreRequisites") if isinstance(stated, dict) else None
    if units:
        requires, unclear = (units, ()) if len(units) == 1 else ((), units)
        yield UnitPrerequisite(requires=requires, one_of=(), unclear=unclear, line=line)
    elif says is False:
        yield UnitPrerequisite(requires=(), one_of=(), unclear=(), line=line)
    elif says is True:
        yield not_read(f"{code} has a prerequisite that the answer does not name.", line)


def _classifications(answer: Object, line: int) -> Iterator[Classification]:
    for name, scheme in _CODED:
        value, label = text(answer, name, "code"), text(answer, name, "name")
        if value and label:
            yield Classification(scheme=scheme, value=value, label=label, table=Table.CURRENT, line=line)
    for path, name, scheme in _LABELLED:
        for row in rows(answer, *path):
            label = text(row, name)
            if label:
                yield Classification(scheme=scheme, value=None, label=label, table=Table.CURRENT, line=line)


def identified(answer: Object, line: int) -> tuple[str | None, Problem | None]:
    """The national code of an answer; a problem where it states none."""
    code = code_of(answer, "code")
    if code is None:
        return None, not_read("A component without a national code is not read.", line)
    return code, None
