"""The kinds of units that one rule tells apart: units of a kind may take the same places in every problem of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualgraph.packaging.facts import Award, proves, restricts
from qualgraph.packaging.judging.cuts import tests_of
from qualgraph.packaging.judging.lowering import class_of, told_by
from qualgraph.packaging.judging.met import Noted, Numbers
from qualgraph.packaging.judging.points import most_points
from qualgraph.packaging.judging.problem import Problem, UnitClass
from qualgraph.packaging.judging.proofs import Proofs
from qualgraph.packaging.tree import PackagingRule

Weighed = tuple[UnitClass, int]
"""The places that a unit may take in a problem, and the units (1) or points that it counts there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """For each problem, the class and points of a unit: by what is proven of it, and by what is possible."""

    proven: tuple[Weighed, ...]
    possible: tuple[Weighed, ...]


class Kinds:
    """The kinds met so far, numbered; kind 0 serves nothing.

    What tells units apart is looked at for each unit, the classes are made for the first unit of each kind.
    Units are given by the numbers that ``proofs.units`` has for them.
    """

    def __init__(self, rule: PackagingRule, problems: Sequence[Problem], proofs: Proofs) -> None:
        self._problems = tuple(problems)
        self._award = Award.of(rule)
        self._proofs = proofs
        self._numbers: dict[object, int] = {}
        ways = [way for problem in problems for way in problem.imports]
        pools = dict.fromkeys(way.pool for way in ways if restricts(way.pool))
        self._pools = tuple(pool for pool in pools if not pool.qualifications)
        self._named = tuple(pool for pool in pools if pool.qualifications)
        tests = dict.fromkeys(test for problem in problems for test in tests_of(problem))
        self._tests = tuple(test for test in tests if not test.startswith("title:"))
        self._by_pairs = not self._tests and not self._named
        self._pairs = 0
        self._masks = [0] * len(self._pools)
        self._imports: dict[int | None, int] = {}
        self._extras: tuple[Mapping[str, object], ...] = tuple(
            extra for p in problems for extra in (p.as_prerequisite, p.doubtful, p.weights) if extra
        )
        self._listed = frozenset().union(*(problem.units for problem in problems), *self._extras)
        plain = len(problems) == 1 and not self._extras
        self._alone: Mapping[str, UnitClass] = problems[0].units if plain else {}
        nothing: tuple[Weighed, ...] = tuple((frozenset(), 0) for _ in problems)
        self.known = [Kind(proven=nothing, possible=nothing)]
        self._met = {asked: Noted(proofs.units) for asked in (False, True)}

    def __len__(self) -> int:
        """How many units were met."""
        return sum(map(len, self._met.values()))

    def of(self, units: Numbers, *, asked: bool = False) -> Numbers:
        """The number of the kind of each unit; ``asked``: they are printed as prerequisites of others in the plan."""
        return self._met[asked].of(units, lambda new: [self._kind(unit, asked) for unit in new])

    def _kind(self, unit: int, asked: bool) -> int:
        code = self._proofs.units.code(unit)
        places = self._alone.get(code)
        if places is not None:
            return self._numbered(places, code, asked)
        if code in self._listed:
            return self._numbered(self._of_a_listed(unit, code, asked), code, asked)
        bits = self._proofs.bits(unit)
        if asked or not self._by_pairs:
            return self._numbered((self._of_an_import(bits, code), asked), code, asked)
        if bits and not self._pools:
            bits = 0
        if bits not in self._imports:
            self._imports[bits] = self._numbered((self._of_an_import(bits, code), asked), code, asked)
        return self._imports[bits]

    def _numbered(self, key: object, code: str, asked: bool) -> int:
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.known)
            self.known.append(self._made(code, asked))
        return found

    def _of_a_listed(self, unit: int, code: str, asked: bool) -> object:
        """All that the places and the points of a unit depend on that some list names."""
        own = tuple([problem.units.get(code) for problem in self._problems])
        more = tuple([extra.get(code) for extra in self._extras])
        outside = self._of_an_import(self._proofs.bits(unit), code) if None in own else None
        return own, more, asked, outside

    def _of_an_import(self, bits: int | None, code: str) -> object:
        """Which pools the unit is proven to be of, and which tests its code meets; None where it is no code."""
        if bits is None:
            return None
        if self._pairs != self._proofs.pairs:
            self._pairs = self._proofs.pairs
            self._masks = [self._proofs.mask(pool, self._award) for pool in self._pools]
        proven = tuple([bits & mask != 0 for mask in self._masks])
        if self._by_pairs:
            return proven
        tests = tuple([told_by(test, code, None) for test in self._tests])
        known = self._proofs.facts.packagings(code) if self._named else ()
        return proven, tests, tuple([proves(pool, self._award, known) for pool in self._named])

    def _made(self, code: str, asked: bool) -> Kind:
        given = frozenset({code} if asked else ())
        proven, possible = [], []
        for problem in self._problems:
            sure, hoped = (
                class_of(problem, code, self._award, self._proofs.facts, optimistic=optimistic, asked=given)
                for optimistic in (False, True)
            )
            points = problem.weights.get(code, 0) if problem.weights else 1
            proven.append((sure, points))
            possible.append((hoped, most_points(problem, {code: hoped}).get(code, points)))
        return Kind(proven=tuple(proven), possible=tuple(possible))
