"""What a classification says: its concepts by edition, the titles of its index, and how two classifications compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from qualgraph.model.component import Scheme

LEVELS: Final[dict[str, tuple[str, ...]]] = {
    "anzsco": ("major group", "sub-major group", "minor group", "unit group", "occupation"),
    "osca": ("major group", "sub-major group", "minor group", "unit group", "occupation"),
    "asced-field": ("broad field", "narrow field", "detailed field"),
}
"""The levels of a classification from the top, by its scheme."""

EDITIONED: Final = frozenset({"anzsco", "osca"})
"""Schemes of which several editions are in use; a code without its edition is of all of them."""


def depth_of(scheme: str, code: str) -> int:
    """The level of a code, of which 1 is the top: codes grow by a digit, and by two at the last level or at each.

    >>> depth_of("anzsco", "5411"), depth_of("anzsco", "541111"), depth_of("asced-field", "0805")
    (4, 5, 2)
    """
    if scheme == "asced-field":
        return len(code) // 2
    return 5 if len(code) == 6 else len(code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """One edition of a classification: ``anzsco`` and ``2022``; ``key`` is None where no edition is stated or known."""

    scheme: str
    key: str | None

    noun: ClassVar[str] = "edition"

    @property
    def name(self) -> str:
        """The edition as it stands in identifiers: ``anzsco-2022``."""
        return f"{self.scheme}-{self.key}" if self.key else self.scheme

    @property
    def is_stated(self) -> bool:
        """Whether it is known which edition is meant, or the classification has only one."""
        return self.key is not None or self.scheme not in EDITIONED


@dataclass(frozen=True, kw_only=True, slots=True)
class SkillLevels:
    """Skill levels as one cell prints them; 1 is the highest, 5 the lowest.

    ``single`` holds in both countries; ``by_country`` has (ISO country, level) where they differ; ``several`` are the
    levels that most occupations of a group have. What the cell does not say is empty.
    """

    stated: str
    single: int | None = None
    by_country: tuple[tuple[str, int], ...] = ()
    several: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifiedConcept:
    """One category in the structure of an edition. ``depth`` 1 is the top; ``broader`` is the code of the one above."""

    edition: Edition
    code: str
    title: str
    depth: int
    broader: str | None
    skill: SkillLevels | None
    table: str
    line: int

    @property
    def noun(self) -> str:
        """What it counts as: ``unit group``."""
        return LEVELS[self.edition.scheme][self.depth - 1]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupSkillLevels:
    """The skill levels that predominate in a group of occupations."""

    edition: Edition
    code: str
    skill: SkillLevels
    table: str
    line: int

    noun: ClassVar[str] = "predominant skill level"


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexTitle:
    """A title of the index: by it the occupation is found. ``category`` as printed, in lower case."""

    edition: Edition
    code: str
    title: str
    category: str
    table: str
    line: int

    noun: ClassVar[str] = "index title"


@dataclass(frozen=True, kw_only=True, slots=True)
class Correspondence:
    """A table that compares two editions or classifications, from the first to the second."""

    source: Edition
    target: Edition
    table: str
    line: int

    noun: ClassVar[str] = "correspondence table"


@dataclass(frozen=True, kw_only=True, slots=True)
class CorrespondenceRow:
    """One row of a correspondence: codes and titles of both sides, None on a side that has no counterpart.

    ``partial``: only a part of the second category belongs to the first (marked 'p').
    """

    source: Edition
    target: Edition
    source_code: str | None
    source_title: str | None
    target_code: str | None
    target_title: str | None
    partial: bool
    table: str
    line: int

    noun: ClassVar[str] = "correspondence row"


@dataclass(frozen=True, kw_only=True, slots=True)
class SchemeValue:
    """A value of a classification as the register lists it, without edition or level."""

    scheme: Scheme
    code: str
    title: str
    line: int

    noun: ClassVar[str] = "classification value"


ClassificationItem = (
    SchemeValue
    | Edition
    | ClassifiedConcept
    | GroupSkillLevels
    | IndexTitle
    | Correspondence
    | CorrespondenceRow
)
"""What the files of a classification yield."""
