"""Unit codes that may be mistyped, of another version, or unknown: questions for a person, told from near codes."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from qualgraph.packaging.comparing.findings import RuleFinding
from qualgraph.packaging.comparing.listing import named, plain_title
from qualgraph.packaging.tree import ListedUnit

_PARTS = re.compile(r"(?P<letters>[A-Z]+)(?P<digits>[0-9]+)(?P<version>[A-Z]?)")


class Known(Protocol):
    """Whatever can say whether a qualification packages a unit."""

    def is_known(self, code: str, *, besides: str | None = None) -> bool:
        """Whether any qualification, but for the one named, packages the unit."""
        ...


@dataclass(frozen=True, kw_only=True)
class _Unit:
    member: ListedUnit
    qualification: str | None
    established: bool


def check_codes(
    mentions: Iterable[tuple[ListedUnit, str | None, int]], known: Known | None
) -> Iterator[RuleFinding]:
    """Codes that one rule alone lists: with the title of a near code, near a known code, or unknown.

    ``mentions`` are units where they were first met, the qualification there, and the number of rules that list them.
    """
    units = {
        member.code: _Unit(
            member=member,
            qualification=code,
            established=rules > 1 or (known is not None and known.is_known(member.code, besides=code)),
        )
        for member, code, rules in mentions
    }
    by_title: dict[str, list[_Unit]] = {}
    for unit in units.values():
        if unit.established and (title := plain_title(unit.member.title)):
            by_title.setdefault(title, []).append(unit)
    for unit in units.values():
        if not unit.established:
            yield from _doubts(unit, by_title, known)


def _doubts(unit: _Unit, by_title: dict[str, list[_Unit]], known: Known | None) -> Iterator[RuleFinding]:
    code = unit.member.code
    twins = [other.member.code for other in by_title.get(plain_title(unit.member.title), ())]
    near = [twin for twin in twins if is_slip(code, twin)]
    versions = [twin for twin in twins if twin not in near and is_version(code, twin)]
    if near:
        yield _finding(
            unit,
            "code-mistyped",
            "warning",
            f"{code} may be mistyped: {named(near)} has the same title, and other rules list it.",
            near[0],
        )
    elif versions:
        yield _finding(
            unit,
            "code-of-other-version",
            "info",
            f"{code} has the title of {named(versions)}, which other rules list: another version, or mistyped?",
            versions[0],
        )
    elif known is not None and not known.is_known(code):
        yield _unknown(unit, known)


def _unknown(unit: _Unit, known: Known) -> RuleFinding:
    code = unit.member.code
    near = sorted(other for other in slips(code, another=False) if known.is_known(other))
    if near:
        told = f"No known qualification packages {code}. Is it a slip for {named(near)}?"
        return _finding(unit, "code-mistyped", "warning", told, near[0])
    told = f"No other known qualification packages {code}: it may be new, or mistyped."
    return _finding(unit, "unit-unknown", "info", told, "a unit that is known")


def _finding(unit: _Unit, check: str, severity: str, message: str, wanted: str) -> RuleFinding:
    return RuleFinding(
        check=check,
        code=unit.qualification,
        severity="warning" if severity == "warning" else "info",
        path=unit.member.path,
        message=message,
        seen=unit.member.code,
        wanted=wanted,
        line=unit.member.line,
    )


def is_slip(code: str, other: str) -> bool:
    """Whether one slip of the fingers in the letters makes one code of the other: a letter more, less, or another,
    or two letters changed over. Another version letter or number is no slip.

    >>> is_slip("BSBRISK501A", "BSBRSK501A"), is_slip("BSBCCO501A", "BSBCCO501B"), is_slip("BSBWHS201", "BSBWHS211")
    (True, False, False)
    """
    return other in slips(code)


def slips(code: str, *, another: bool = True) -> set[str]:
    """Every code that one slip in the letters before the number makes of this one.

    ``another`` lets one letter stand for another; without their titles such codes are mostly two units.
    """
    match = _PARTS.fullmatch(code)
    if match is None:
        return set()
    letters, rest = match["letters"], match["digits"] + match["version"]
    cuts = [(letters[:at], letters[at:]) for at in range(len(letters) + 1)]
    made = {left + right[1:] for left, right in cuts if right}
    made |= {left + letter + right for left, right in cuts for letter in string.ascii_uppercase}
    made |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    if another:
        made |= {
            left + letter + right[1:] for left, right in cuts if right for letter in string.ascii_uppercase
        }
    return {word + rest for word in made if word} - {code}


def is_version(code: str, other: str) -> bool:
    """Whether the codes have the same letters, and only their number or version letter differs.

    >>> is_version("BSBCCO501A", "BSBCCO501B"), is_version("BSBWHS201", "CPCWHS201")
    (True, False)
    """
    mine, theirs = _PARTS.fullmatch(code), _PARTS.fullmatch(other)
    return mine is not None and theirs is not None and mine["letters"] == theirs["letters"] and code != other
