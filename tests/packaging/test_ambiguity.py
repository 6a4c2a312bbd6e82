"""A sentence that can soundly be read in another way says so; one that names its source does not."""

from __future__ import annotations

import pytest

from qualgraph.packaging import parse

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
