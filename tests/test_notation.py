"""Codes, days and small numbers as the register's documents write them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from qualgraph.notation import ANY_CODE, NUMBER_WORDS, number_named, printed_day


@pytest.mark.parametrize(
    "code", ["BSB40307", "BSBCCO402A", "22334VIC", "ICTSAS305", "FNSICGEN305B", "HLTAID001", "AUR10105"]
)
def test_codes_of_every_era_are_known(code: str) -> None:
    assert re.fullmatch(ANY_CODE, code)


@pytest.mark.parametrize("word", ["bsb40307", "Certificate", "2011", "BSB", "BSB40307x", "A1"])
def test_what_is_no_code_is_not_taken_for_one(word: str) -> None:
    assert not re.match(ANY_CODE, word)


@pytest.mark.parametrize("written", ["27/Nov/2011", " 27/11/2011 ", "27/november/2011"])
def test_a_day_is_written_day_first_with_its_month_in_letters_or_figures(written: str) -> None:
    assert printed_day(written) == date(2011, 11, 27)


@pytest.mark.parametrize(
    "written", ["30/Feb/2011", "11/27/2011", "27-11-2011", "27/11", "x/y/z", "27/Xyz/2011", ""]
)
def test_what_names_no_day_is_none(written: str) -> None:
    assert printed_day(written) is None


def test_numbers_are_read_from_figures_and_from_words_up_to_twenty() -> None:
    assert [number_named(word) for word in NUMBER_WORDS] == list(range(21))
    assert (number_named("12"), number_named("Seven")) == (12, 7)
    assert (number_named("many"), number_named("1234567"), number_named("-1")) == (None, None, None)
