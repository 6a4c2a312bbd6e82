"""Records become triples: one set a document, each fact at its line, prose only where wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qualgraph.assets import asset_folder
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import (
    Authority,
    Classification,
    Component,
    EmployabilitySkill,
    EntryRequirement,
    Equivalence,
    ExampleUnit,
    ExperienceAlternative,
    GridRow,
    JobRole,
    JobRoles,
    LicensingNote,
    Mapping,
    OtherAlternative,
    OutcomeExample,
    Packaging,
    Pathway,
    PathwayDirection,
    Problem,
    ProblemKind,
    QualificationAlternative,
    Reading,
    Release,
    Scheme,
    Section,
    SkillFacet,
    SourceDocument,
    Table,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.packaging.tree import (
    HumanCondition,
    ImportPool,
    ListedUnit,
    PackagingRule,
    RuleStatement,
    UnitGroup,
    UnreadText,
)
from qualgraph.rdf import IRI, Literal, Triple, parse_file
from qualgraph.triples import TextPolicy, describe, document_iri
from qualgraph.triples.builder import qg

IDS = Identifiers()
PROSE = "These words are the document's own."

DOCUMENT = SourceDocument(
    reader="register-page",
    reader_version="1",
    key="ZZZ40120/release-2",
    name="page.html",
    sha256="0" * 64,
    byte_size=10,
    media_type="text/html",
    line_count=99,
    authority=Authority.REGISTER,
    subject_kind=Kind.QUALIFICATION,
    subject_code="ZZZ40120",
)
RULE = PackagingRule(
    code="ZZZ40120",
    total=3,
    core=1,
    elective=2,
    groups=(
        UnitGroup(
            path="packaging/group/core",
            id="core",
            name="Core units",
            role="core",
            line=50,
            members=(
                ListedUnit(path="p", code="ZZZABC401", title="Weave", line=51, heading="Weaving"),
                ListedUnit(path="p", code="ZZZABC401", title="Weave", line=52, heading="Weaving"),
            ),
        ),
        UnitGroup(
            path="packaging/group/A",
            id="A",
            name="Group A",
            role="elective",
            line=53,
            members=(ListedUnit(path="p", code="ZZZABC402", title="Dye", line=54, mark="*"),),
        ),
    ),
    rules=(
        RuleStatement(
            path="packaging/rule/r1",
            id="r1",
            kind="max",
            n=2,
            pools=("listed", "import"),
            text=PROSE,
            line=45,
            import_=ImportPool(sources=("any-package",), levels=("same", "Diploma", "AQF 9 or so")),
            reading="bucket",
            because="listed or imported in one sentence",
        ),
    ),
    human_conditions=(HumanCondition(path="packaging/condition/1", text=PROSE, line=46),),
    unread=(UnreadText(path="packaging/unread/1", text=PROSE, line=47),),
    status="partial",
)
RECORDS = (
    Section(heading="Summary", first_line=1, last_line=9),
    Component(kind=Kind.QUALIFICATION, code="ZZZ40120", title="Certificate IV in Weaving", line=1),
    UsageStatement(code="ZZZ40120", value=UsageRecommendation.SUPERSEDED, line=2, start=date(2021, 5, 2)),
    Release(number="2", issued=date(2020, 3, 1), described=True, line=4),
    Release(number="1", issued=date(2019, 3, 1), described=False, line=5),
    Mapping(
        old="ZZZ40120",
        new="ZZZ40121",
        old_title=None,
        new_title="Certificate IV in Weaving",
        equivalence=Equivalence.NOT_EQUIVALENT,
        date=date(2021, 5, 1),
        note=PROSE,
        line=3,
    ),
    UnitGrid(
        rows=(
            GridRow(
                position=1,
                code="ZZZABC401",
                title="WEAVE",
                usage=UsageRecommendation.CURRENT,
                essential="Core",
                line=12,
            ),
        ),
        stated=20,
        line=11,
    ),
    Classification(scheme=Scheme.ANZSCO, value="399999", label="Weaver", table=Table.CURRENT, line=20),
    Classification(
        scheme=Scheme.ANZSCO,
        value="399999",
        label="Weaver",
        table=Table.HISTORY,
        line=30,
        start=date(2020, 3, 1),
    ),
    Classification(
        scheme=Scheme.ANZSCO,
        value="399998",
        label="Spinner",
        table=Table.HISTORY,
        line=31,
        start=date(2019, 3, 1),
        end=date(2020, 2, 29),
    ),
    Packaging(rule=RULE, line=40),
    EntryRequirement(none_required=True, text=PROSE, line=60),
    Pathway(
        direction=PathwayDirection.INTO,
        line=61,
        alternatives=(
            QualificationAlternative(
                code="ZZZ30120", title="Certificate III in Weaving", open_ended=True, text=PROSE, line=62
            ),
            ExperienceAlternative(roles=(JobRole(label="Weaver", line=64),), text=PROSE, line=63),
            OtherAlternative(text=PROSE, line=65),
        ),
    ),
    JobRoles(roles=(JobRole(label="Weaver", line=66),), line=66),
    LicensingNote(direct_link=False, text=PROSE, line=67),
    EmployabilitySkill(position=1, label=None, facets=(SkillFacet(text=PROSE, line=69),), line=68),
    OutcomeExample(
        name="Dyer",
        core=1,
        elective=None,
        choose=None,
        units=(ExampleUnit(code="ZZZABC402", title="Dye", line=71),),
        cut_off=False,
        line=70,
    ),
)
READING = Reading(
    document=DOCUMENT,
    records=RECORDS,
    problems=(Problem(kind=ProblemKind.NOT_READ, message="not read: line 47.", line=47, excerpt=PROSE),),
)
COMPONENT = IDS.component(Kind.QUALIFICATION, "ZZZ40120")
RELEASE = IDS.release(Kind.QUALIFICATION, "ZZZ40120", "2")


def triples(policy: TextPolicy = TextPolicy.ALL, reading: Reading = READING) -> set[Triple]:
    return set(describe(reading, IDS, policy))


def objects(found: set[Triple], subject: IRI, predicate: str) -> set[str]:
    return {
        t.object.value
        for t in found
        if t.subject == subject and t.predicate == qg(predicate) and isinstance(t.object, IRI | Literal)
    }


def test_the_same_reading_gives_the_same_triples_in_the_same_order() -> None:
    assert describe(READING, IDS, TextPolicy.ALL) == describe(READING, IDS, TextPolicy.ALL)


def test_every_term_used_is_declared_in_the_ontology() -> None:
    declared = {
        quad.subject.value
        for path in asset_folder("ontology").rglob("*.ttl")
        for quad in parse_file(path)
        if isinstance(quad.subject, IRI)
    }
    used = {
        node.value
        for triple in triples()
        for node in (triple.predicate, triple.object)
        if isinstance(node, IRI) and node.value.startswith(qg("").value)
    }
    assert len(used) > 90
    assert sorted(used - declared) == []


@pytest.mark.parametrize(
    ("policy", "count"), [(TextPolicy.NONE, 0), (TextPolicy.RULES, 3), (TextPolicy.ALL, 11)]
)
def test_prose_is_stored_only_where_the_policy_wants_it(policy: TextPolicy, count: int) -> None:
    found = triples(policy)
    assert sum(isinstance(t.object, Literal) and t.object.value == PROSE for t in found) == count
    assert qg("totalCount") in {t.predicate for t in found}


def test_a_mapping_says_old_new_equivalence_and_last_day() -> None:
    found, mapping = triples(), IDS.mapping("ZZZ40120", "ZZZ40121")
    assert objects(found, mapping, "mapsFrom") == {COMPONENT.value}
    assert objects(found, mapping, "mapsTo") == {IDS.component(Kind.QUALIFICATION, "ZZZ40121").value}
    assert objects(found, mapping, "hasEquivalence") == {qg("NotEquivalent").value}
    assert objects(found, mapping, "mappingDate") == {"2021-05-01"}


def test_a_current_row_is_the_open_history_row_that_it_repeats() -> None:
    found = triples()
    assignment = IDS.classification(COMPONENT, "anzsco", "399999", date(2020, 3, 1))
    assert objects(found, assignment, "listedIn") == {qg("CurrentTable").value, qg("HistoryTable").value}
    assert objects(found, assignment, "sourceLine") == {"20", "30"}
    assert len(objects(found, COMPONENT, "hasClassification")) == 2


def test_a_current_row_that_two_open_history_rows_could_be_stays_undated() -> None:
    again = Classification(
        scheme=Scheme.ANZSCO,
        value="399999",
        label="Weaver",
        table=Table.HISTORY,
        line=32,
        start=date(2020, 9, 1),
    )
    found = triples(reading=replace(READING, records=(*RECORDS, again)))
    undated = IDS.classification(COMPONENT, "anzsco", "399999", None)
    assert objects(found, undated, "listedIn") == {qg("CurrentTable").value}
    assert objects(found, undated, "validFrom") == set()


def test_each_place_keeps_its_own_title_and_the_component_gets_one() -> None:
    found, unit = triples(), IDS.component(Kind.UNIT, "ZZZABC401")
    titles = {t.object.value for t in found if t.subject == unit and t.predicate.value.endswith("/title")}
    assert titles == {"Weave"}
    assert objects(found, IDS.below(RELEASE, "register-page", "grid", "ZZZABC401"), "statedTitle") == {
        "WEAVE"
    }


def test_a_unit_that_a_list_prints_twice_has_a_membership_for_each_line() -> None:
    group = IDS.below(RELEASE, "register-page", "packaging", "group", "core")
    assert len(objects(triples(), group, "hasMembership")) == 2
    assert len(objects(triples(), group, "hasMember")) == 1


def test_a_level_the_vocabulary_lacks_stays_in_the_documents_words() -> None:
    pools = {t.object for t in triples() if t.predicate == qg("hasImportPool")}
    levels = {t.object.value for t in triples() if t.predicate == qg("admitsLevel")}
    assert pools
    assert levels == {qg("SameLevel").value, IDS.concept("aqf-type", "diploma").value}
    assert {t.object.value for t in triples() if t.predicate == qg("statedLevel")} >= {"AQF 9 or so"}


def test_a_document_without_a_release_number_has_a_release_of_its_own() -> None:
    records = tuple(
        replace(r, number=None, issued=None) if isinstance(r, Release) and r.described else r for r in RECORDS
    )
    found = triples(reading=replace(READING, records=records))
    release = IDS.release(Kind.QUALIFICATION, "ZZZ40120", "unstated-zzz40120-release-2")
    assert objects(found, release, "hasPackagingRule")
    assert objects(found, release, "releaseNumber") == set()


def test_the_document_names_its_bytes_its_reader_and_what_was_not_read() -> None:
    found, document = triples(), document_iri(DOCUMENT, IDS)
    assert objects(found, document, "sha256") == {"0" * 64}
    assert objects(found, document, "describes") == {COMPONENT.value}
    [problem] = objects(found, document, "hasProblem")
    assert objects(found, IRI(problem), "sourceLine") == {"47"}
    [section] = objects(found, document, "hasSection")
    assert (objects(found, IRI(section), "sourceLine"), objects(found, IRI(section), "lastSourceLine")) == (
        {"1"},
        {"9"},
    )


def test_no_blank_node_is_ever_written() -> None:
    assert all(isinstance(t.subject, IRI) and isinstance(t.object, IRI | Literal) for t in triples())


def test_two_outcome_examples_of_one_name_stay_apart() -> None:
    [example] = [record for record in RECORDS if isinstance(record, OutcomeExample)]
    again = replace(example, units=(ExampleUnit(code="ZZZABC403", title="Rinse", line=81),), line=80)
    reading = replace(READING, records=(*RECORDS, again))
    triples = set(describe(reading, IDS, TextPolicy.NONE))
    first, second = (IDS.below(RELEASE, "register-page", "example", name) for name in ("dyer", "dyer-2"))
    assert {t.object for t in triples if t.predicate == qg("hasOutcomeExample")} == {first, second}
    assert [
        len([t for t in triples if t.subject == one and t.predicate == qg("hasExampleUnit")])
        for one in (first, second)
    ] == [1, 1]


def test_what_a_page_and_a_pdf_say_of_one_release_stays_apart() -> None:
    pdf = replace(READING, document=replace(DOCUMENT, reader="register-pdf", name="page.pdf"))
    page_nodes, pdf_nodes = ({t.subject for t in triples(reading=reading)} for reading in (READING, pdf))
    shared = {iri.value for iri in page_nodes & pdf_nodes if isinstance(iri, IRI)}
    below = {iri for iri in shared if iri.startswith(f"{RELEASE.value}/")}
    assert RELEASE.value in shared
    assert below == set()


def test_a_second_pathway_section_of_one_direction_keeps_its_own_alternatives() -> None:
    again = next(record for record in RECORDS if isinstance(record, Pathway))
    found = triples(reading=replace(READING, records=(*RECORDS, replace(again, line=90))))
    assert len(objects(found, RELEASE, "hasPathway")) == 2
    assert sum(t.predicate == qg("hasAlternative") for t in found) == 6
