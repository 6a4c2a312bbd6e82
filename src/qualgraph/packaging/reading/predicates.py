"""Units that a sentence tells by their code: named units, 'units coded BSB', 'coded at AQF level 3 or above'.

A sentence keeps each as one word such as ``%prefix_bsb`` or ``%unit_zzz123``, which the grammar knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from qualgraph.notation import ANY_CODE
from qualgraph.packaging.reading.units import is_qualification

Titles = Mapping[str, Iterable[str]]

_NAMED = re.compile(rf"(?<![A-Za-z0-9])({ANY_CODE})(?:\s*\(?[*#^]+\)?)?(?:\s*[-–:]\s+|\s+|$|(?=[.,;]))")
_MIN_CODE = 6
_MARK = re.compile(r"\s*\(?[*#^]+\)?")
_END_OF_TITLE = re.compile(
    rf"\s*(?:[,;]|\.(?=\s|$)|\s(?:and|or|and/or|plus)\s|$)(?=\s*(?:(?:and|or|and/or|plus)\s+)?{ANY_CODE}|\s*$)"
)
_NOT_A_TITLE = re.compile(
    r"\b\d+\b|\b(?:must|may|can|selected|chosen|units?|electives?|groups?|at least|up to|no more)\b",
    re.IGNORECASE,
)
_ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LEVEL = r"(?:aqf )?(?:level (?P<{0}>[1-9])|certificate (?P<{0}r>iv|iii|ii|i))"
_WORDS = "(?:,? or |, )"
_PREFIXES = (
    re.compile(
        rf"(?<!-)\b(?:units? )?(?:that (?:are|is) )?(?:coded(?: as)?|with the (?:unit )?code(?: prefix)?)"
        rf" (?P<words>(?!at\b|as\b|with\b|units?\b)[a-z]{{3,9}}(?:{_WORDS}[a-z]{{3,9}}\b)*)(?![a-z0-9-])"
    ),
    re.compile(rf"\b(?P<words>[a-z]{{3,9}}(?:{_WORDS}[a-z]{{3,9}})*)-coded\b"),
)
_AT_LEVEL = (
    re.compile(
        r"\b(?:that are )?coded (?:at|with|as)(?: an?)?(?: indicative)?(?: aqf indicator)?"
        rf"(?: (?P<side>above|below))? {_LEVEL.format('level')}(?: indicator)?(?: or (?P<open>above|below))?"
        r"(?P<outcomes>,? or (?:that )?(?:reflect|align(?:ed)? (?:to|with)) [a-z ]{0,30}(?:level \d|certificate [iv]+)"
        r"(?: outcomes?)?(?: or (?:above|below))?)?(?![a-z])"
    ),
)
_EXCEPTED = re.compile(
    r"\s*,?\s+\(?(?:other than|except(?: for)?|excluding)(?: from)?(?: the)? (?P<package>[A-Z]{3})(?![A-Za-z0-9])"
    r"(?: [Tt]raining [Pp]ackage)?\)?(?=\W*$|,? or\b|\s*,)"
)


def named_units(text: str, titles: Titles) -> tuple[str, list[str]]:
    """The sentence with each unit, its code and its title, as one word ``%unit_a``, and the codes in that order.

    ``titles`` are the titles of each code that the page prints. Unchanged where the end of a title is not clear.
    """
    parts: list[str] = []
    codes: list[str] = []
    at = 0
    for found in _NAMED.finditer(text):
        if found.start() < at or len(found[1]) < _MIN_CODE or is_qualification(text[found.end() :]):
            continue
        end = _end_of_title(text, found.end(), titles.get(found[1], ()))
        if end is None:
            return text, []
        parts += [text[at : found.start()], f"%unit_{_letters(len(codes))} "]
        codes.append(found[1])
        at = end
    return "".join(parts) + text[at:], codes


def excepted_packages(text: str) -> str:
    """The sentence with 'other than ZZZ', a training package by its code, as one word ``%except_zzz``."""
    return _EXCEPTED.sub(lambda found: f" %except_{found['package'].lower()}", text)


def with_codes(plain: str, codes: list[str]) -> str:
    """The sentence with the codes put back: ``%unit_a`` as ``%unit_zzz123``."""
    for number, code in enumerate(codes):
        plain = re.sub(rf"%unit_{_letters(number)}\b", f"%unit_{code.lower()}", plain)
    return plain


def _letters(number: int) -> str:
    """A word without figures for a number: figures in a sentence mean amounts."""
    return "x" + "".join(chr(ord("a") + int(digit)) for digit in str(number))


def _end_of_title(text: str, start: int, titles: Iterable[str]) -> int | None:
    """Where the title that starts here ends: as the list prints it, or at the next unit or the sentence's end."""
    rest = text[start:]
    for title in sorted(titles, key=len, reverse=True):
        if title and rest.lower().startswith(title.lower()):
            mark = _MARK.match(rest, len(title))
            return start + (mark.end() if mark else len(title))
    if not rest or not rest[0].isupper():
        return start - (1 if rest and text[start - 1] == " " else 0)
    end = _END_OF_TITLE.search(rest)
    if end is None or _NOT_A_TITLE.search(rest[: end.start()]):
        return None
    return start + end.start()


def coded_units(plain: str) -> str:
    """A sentence in the grammar's wording with 'coded BSB' and 'coded at AQF level 3 or above' as one word each."""
    for pattern in _PREFIXES:
        plain = pattern.sub(_prefix_word, plain)
    for pattern in _AT_LEVEL:
        plain = pattern.sub(_digit_word, plain)
    return plain


def _prefix_word(match: re.Match[str]) -> str:
    return f" %prefix_{'_'.join(re.split(_WORDS, match['words']))} "


def _digit_word(match: re.Match[str]) -> str:
    level = int(match["level"] or _ROMANS[match["levelr"]])
    low, high = level, level
    if match["side"] == "above":
        low, high = level + 1, 9
    elif match["side"] == "below":
        low, high = 1, level - 1
    elif match["open"]:
        low, high = (level, 9) if match["open"] == "above" else (1, level)
    digits = "_".join(str(digit) for digit in range(low, high + 1))
    return f" %digit_{digits}{'_outcomes' if match['outcomes'] else ''} "


def predicates(word: str) -> tuple[str, ...]:
    """What the word of a sentence stands for: ``unit:CODE``, ``prefix:LETTERS``, ``digit:N``."""
    kind, *values = word.removeprefix("%").split("_")
    return tuple(f"{kind}:{value.upper()}" for value in values if value != "outcomes")
