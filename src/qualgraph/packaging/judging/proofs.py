"""What is proven of imports, for very many units and rules: the facts of each unit are looked up once.

Whether a unit belongs to a pool depends only on the training packages and levels of the qualifications that package
it. These pairs are numbered, so that a unit and a pool are each a set of bits, and a proof is that they meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import filterfalse

from qualgraph.packaging.facts import Award, Packaging, UnitFacts, puts, well_formed
from qualgraph.packaging.judging.met import Units
from qualgraph.packaging.tree import ImportPool


class Proofs:
    """The pools that units are proven to belong to, by the facts as they are when a unit is first met."""

    def __init__(self, facts: UnitFacts) -> None:
        self.facts = facts
        self.units = Units()
        self._edition = 0
        self._numbers: dict[tuple[str | None, str | None], int] = {}
        self._pairs: list[Packaging] = []
        self._bits: dict[int, int | None] = {}
        self._masks: dict[tuple[ImportPool, str | None, str | None], tuple[int, int]] = {}

    def bits(self, units: Sequence[int]) -> list[int | None]:
        """For each unit, the numbers of the pairs known of it, as bits; None for what has not the shape of a code."""
        if self._edition != self.units.edition:
            self._edition = self.units.edition
            self._bits.clear()
        for unit in filterfalse(self._bits.__contains__, units):
            self._bits[unit] = self._looked_up(self.units.code(unit))
        return list(map(self._bits.__getitem__, units))

    def _looked_up(self, code: str) -> int | None:
        if not well_formed(code):
            return None
        found = 0
        for item in self.facts.packagings(code):
            key = (item.package, item.level)
            if key not in self._numbers:
                self._numbers[key] = len(self._pairs)
                self._pairs.append(item)
            found |= 1 << self._numbers[key]
        return found

    def mask(self, pool: ImportPool, award: Award) -> int:
        """The pairs known now that prove a unit to be of a pool that restricts, but names no qualifications."""
        key = (pool, award.level, award.package)
        seen, mask = self._masks.get(key, (0, 0))
        for number in range(seen, len(self._pairs)):
            if puts(pool, award, self._pairs[number]):
                mask |= 1 << number
        self._masks[key] = (len(self._pairs), mask)
        return mask
