"""A page of the occupation classification: a unit group, its occupations, and what their skill levels correspond to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class QualificationOption:
    """One way to the skill level: any of these qualification types, with years of on-the-job training if stated.

    ``types`` are AQF qualification types as printed ('Certificate III'); for New Zealand ``register_levels`` are the
    levels of the NZ Register. Other fields are then empty.
    """

    types: tuple[str, ...] = ()
    register_levels: tuple[int, ...] = ()
    training_years: int | None = None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillLevelStatement:
    """What a skill level of an occupation corresponds to in one country (ISO 3166 'AU' or 'NZ')."""

    occupation_title: str
    country: str
    skill_level: int
    options: tuple[QualificationOption, ...]
    substitute_years: int | None
    """Years of relevant experience that may stand in for the qualification."""
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledLine:
    """A label or sentence with its line."""

    text: str
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupation:
    """An ANZSCO occupation. ``skill_level`` 1 is the highest, 5 the lowest."""

    code: str
    title: str
    skill_level: int | None
    alternative_titles: tuple[LabelledLine, ...]
    specialisations: tuple[LabelledLine, ...]
    description: LabelledLine | None
    line: int


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitGroup:
    """An ANZSCO unit group and what its page says of it. ``edition`` for example 'First Edition, 2006'."""

    code: str
    title: str
    edition: str | None
    catalogue_number: str | None
    released: date | None
    archived: bool
    occupations: tuple[LabelledLine, ...]
    """As listed: code and title in ``text``."""
    tasks: tuple[LabelledLine, ...]
    skill_levels: tuple[SkillLevelStatement, ...]
    description: LabelledLine | None
    line: int
