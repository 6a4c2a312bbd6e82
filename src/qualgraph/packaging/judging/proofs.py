"""What is proven of imports, for very many units and rules: the facts of each unit are looked up once.

Whether a unit belongs to a pool depends only on the training packages and levels of the qualifications that package
it. These pairs are numbered, so that a unit and a pool are each a set of bits, and a proof is that they meet.
"""

from __future__ import annotations

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

    def bits(self, unit: int) -> int | None:
        """The numbers of the pairs that are known of a unit, as bits; None for what has not the shape of a code."""
        if self._edition != self.units.edition:
            self._edition = self.units.edition
            self._bits.clear()
        if unit in self._bits:
            return self._bits[unit]
        code, found = self.units.code(unit), None
        if well_formed(code):
            found = 0
            for item in self.facts.packagings(code):
                found |= 1 << self._number(item)
        self._bits[unit] = found
        return found

    @property
    def pairs(self) -> int:
        """How many pairs of a training package and a level are known of units."""
        return len(self._pairs)

    def mask(self, pool: ImportPool, award: Award) -> int:
        """The pairs known now that prove a unit to be of a pool that restricts, but names no qualifications."""
        key = (pool, award.level, award.package)
        seen, mask = self._masks.get(key, (0, 0))
        for number in range(seen, len(self._pairs)):
            if puts(pool, award, self._pairs[number]):
                mask |= 1 << number
        self._masks[key] = (len(self._pairs), mask)
        return mask

    def _number(self, item: Packaging) -> int:
        key = (item.package, item.level)
        if key not in self._numbers:
            self._numbers[key] = len(self._pairs)
            self._pairs.append(item)
        return self._numbers[key]
