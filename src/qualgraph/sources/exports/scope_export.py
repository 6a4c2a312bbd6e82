"""The register's export of what a provider has on scope: one row a component, with its status and what it supersedes.

Of the provider, its addresses and its approvals nothing is read: they say nothing of the component.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualgraph.identifiers import Kind
from qualgraph.model import (
    Authority,
    Classification,
    Component,
    Entry,
    EntryRecord,
    Equivalence,
    Mapping,
    Parent,
    Problem,
    Release,
    Scheme,
    Table,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.delimited import header_of
from qualgraph.sources.exports.columns import (
    KINDS,
    Row,
    code_of,
    day_of,
    field_of_education,
    has_columns,
    parts_of,
    plain,
    restored,
    rows_of,
    unknown_columns,
)
from qualgraph.sources.tokens import not_read

_NEEDED: Final = ("trainingcode", "nationaltitle", "nrttype", "supersedes", "supersededby")
_EQUIVALENT: Final = "isequivalent"
_EQUIVALENCES: Final = {
    "true": Equivalence.EQUIVALENT,
    "false": Equivalence.NOT_EQUIVALENT,
    "": Equivalence.NOT_DETERMINED,
}
_USAGES: Final = {value.value.lower(): value for value in UsageRecommendation}
_CODED: Final = (
    (Scheme.ANZSCO, "anzscocode", "anzsconame"),
    (Scheme.ASCO, "ascocode", "asconame"),
    (Scheme.LEVEL_OF_EDUCATION, "qualificationlevelcode", "qualificationlevelname"),
)
_LABELLED: Final = (
    (Scheme.INDUSTRY_SECTOR, "taxonomyindustry"),
    (Scheme.TAXONOMY_OCCUPATION, "taxonomyoccupation"),
)
_FIELDS: Final = (("asced6code", "asced6name"), ("asced4code", "asced4name"))
_OF_PROVIDER: Final = """organisationcode legalname businessnames scopeextent scopestartdate scopeenddate scope
    nswdeliveryapproved vicdeliveryapproved qlddeliveryapproved sadeliveryapproved wadeliveryapproved
    tasdeliveryapproved ntdeliveryapproved actdeliveryapproved internationaldeliveryapproved"""
_LEFT: Final = """specialisations nrtstatus isconfidential trainingpackagedeveloper copyrightholder
    copyrightholderjobtitle copyrightholdergroupname copyrightholderorganisation copyrightholderemail
    recognitionmanager licencing hasworkplacementhours workplacementhours prerequisite"""
_READ: Final = """trainingcode nationaltitle nrttype usagerecommendation usagerecommendationstartdate
    currencyperiodstartdate currencyperiodenddate supersededby supersedes isequivalent latestreleasenumber
    latestreleasedate parenttrainingpackagecode parenttrainingpackagetitle"""
KNOWN: Final = frozenset(
    [
        *f"{_READ} {_LEFT} {_OF_PROVIDER}".split(),
        *(name for _, *names in _CODED for name in names),
        *(name for _, name in _LABELLED),
        *(name for names in _FIELDS for name in names),
    ]
)
"""Every column of the export, read or not."""


class ScopeExport(DatasetReader):
    """Reads the components of the export; columns are told by their headers, whatever their order."""

    name = "scope-export"
    version = "1"
    media_type = "text/csv"
    authority = Authority.EXPORT

    def recognises(self, file: SourceFile) -> bool:
        """A header with code, title, type, and both directions of supersession."""
        return has_columns(file, _NEEDED)

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each row with a code and a type."""
        yield from unknown_columns(file, KNOWN)
        relations = _relations([plain(cell) for cell in header_of(file.head)])
        if None in relations.values():
            yield not_read("A column of supersession has no column 'Is Equivalent' after it.", 1)
        without_zero = 0
        for row in rows_of(file):
            if isinstance(row, Problem):
                yield row
                continue
            without_zero += sum(len(row.cell(code)) in (3, 5) for code, _ in _FIELDS)
            yield from _entry(row, relations)
        yield from restored(without_zero)


def _relations(header: list[str]) -> dict[str, int | None]:
    """For each direction, where the column stands that says whether the two are equivalent.

    That header occurs once for each: it belongs to the direction that stands before it.
    """
    found: dict[str, int | None] = {"supersededby": None, "supersedes": None}
    before = None
    for at, name in enumerate(header):
        if name in found:
            before = name
        elif name == _EQUIVALENT and before and found[before] is None:
            found[before] = at
    return found


def _entry(row: Row, relations: dict[str, int | None]) -> Iterator[Entry | Problem]:
    code = code_of(row.cell("trainingcode"), "row", row.line)
    kind = KINDS.get(plain(row.cell("nrttype")))
    if isinstance(code, Problem):
        yield code
    elif kind is None:
        yield not_read(f"{code} is of no type that is known; it is not read.", row.line, row.cell("nrttype"))
    else:
        records: list[EntryRecord] = []
        for found in _records(row, kind, code, relations):
            if isinstance(found, Problem):
                yield found
            else:
                records.append(found)
        yield Entry(kind=kind, code=code, records=tuple(records), line=row.line)


