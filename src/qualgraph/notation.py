"""How documents of the register write codes, days and small numbers: shared by all that read or take them."""

from __future__ import annotations

from datetime import date
from typing import Final

ANY_CODE: Final = r"(?:[A-Z]{2,9}\d{1,6}(?:[A-Z]\d{1,3})?[A-Z]{0,2}|\d{5}[A-Z]{2,4})(?![A-Za-z0-9])"
"""A pattern for a national code of any component and era, at the place where one starts."""

NUMBER_WORDS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)
"""English numerals; each stands at the place of its own number."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def printed_day(text: str) -> date | None:
    """The day that ``27/Nov/2011`` or ``27/11/2011`` names (day first); None where it names none.

    >>> printed_day("27/Nov/2011")
    datetime.date(2011, 11, 27)
    >>> printed_day("30/Feb/2011")
    """
    parts = text.strip().split("/")
    if len(parts) != 3:
        return None
    month = parts[1].lower()[:3]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month) if month.isdecimal() else 0
    try:
        return date(int(parts[2]), number, int(parts[0]))
    except ValueError:
        return None


def number_named(word: str) -> int | None:
    """The number that a figure or an English word up to twenty says; None for any other word."""
    if word.isdecimal() and len(word) <= 6:
        return int(word)
    return NUMBER_WORDS.index(word.lower()) if word.lower() in NUMBER_WORDS else None
