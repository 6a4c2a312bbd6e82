"""The kinds of units that one rule tells apart: units of a kind may take the same places in every problem of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualgraph.packaging.facts import Award, proves, restricts
from qualgraph.packaging.judging.cuts import tests_of
from qualgraph.packaging.judging.lowering import class_of, told_by
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
    """

    def __init__(self, rule: PackagingRule, problems: Sequence[Problem], proofs: Proofs) -> None:
        self._problems = tuple(problems)
        self._award = Award.of(rule)
        self._proofs = proofs
        self._numbers: dict[object, int] = {}
        ways = [way for problem in problems for way in problem.imports]
        self._pools = tuple(dict.fromkeys(way.pool for way in ways if restricts(way.pool)))
        self._named = tuple(pool for pool in self._pools if pool.qualifications)
        self._proven: dict[int, tuple[bool, ...]] = {}
        tests = dict.fromkeys(test for problem in problems for test in tests_of(problem))
        self._tests = tuple(test for test in tests if not test.startswith("title:"))
        self._by_pairs = not self._tests and not self._named
        self._imports: dict[int | None, int] = {}
        self._extras: tuple[Mapping[str, object], ...] = tuple(
            extra for p in problems for extra in (p.as_prerequisite, p.doubtful, p.weights) if extra
        )
        self._listed = frozenset(
            code for given in (*(problem.units for problem in problems), *self._extras) for code in given
        )
        nothing: tuple[Weighed, ...] = tuple((frozenset(), 0) for _ in problems)
        self.known = [Kind(proven=nothing, possible=nothing)]

    def number(self, code: str, *, asked: bool = False) -> int:
        """The number of the kind of a unit; ``asked``: it is printed as a prerequisite of another in the plan."""
        if self._by_pairs and not asked and code not in self._listed:
            return self._import(code)
        return self._numbered(code, asked)

    def _import(self, code: str) -> int:
        """The number of the kind of an import that only its packages and levels tell from others."""
        bits = self._proofs.bits(code)
        found = self._imports.get(bits)
        if found is None:
            found = self._imports[bits] = self._numbered(code, False)
        return found

    def _numbered(self, code: str, asked: bool) -> int:
        key = self._telling(code, asked)
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.known)
            self.known.append(self._made(code, asked))
        return found

    def _telling(self, code: str, asked: bool) -> object:
        """All that the places and the points of a unit depend on."""
        if code not in self._listed:
            return self._of_an_import(code), asked
        own = tuple([problem.units.get(code) for problem in self._problems])
        more = tuple([extra.get(code) for extra in self._extras])
        return own, more, asked, self._of_an_import(code) if None in own else None

    def _of_an_import(self, code: str) -> object:
        """Which pools the unit is proven to be of, and which tests its code meets; None where it is no code."""
        bits = self._proofs.bits(code)
        if bits is None:
            return None
        if bits not in self._proven:
            masks = [self._proofs.mask(pool, self._award) for pool in self._pools]
            self._proven[bits] = tuple(mask is not None and bits & mask != 0 for mask in masks)
        tests = tuple([told_by(test, code, None) for test in self._tests])
        known = self._proofs.facts.packagings(code) if self._named else ()
        return self._proven[bits], tests, tuple([proves(pool, self._award, known) for pool in self._named])

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
