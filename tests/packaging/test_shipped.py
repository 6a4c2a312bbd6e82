"""The facts of units that come with qualgraph."""

from __future__ import annotations

import subprocess
import sys

from qualgraph.packaging.comparing.changes import Succession, merged_successions
from qualgraph.packaging.facts import QUALIFICATION_TYPES, UnitFacts
from qualgraph.packaging.shipped import SOURCES, shipped_facts, shipped_successions


def levels(code: str, date: str) -> set[str | None]:
    known = shipped_facts().packagings(code)
    return {packaging.level for packaging in known if packaging.source == SOURCES[date]}


def test_a_level_is_that_of_the_qualifications_never_the_digit_of_the_code() -> None:
    assert {"Certificate III", "Certificate IV", "Diploma"} <= levels("BSBCMM411", "2026-04")


def test_a_unit_that_is_imported_into_a_qualification_is_packaged_by_it() -> None:
    packages = {packaging.package for packaging in shipped_facts().packagings("HLTAID011")}
    assert len(packages - {"HLT"}) > 10


def test_packages_are_named_without_their_year() -> None:
    known = [item for item in shipped_facts().packagings("BSBCCO403A") if item.source == SOURCES["2013-07"]]
    assert {item.package for item in known} >= {"BSB"}
    assert not any(char.isdigit() for item in known for char in item.package or "")


def test_every_level_of_the_tables_is_a_qualification_type() -> None:
    facts: UnitFacts = shipped_facts()
    codes = list(shipped_facts().codes())
    assert len(codes) == len(set(codes)) > 25_000
    assert {item.level for code in codes for item in facts.packagings(code)} <= set(QUALIFICATION_TYPES)


def test_a_unit_that_one_qualification_alone_names_is_not_known_besides_it() -> None:
    facts = shipped_facts()
    code = next(code for code in facts.codes() if [item.count for item in facts.witnesses(code)] == [1])
    [witness] = facts.witnesses(code)
    assert facts.is_known(code)
    assert not facts.is_known(code, besides=witness.packaging.qualification)
    assert facts.is_known("BSBCMM411", besides=witness.packaging.qualification)
    assert not facts.is_known("ZZZ999")
    assert facts.packagings("ZZZ999") == ()
    assert facts.is_current("BSBCMM411")
    assert not facts.is_current("BSBCCO403A")


def test_nothing_is_read_before_it_is_asked_for() -> None:
    script = (
        "import sys; opened = [];"
        "sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == 'open' else 0);"
        "from qualgraph.packaging.shipped import shipped_facts; facts = shipped_facts();"
        "tables = lambda: sum('packagings' in name for name in opened);"
        "before = tables(); facts.packagings('BSBCMM411'); print(before, tables() > 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "0 True\n"


def test_what_superseded_what_is_equivalent_only_where_the_register_says_so() -> None:
    known = shipped_successions()
    steps = {step.code: step.equivalent for step in known["BSBSMB404"]}
    assert steps["BSBESB401"] is True
    assert {step.equivalent for step in known["BSBSMB301"]} == {False}
    assert sum(map(len, known.values())) > 1_300


def test_sources_that_disagree_leave_equivalence_undetermined_and_are_all_named() -> None:
    yes, no = (
        Succession(code="B", equivalent=True, source="one"),
        Succession(code="B", equivalent=False, source="two"),
    )
    assert merged_successions({"A": [yes]}, {"A": [no]}) == {
        "A": [Succession(code="B", equivalent=None, source="one, two", disputed=True)]
    }
    assert merged_successions({"A": [yes]}, {"A": [yes]}) == {"A": [yes]}


def test_a_source_that_says_nothing_of_equivalence_disagrees_with_none_and_does_not_settle_what_is_disputed() -> (
    None
):
    yes, no, silent = (
        Succession(code="B", equivalent=said, source=source)
        for said, source in ((True, "one"), (False, "two"), (None, "three"))
    )
    [found] = merged_successions({"A": [silent]}, {"A": [yes]})["A"]
    assert (found.equivalent, found.source) == (True, "three, one")
    disputed = merged_successions({"A": [yes]}, {"A": [no]})
    for more in (yes, silent):
        assert merged_successions(disputed, {"A": [more]})["A"][0].equivalent is None
