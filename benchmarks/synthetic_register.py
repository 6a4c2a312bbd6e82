"""A register of any size with invented codes, through the same writers as documents that are read.

    python benchmarks/synthetic_register.py TRIPLES [--seed N] > register.nq

A register of N triples has one export of units, one export of qualifications with their packaging rules, and, for one
qualification in ten, a page of its own; each is a document with a graph. The same size and seed give the same
triples. Everything is made as it is read, so that a register of any size takes no memory.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import (
    Authority,
    Classification,
    Component,
    Entry,
    EntryRequirement,
    Equivalence,
    GridRow,
    JobRole,
    JobRoles,
    Mapping,
    Packaging,
    Pathway,
    PathwayDirection,
    Problem,
    QualificationAlternative,
    Release,
    Scheme,
    SourceDocument,
    Table,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.model.dataset import EntryRecord
from qualgraph.packaging import ImportPool, ListedUnit, PackagingRule, RuleStatement, UnitGroup
from qualgraph.packaging.tree import Role
from qualgraph.rdf import IRI, Quad, RdfFormat, Triple, serialize
from qualgraph.sources.dataset import Dataset, DatasetReader, Item, SourceFile
from qualgraph.triples import TextPolicy, describe_dataset, document_iri

LEVELS = (
    "Certificate I",
    "Certificate II",
    "Certificate III",
    "Certificate IV",
    "Diploma",
    "Advanced Diploma",
)
WORDS = ("kites", "gliders", "looms", "sundials", "bridges", "lanterns", "maps", "clocks", "reeds", "tiles")
TRIPLES_A_QUALIFICATION = 669
"""How many triples a register has for each qualification, its share of units included; measured, not wanted."""
UNITS_A_QUALIFICATION = 4
PAGES = 10
"""One qualification in so many has a page of its own."""
FIRST_DAY = date(2005, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Register:
    """How many qualifications there are, and the seed from which all else follows."""

    qualifications: int
    seed: int = 1

    @classmethod
    def of(cls, triples: int, seed: int = 1) -> Register:
        """The register that has about this many triples."""
        return cls(qualifications=max(3, triples // TRIPLES_A_QUALIFICATION), seed=seed)

    @property
    def units(self) -> int:
        """How many units of competency there are."""
        return self.qualifications * UNITS_A_QUALIFICATION

    def documents(self, ids: Identifiers | None = None) -> Iterator[tuple[IRI, Iterator[Triple]]]:
        """Each document's graph and its triples, which are made as they are read."""
        ids = ids or Identifiers()
        exports = [("scope-export", "units", self._units), ("packaging-rules", "rules", self._rules)]
        for kind, key, entries in exports:
            yield _document(kind, key, entries(), ids)
        for number in range(0, self.qualifications, PAGES):
            code = qualification_code(number)
            yield _document("register-page", f"{code}/1", iter([self._page(number)]), ids)

    def _units(self) -> Iterator[Entry]:
        for number in range(self.units):
            yield _unit(Random(f"{self.seed} unit {number}"), number)

    def _rules(self) -> Iterator[Entry]:
        for number in range(self.qualifications):
            random = self._random(number)
            records = (*_opening(random, Kind.QUALIFICATION, number), _packaging(random, number, self.units))
            yield _entry(Kind.QUALIFICATION, number, records)

    def _page(self, number: int) -> Entry:
        """The same qualification again, as its own page has it: what the export says, and its profile."""
        random = self._random(number)
        opening, packaging = (
            _opening(random, Kind.QUALIFICATION, number),
            _packaging(random, number, self.units),
        )
        records = (*opening, packaging, *_profile(random, number, packaging.rule, self.qualifications))
        return _entry(Kind.QUALIFICATION, number, records)

    def _random(self, number: int) -> Random:
        return Random(f"{self.seed} qualification {number}")


def qualification_code(number: int) -> str:
    """The code of the qualification of this number."""
    return f"ZZQ{number:07d}"


def unit_code(number: int) -> str:
    """The code of the unit of this number."""
    return f"ZZU{number:07d}"


def _code(kind: Kind, number: int) -> str:
    return qualification_code(number) if kind is Kind.QUALIFICATION else unit_code(number)


def _title(kind: Kind, number: int) -> str:
    subject = f"{WORDS[number % 10]} and {WORDS[number // 10 % 10]} {number}"
    return f"{LEVELS[number % 6]} in {subject}" if kind is Kind.QUALIFICATION else f"Make {subject}"


def _entry(kind: Kind, number: int, records: tuple[EntryRecord, ...]) -> Entry:
    return Entry(kind=kind, code=_code(kind, number), records=records, line=number + 2)


def _unit(random: Random, number: int) -> Entry:
    return _entry(Kind.UNIT, number, _opening(random, Kind.UNIT, number))


