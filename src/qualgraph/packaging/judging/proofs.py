"""What is proven of imports, for very many units and rules: the facts of each unit are looked up once.

Whether a unit belongs to a pool depends only on the training packages and levels of the qualifications that package
it. These pairs are numbered, so that a unit and a pool are each a set of bits, and a proof is that they meet.
"""

from __future__ import annotations

from qualgraph.packaging.facts import Award, Packaging, UnitFacts, proves, restricts, well_formed
from qualgraph.packaging.tree import ImportPool

MOST_CODES = 500_000
"""How many codes are remembered before all are forgotten."""


class Proofs:
    """The pools that units are proven to belong to, by the facts as they are when a unit is first met."""

    def __init__(self, facts: UnitFacts) -> None:
        self.facts = facts
        self._numbers: dict[tuple[str | None, str | None], int] = {}
        self._pairs: list[Packaging] = []
        self._bits: dict[str, int | None] = {}
        self._masks: dict[tuple[ImportPool, str | None, str | None], tuple[int, int]] = {}

    def bits(self, code: str) -> int | None:
        """The numbers of the pairs that are known of a unit, as bits; None for what has not the shape of a code."""
        if code in self._bits:
            return self._bits[code]
        if len(self._bits) >= MOST_CODES:
            self._bits.clear()
        found = None
        if well_formed(code):
            found = 0
            for item in self.facts.packagings(code):
                found |= 1 << self._number(item)
        self._bits[code] = found
        return found

    def mask(self, pool: ImportPool, award: Award) -> int | None:
        """The pairs that prove a unit to be of the pool, as bits; None where it takes more than pairs to say."""
        if pool.qualifications or not restricts(pool):
            return None
        key = (pool, award.level, award.package)
        seen, mask = self._masks.get(key, (0, 0))
        for number in range(seen, len(self._pairs)):
            if proves(pool, award, (self._pairs[number],)):
                mask |= 1 << number
        self._masks[key] = (len(self._pairs), mask)
        return mask

    def _number(self, item: Packaging) -> int:
        key = (item.package, item.level)
        if key not in self._numbers:
            self._numbers[key] = len(self._pairs)
            self._pairs.append(item)
        return self._numbers[key]
