"""What a reading holds, in counts."""

from __future__ import annotations

from typing import get_args

from qualgraph.model import Parent, Record
from qualgraph.overview import contents
from qualgraph.overview.contents import NOUNS, _counts
from qualgraph.sources import read_file
from support import DOCUMENTS


def test_a_register_page_in_counts() -> None:
    found = contents(read_file(DOCUMENTS / "register-page.txt"))
    assert (found.kind, found.subject, found.release) == ("register-page", "ZZZ40120", "2")
    assert dict(found.counts)["listed unit"] == 5
    assert [noun for noun, _ in found.counts] == [noun for noun in NOUNS if noun in dict(found.counts)]


def test_an_occupation_page_is_about_its_unit_group() -> None:
    found = contents(read_file(DOCUMENTS / "anzsco-page.txt"))
    assert (found.subject, found.title, found.release) == ("9876", "LIGHT AND SIGNAL KEEPERS", None)
    assert dict(found.counts)["occupation"] == 3


def test_every_kind_of_record_is_counted_under_a_known_noun() -> None:
    seen = set()
    for name in ("register-page.txt", "anzsco-page.txt", "unit.xml", "unit-page.txt"):
        for record in read_file(DOCUMENTS / name).records:
            seen.add(type(record))
            assert set(_counts(record)) <= set(NOUNS)
    assert seen == set(get_args(Record)) - {Parent}
