"""A packaging rule compiled to plain SHACL Core, which judges plans in any SHACL processor.

Results of severity sh:Violation are definite. A plan with nothing worse than sh:Info is not decided by the shapes.
Where the shapes are exact (``qgsh:strength qgsh:Exact``), a plan without results earns the qualification.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualgraph.errors import UsageError
from qualgraph.identifiers import Identifiers, Kind, slug
from qualgraph.packaging.compiling.count_words import count_in_words
from qualgraph.packaging.compiling.shacl_text import (
    ALWAYS,
    NEVER,
    block,
    either,
    every,
    for_plans_of,
    member_of,
    other_than,
    packaged_at,
    prefix_lines,
    quoted,
    told_by,
)
from qualgraph.packaging.facts import QUALIFICATION_TYPES, Award, level_agrees, restricts
from qualgraph.packaging.judging.cuts import Count, Cuts, cuts
from qualgraph.packaging.judging.lowering import LoweredForm, lower
from qualgraph.packaging.judging.partial import certain_form
from qualgraph.packaging.judging.problem import ImportWay, Problem, UnitClass
from qualgraph.packaging.tree import ImportPool, PackagingRule, Prerequisite
from qualgraph.rdf import IRI

UNDECIDED = "sh:severity sh:Info ;\n  qgsh:outcome qgsh:Unverifiable"


def planned_for(
    rule: PackagingRule, *, specialisation: str | None = None, ids: Identifiers | None = None
) -> IRI:
    """What a plan under the rule is for: the release, or the qualification where it is not known, or a specialisation.

    Raises :class:`UsageError` for a rule without a code.
    """
    known = ids or Identifiers()
    if rule.code is None:
        raise UsageError(
            "the packaging rule names no qualification, so no plan can be for it.",
            hint="Give the rule a code.",
        )
    iri = known.component(Kind.QUALIFICATION, rule.code)
    if rule.release:
        iri = known.release(Kind.QUALIFICATION, rule.code, rule.release)
    return known.below(iri, "specialisation", slug(specialisation)) if specialisation else iri


def import_pool_iri(rule: PackagingRule, pool: ImportPool, ids: Identifiers | None = None) -> IRI:
    """The pool of units from elsewhere that a proven import counts towards."""
    known = ids or Identifiers()
    parts = (*pool.sources, *pool.levels, *pool.packages, *pool.qualifications)
    parts += tuple(f"without {package}" for package in pool.except_packages)
    return known.below(planned_for(rule, ids=known), "shapes", "import", slug(" ".join(parts) or "anywhere"))


def compile_shacl(rule: PackagingRule, *, ids: Identifiers | None = None) -> str:
    """The shapes of a rule as Turtle, for its plain award and each specialisation, with the pools of its units.

    The same rule gives the same text. Load it both as shapes and as data. A rule that was not wholly read gives
    what is certain of it, marked as necessary only; raises :class:`UsageError` where nothing is.
    """
    return _Compiler(rule, ids or Identifiers()).text()


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A problem of a form with its counts, and the form it belongs to."""

    lowered: LoweredForm
    problem: Problem
    cuts: Cuts


