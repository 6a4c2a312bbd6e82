"""Which unit of competency is packaged at which level, as far as the tables that come with qualgraph say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

from qualgraph.assets import asset_folder
from qualgraph.packaging.comparing.changes import Succession, merged_successions
from qualgraph.packaging.facts import Packaging

DATES: Final = ("2026-04", "2013-07")
"""The tables, the newest first: qualifications current in April 2026, and all that were known in July 2013."""

SOURCES: Final = MappingProxyType({date: f"training.gov.au, register of {date}" for date in DATES})


@dataclass(frozen=True, kw_only=True)
class Witness:
    """A qualification that packages a unit, and how many of the same level and training package do."""

    packaging: Packaging
    date: str
    count: int


class ShippedFacts:
    """The shipped tables, each read when it is first needed.

    A unit that is absent may be packaged by a qualification that is in no table.
    """

    def packagings(self, code: str) -> tuple[Packaging, ...]:
        """One qualification for each level and training package that package the unit, those of today first.

        A package is named without its year: BSB for BSB07.
        """
        return tuple(witness.packaging for witness in self.witnesses(code))

    def witnesses(self, code: str) -> tuple[Witness, ...]:
        """The same, with the date of the table and the number of qualifications."""
        return tuple(witness for table in self._tables for witness in table.witnesses(code))

    def is_known(self, code: str, *, besides: str | None = None) -> bool:
        """Whether any qualification packages the unit; ``besides`` names one that does not count."""
        return any(
            witness.count > 1 or witness.packaging.qualification != besides
            for witness in self.witnesses(code)
        )

    def is_current(self, code: str) -> bool:
        """Whether a qualification of the newest table packages the unit."""
        return code in self._tables[0].units

    def codes(self) -> Iterator[str]:
        """Every unit of the tables once."""
        yield from dict.fromkeys(code for table in self._tables for code in table.units)

    @cached_property
    def _tables(self) -> tuple[_Table, ...]:
        return tuple(_Table(date) for date in DATES)


@cache
def shipped_facts() -> ShippedFacts:
    """The facts of units that come with qualgraph; raises FileNotFoundError where the installation lacks them."""
    return ShippedFacts()


@cache
def shipped_successions() -> Mapping[str, Sequence[Succession]]:
    """What superseded which unit, as far as the shipped table says: that of some 1,500 units of April 2026.

    A unit that is absent may be superseded all the same.
    """
    found: dict[str, list[Succession]] = {}
    for before, _, rest in _rows(asset_folder("data") / "packagings" / DATES[0] / "successions.csv"):
        after, _, equivalent = rest.partition(",")
        step = Succession(code=after, equivalent=equivalent == "yes", source=SOURCES[DATES[0]])
        found.setdefault(before, []).append(step)
    return merged_successions(found)


class _Table:
    """The two files of one date. Codes hold no quotes or commas, so that lines are simply cut."""

    def __init__(self, date: str) -> None:
        self._date = date
        self._folder = asset_folder("data") / "packagings" / date

    @cached_property
    def units(self) -> dict[str, str]:
        return {code: cells for code, _, cells in _rows(self._folder / "units.csv")}

    @cached_property
    def _qualifications(self) -> dict[str, Packaging]:
        found = {}
        for code, _, rest in _rows(self._folder / "qualifications.csv"):
            level, _, package = rest.partition(",")
            found[code] = Packaging(
                qualification=code,
                level=level,
                package=package.rstrip("0123456789"),
                source=SOURCES[self._date],
            )
        return found

    def witnesses(self, code: str) -> Iterator[Witness]:
        for cell in self.units.get(code, "").split():
            qualification, _, count = cell.partition(":")
            yield Witness(
                packaging=self._qualifications[qualification], date=self._date, count=int(count or 1)
            )


def _rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Each line after the header: what is before the first comma, and what follows."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return (line.partition(",") for line in lines[1:])
