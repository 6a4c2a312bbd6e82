"""Components, usage recommendations, releases, mapping rows and unit grids."""

from __future__ import annotations

from qualgraph.identifiers import Kind, slug
from qualgraph.model import Component, GridRow, Mapping, Parent, Release, UnitGrid, UsageStatement
from qualgraph.rdf import IRI
from qualgraph.triples.builder import IS_VERSION_OF, ISSUED, WAS_REVISION_OF, Builder, qg
from qualgraph.vocabulary import qualification_type_named_in


def describe_component(builder: Builder, record: Component) -> None:
    """The described component with its title and, for a qualification, the type its title names."""
    iri = builder.named(record.kind, record.code, record.title)
    if builder.listing is not None:
        builder.mention(builder.listing, "Listing", iri, record.title, record.line)
    elif builder.release is not None:
        builder.add(builder.release, "statedTitle", record.title)
    if record.kind is Kind.QUALIFICATION:
        describe_type_named(builder, iri, record.title)


def describe_type_named(builder: Builder, qualification: IRI, title: str | None) -> None:
    """The AQF qualification type that a title begins with; nothing where it begins with none."""
    found = qualification_type_named_in(title or "")
    if found:
        builder.add(qualification, "namesQualificationType", builder.ids.concept("aqf-type", slug(found)))


def describe_usage(builder: Builder, record: UsageStatement) -> None:
    """The usage recommendation, dated where the document dates it."""
    if builder.component is None:
        return
    parts = ["usage", slug(record.value), *([record.start.isoformat()] if record.start else [])]
    builder.hang(
        builder.component,
        "hasUsageStatement",
        builder.ids.below(builder.component, *parts),
        "UsageStatement",
        record.line,
        statesUsage=qg(record.value.value),
        validFrom=record.start,
        validThrough=record.end,
    )


def describe_parent(builder: Builder, record: Parent) -> None:
    """The training package of the component; where its title is printed, the place that prints it."""
    if builder.component is None or builder.release is None:
        return
    package = builder.named(Kind.TRAINING_PACKAGE, record.code, record.title)
    builder.add(builder.component, "isInTrainingPackage", package)
    if record.title:
        place = (
            builder.ids.below(builder.listing, "training-package")
            if builder.listing
            else builder.part(builder.release, "training-package")
        )
        builder.mention(place, "Listing", package, record.title, record.line)


def describe_release(builder: Builder, record: Release) -> None:
    """A release: its number and date; the described one also says which component it is of."""
    if builder.component is None or builder.release is None:
        return
    iri = (
        builder.release
        if record.described
        else builder.ids.below(builder.component, "release", record.number or "")
    )
    builder.add(iri, IS_VERSION_OF, builder.component)
    builder.add(iri, ISSUED, record.issued)
    builder.mention(
        iri,
        "Release",
        builder.component,
        None,
        record.line,
        releaseNumber=record.number,
        isDescribedRelease=True if record.described else None,
    )
    if record.number and record.number.isdigit() and int(record.number) > 1:
        earlier = builder.ids.below(builder.component, "release", str(int(record.number) - 1))
        builder.add(iri, WAS_REVISION_OF, earlier)


def describe_mapping(builder: Builder, record: Mapping) -> None:
    """A mapping row; both ends are components of the described kind."""
    if builder.component is None:
        return
    kind = _kind_of(builder)
    old = builder.named(kind, record.old, record.old_title)
    new = builder.named(kind, record.new, record.new_title)
    printed, title = (new, record.new_title) if old == builder.component else (old, record.old_title)
    iri = builder.mention(
        builder.ids.mapping(record.old, record.new),
        "SupersessionMapping",
        printed,
        title,
        record.line,
        mapsFrom=old,
        mapsTo=new,
        hasEquivalence=qg(record.equivalence.value),
        mappingDate=record.date,
    )
    builder.prose(iri, record.note, predicate="mappingNote")
    if kind is Kind.QUALIFICATION:
        describe_type_named(builder, printed, title)


def _kind_of(builder: Builder) -> Kind:
    found = builder.ids.component_of(builder.component.value) if builder.component else None
    return found[0] if found else Kind.QUALIFICATION


def describe_grid(builder: Builder, record: UnitGrid) -> None:
    """The unit grid of the described release, with how many of its rows were seen."""
    if builder.release is None:
        return
    name = "grid" if record.part == 1 else f"grid-{record.part}"
    grid = builder.hang(
        builder.release,
        "hasUnitGrid",
        builder.part(builder.release, name),
        "UnitGrid",
        record.line,
        rowsSeen=len(record.rows),
        rowsStated=record.stated,
    )
    for row in record.rows:
        _describe_row(builder, grid, row)


def _describe_row(builder: Builder, grid: IRI, row: GridRow) -> None:
    iri = builder.ids.below(grid, row.code)
    builder.add(grid, "hasRow", iri)
    builder.mention(
        iri,
        "UnitGridRow",
        builder.named(Kind.UNIT, row.code, row.title),
        row.title,
        row.line,
        position=row.position,
        statedEssential=row.essential,
        statesUsage=qg(row.usage.value) if row.usage else None,
    )