class _Compiler:
    def __init__(self, rule: PackagingRule, ids: Identifiers) -> None:
        self.rule = rule
        self.ids = ids
        self.base = ids.below(planned_for(rule, ids=ids), "shapes")
        self.award = Award.of(rule)
        self.pools: dict[frozenset[str], IRI] = {}
        self.imports: dict[ImportPool, IRI] = {}

    def text(self) -> str:
        names = [item.name for item in self.rule.specialisations if item.rules]
        blocks = [piece for name in (None, *dict.fromkeys(names)) for piece in self._award(name)]
        pieces = sorted({*blocks, *self._pool_blocks(), *self._member_blocks()})
        return "\n".join([*prefix_lines(), *pieces]) + "\n"

    def _award(self, specialisation: str | None) -> Iterator[str]:
        """The shapes of the plain award or of one specialisation."""
        planned = planned_for(self.rule, specialisation=specialisation, ids=self.ids)
        top = self.ids.below(self.base, slug(specialisation) if specialisation else "award")
        forms, why_not = self._forms(specialisation)
        exact = not why_not and all(part.cuts.exact for form in forms for part in form)
        name = f"A plan for {self.rule.code}{f', {specialisation}' if specialisation else ''}"
        yield from self._forms_blocks(top, planned, forms, name, exact)
        if specialisation is None or self.rule.status == "complete":
            yield from self._prerequisites(top, planned)
        if not exact:
            reason = why_not or "limits of the rule cross each other, or it counts points"
            yield block(
                self.ids.below(top, "unconfirmed"),
                "a sh:NodeShape",
                *for_plans_of(planned, ()),
                UNDECIDED,
                f"sh:message {quoted(f'These shapes can reject this plan and cannot confirm it: {reason}.')}",
            )

    def _forms(self, specialisation: str | None) -> tuple[list[list[_Part]], str]:
        """The forms of the rule with their counts, and why they are not all of it (empty where they are)."""
        if self.rule.status == "complete":
            lowered = lower(self.rule, specialisation=specialisation)
            short = "a sentence of the rule is not in them" if any(f.form.left_out for f in lowered) else ""
        else:
            certain = certain_form(self.rule)
            if certain is None:
                raise UsageError(
                    f"the packaging rule of {self.rule.code} was not wholly read, and nothing in it is certain.",
                    hint="'qualgraph rules show' lists the sentences that were not read.",
                )
            lowered, short = (certain,), "the rule was not wholly read"
        forms = [
            [_Part(lowered=form, problem=problem, cuts=cuts(problem)) for problem in form.problems]
            for form in lowered
        ]
        return forms, short

    def _forms_blocks(
        self, top: IRI, planned: IRI, forms: list[list[_Part]], name: str, exact: bool
    ) -> Iterator[str]:
        strength = f"qgsh:strength qgsh:{'Exact' if exact else 'NecessaryOnly'}"
        common = (f"qgsh:judgesPlansFor {planned}", strength, f"rdfs:label {quoted(name)}")
        sure: list[list[IRI]] = []
        maybe: list[list[IRI]] = []
        for number, form in enumerate(forms, start=1):
            iri = self.ids.below(top, "form", str(number)) if len(forms) > 1 else top
            made = [self._count(iri, at, part, count) for at, part, count in _numbered(form)]
            yield from (piece for _, _, pieces in made for piece in pieces)
            maybe.append([possible for possible, _, _ in made])
            sure.append([proven or possible for possible, proven, _ in made])
        if len(forms) == 1:
            counts = ", ".join(map(str, dict.fromkeys([*maybe[0], *sure[0]])))
            path = "sh:property [ sh:path [ sh:inversePath qg:isPlanFor ] ; sh:property"
            target = (
                (f"sh:targetNode {planned}", f"{path} {counts} ]")
                if counts
                else (f"sh:targetNode {planned}",)
            )
            yield block(top, "a sh:NodeShape", *common, *target)
            return
        told = f"{name} must meet one of {len(forms)} alternatives, and meets none."
        yield block(
            top, "a sh:NodeShape", *common, *for_plans_of(planned, map(_together, maybe)),
            "sh:severity sh:Violation", f"sh:message {quoted(told)}",
        )  # fmt: skip
        if sure != maybe:
            told = (
                f"{name}: not decided, as it is not known where some units are packaged, and at which level."
            )
            yield block(
                self.ids.below(top, "proven"), "a sh:NodeShape", *for_plans_of(planned, map(_together, sure)),
                UNDECIDED, f"sh:message {quoted(told)}",
            )  # fmt: skip

    def _count(self, form: IRI, number: int, part: _Part, count: Count) -> tuple[IRI, IRI | None, list[str]]:
        """The shape of a count, the shape that wants it of proven units where that differs, and both as text."""
        iri = self.ids.below(form, "count", str(number))
        words = count_in_words(self.rule, part.lowered, part.problem, count)
        need = count.need if not part.problem.weights else _fewest(part.problem, count)
        common = [
            "a sh:PropertyShape",
            "sh:path qg:includesUnit",
            *(f"qgsh:ruleStatement {quoted(statement.path)}" for statement in words.statements),
            *(f"qg:sourceLine {line}" for line in dict.fromkeys(s.line for s in words.statements) if line),
        ]
        possible, proven = (self._counted(part.problem, count, known) for known in (False, True))
        texts = [
            block(
                iri, *common, *_at_least(need, possible), "sh:severity sh:Violation",
                f"sh:message {quoted(words.message)}",
            )
        ]  # fmt: skip
        if possible == proven:
            return iri, None, texts
        sure = self.ids.below(iri, "proven")
        told = f"Not decided: {words.message} It is not known of every unit whether it may be counted."
        texts.append(block(sure, *common, *_at_least(need, proven), UNDECIDED, f"sh:message {quoted(told)}"))
        return iri, sure, texts

    def _counted(self, problem: Problem, count: Count, known: bool) -> str:
        """What a unit must be to be counted: for certain, or if nothing speaks against it."""
        listed = frozenset(
            code
            for code, places in problem.units.items()
            if count.counts(_at_most(problem, code, places, known))
        )
        ways = either(self._comes_in(way, count, known) for way in problem.imports)
        if ways == ALWAYS:
            others = frozenset(problem.units) - listed
            return other_than(member_of(self._pool(others))) if others else ALWAYS
        parts = [member_of(self._pool(listed))] if listed else []
        if ways != NEVER:
            named = frozenset(problem.units)
            parts.append(every([other_than(member_of(self._pool(named))) if named else ALWAYS, ways]))
        return either(parts)

    def _comes_in(self, way: ImportWay, count: Count, known: bool) -> str:
        if way.place.slot not in count.slots or not way.place.limits.isdisjoint(count.limits):
            return NEVER
        only = either(told_by(test, known=known) for test in way.only) if way.only else ALWAYS
        against = [test for limit, tests in way.told if limit in count.limits for test in tests]
        barred = other_than(either(told_by(test, known=not known) for test in against))
        proof = self._proof(way) if known else ALWAYS
        return every([only, barred, proof])

    def _proof(self, way: ImportWay) -> str:
        """What shows that a unit from elsewhere is one of those that the sentence lets in."""
        if way.as_prerequisite:
            return NEVER
        pool = way.pool
        if not restricts(pool):
            return ALWAYS
        iri = self.imports.setdefault(pool, import_pool_iri(self.rule, pool, self.ids))
        anywhere = not (pool.packages or pool.qualifications or pool.except_packages)
        anywhere = anywhere and (
            not pool.sources or {"any-package", "accredited-course"} <= set(pool.sources)
        )
        levels = [
            self.ids.concept("aqf-type", slug(name))
            for name in QUALIFICATION_TYPES
            if any(level_agrees(level, self.award.level, name) for level in pool.levels)
        ]
        return either([member_of(iri), packaged_at(levels) if anywhere else NEVER])

    def _pool(self, codes: frozenset[str]) -> IRI:
        number = str(len(self.pools) + 1)
        return self.pools.setdefault(codes, self.ids.below(self.base, "pool", number))

    def _pool_blocks(self) -> Iterator[str]:
        for codes, iri in self.pools.items():
            groups = [group for group in self.rule.groups if codes & set(group.units)]
            names = ", ".join(dict.fromkeys(group.name for group in groups))
            yield block(
                iri, "a qg:CountedPool", f"rdfs:label {quoted(f'{len(codes)} listed units ({names})')}"
            )
        for pool, iri in self.imports.items():
            stated = [f"qg:statedLevel {quoted(level)}" for level in pool.levels]
            yield block(iri, "a qg:ImportPool", f"rdfs:label {quoted('units from elsewhere')}", *stated)

    def _member_blocks(self) -> Iterator[str]:
        for code in sorted({code for codes in self.pools for code in codes}):
            pools = " , ".join(str(iri) for codes, iri in self.pools.items() if code in codes)
            unit = self.ids.component(Kind.UNIT, code)
            yield block(unit, "a qg:UnitOfCompetency", f"qg:code {quoted(code)}", f"qg:countsTowards {pools}")

    def _prerequisites(self, top: IRI, planned: IRI) -> Iterator[str]:
        """For electives whose prerequisites are to be packaged inside: not decided where the plan lacks them."""
        core = set(self.rule.core_units)
        inside = (one for one in self.rule.prerequisites if one.policy == "inside" and one.unit not in core)
        for number, item in enumerate(inside, start=1):
            told = f"Not decided: {item.unit} has prerequisites that this plan does not hold."
            yield block(
                self.ids.below(top, "prerequisite", str(number)), "a sh:NodeShape",
                *for_plans_of(planned, self._held(item)), UNDECIDED, f"sh:message {quoted(told)}",
            )  # fmt: skip

    def _held(self, item: Prerequisite) -> list[str]:
        """The plan does not include the unit, or includes all that it needs."""
        rows = [[code] for code in item.requires] + [list(row) for row in item.one_of]
        needed = every(either(map(self._includes, row)) for row in rows)
        return [other_than(self._includes(item.unit)), needed]

    def _includes(self, code: str) -> str:
        return f"[ sh:path qg:includesUnit ; sh:hasValue {self.ids.component(Kind.UNIT, code)} ]"


