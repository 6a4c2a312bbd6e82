"""Unit documents that were parsed from the register's pages: JSON Lines, one unit of competency a line.

Whoever parsed the pages lost something: elements without numbers, a heading row taken for an element, a mapping row
taken for the last one, list items that are printed again. What can be told apart is read; the rest is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from qualgraph.identifiers import Kind
from qualgraph.model import (
    Authority,
    Component,
    Entry,
    EntryRecord,
    Equivalence,
    LicensingNote,
    Mapping,
    Problem,
    ProblemKind,
    Release,
    SectionItem,
    UnitSection,
    UnitSectionKind,
    UsageStatement,
)
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.elements import listed_elements
from qualgraph.sources.interfaces.json_text import JsonText
from qualgraph.sources.interfaces.rest_opening import opening
from qualgraph.sources.interfaces.rest_values import USAGES, Object, code_of, rows, text
from qualgraph.sources.text import Line, visible
from qualgraph.sources.tokens import key, not_read, problem
from qualgraph.sources.unit_content import licensing_note, listed_items
from qualgraph.sources.unit_mappings import read_unit_mappings

_SECTIONS: Final = {
    "performanceEvidence": UnitSectionKind.PERFORMANCE_EVIDENCE,
    "knowledgeEvidence": UnitSectionKind.KNOWLEDGE_EVIDENCE,
    "assessmentConditions": UnitSectionKind.ASSESSMENT_CONDITIONS,
}
_RELEASE: Final = re.compile(r"^Release (?P<number>\d{1,3}(?:\.\d{1,3})?)$", re.IGNORECASE)
_HEADER: Final = ("element", "elements")
_MAPPING: Final = re.compile(r"^Mapping(?=\s*(?:Supersedes|Is superseded))", re.IGNORECASE)
_NUMBER_ALONE: Final = re.compile(r"^\d{1,2}\.\d{1,2}\.?$")


class UnitDocuments(DatasetReader):
    """Reads every unit as it streams."""

    name = "unit-documents"
    version = "2"
    media_type = "application/x-ndjson"
    authority = Authority.COPY

    def recognises(self, file: SourceFile) -> bool:
        """The first object has a code, elements and evidence."""
        found = opening(file.head)
        names = frozenset() if found is None else found.names
        return {"code", "title", "elements", "performanceEvidence"} <= names

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each unit that states its code and title."""
        again: list[int] = []
        seen: set[tuple[str, str | None]] = set()
        with file.open() as stream:
            for line, row in JsonText(stream, file.name).values():
                code = code_of(row, "code") if isinstance(row, dict) else None
                if code is None or text(row, "title") is None:
                    yield not_read("A row without a national code and title is not read.", line)
                    continue
                if (code, text(row, "release")) in seen:
                    yield not_read(f"{code} has a second row; only the first is read.", line)
                    continue
                seen.add((code, text(row, "release")))
                for found in _entry(row, code, line):
                    if isinstance(found, Problem) and found.kind is ProblemKind.REPEATED:
                        again.append(line)
                    else:
                        yield found
        if again:
            message = f"Items of {len(again)} lists are printed again after the list; taken once."
            yield problem(ProblemKind.REPEATED, message, again[0], info=True)


def _entry(row: Object, code: str, line: int) -> Iterator[Entry | Problem]:
    records: list[EntryRecord] = []
    for found in _records(row, code, line):
        if isinstance(found, Problem):
            yield found
        else:
            records.append(found)
    yield Entry(kind=Kind.UNIT, code=code, records=tuple(records), line=line)


def _records(row: Object, code: str, line: int) -> Iterator[EntryRecord | Problem]:
    yield Component(kind=Kind.UNIT, code=code, title=text(row, "title") or code, line=line)
    status = text(row, "status")
    usage = USAGES.get((status or "").lower())
    if usage:
        yield UsageStatement(code=code, value=usage, line=line)
    elif status:
        yield not_read(f"{code}: this usage recommendation is not known.", line, status)
    release = _RELEASE.match(text(row, "release") or "")
    if release:
        yield Release(number=release["number"], issued=None, described=True, line=line)
    else:
        yield not_read(f"{code}: the row states no release.", line)
    elements = [(visible(text(each, "element") or ""), _texts(each)) for each in rows(row, "elements")]
    yield from _elements(code, elements, line)
    yield from _mappings(row, code, [element for element, _ in elements], line)
    yield from _sections(row, code, line)


def _texts(element: Object) -> list[str]:
    criteria = element.get("performanceCriteria")
    found: list[Any] = criteria if isinstance(criteria, list) else []
    return [" ".join(visible(one).split()) for one in found if isinstance(one, str) and one.strip()]


def _elements(
    code: str, elements: Sequence[tuple[str, Sequence[str]]], line: int
) -> Iterator[EntryRecord | Problem]:
    if any(_NUMBER_ALONE.match(element) for element, _ in elements):
        message = f"{code}: numbers of performance criteria stand where the elements should; neither is read."
        yield not_read(message, line)
        return
    own = [
        (element, criteria)
        for element, criteria in elements
        if key(element) not in _HEADER and not _MAPPING.match(element)
    ]
    if not own:
        yield not_read(f"{code}: the row holds no elements and performance criteria.", line)
    yield from listed_elements(own, line)


def _mappings(row: Object, code: str, elements: Sequence[str], line: int) -> Iterator[EntryRecord | Problem]:
    """The two that the row names, equivalence not stated; a mapping row among the elements says more of the same."""
    pairs: dict[tuple[str, str], Mapping] = {}
    for name, newer in (("supersedes", True), ("supersededBy", False)):
        other = code_of(row, name, "code")
        if other and other != code:
            pair = (other, code) if newer else (code, other)
            pairs[pair] = Mapping(
                old=pair[0],
                new=pair[1],
                old_title=None,
                new_title=None,
                equivalence=Equivalence.NOT_DETERMINED,
                date=None,
                note=None,
                line=line,
            )
    sentences = [_MAPPING.sub("", element) for element in elements if _MAPPING.match(element)]
    for found in read_unit_mappings([Line(line, sentence) for sentence in sentences], code):
        if isinstance(found, Problem):
            yield found
        else:
            pairs[found.old, found.new] = found
    yield from pairs.values()


def _sections(row: Object, code: str, line: int) -> Iterator[EntryRecord | Problem]:
    for name, kind in _SECTIONS.items():
        words = row.get(name)
        items: list[SectionItem] = []
        for found in listed_items(words.split("\n") if isinstance(words, str) else (), line):
            if isinstance(found, Problem):
                yield found
            else:
                items.append(found)
        if items and items[0].text[0].islower() and not items[0].depth:
            yield not_read(f"{code}: a section begins in the middle of a sentence; it is not read.", line)
        elif items:
            yield UnitSection(kind=kind, items=tuple(items), line=line)
    licensing = text(row, "licensingOrRegulatoryInfo")
    if licensing and licensing[0].isupper():
        yield LicensingNote(direct_link=licensing_note(licensing), text=licensing, line=line)
    elif licensing:
        yield not_read(
            f"{code}: what stands for licensing begins in the middle of a sentence.", line, licensing
        )


READER = UnitDocuments()
