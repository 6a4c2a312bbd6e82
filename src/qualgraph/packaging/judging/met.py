"""The units met in very many plans, numbered, so that what is known of each is found for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

MOST_CODES = 500_000
"""How many writings of codes are remembered before all are forgotten."""

Numbers = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Met:
    """Units met in plans: the number of each ``unit``, and the ``plan`` it stands in, by place. None stands twice."""

    plans: int
    plan: Numbers
    unit: Numbers

    @classmethod
    def of(cls, rows: Sequence[Collection[int]]) -> Met:
        """The units (by number) of each plan; none may be given twice for a plan."""
        sizes = [len(row) for row in rows]
        unit = np.fromiter(chain.from_iterable(rows), dtype=np.intp, count=sum(sizes))
        return cls(plans=len(rows), plan=np.repeat(np.arange(len(rows)), sizes), unit=unit)

    def by_plan(self) -> list[set[int]]:
        """The units of each plan."""
        rows: list[set[int]] = [set() for _ in range(self.plans)]
        for plan, unit in zip(self.plan.tolist(), self.unit.tolist(), strict=True):
            rows[plan].add(unit)
        return rows


class Units:
    """The number of each unit met.

    ``edition`` counts how often all units were forgotten: numbers of another edition mean nothing.
    """

    def __init__(self) -> None:
        self.edition = 0
        self._written = _Written()
        self._values = _unset(0)

    def met(self, selections: Sequence[Sequence[str]]) -> Met:
        """The units of each selection, each once, however often and in whichever way it is written."""
        if len(self._written) > MOST_CODES:
            self.edition += 1
            self._written = _Written()
        sizes = np.fromiter(map(len, selections), dtype=np.intp, count=len(selections))
        written = chain.from_iterable(selections)
        unit = np.fromiter(map(self._written.__getitem__, written), dtype=np.intp, count=int(sizes.sum()))
        bits = len(self._written.codes).bit_length()
        keys = _distinct((np.repeat(np.arange(len(selections)), sizes) << bits) | unit)
        plan, unit = keys >> bits, keys & ((1 << bits) - 1)
        if not unit.all():
            plan, unit = plan[unit > 0], unit[unit > 0]
        return Met(plans=len(selections), plan=plan, unit=unit)

    def number(self, written: str) -> int:
        """The number of a unit; 0 is that of a blank."""
        return self._written[written]

    def codes(self, units: Iterable[int]) -> list[str]:
        """The code of each unit, in capitals."""
        return list(map(self._written.codes.__getitem__, units))

    def code(self, unit: int) -> str:
        """The code of a unit, in capitals."""
        return self._written.codes[unit]

    def looked_up(self, units: Numbers, keys: Numbers, values: Numbers) -> Numbers:
        """For each of the units, the value of the key that it is; -1 where it is none of the keys."""
        if len(self._values) < len(self._written.codes):
            self._values = _unset(2 * len(self._written.codes))
        self._values[keys] = values
        found = self._values[units]
        self._values[keys] = -1
        return found


class Noted:
    """A number that is noted for each unit when it is first met."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._keys = _unset(0)
        self._values = _unset(0)

    def __len__(self) -> int:
        return len(self._keys)

    def of(self, wanted: Numbers, noting: Callable[[list[int]], Iterable[int]]) -> Numbers:
        """What is noted for each of the units wanted; ``noting`` says it for those that were not met before."""
        found = self._units.looked_up(wanted, self._keys, self._values)
        new = wanted[found < 0]
        if new.size:
            keys = _distinct(new)
            noted = np.fromiter(noting(keys.tolist()), dtype=np.intp, count=len(keys))
            self._values = np.append(self._values, noted)
            self._keys = np.append(self._keys, keys)
            found = self._units.looked_up(wanted, self._keys, self._values)
        return found


class _Written(dict[str, int]):
    """The number of a unit by its code, however that is written; a new code gets the next number."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.codes = [""]

    def __missing__(self, written: str) -> int:
        code = written.strip().upper()
        if code not in self:
            self[code] = len(self.codes)
            self.codes.append(code)
        self[written] = self[code]
        return self[code]


def _distinct(numbers: Numbers) -> Numbers:
    """Each of the numbers once, in order (:func:`numpy.unique` takes longer where they are few)."""
    found = np.sort(numbers)
    first = np.ones(len(found), dtype=bool)
    np.not_equal(found[1:], found[:-1], out=first[1:])
    return found[first]


def _unset(size: int) -> Numbers:
    return np.full(size, -1, dtype=np.intp)
