"""The cells of a unit's row after its title: required units, units not to be taken with it, guidelines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualgraph.packaging.reading.units import unit_codes

_CODE = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{2,9}\d{1,6}[A-Z0-9]{0,5}|\d{5}[A-Z]{2,4})(?![A-Za-z0-9])")
_BETWEEN = re.compile(r"[\s,;/&+.()*]|\band\b|\bor\b|\bplus\b|\beither\b|#", re.IGNORECASE)
_ALTERNATIVES = re.compile(
    r"^\W*(?:and )?(?:(?:any |at least )?one (?:unit )?of(?: the)?(?: following)?(?: units)?"
    r"|either(?: of)?(?: the following)?)\W*$",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(
    r"(?:^|[–-]\s)\W*(?:(?:do|can|must) not (?:be )?(?:take|taken|select|selected|choose|chosen|combine|combined)"
    r"|not to be (?:taken|selected|chosen)) (?:in conjunction |together )?with (?P<codes>.+)$",
    re.IGNORECASE,
)
_TAKEN_WITH = re.compile(r"^\W*(?:must be taken|must take|take|to be taken)\b.{0,80}$", re.IGNORECASE)
_GUIDE = re.compile(
    r"^(?:required for|applicable to|this unit is applicable|recommended for|suitable for)\b", re.IGNORECASE
)
_OPEN_OR = re.compile(
    r"^\W*(?:and/or|or|either)\b|(?<!\w)(?:and/or|or|either)\W*$"
    r"|(?<!\w)(?:or|either)\s+(?:∟\s*)?[A-Z]{2,9}\d",
    re.IGNORECASE,
)
_SEE_NOTE = re.compile(r"^\(see notes?\b[^()]*\)$", re.IGNORECASE)
_NONE = ("nil", "none", "n/a", "not applicable", "-", "–")


@dataclass(frozen=True, kw_only=True)
class Required:
    """The units that a cell asks for: all of ``all_of``, and one of each row of ``one_of``."""

    all_of: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()


def required_units(text: str) -> Required | None:
    """What a cell of nothing but unit codes and joiners asks for; None for any other text, or 'and' mixed with 'or'."""
    codes = unit_codes(text)
    joiners = _CODE.sub(" ", text)
    if not codes or _BETWEEN.sub("", joiners):
        return None
    words = set(re.findall(r"and|or|/|plus|either", joiners.lower()))
    if re.search(r"^\W*or\b|\bor\W*$", text, re.IGNORECASE):
        return None
    if "either" in words and "or" not in words:
        return None
    if not words & {"or", "/"}:
        return Required(all_of=tuple(codes))
    if words & {"and", "plus"} or len(codes) < 2:
        return None
    return Required(one_of=(tuple(codes),))


def only_units(text: str) -> bool:
    """Whether the cell holds unit codes and joiners, and no other words."""
    return bool(unit_codes(text)) and not _BETWEEN.sub("", _CODE.sub(" ", text))


def misprints(text: str) -> list[str]:
    """What looks like a code in the cell and is none, such as one that lost its last digits."""
    codes = set(unit_codes(text))
    return [code for code in _CODE.findall(text) if code not in codes]


def joins_openly(text: str) -> bool:
    """Whether 'or' or 'either' stands beside a unit of the cell, or at its start or end."""
    return bool(_OPEN_OR.search(text))


def refers_to_note(text: str) -> bool:
    """Whether the cell only refers to a note elsewhere on the page: '(see Note 2)'."""
    return bool(_SEE_NOTE.match(text))


def leads_alternatives(text: str) -> bool:
    """Whether the cell says that one of the units after it is enough ('and one of the following:')."""
    return bool(_ALTERNATIVES.match(text))


def excluded_units(text: str) -> tuple[tuple[str, ...], str]:
    """The units that the cell says must not be taken with that of its row, and what else it says."""
    found = _EXCLUDED.search(text)
    if found is None or _BETWEEN.sub("", _CODE.sub(" ", found["codes"])):
        return (), ""
    return tuple(unit_codes(found["codes"])), text[: found.start()].strip(" –-")


def guides_choice(text: str) -> bool:
    """Whether the cell begins by saying for what work the unit of its row is chosen ('Required for ...')."""
    return bool(_GUIDE.match(text))


def taken_with(text: str) -> bool:
    """Whether the cell ties the unit of its row to others ('Must be taken with ...')."""
    return bool(_TAKEN_WITH.match(text))


def says_none(text: str) -> bool:
    """Whether the cell only says that it holds nothing: no prerequisite, in words or as a stroke."""
    return text.lower() in _NONE
