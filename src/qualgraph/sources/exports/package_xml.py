"""A dump's XML of one training package: its qualifications, or its skill sets, each with the units of its grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import (
    Authority,
    Component,
    Entry,
    EntryRecord,
    GridRow,
    Parent,
    Problem,
    Release,
    UnitGrid,
)
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.exports.columns import code_of
from qualgraph.sources.markup import Element, local_name, stream_elements
from qualgraph.sources.tokens import not_read

_ROOT: Final = re.compile(rb"<(qualifications|skillsets)\b[^>]*\bclass=")
_KINDS: Final = {"qualification": Kind.QUALIFICATION, "skillset": Kind.SKILL_SET}


class PackageXml(DatasetReader):
    """Reads each component with its unit grid, one at a time."""

    name = "package-xml"
    version = "1"
    media_type = "application/xml"
    authority = Authority.DUMP

    def recognises(self, file: SourceFile) -> bool:
        """The root names qualifications or skill sets of a class, which is the training package."""
        return bool(_ROOT.search(file.head[:4096]))

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """An entry for each qualification or skill set."""
        with file.open() as stream:
            if b"<!DOCTYPE" in file.head.upper():
                raise BrokenDocumentError(
                    "declares a document type, which this dump never does; it is not read, for safety.",
                    where=file.name,
                )
            for element, line, above in stream_elements(stream, file.name, tuple(_KINDS)):
                yield from _entry(element, line, above.get("class", ""))


def _entry(element: Element, line: int, package: str) -> Iterator[Entry | Problem]:
    kind = _KINDS[local_name(element)]
    code, title = code_of(element.get("id", ""), "component", line), element.get("title", "").strip()
    if isinstance(code, Problem):
        yield code
        return
    records: list[EntryRecord] = [Release(number=None, issued=None, described=True, line=line)]
    if title:
        records.append(Component(kind=kind, code=code, title=title, line=line))
    parent = code_of(package, "training package", line) if package else None
    if isinstance(parent, str):
        records.append(Parent(code=parent, title=None, line=line))
    rows: dict[str, GridRow] = {}
    for number, unit in enumerate(element.iter("{*}unit"), start=1):
        at = unit.sourceline or line
        named = code_of(unit.get("id", ""), "unit", at)
        if isinstance(named, Problem):
            yield named
        elif named in rows:
            yield not_read(f"{named} stands in the grid of {code} twice; taken once.", at, info=True)
        else:
            rows[named] = GridRow(
                position=number,
                code=named,
                title=unit.get("title", "").strip() or None,
                usage=None,
                essential=None,
                line=at,
            )
    records.append(UnitGrid(rows=tuple(rows.values()), stated=None, line=line))
    yield Entry(kind=kind, code=code, records=tuple(records), line=line)


READER = PackageXml()