def _numbered(form: Iterable[_Part]) -> Iterator[tuple[int, _Part, Count]]:
    yield from (
        (number, part, count)
        for number, (part, count) in enumerate(((p, c) for p in form for c in p.cuts.counts), start=1)
    )


def _at_most(problem: Problem, code: str, places: UnitClass, known: bool) -> UnitClass:
    """The places of a listed unit: those it has for certain, or those that it may have as well."""
    nothing: UnitClass = frozenset()
    more = problem.as_prerequisite.get(code, nothing) | problem.doubtful.get(code, nothing)
    return places if known else places | more


def _fewest(problem: Problem, count: Count) -> int:
    """The fewest units that can make the points which the count needs."""
    points = (problem.weights.get(code, 0) for code, one in problem.units.items() if count.counts(one))
    heaviest = max(points, default=1)
    return -(-count.need // max(heaviest, 1))


def _at_least(need: int, counted: str) -> tuple[str, ...]:
    if counted == ALWAYS:
        return (f"sh:minCount {need}",)
    return f"sh:qualifiedMinCount {need}", f"sh:qualifiedValueShape {counted}"


def _together(counts: Iterable[IRI]) -> str:
    listed = ", ".join(map(str, counts))
    return f"[ sh:property {listed} ]" if listed else ALWAYS
