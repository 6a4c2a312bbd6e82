"""A sentence that can soundly be read in another way says so; one that names its source does not."""

from __future__ import annotations

import pytest

from qualgraph.packaging import judge, parse

RULE = """Total number of units = 5

1 core unit plus

4 elective units of which:

2 units must be from Group A elective units below

the remaining 2 units may be from Group A elective units, or from qualifications at the same level in any endorsed \
Training Package or accredited course

{last}

Core units

ZZZCUT401A Cut sailcloth

Elective units

Group A

ZZZSEW401A Sew panels

ZZZFLY401A Fly kites

ZZZDYE401A Dye cloth

ZZZTAR401A Tar rope
"""


@pytest.mark.parametrize(
    ("last", "doubtful"),
    [
        ("up to 1 unit may be from a Certificate III level qualification.", True),
        (
            "up to 1 unit may be from a Certificate III level qualification in any endorsed Training Package.",
            False,
        ),
    ],
)
def test_a_level_without_a_source_may_mean_listed_units_too(last: str, doubtful: bool) -> None:
    rule = parse(RULE.format(last=last))
    assert rule.status == "complete"
    statement = rule.rules[-1]
    assert (statement.kind, statement.n, statement.pools) == ("max", 1, ("import",))
    assert [bool(each.ambiguity) for each in rule.rules] == [False, False, doubtful]


LISTED = """Total number of units = 5
1 core unit plus
4 elective units, consisting of:
{text}
Core units
ZZZCUT401A Cut sailcloth
Elective units
ZZZSEW401A Sew panels
ZZZFLY401A Fly kites
ZZZDYE401A Dye cloth
ZZZTAR401A Tar rope
"""


@pytest.mark.parametrize(
    ("listed", "imports"), [("3 units", "up to 1 unit"), ("3 additional", "up to 1 other")]
)
def test_imports_that_are_only_permitted_leave_their_places_to_the_list(listed: str, imports: str) -> None:
    rule = parse(
        LISTED.format(text=f"{listed} from the list below\n{imports} from any endorsed Training Package")
    )
    first, second = rule.rules
    assert rule.status == "complete"
    assert (first.kind, first.n, first.ambiguity is not None) == ("min", 3, True)
    assert (second.kind, second.n) == ("max", 1)
    units = ["ZZZCUT401A", "ZZZSEW401A", "ZZZFLY401A", "ZZZDYE401A", "ZZZTAR401A"]
    assert judge(rule, units).verdict == "satisfied"


@pytest.mark.parametrize(
    "sentence",
    [
        "at least 2 units from the list below or equivalent",
        "Units must not be chosen from both the list below and any endorsed Training Package.",
        "up to 2 units from any endorsed Training Package, one of which must be from Certificate IV",
        "Electives must be relevant to the job role and at least half must be sewn.",
        "ZZZSEW401A must not be selected with ZZZFLY401A.",
        "Learners with a licence are exempt from ZZZSEW401A.",
        "Imported units must not be of a lower level, to maintain the integrity of the AQF alignment.",
        "Imported units must be relevant to the job role and from the same training package.",
    ],
)
def test_words_that_turn_a_sentence_around_leave_it_unread(sentence: str) -> None:
    rule = parse(LISTED.format(text=f"at least 2 units from the list below\n{sentence}"))
    assert rule.status == "partial"
    assert sentence.rstrip(".") in "".join(item.text for item in rule.unread)


@pytest.mark.parametrize(("most", "doubtful"), [(2, True), (3, False)])
def test_imports_in_places_of_a_group_may_share_its_maximum(most: int, doubtful: bool) -> None:
    rule = parse(
        f"""Total number of units = 5
1 core unit plus
4 elective units:
at least 1 unit from Group A
up to {most} units from Group B
Up to 2 units of the Group B units may be selected from any endorsed Training Package
Core units
ZZZCUT401A Cut sailcloth
Elective units
Group A
ZZZSEW401A Sew panels
ZZZFLY401A Fly kites
Group B
ZZZDYE401A Dye cloth
ZZZTAR401A Tar rope
ZZZPIN401A Pin cloth
"""
    )
    assert rule.status == "complete", rule.unread
    assert rule.rules[-1].pools == ("import",)
    assert (rule.rules[-1].ambiguity is not None) is doubtful
