"""What sentences of a component say of earlier ones: all that they say of equivalence is read, or nothing is."""

from __future__ import annotations

import pytest

from qualgraph.model import Equivalence, Mapping, Problem
from qualgraph.sources.text import Line
from qualgraph.sources.unit_mappings import read_unit_mappings

READ = [
    ("Supersedes and is equivalent to ZZKFLY203 Fly a kite.", Equivalence.EQUIVALENT, "Fly a kite"),
    ("This unit replaces and is not equivalent to ZZKFLY203", Equivalence.NOT_EQUIVALENT, None),
    ("Supersedes ZZKFLY203 Fly a kite (not equivalent)", Equivalence.NOT_EQUIVALENT, "Fly a kite"),
    ("Supersedes ZZKFLY203 Fly a kite", Equivalence.NOT_DETERMINED, "Fly a kite"),
]


def read(text: str) -> list[Mapping | Problem]:
    return list(read_unit_mappings([Line(7, text)], "ZZKFLY303"))


@pytest.mark.parametrize(("text", "equivalence", "title"), READ)
def test_a_sentence_that_is_known_gives_one_pair(
    text: str, equivalence: Equivalence, title: str | None
) -> None:
    [found] = read(text)
    assert isinstance(found, Mapping)
    assert (found.old, found.new) == ("ZZKFLY203", "ZZKFLY303")
    assert (found.equivalence, found.old_title) == (equivalence, title)


@pytest.mark.parametrize(
    "text",
    [
        "Supersedes ZZKFLY203 but is not equivalent",
        "Supersedes ZZKFLY203 and is equivalent",
        "Supersedes ZZKFLY203 Fly a kite. Not equivalent.",
        "Supersedes ZZKFLY203. This unit is not equivalent",
        "Supersedes ZZKFLY203 - Fly a kite, outcomes deemed equivalent",
        "Supersedes and equivalent to ZZKFLY203 and is not equivalent",
    ],
)
def test_words_on_equivalence_are_never_taken_for_a_title_nor_passed_over(text: str) -> None:
    [found] = read(text)
    assert isinstance(found, Problem)
    assert found.line == 7
