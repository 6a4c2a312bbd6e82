"""Puts an overview of one component together from the answers to ``questions``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Final

from qualgraph.errors import UnknownComponentError
from qualgraph.identifiers import Kind, national_code
from qualgraph.overview import questions
from qualgraph.overview.levels import TYPES, types_of
from qualgraph.overview.members import MEMBERS, members_of, training_packages_of
from qualgraph.overview.occupations import EDITIONS, LINKED, occupations_of
from qualgraph.overview.packaging import grid_units_of, grids_of, packaged_by, packaging_of
from qualgraph.overview.records import (
    ClassificationSummary,
    Document,
    ExampleSummary,
    LicensingSummary,
    MappingSummary,
    OtherProblems,
    Overview,
    PathwayStep,
    PrintedTitle,
    ProblemSummary,
    ReleaseSummary,
    Remark,
    SkillSummary,
    UnitSummary,
    Usage,
)
from qualgraph.overview.rows import Answers, answers, ask, each_once, grouped, local, source
from qualgraph.overview.source import Source
from qualgraph.overview.unit import unit_of
from qualgraph.store.base import Store
from qualgraph.store.rows import Row
from qualgraph.triples.builder import CLASSES
from qualgraph.triples.classification import LISTED_IN
from qualgraph.triples.profile import PATHWAY_CLASSES

_SUBJECT: Final = re.compile(r"([A-Z]{2,}[A-Z0-9]*[0-9][A-Z0-9]*): ")
KINDS = {
    term: "unit of competency" if kind is Kind.UNIT else kind.value.replace("-", " ")
    for kind, term in CLASSES.items()
}
LISTED = {term: table.value for table, term in LISTED_IN.items()}
DIRECTIONS = {term: direction.value for direction, term in PATHWAY_CLASSES.items()}
OF_KIND: Final = {
    CLASSES[Kind.QUALIFICATION]: (TYPES, LINKED, EDITIONS),
    CLASSES[Kind.TRAINING_PACKAGE]: (MEMBERS,),
}
"""What is asked of the components of one class beside what is asked of all; of units see ``unit``."""
ALTERNATIVES = {
    "QualificationAlternative": "qualification",
    "ExperienceAlternative": "experience",
    "OtherAlternative": "other",
}


def overview(store: Store, code: str) -> Overview:
    """What the store knows of the component with this national code.

    Raises ParameterError for what is no code, UnknownComponentError with codes that look like it for one that no
    document in the store names.
    """
    found = found_component(store, code)
    return _overview(store, found["code"], found)


def found_component(store: Store, code: str) -> Row:
    """The component with this code: its ``component`` (IRI), ``code``, ``kind``, ``title`` and ``latest`` usage.

    Raises ParameterError for what is no code, UnknownComponentError with codes that look like it.
    """
    wanted = national_code(code)
    found = ask(store, questions.COMPONENT, code=wanted)
    if not found:
        raise UnknownComponentError(
            f"no document in this store names {wanted}.",
            where=store.location,
            hint=_suggestion(store, wanted),
        )
    return {**found[0], "code": wanted}


def kind_in_words(kind: str) -> str:
    """What the sector calls the components of a class, given by its IRI: 'unit of competency'."""
    return KINDS[local(kind)]


def near_codes(store: Store, code: str) -> list[str]:
    """Up to five codes in the store that look most like this one and begin or end as it does, the likest first."""
    letters = "".join(character for character in code if character.isalnum())
    like = ask(store, questions.CODES_LIKE, start=letters[:2], end=letters[-3:])
    known = [row["code"] for row in like]
    return difflib.get_close_matches(code, known, n=5, cutoff=0.7)


def not_held(store: Store, code: str) -> str | None:
    """Why an empty answer says nothing of this component or concept: no document names it; None where one does."""
    if ask(store, questions.HELD, code=code):
        return None
    said = f"No document in this store names {code}, so no rows says nothing about it."
    return f"{said} {_suggestion(store, code)}"


def _suggestion(store: Store, code: str) -> str:
    near = near_codes(store, code)
    if near:
        return f"Did you mean {' or '.join([', '.join(near[:-1]), near[-1]] if near[1:] else near)}?"
    return "Ingest a document that describes or names it, with 'qualgraph ingest DOCUMENT'."


def _overview(store: Store, code: str, found: Row) -> Overview:
    component = f"<{found['component']}>"
    told = answers(store, questions.OF_COMPONENT, component=component)
    kind = local(found["kind"])
    if kind in OF_KIND:
        told = {**told, **answers(store, OF_KIND[kind], component=component)}
    return composed(code, found, told, unit_of(store, component) if kind == CLASSES[Kind.UNIT] else None)


def composed(code: str, found: Row, told: Answers, unit: UnitSummary | None) -> Overview:
    """An overview from the rows that answer each of ``OF_COMPONENT``, and those of ``OF_KIND``."""
    mappings = told[questions.MAPPINGS]
    entry = told[questions.ENTRY]
    roles = told[questions.JOB_ROLES]
    problems, other_problems = problems_of(code, told[questions.PROBLEMS])
    documents = _documents(told)
    return Overview(
        code=code,
        iri=found["component"],
        kind=kind_in_words(found["kind"]),
        title=found["title"],
        described=any(document.describes for document in documents),
        latest_usage=local(found["latest"]) if found["latest"] else None,
        training_packages=training_packages_of(told[questions.PACKAGES]),
        types=types_of(told.get(TYPES, ())),
        occupations=occupations_of(told) if local(found["kind"]) == CLASSES[Kind.QUALIFICATION] else (),
        members=members_of(told.get(MEMBERS, ())),
        titles=_titles(told),
        usage=_usage(told),
        releases=_releases(told),
        superseded_by=tuple(_mapping(row) for row in mappings if row["new"]),
        supersedes=tuple(_mapping(row) for row in mappings if not row["new"]),
        classifications=_classifications(told),
        packaging=packaging_of(told),
        grids=grids_of(told),
        grid_units=grid_units_of(told),
        packaged_by=packaged_by(told),
        entry_none_required=all(row["none"] for row in entry) if entry else None,
        entry=tuple(Remark(text=row["text"], source=source(row)) for row in entry if not row["none"]),
        no_entry=tuple(Remark(text=row["text"], source=source(row)) for row in entry if row["none"]),
        pathways=_pathways(told),
        job_roles=each_once(row["role"] for row in roles),
        job_roles_at=tuple(source(rows[0]) for rows in grouped(roles, "document")),
        licensing=tuple(
            LicensingSummary(direct_link=row["direct"], source=source(row))
            for row in told[questions.LICENSING]
        ),
        skills=_skills(told),
        examples=_examples(told),
        unit=unit,
        documents=documents,
        problems=problems,
        other_problems=other_problems,
    )


def _documents(told: Answers) -> tuple[Document, ...]:
    rows = told[questions.DOCUMENTS]
    return tuple(
        Document(
            iri=group[0]["document"],
            kind=group[0]["kind"],
            name=group[0]["name"],
            describes=any(row["describes"] for row in group),
            retrieved=group[0]["retrieved"],
            lines=each_once(row["line"] for row in group),
        )
        for group in grouped(rows, "document")
    )


def _titles(told: Answers) -> tuple[PrintedTitle, ...]:
    rows = told[questions.TITLES]
    return tuple(
        PrintedTitle(title=group[0]["title"], sources=each_once(source(row) for row in group))
        for group in grouped(rows, "title")
    )


def _usage(told: Answers) -> tuple[Usage, ...]:
    return tuple(
        Usage(
            recommendation=local(row["recommendation"]),
            start=row["start"],
            through=row["through"],
            source=source(row),
        )
        for row in told[questions.USAGE]
    )


def _releases(told: Answers) -> tuple[ReleaseSummary, ...]:
    rows = told[questions.RELEASES]
    return tuple(
        ReleaseSummary(
            iri=group[0]["release"],
            number=group[0]["number"],
            issued=group[0]["issued"],
            described=bool(group[0]["described"]),
            source=source(group[0]),
        )
        for group in grouped(rows, "release", "document")
    )


def _mapping(row: Row) -> MappingSummary:
    return MappingSummary(
        code=row["code"],
        title=row["title"],
        equivalence=local(row["equivalence"]),
        through=row["through"],
        note=row["note"],
        source=source(row),
    )


def _classifications(told: Answers) -> tuple[ClassificationSummary, ...]:
    rows = told[questions.CLASSIFICATIONS]
    return tuple(
        ClassificationSummary(
            scheme=local(group[0]["scheme"]),
            value=group[0]["value"],
            label=group[0]["label"],
            start=group[0]["start"],
            through=group[0]["through"],
            listed_in=each_once(LISTED.get(local(row["listed"])) for row in group if row["listed"]),
            source=source(group[0]),
        )
        for group in grouped(rows, "assignment", "document")
    )


def _pathways(told: Answers) -> tuple[PathwayStep, ...]:
    rows = told[questions.PATHWAYS]
    return tuple(
        PathwayStep(
            direction=DIRECTIONS[local(group[0]["direction"])],
            kind=ALTERNATIVES[local(group[0]["kind"])],
            code=group[0]["code"],
            title=group[0]["title"],
            open_ended=bool(group[0]["open"]),
            roles=each_once(row["role"] for row in group),
            source=source(group[0]),
        )
        for group in grouped(rows, "alternative", "document")
    )


def _skills(told: Answers) -> tuple[SkillSummary, ...]:
    return tuple(
        SkillSummary(label=row["label"], facets=row["facets"], source=source(row))
        for row in told[questions.SKILLS]
    )


def _examples(told: Answers) -> tuple[ExampleSummary, ...]:
    rows = told[questions.EXAMPLES]
    return tuple(
        ExampleSummary(
            name=group[0]["name"],
            units=each_once(row["code"] for row in group),
            choose=group[0]["choose"],
            cut_off=bool(group[0]["cut"]),
            source=source(group[0]),
        )
        for group in grouped(rows, "example", "document")
    )


def problems_of(
    code: str, rows: Sequence[Row]
) -> tuple[tuple[ProblemSummary, ...], tuple[OtherProblems, ...]]:
    """The problems about a component or a whole document, and how many each document has about other components.

    A reader of a document about several components begins a problem of one of them with its code and a colon.
    """
    about = [(row, _SUBJECT.match(row["message"])) for row in rows]
    own = (row for row, named in about if named is None or named[1] == code)
    others = [row for row, named in about if named is not None and named[1] != code]
    return (
        tuple(
            ProblemSummary(
                kind=row["kind"], severity=row["severity"], message=row["message"], source=source(row)
            )
            for row in own
        ),
        tuple(
            OtherProblems(number=len(group), source=Source(document=group[0]["document"], line=None))
            for group in grouped(others, "document")
        ),
    )
