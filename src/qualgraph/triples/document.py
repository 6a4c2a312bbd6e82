"""The document itself: what it is, who read it, its sections, and what was not read."""

from __future__ import annotations

from collections.abc import Iterable

from qualgraph.model import Component, Problem, Reading, Section, SourceDocument, UnitGroup
from qualgraph.namespaces import PROV
from qualgraph.rdf import IRI, RDF_TYPE
from qualgraph.triples.builder import LABEL, Builder

WAS_GENERATED_BY = IRI(f"{PROV}wasGeneratedBy")


def describe_document(builder: Builder, reading: Reading) -> None:
    """Name, checksum, reader and version; every section with its lines; every problem."""
    describe_file(builder, reading.document)
    _describe_subjects(builder, reading)
    _describe_sections(builder, [r for r in reading.records if isinstance(r, Section)])
    describe_problems(builder, reading.problems)


def describe_file(builder: Builder, source: SourceDocument) -> None:
    """The file: its name and checksum, and who read it, in which version."""
    iri = builder.document
    builder.add(iri, RDF_TYPE, IRI(f"{PROV}Entity"))
    builder.node(
        iri,
        "SourceDocument",
        documentKind=source.reader,
        fileName=source.name,
        sha256=source.sha256,
        byteSize=source.byte_size,
        mediaType=source.media_type,
        lineCount=source.line_count,
        sourceRank=int(source.authority),
        retrievedOn=source.retrieved,
        url=source.url,
    )
    builder.add(iri, LABEL, f"{source.reader} {source.key}")
    activity = builder.ids.below(iri, "reading")
    builder.add(iri, WAS_GENERATED_BY, activity)
    builder.node(
        activity,
        "Reading",
        readerName=source.reader,
        readerVersion=source.reader_version,
        textPolicy=builder.policy.value,
    )


def _describe_subjects(builder: Builder, reading: Reading) -> None:
    for record in reading.records:
        if isinstance(record, Component):
            builder.add(builder.document, "describes", builder.ids.component(record.kind, record.code))
            if record.code_given:
                builder.add(builder.document, "codeGivenByUser", True)
        elif isinstance(record, UnitGroup):
            builder.add(builder.document, "describes", builder.ids.concept("anzsco", record.code))


def _describe_sections(builder: Builder, sections: list[Section]) -> None:
    for position, section in enumerate(sections, start=1):
        builder.hang(
            builder.document,
            "hasSection",
            builder.ids.below(builder.document, "section", str(position)),
            "DocumentSection",
            section.first_line,
            heading=section.heading,
            lastSourceLine=section.last_line,
            position=position,
        )


def describe_problems(builder: Builder, problems: Iterable[Problem]) -> None:
    """Everything that was not, or not cleanly, read."""
    for position, problem in enumerate(problems, start=1):
        iri = builder.hang(
            builder.document,
            "hasProblem",
            builder.ids.below(builder.document, "problem", str(position)),
            "ReadingProblem",
            problem.line,
            problemKind=problem.kind.value,
            problemMessage=problem.message,
            problemSeverity=problem.severity.value,
            position=position,
        )
        builder.prose(iri, problem.excerpt)