def _records(
    row: Row, kind: Kind, code: str, relations: dict[str, int | None]
) -> Iterator[EntryRecord | Problem]:
    title = row.cell("nationaltitle")
    if title:
        yield Component(kind=kind, code=code, title=title, line=row.line)
    else:
        yield not_read(f"{code} has no title.", row.line)
    yield from _usage(row, code)
    yield from _release(row)
    yield from _parent(row)
    for column, at in relations.items():
        yield from _mappings(row, code, column, at)
    yield from _classifications(row, kind)


def _day(row: Row, column: str) -> Iterator[Problem]:
    if row.cell(column) and day_of(row.cell(column)) is None:
        yield not_read("A day is not written as day/month/year; it is not read.", row.line, row.cell(column))


def _usage(row: Row, code: str) -> Iterator[UsageStatement | Problem]:
    """The usage recommendation, and for what is current no longer, when it was: its currency period."""
    stated = row.cell("usagerecommendation")
    value = _USAGES.get(stated.lower())
    if value is None:
        if stated:
            yield not_read(
                "The usage recommendation is of no kind that is known; it is not read.", row.line, stated
            )
        return
    for column in ("usagerecommendationstartdate", "currencyperiodstartdate", "currencyperiodenddate"):
        yield from _day(row, column)
    start = day_of(row.cell("usagerecommendationstartdate"))
    yield UsageStatement(code=code, value=value, start=start, line=row.line)
    first, last = day_of(row.cell("currencyperiodstartdate")), day_of(row.cell("currencyperiodenddate"))
    if value is not UsageRecommendation.CURRENT and first and last:
        yield UsageStatement(
            code=code, value=UsageRecommendation.CURRENT, start=first, end=last, line=row.line
        )


def _release(row: Row) -> Iterator[Release | Problem]:
    number = row.cell("latestreleasenumber")
    if number:
        yield from _day(row, "latestreleasedate")
        issued = day_of(row.cell("latestreleasedate"))
        yield Release(number=number, issued=issued, described=False, line=row.line)


def _parent(row: Row) -> Iterator[Parent | Problem]:
    text = row.cell("parenttrainingpackagecode")
    if text:
        code = code_of(text, "training package", row.line)
        title = row.cell("parenttrainingpackagetitle") or None
        yield code if isinstance(code, Problem) else Parent(code=code, title=title, line=row.line)


def _mappings(row: Row, code: str, column: str, at: int | None) -> Iterator[Mapping | Problem]:
    """A pair for each code of the cell, each with the equivalence at its own place in the other cell."""
    others, said = parts_of(row.cell(column)), parts_of(row.at(at)) if at is not None else []
    if not others and not said:
        return
    said = said or [""] * len(others)
    if len(others) != len(said):
        counted = f"{len(others)} codes and {len(said)} values of 'Is Equivalent'"
        message = f"{code}: {counted} are not in step; none is read."
        yield not_read(message, row.line, f"{row.cell(column)} | {'; '.join(said)}")
        return
    for text, value in zip(others, said, strict=True):
        other, equivalence = (
            code_of(text, "superseded or superseding component", row.line),
            _EQUIVALENCES.get(value.lower()),
        )
        if isinstance(other, Problem):
            yield other
        elif equivalence is None:
            yield not_read(
                "'Is Equivalent' is neither true nor false; the pair is not read.", row.line, value
            )
        else:
            old, new = (code, other) if column == "supersededby" else (other, code)
            yield Mapping(
                old=old, new=new, old_title=None, new_title=None, equivalence=equivalence, date=None, note=None,
                line=row.line,
            )  # fmt: skip


def _classifications(row: Row, kind: Kind) -> Iterator[Classification | Problem]:
    for (code, name), of_kind in zip(_FIELDS, (Kind.UNIT, Kind.QUALIFICATION), strict=True):
        yield from field_of_education(of_kind, row.cell(code), row.cell(name), row.line)
    for scheme, code, name in _CODED:
        values, labels = parts_of(row.cell(code)), parts_of(row.cell(name))
        if labels and len(labels) != len(values):
            yield not_read(
                f"{len(values)} codes and {len(labels)} names are not in step; the names are not read.",
                row.line,
            )
            labels = []
        for place, value in enumerate(values):
            label = labels[place] if labels else None
            yield Classification(scheme=scheme, value=value, label=label, table=Table.CURRENT, line=row.line)
    for scheme, name in _LABELLED:
        for label in filter(None, parts_of(row.cell(name))):
            yield Classification(scheme=scheme, value=None, label=label, table=Table.CURRENT, line=row.line)


READER = ScopeExport()
