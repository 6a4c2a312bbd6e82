"""What is known of units of competency outside a rule: which qualifications package them, and at which level.

A level is the qualification type of a qualification that packages the unit. Nothing here proves that a unit is
*not* packaged at a level: there may be qualifications that nobody has told us of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from qualgraph.notation import ANY_CODE
from qualgraph.packaging.tree import ImportPool, PackagingRule

QUALIFICATION_TYPES: Mapping[str, int] = MappingProxyType(
    {
        "Certificate I": 1,
        "Certificate II": 2,
        "Certificate III": 3,
        "Certificate IV": 4,
        "Diploma": 5,
        "Advanced Diploma": 6,
        "Associate Degree": 6,
        "Bachelor Degree": 7,
        "Graduate Certificate": 8,
        "Graduate Diploma": 8,
        "Vocational Graduate Certificate": 8,
        "Vocational Graduate Diploma": 8,
    }
)
"""Each AQF qualification type and its level; 10 would be the highest."""

_TITLED = re.compile(
    rf"\s*({'|'.join(sorted(QUALIFICATION_TYPES, key=len, reverse=True))})(?:\s+(?:of|in)\b|\s*$)",
    re.IGNORECASE,
)
_PACKAGE_QUALIFICATION = re.compile(r"([A-Z]{3})\d{5}")
_UNIT_CODE = re.compile(ANY_CODE)
_LEVEL = re.compile(r"(?P<name>.+?)(?: (?:and|or) (?P<way>above|below|higher|lower))?")
_BY_NAME = {name.casefold(): name for name in QUALIFICATION_TYPES}


@dataclass(frozen=True, kw_only=True)
class Packaging:
    """One qualification that packages a unit: its code, its type ('Certificate III'), its training package.

    ``package`` is None for an accredited course. ``source`` says where this is known from.
    """

    qualification: str
    level: str | None
    package: str | None
    source: str


class UnitFacts(Protocol):
    """Whatever can say which qualifications package a unit."""

    def packagings(self, code: str) -> tuple[Packaging, ...]:
        """The qualifications known to package the unit of this code; none where nothing is known."""
        ...


class KnownUnits:
    """Facts held in memory."""

    def __init__(self, packagings: Mapping[str, Iterable[Packaging]]) -> None:
        self._packagings = {code: tuple(dict.fromkeys(known)) for code, known in packagings.items()}

    @classmethod
    def from_rules(cls, rules: Iterable[PackagingRule], *, source: str = "packaging rules") -> KnownUnits:
        """What the rules themselves tell: each listed unit is packaged in the qualification of its rule."""
        found: dict[str, list[Packaging]] = {}
        for rule in rules:
            if rule.code is None:
                continue
            packaging = Packaging(
                qualification=rule.code,
                level=level_in_title(rule.title),
                package=training_package(rule.code),
                source=source,
            )
            for _, member in rule.members():
                found.setdefault(member.code, []).append(packaging)
        return cls(found)

    def packagings(self, code: str) -> tuple[Packaging, ...]:
        """The qualifications known to package the unit."""
        return self._packagings.get(code, ())

    def __len__(self) -> int:
        return len(self._packagings)


class MergedFacts:
    """What several sources say together, in the order given."""

    def __init__(self, *facts: UnitFacts) -> None:
        self._facts = facts

    def packagings(self, code: str) -> tuple[Packaging, ...]:
        """The qualifications that any of the sources knows to package the unit, each once."""
        return tuple(dict.fromkeys(item for facts in self._facts for item in facts.packagings(code)))


NO_FACTS = KnownUnits({})
"""Nothing is known of any unit."""


@dataclass(frozen=True, kw_only=True)
class Award:
    """What an import is compared with: the qualification judged, its type and its training package where known."""

    code: str | None
    level: str | None
    package: str | None

    @classmethod
    def of(cls, rule: PackagingRule) -> Award:
        """The qualification of the rule."""
        return cls(
            code=rule.code, level=level_in_title(rule.title), package=training_package(rule.code or "")
        )


def level_in_title(title: str | None) -> str | None:
    """The qualification type that a title starts with; None where it names none.

    >>> level_in_title("Certificate III in Kite Making")
    'Certificate III'
    >>> level_in_title("Kite Making")
    """
    match = _TITLED.match(title or "")
    return _BY_NAME[" ".join(match[1].casefold().split())] if match else None


def training_package(code: str) -> str | None:
    """The training package that a qualification's code names; None for an accredited course.

    >>> training_package("ZZZ30120"), training_package("22603VIC")
    ('ZZZ', None)
    """
    match = _PACKAGE_QUALIFICATION.fullmatch(code)
    return match[1] if match else None


def well_formed(code: str) -> bool:
    """Whether the text has the shape of a unit code of any era."""
    return _UNIT_CODE.fullmatch(code) is not None


def restricts(pool: ImportPool) -> bool:
    """Whether it takes facts to say that a unit belongs to the pool."""
    anywhere = not pool.packages and not pool.qualifications and set(pool.sources) != {"this-package"}
    anywhere = anywhere and not pool.except_packages
    anywhere = anywhere and set(pool.sources) != {"accredited-course"}
    return bool(pool.levels) or not anywhere


def proves(pool: ImportPool, award: Award, known: Iterable[Packaging]) -> bool:
    """Whether one of the qualifications known to package a unit puts it in the pool."""
    if not restricts(pool):
        return True
    return any(puts(pool, award, item) for item in known)


def puts(pool: ImportPool, award: Award, item: Packaging) -> bool:
    """Whether this qualification, as it packages a unit, puts it in a pool that restricts."""
    return _from_there(pool, award, item) and _at_level(pool, award, item)


def _from_there(pool: ImportPool, award: Award, item: Packaging) -> bool:
    named = bool(pool.packages or pool.qualifications)
    if item.package is not None and item.package in pool.except_packages:
        return False
    if not pool.sources and not named:
        return True
    this = item.package is not None and item.package == award.package
    return (
        ("any-package" in pool.sources and item.package is not None)
        or ("this-package" in pool.sources and this)
        or ("accredited-course" in pool.sources and item.package is None)
        or item.qualification in pool.qualifications
        or any(item.package in name.upper().split() for name in pool.packages)
    )


def _at_level(pool: ImportPool, award: Award, item: Packaging) -> bool:
    return not pool.levels or any(level_agrees(level, award.level, item.level) for level in pool.levels)


@lru_cache(maxsize=4096)
def level_agrees(wanted: str, own: str | None, given: str | None) -> bool:
    """Whether a qualification type is one that a rule asks for; False where it takes a type that is not known.

    ``wanted`` is as in :class:`ImportPool`, ``own`` the type of the qualification judged.

    >>> level_agrees("one higher", "Certificate IV", "Diploma")
    True
    >>> level_agrees("Certificate II or above", None, "Certificate I")
    False
    """
    match = _LEVEL.fullmatch(wanted.strip())
    if given is None or match is None:
        return False
    number, exact = _level_meant(match["name"], own)
    known = QUALIFICATION_TYPES.get(given)
    if number is None or known is None:
        return False
    if match["way"] in ("above", "higher"):
        return known >= number
    if match["way"] in ("below", "lower"):
        return known <= number
    return given == exact if exact is not None else known == number


def _level_meant(name: str, own: str | None) -> tuple[int | None, str | None]:
    """The AQF level that the words name, and the type where they name one."""
    words = name.casefold()
    mine = QUALIFICATION_TYPES.get(own or "")
    steps = {"same": 0, "one higher": 1, "one lower": -1}
    if words in steps:
        return (None if mine is None else mine + steps[words]), None
    if words.startswith("aqf "):
        return int(words.split()[-1]), None
    exact = _BY_NAME.get(words)
    return QUALIFICATION_TYPES.get(exact or ""), exact
