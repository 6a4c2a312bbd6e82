"""An overview as lines of text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from qualgraph.cli.rule_profile import Readings, rule_lines
from qualgraph.cli.terminal import count, plain_table
from qualgraph.cli.unit_profile import unit_lines
from qualgraph.overview.records import MappingSummary, Overview, PathwayStep, Source, Usage
from qualgraph.overview.stated import each_with_lines

Line = tuple[str, str | None]
"""Text and the style it is shown in on a terminal."""

HEADING = "bold"
EQUIVALENCE = {
    "Equivalent": "equivalent",
    "NotEquivalent": "not equivalent",
    "NotDetermined": "equivalence not stated",
}
SCHEMES = {
    "anzsco": "ANZSCO occupation",
    "asco": "ASCO occupation",
    "asced-field": "ASCED field of education",
    "level-of-education": "level of education",
    "taxonomy-industry-sector": "industry sector",
    "taxonomy-occupation": "occupation (taxonomy)",
}


def lines_of(found: Overview, rules: Readings) -> Iterator[Line]:
    """Every line of the profile, sections in the order a person asks for them.

    ``rules`` are the readings of its packaging rule by document and release number.
    """
    marks = Marks(found)
    yield f"{found.code}  {found.title}" if found.title else found.code, HEADING
    yield f"{found.kind}  {found.iri}", "dim"
    if not found.described:
        yield "Named but never described in this store: no document here is about it.", "yellow"
    for section in (
        _status(found, marks),
        _titles(found, marks),
        _packaging(found, marks, rules),
        _grid_units(found, marks),
        _packaged_by(found, marks),
        *(unit_lines(found.unit, marks.at) if found.unit else ()),
        _classifications(found, marks),
        _ways(found, marks),
        _roles(found, marks),
        _examples(found, marks),
        _documents(found, marks),
        _problems(found, marks),
    ):
        lines = list(section)
        if lines:
            yield "", None
            yield from lines


class Marks:
    """Short marks for the places facts were read from: ``[1:41]`` is document 1 of the list, line 41."""

    def __init__(self, found: Overview) -> None:
        self._numbers = {document.iri: number for number, document in enumerate(found.documents, start=1)}

    def number(self, document: str) -> str:
        """The number of a document in the list; its IRI if it is not in it."""
        return str(self._numbers.get(document, document))

    def at(self, *sources: Source) -> str:
        """The mark of one place or of several."""
        places = dict.fromkeys(
            f"{self.number(source.document)}:{source.line}" if source.line else self.number(source.document)
            for source in sources
        )
        return f"[{', '.join(places)}]"


def day_range(start: date | None, through: date | None) -> str:
    """The days on which something holds, both inclusive, in as much as they are stated."""
    parts = [f"from {start}" if start else "", f"through {through}" if through else ""]
    return " ".join(part for part in parts if part)


def _status(found: Overview, marks: Marks) -> Iterator[Line]:
    for usage in found.usage:
        yield _labelled("Status", _usage(usage), marks.at(usage.source))
    if found.latest_usage and found.latest_usage not in {usage.recommendation for usage in found.usage}:
        yield _labelled("Status", f"{found.latest_usage}, as other documents say of it")
    if not found.latest_usage and not found.usage:
        yield _labelled("Status", "UNKNOWN: no document here states it")
    for mapping, sources in each_with_lines(found.superseded_by):
        yield _labelled("Superseded by", _mapping(mapping), marks.at(*sources))
    for mapping, sources in each_with_lines(found.supersedes):
        yield _labelled("Supersedes", _mapping(mapping), marks.at(*sources))
    for release in found.releases:
        words = f"{release.number or 'number not stated'}, {release.issued or 'date not stated'}"
        described = ", described here" if release.described else ""
        yield _labelled("Release", words + described, marks.at(release.source))


def _labelled(label: str, words: str, mark: str = "") -> Line:
    return f"{label:<15}{words}  {mark}".rstrip(), None


def _usage(usage: Usage) -> str:
    return " ".join([usage.recommendation, day_range(usage.start, usage.through)]).strip()


def _mapping(mapping: MappingSummary) -> str:
    named = f"{mapping.code} {mapping.title}" if mapping.title else mapping.code
    dated = f", last day of the superseded one {mapping.through}" if mapping.through else ", not dated"
    return f"{named}, {EQUIVALENCE[mapping.equivalence]}{dated}"


def _titles(found: Overview, marks: Marks) -> Iterator[Line]:
    others = [printed for printed in found.titles if printed.title != found.title]
    if others:
        yield "Also printed as", HEADING
    for printed in others:
        yield f"  {printed.title}  {marks.at(*printed.sources)}", None


def _packaging(found: Overview, marks: Marks, rules: Readings) -> Iterator[Line]:
    for rule in found.packaging:
        yield from rule_lines(rule, rules.get((rule.source.document, rule.release)), marks.at)
    for grid in found.grids:
        yield "", None
        of = f" of {grid.stated}" if grid.stated is not None else ""
        partly = (
            " (the document shows only a part)" if grid.stated is not None and grid.seen < grid.stated else ""
        )
        yield f"Unit grid: {grid.seen}{of} rows seen{partly}  {marks.at(grid.source)}", HEADING


def _grid_units(found: Overview, marks: Marks) -> Iterator[Line]:
    if found.grid_units:
        yield "Units that a grid lists (core or elective UNKNOWN: a grid does not say)", HEADING
    width = max((len(unit.code) for unit in found.grid_units), default=0)
    for unit in found.grid_units:
        usage = f" ({unit.usage})" if unit.usage else ""
        yield f"    {unit.code:<{width}}  {unit.title or ''}{usage}  {marks.at(unit.source)}", None


LICENSING = {
    False: "no direct link to licensing, as the document says",
    True: "linked to licensing: see the document",
    None: "a note that was not interpreted: see the document",
}


def _packaged_by(found: Overview, marks: Marks) -> Iterator[Line]:
    if found.packaged_by:
        yield "Packaged by", HEADING
        rows = [
            (
                item.code,
                item.title or "",
                f"{item.role}: {item.group or 'listed in a unit grid'}",
                marks.at(item.source),
            )
            for item in found.packaged_by
        ]
        yield from _table(("qualification", "title", "as", "read at"), rows)


def _classifications(found: Overview, marks: Marks) -> Iterator[Line]:
    if found.classifications:
        yield "Classifications", HEADING
        rows = [
            (
                SCHEMES.get(item.scheme, item.scheme),
                item.value or "",
                item.label,
                day_range(item.start, item.through),
                " and ".join(item.listed_in),
                marks.at(item.source),
            )
            for item in found.classifications
        ]
        yield from _table(("scheme", "code", "value", "holds", "table", "read at"), rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Line]:
    for line in plain_table(columns, rows):
        yield f"  {line}", None


def _ways(found: Overview, marks: Marks) -> Iterator[Line]:
    for words, remarks in (("stated in the document", found.entry), ("none", found.no_entry)):
        if remarks:
            yield _labelled("Entry required", words, marks.at(*(remark.source for remark in remarks)))
    for direction, label in (("into", "Pathway in"), ("from", "Pathway out")):
        for step in found.pathways:
            if step.direction == direction:
                yield _labelled(label, _step(step), marks.at(step.source))


def _step(step: PathwayStep) -> str:
    match step.kind:
        case "qualification":
            other = ", or another relevant qualification" if step.open_ended else ""
            return f"{step.code} {step.title or ''}".rstrip() + other
        case "experience":
            return "vocational experience" + (f", for example as {_listed(step.roles)}" if step.roles else "")
        case _:
            return "another way, see the document"


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)


def _roles(found: Overview, marks: Marks) -> Iterator[Line]:
    if found.job_roles:
        yield _labelled("Job roles", _listed(found.job_roles), marks.at(*found.job_roles_at))
    for note in found.licensing:
        yield _labelled("Licensing", LICENSING[note.direct_link], marks.at(note.source))
    if found.skills:
        yield "Employability skills", HEADING
    for skill in found.skills:
        label = skill.label or "(heading lost)"
        yield f"  {label}: {count(skill.facets, 'facet')}  {marks.at(skill.source)}", None


def _examples(found: Overview, marks: Marks) -> Iterator[Line]:
    if found.examples:
        yield "Examples of units for an outcome (advice, not rules)", HEADING
    for example in found.examples:
        choose = f"choose {example.choose} of: " if example.choose is not None else ""
        cut = " (the document ends here)" if example.cut_off else ""
        yield f"  {example.name}: {choose}{', '.join(example.units)}{cut}  {marks.at(example.source)}", None


def _documents(found: Overview, marks: Marks) -> Iterator[Line]:
    yield "Documents", HEADING
    for document in found.documents:
        does = "describes it" if document.describes else "names it"
        shown = ", ".join(map(str, document.lines[:8])) + (", ..." if len(document.lines) > 8 else "")
        at = f" at {'line' if len(document.lines) == 1 else 'lines'} {shown}" if document.lines else ""
        taken = f", retrieved {document.retrieved}" if document.retrieved else ""
        yield f"  [{marks.number(document.iri)}] {document.name} ({document.kind}{taken}) {does}{at}", None


def _problems(found: Overview, marks: Marks) -> Iterator[Line]:
    if found.problems:
        yield "Not read, or read only by tidying", HEADING
    for problem in found.problems:
        yield f"  {problem.kind}: {problem.message}  {marks.at(problem.source)}", None
    for others in found.other_problems:
        yield f"{count(others.number, 'problem')} about other components  {marks.at(others.source)}", None
