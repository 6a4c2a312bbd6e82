"""Answers of the register's SOAP service to GetDetails: one component, or many such answers in one file.

The schemas of the service say which fields there are; what was sent in answer was never seen. A mapping row names two
components and not which is the older: that is told as in answers of the REST interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualgraph.identifiers import Kind
from qualgraph.model import (
    Authority,
    Classification,
    Component,
    Entry,
    EntryRecord,
    GridRow,
    Parent,
    Problem,
    Release,
    Scheme,
    Table,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.interfaces.rest_mappings import Subject, settled_pairs
from qualgraph.sources.interfaces.rest_values import KINDS, USAGES, code_of, text
from qualgraph.sources.interfaces.soap_values import Fields, day_of, fields_of, parts
from qualgraph.sources.markup import stream_elements
from qualgraph.sources.tokens import not_read

NAMESPACE: Final = "http://training.gov.au/services/"
_DETAILS: Final = frozenset(
    {"GetDetailsResult", "TrainingComponent2", "TrainingComponent3", "TrainingComponent4"}
)
_START: Final = re.compile(rb"<(?:[\w.-]+:)?(?:GetDetailsRes(?:ponse|ult)|TrainingComponent[234])\b")
_SCHEMES: Final = {
    "01": Scheme.ANZSCO,
    "02": Scheme.ASCO,
    "03": Scheme.ASCED_FIELD,
    "04": Scheme.ASCED_FIELD,
    "05": Scheme.LEVEL_OF_EDUCATION,
}
_COMPONENT_TYPE: Final = "06"
_UNREAD: Final = (
    "CompletionMapping",
    "Contacts",
    "CurrencyPeriods",
    "DataManagers",
    "RecognitionManagers",
    "Restrictions",
)


class SoapDetails(DatasetReader):
    """Reads every component as it streams."""

    name = "soap-details"
    version = "1"
    media_type = "application/xml"
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """XML in the service's namespace with an answer to GetDetails near its beginning; no schema has one."""
        head = file.head.replace(b"\x00", b"")
        return NAMESPACE.encode() in head and bool(_START.search(head)) and b"<xs:schema" not in head

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each component, and one for each further release that has a unit grid of its own."""
        with file.open() as stream:
            for element, line, _ in stream_elements(stream, file.name, _DETAILS):
                yield from _entries(fields_of(element), line)


def _entries(found: Fields, line: int) -> Iterator[Entry | Problem]:
    code, title = code_of(found, "Code"), text(found, "Title")
    stated = text(found, "ComponentType") or "not stated"
    kind = KINDS.get(stated.lower())
    if code is None or title is None or kind is None:
        what = f"{code}, of the type {stated}," if code and title else "A component without code or title"
        yield not_read(f"{what} is not read.", line)
        return
    releases = list(parts(found, "Releases"))
    described = _latest(releases)
    records: list[EntryRecord] = []
    for one in _records(found, kind, code, title, described, line):
        if isinstance(one, Problem):
            yield one
        else:
            records.append(one)
    yield Entry(kind=kind, code=code, records=tuple(records), line=line)
    for release in releases:
        if release is not described and any(parts(release, "UnitGrid")):
            yield from _earlier_grid(release, kind, code, line)


def _latest(releases: list[Fields]) -> Fields | None:
    """The release with the latest day; what the answer says of the component is said of that one."""
    dated = [(on, release) for release in releases if (on := day_of(release, "ReleaseDate")) is not None]
    return max(dated, key=lambda each: each[0])[1] if dated else None


def _records(
    found: Fields, kind: Kind, code: str, title: str, described: Fields | None, line: int
) -> Iterator[EntryRecord | Problem]:
    yield Component(kind=kind, code=code, title=title, line=line)
    usages: list[UsageStatement] = []
    for usage in _usages(found, code, line):
        if isinstance(usage, UsageStatement):
            usages.append(usage)
        yield usage
    parent = code_of(found, "ParentCode")
    if parent:
        yield Parent(code=parent, title=text(found, "ParentTitle"), line=line)
    days = []
    for release in parts(found, "Releases"):
        number, on = text(release, "ReleaseNumber"), day_of(release, "ReleaseDate")
        days.extend([on] if on else [])
        if number is None:
            yield not_read(f"A release of {code} without a number is not read.", release.line)
            continue
        yield Release(number=number, issued=on, described=release is described, line=release.line)
        if release is described:
            yield from _grid(release)
    subject = Subject(
        code=code, title=title, usage=_latest_usage(usages), first_release=min(days) if days else None
    )
    rows = [_mapping_row(row) for row in parts(found, "MappingInformation")]
    yield from settled_pairs({"mappingInformation": rows}, subject, (), line)
    yield from _classifications(found)
    left = [name for name in _UNREAD if any(parts(found, name))]
    if left:
        yield not_read(
            f"Parts of the answer about {code} that are not read: {', '.join(left)}.", line, info=True
        )


def _usages(found: Fields, code: str, line: int) -> Iterator[UsageStatement | Problem]:
    for row in parts(found, "UsageRecommendations"):
        value = USAGES.get((text(row, "State") or "").lower())
        if value is None:
            yield not_read(f"A usage recommendation of {code} is not known.", row.line, text(row, "State"))
        else:
            yield UsageStatement(
                code=code,
                value=value,
                line=row.line,
                start=day_of(row, "StartDate"),
                end=day_of(row, "EndDate"),
            )


def _latest_usage(usages: list[UsageStatement]) -> UsageRecommendation | None:
    """The one that has no end, where exactly one has none."""
    still = [usage.value for usage in usages if usage.end is None]
    return still[0] if len(still) == 1 else None


def _mapping_row(row: Fields) -> dict[str, object]:
    """The row by the names that the REST interface gives the same fields."""
    equivalent = {"true": True, "1": True, "false": False, "0": False}.get(text(row, "IsEquivalent") or "")
    named = {
        "code": "Code",
        "title": "Title",
        "mapsToCode": "MapsToCode",
        "mapsToTitle": "MapsToTitle",
        "notes": "Notes",
    }
    return {"isEquivalent": equivalent, **{name: text(row, field) for name, field in named.items()}}


def _classifications(found: Fields) -> Iterator[Classification | Problem]:
    for row in parts(found, "Classifications"):
        stated, value, end = text(row, "SchemeCode") or "", text(row, "ValueCode"), day_of(row, "EndDate")
        scheme = _SCHEMES.get(stated.zfill(2))
        if stated.zfill(2) == _COMPONENT_TYPE:
            continue
        if scheme is None or value is None:
            yield not_read(f"A classification in the scheme '{stated}' is not read.", row.line)
            continue
        yield Classification(
            scheme=scheme,
            value=value,
            label=None,
            table=Table.HISTORY if end else Table.CURRENT,
            line=row.line,
            start=day_of(row, "StartDate"),
            end=end,
        )


def _grid(release: Fields) -> Iterator[UnitGrid | Problem]:
    rows: list[GridRow] = []
    for row in parts(release, "UnitGrid"):
        code, title = code_of(row, "Code"), text(row, "Title")
        if code is None:
            yield not_read("A row of the unit grid without a national code is not read.", row.line)
            continue
        essential = {"true": "Core", "1": "Core", "false": "Elective", "0": "Elective"}
        rows.append(
            GridRow(
                position=len(rows) + 1,
                code=code,
                title=title,
                usage=None,
                essential=essential.get(text(row, "IsEssential") or ""),
                line=row.line,
            )
        )
    if rows:
        yield UnitGrid(rows=tuple(rows), stated=None, line=release.line)


def _earlier_grid(release: Fields, kind: Kind, code: str, line: int) -> Iterator[Entry | Problem]:
    """The unit grid of a release that is not the latest: an entry of its own, for a grid hangs on its release."""
    number = text(release, "ReleaseNumber")
    if number is None:
        return
    records: list[EntryRecord] = [
        Release(number=number, issued=day_of(release, "ReleaseDate"), described=True, line=release.line)
    ]
    for one in _grid(release):
        if isinstance(one, Problem):
            yield one
        else:
            records.append(one)
    yield Entry(kind=kind, code=code, records=tuple(records), line=line)


READER = SoapDetails()
