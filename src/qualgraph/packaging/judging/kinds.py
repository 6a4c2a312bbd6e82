"""The kinds of units that one rule tells apart: units of a kind may take the same places in every problem of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualgraph.packaging.facts import Award, proves, restricts
from qualgraph.packaging.judging.lowering import class_of, told_by
from qualgraph.packaging.judging.met import Noted, Numbers
from qualgraph.packaging.judging.points import most_points
from qualgraph.packaging.judging.problem import Problem, UnitClass
from qualgraph.packaging.judging.proofs import Proofs
from qualgraph.packaging.judging.unit_classes import tests_of
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
        extras = (extra for p in problems for extra in (p.as_prerequisite, p.doubtful, p.weights) if extra)
        self._lists: tuple[Mapping[str, object], ...] = (*(problem.units for problem in problems), *extras)
        first, *others = (problem.units for problem in problems) if problems else ({},)
        self._everywhere: Collection[str] = first.keys() & others[0].keys() if others else first
        for more in others[1:]:
            self._everywhere = more.keys() & self._everywhere
        nothing: tuple[Weighed, ...] = tuple((frozenset(), 0) for _ in problems)
        self.known = [Kind(proven=nothing, possible=nothing)]
        self._met = {asked: Noted(proofs.units) for asked in (False, True)}

    def __len__(self) -> int:
        """How many units were met."""
        return sum(map(len, self._met.values()))

    def of(self, units: Numbers, *, asked: bool = False) -> Numbers:
        """The number of the kind of each unit; ``asked``: they are printed as prerequisites of others in the plan."""
        return self._met[asked].of(units, lambda new: self._numbered(new, asked))

    def _numbered(self, units: list[int], asked: bool) -> Iterable[int]:
        """The number of the kind of each unit; units that nothing tells apart are of one kind."""
        codes = self._proofs.units.codes(units)
        keys = self._told_apart(units, codes)
        for key, code in dict(zip(keys, codes, strict=True)).items():
            if (key, asked) not in self._numbers:
                self._numbers[key, asked] = len(self.known)
                self.known.append(self._made(code, asked))
        numbers = {key: self._numbers[key, asked] for key in set(keys)}
        return map(numbers.__getitem__, keys)

    def _told_apart(self, units: list[int], codes: list[str]) -> list[object]:
        """All that the places and the points of each unit depend on: what lists say, and for imports the facts."""
        keys: list[object] = [*zip(*(map(named.get, codes) for named in self._lists), strict=True)]
        outside = [at for at, code in enumerate(codes) if code not in self._everywhere]
        told = self._of_imports([units[at] for at in outside], [codes[at] for at in outside])
        for at, facts in zip(outside, told, strict=True):
            keys[at] = (keys[at], facts)
        return keys

    def _of_imports(self, units: list[int], codes: list[str]) -> list[object]:
        """Whether each is a code at all, which pools it is proven to be of, and which tests it meets."""
        known = self._proofs.bits(units)
        masks = [self._proofs.mask(pool, self._award) for pool in self._pools]
        columns = [[bits is not None for bits in known]]
        columns += [[bool(bits and bits & mask) for bits in known] for mask in masks]
        columns += [[told_by(test, code, None) for code in codes] for test in self._tests]
        if self._named:
            packagings = [self._proofs.facts.packagings(code) for code in codes]
            columns += [[proves(pool, self._award, row) for row in packagings] for pool in self._named]
        return list(zip(*columns, strict=True))

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