def _opening(random: Random, kind: Kind, number: int) -> tuple[EntryRecord, ...]:
    """What every component has: title, usage, release, classification; every second replaces the one before."""
    line = number + 2
    issued = FIRST_DAY + timedelta(days=random.randrange(6000))
    code, title = _code(kind, number), _title(kind, number)
    superseded = number % 2 == 0
    usage = UsageRecommendation.SUPERSEDED if superseded else UsageRecommendation.CURRENT
    field = f"{random.randrange(1, 13):02d}{random.randrange(1, 10):02d}"
    records: list[EntryRecord] = [
        Component(kind=kind, code=code, title=title, line=line),
        UsageStatement(code=code, value=usage, line=line, start=issued),
        Release(number="1", issued=issued, described=True, line=line),
        Classification(
            scheme=Scheme.ASCED_FIELD, value=field, label=f"Field {field}", table=Table.CURRENT, line=line
        ),
    ]
    if kind is Kind.QUALIFICATION:
        group = f"{random.randrange(1000, 9999)}"
        records.append(
            Classification(
                scheme=Scheme.ANZSCO, value=group, label=f"Group {group}", table=Table.CURRENT, line=line
            )
        )
    if superseded:
        return tuple(records)
    mapping = Mapping(
        old=_code(kind, number - 1),
        new=code,
        old_title=_title(kind, number - 1),
        new_title=title,
        equivalence=Equivalence.EQUIVALENT if random.random() < 0.85 else Equivalence.NOT_EQUIVALENT,
        date=issued - timedelta(days=1),
        note=None,
        line=line,
    )
    return (*records, mapping)


def _packaging(random: Random, number: int, units: int) -> Packaging:
    """A rule of a core and three elective groups; every unit is chosen from the whole register."""
    line = number + 2
    core, elective = random.randint(2, 8), random.randint(4, 10)
    groups = (
        _group(random, "core", "Core units", "core", core, units, line),
        *(_group(random, id, f"Group {id}", "elective", random.randint(6, 16), units, line) for id in "ABC"),
    )
    outside = ImportPool(sources=("any-package",), levels=("same",))
    rules = (
        _statement("core", "all", None, ("core",), line, None),
        _statement("r1", "min", random.randint(1, 3), ("A",), line, None),
        _statement("r2", "max", random.randint(1, 3), ("import",), line, outside),
    )
    rule = PackagingRule(
        code=qualification_code(number),
        title=_title(Kind.QUALIFICATION, number),
        release="1",
        total=core + elective,
        core=core,
        elective=elective,
        groups=groups,
        rules=rules,
        status="complete",
    )
    return Packaging(rule=rule, line=line)


def _group(random: Random, id: str, name: str, role: Role, size: int, units: int, line: int) -> UnitGroup:
    path = f"packaging/group/{id}"
    chosen = dict.fromkeys(random.randrange(units) for _ in range(size))
    members = (
        ListedUnit(path=f"{path}/{place}", code=unit_code(each), title=_title(Kind.UNIT, each), line=line)
        for place, each in enumerate(chosen, start=1)
    )
    return UnitGroup(path=path, id=id, name=name, role=role, members=tuple(members), line=line)


def _statement(
    id: str, kind: str, n: int | None, pools: tuple[str, ...], line: int, outside: ImportPool | None
) -> RuleStatement:
    return RuleStatement(
        path=f"packaging/rule/{id}",
        id=id,
        kind="all" if kind == "all" else "min" if kind == "min" else "max",
        n=n,
        pools=pools,
        text=f"Sentence {id}.",
        line=line,
        import_=outside,
    )


def _profile(
    random: Random, number: int, rule: PackagingRule, qualifications: int
) -> tuple[EntryRecord, ...]:
    """The unit grid, entry, a pathway to another qualification, and job roles."""
    rows = tuple(
        GridRow(
            position=place,
            code=member.code,
            title=member.title or "",
            usage=UsageRecommendation.CURRENT,
            essential="Core" if group.role == "core" else "Elective",
            line=place,
        )
        for place, (group, member) in enumerate(
            ((group, member) for group in rule.groups for member in group.members), start=1
        )
    )
    to = random.randrange(qualifications)
    alternative = QualificationAlternative(
        code=qualification_code(to),
        title=_title(Kind.QUALIFICATION, to),
        open_ended=True,
        text="Onward.",
        line=3,
    )
    roles = tuple(JobRole(label=f"{WORDS[random.randrange(10)]} maker", line=4) for _ in range(3))
    return (
        UnitGrid(rows=rows, stated=len(rows), line=1),
        EntryRequirement(none_required=True, text="None.", line=2),
        Pathway(direction=PathwayDirection.FROM, alternatives=(alternative,), line=3),
        JobRoles(roles=roles, line=4),
    )


class _Made(DatasetReader):
    """Yields entries that were made and not read."""

    version = "1"
    media_type = "text/csv"

    def __init__(self, name: str, entries: Iterator[Entry]) -> None:
        self.name = name
        self._entries = entries

    def recognises(self, file: SourceFile) -> bool:
        return False

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        yield from self._entries


def _document(
    kind: str, key: str, entries: Iterator[Entry], ids: Identifiers
) -> tuple[IRI, Iterator[Triple]]:
    source = SourceDocument(
        reader=kind,
        reader_version="1",
        key=key,
        name=f"{key.replace('/', '-')}.csv",
        sha256=hashlib.sha256(f"{kind} {key}".encode()).hexdigest(),
        byte_size=1,
        media_type="text/csv",
        line_count=1,
        authority=Authority.REGISTER,
    )
    dataset = Dataset(_Made(kind, entries), SourceFile(Path(source.name)), source)
    return document_iri(source, ids), describe_dataset(dataset, ids, TextPolicy.RULES)


def main() -> None:
    """Write the register as N-Quads."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("triples", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for graph, triples in Register.of(options.triples, options.seed).documents():
        quads = (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)
        serialize(quads, output=sys.stdout.buffer, format=RdfFormat.N_QUADS)


if __name__ == "__main__":
    main()
