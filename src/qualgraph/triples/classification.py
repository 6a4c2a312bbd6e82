"""Rows of the classification tables of a register page."""

from __future__ import annotations

from collections.abc import Sequence

from qualgraph.identifiers import slug
from qualgraph.model import Classification, Table
from qualgraph.rdf import IRI, RDF_TYPE
from qualgraph.triples.builder import CONCEPT, IN_SCHEME, LABEL, NOTATION, Builder, qg

LISTED_IN = {Table.CURRENT: "CurrentTable", Table.HISTORY: "HistoryTable"}


def describe_classifications(builder: Builder, rows: Sequence[Classification]) -> None:
    """All rows of a document: a row of the current table is the open row of the history that it repeats."""
    if builder.component is None:
        return
    for row in rows:
        _describe_row(builder, builder.component, row, start_of=_history_row(row, rows) or row)


def _history_row(row: Classification, rows: Sequence[Classification]) -> Classification | None:
    """The one open row of the history that says the same as this row of the current table; None if not exactly one."""
    if row.table is not Table.CURRENT or row.start is not None:
        return None
    matches = [
        other
        for other in rows
        if other.table is Table.HISTORY
        and other.end is None
        and (other.scheme, other.value) == (row.scheme, row.value)
        and (row.value is not None or other.label == row.label)
    ]
    return matches[0] if len(matches) == 1 else None


def _describe_row(builder: Builder, component: IRI, row: Classification, *, start_of: Classification) -> None:
    value = row.value or slug(row.label or "")
    concept = builder.ids.concept(row.scheme.value, value)
    builder.add(concept, RDF_TYPE, CONCEPT)
    builder.add(concept, IN_SCHEME, builder.ids.scheme(row.scheme.value))
    builder.add(concept, NOTATION, row.value)
    builder.add(concept, LABEL, row.label)
    builder.hang(
        component,
        "hasClassification",
        builder.ids.classification(component, row.scheme.value, value, start_of.start),
        "ClassificationAssignment",
        row.line,
        assignsConcept=concept,
        listedIn=qg(LISTED_IN[row.table]),
        statedLabel=row.label,
        validFrom=start_of.start,
        validThrough=start_of.end,
    )
