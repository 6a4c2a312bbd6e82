"""Hostile text ends in bounded time with a status, never in an exception."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualgraph.packaging import check_counts, from_json, normal_forms, parse, to_json, to_text

MEGABYTE = 1_000_000
HOSTILE = {
    "a megabyte of digits": "1" * MEGABYTE,
    "a megabyte of capitals": "A" * MEGABYTE,
    "a megabyte of code letters and digits": "ZZ1" * (MEGABYTE // 3),
    "digits on many lines": "12\n" * 60_000,
    "thousands of groups": "2 core units\nCore units\nZZC101 Fly\nZZC102 Land\n"
    + "".join(
        f"Group {chr(65 + n % 26)}{chr(65 + n // 26 % 26)}: part {n}\nZZE{n:04} Do\n" for n in range(10_000)
    ),
    "thousands of sentences": "Total number of units = 9\n"
    + "at least 2 units from Group A or Group B\n" * 5_000,
    "one sentence that never ends": "at least 2 units from " + "Group A or " * 50_000,
    "words that never end": "of which " * 30_000,
    "brackets": "(" * 200_000 + ")" * 200_000,
    "control characters": "".join(map(chr, range(32))) * 5_000,
    "marks of direction": "\u202e2 core units\u200f\n\u2066Group A\u2069\n" * 5_000,
    "half a surrogate": "2 core units \ud800\nCore units\nZZC101 \udfff Fly",
    "spaces": " " * MEGABYTE,
    "spaces with a word at the end": "2" + " " * 200_000 + "core units",
    "separators": "Group A" + ", " * 100_000 + "B",
    "a line of asterisks": "*" * 300_000,
    "codes without titles": "Core units\n" + "".join(f"ZZC{n:05}\n" for n in range(20_000)),
    "empty": "",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_ends_soon_and_quietly(name: str) -> None:
    start = time.process_time()
    rule = parse(HOSTILE[name])
    assert from_json(to_json(rule, detail=True)) == rule
    assert to_text(rule)
    assert list(check_counts(rule)) is not None
    assert normal_forms(rule) is not None
    assert time.process_time() - start < 20
    assert rule.status != "complete"


def test_the_time_grows_with_the_length_and_not_faster() -> None:
    def seconds(groups: int) -> float:
        text = "2 core units\n" + "".join(
            f"Group {chr(65 + n % 26)}\nZZE{n:05} Do it\n" for n in range(groups)
        )
        start = time.process_time()
        parse(text)
        return time.process_time() - start

    seconds(200)
    assert seconds(8_000) < 12 * seconds(2_000) + 0.5


WORDS = [
    "Core units",
    "Elective units",
    "Group A",
    "Group B:",
    "ZZC101",
    "ZZE102 Do",
    "2",
    "core units",
    "at least",
]
WORDS += [
    "up to",
    "must be",
    "from",
    "or",
    "and",
    "any training package",
    "listed below",
    "remaining",
    "all",
    "=",
    "*",
]
WORDS += [
    "Prerequisites",
    "∟",
    "Specialisations",
    "of which",
    ",",
    ":",
    ";",
    "\t",
    "\n",
    "\u00a0",
    "Certificate II",
]


@settings(max_examples=250)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_no_row_of_words_raises(text: str) -> None:
    rule = parse(text)
    assert (rule.status == "complete") <= (rule.unread == ())
    assert from_json(to_json(rule, detail=True)) == rule
    normal_forms(rule)


@settings(max_examples=60)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    parse(text)


def test_a_rule_cut_off_anywhere_is_never_called_complete_with_a_short_core() -> None:
    lines = ["Total number of units = 5", "3 core units", "2 elective units", "Core units"]
    lines += ["ZZC101 Fly", "ZZC102 Land", "ZZC103 Fold", "Elective units", "ZZE101 Mend", "ZZE102 Sell"]
    text = "\n".join(lines)
    for end in range(len(text)):
        rule = parse(text[:end])
        if rule.status == "complete":
            assert len(rule.core_units) == rule.core == 3


def test_shuffled_lines_do_not_raise() -> None:
    lines = HOSTILE["thousands of groups"].split("\n")[:400]
    for seed in range(20):
        random.Random(seed).shuffle(lines)
        parse("\n".join(lines))
