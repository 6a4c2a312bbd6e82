"""Placements, shortfalls and missing facts in words for a course co-ordinator, with the sentence of the rule."""

from __future__ import annotations

from collections.abc import Iterator

from qualgraph.packaging.facts import well_formed
from qualgraph.packaging.judging.lowering import LoweredForm
from qualgraph.packaging.judging.problem import Place, Problem, UnitClass
from qualgraph.packaging.judging.solver import Placement
from qualgraph.packaging.judging.verdict import MissingFact, Shortfall
from qualgraph.packaging.tree import CORE, IMPORT, LISTED, ImportPool, PackagingRule, RuleStatement

_SOURCES = {
    "this-package": "this training package",
    "any-package": "any training package",
    "accredited-course": "an accredited course",
}
_LEVELS = {"same": "the same level", "one higher": "one level higher", "one lower": "one level lower"}


class Words:
    """Names the parts of one form of a rule."""

    def __init__(self, rule: PackagingRule, lowered: LoweredForm) -> None:
        self.rule = rule
        self.form = lowered.form
        self.measure = rule.measure

    def slot(self, id: str) -> str:
        """The slot in words: 'core', 'Group A', 'electives'."""
        if id == CORE:
            return "core"
        slot = next((item for item in (*self.form.slots, *self.form.overlays) if item.id == id), None)
        if slot is None or slot.rest:
            return "electives"
        return " or ".join(self.pool(pool) for pool in slot.pools)

    def pool(self, id: str) -> str:
        """A pool in words."""
        if id in (LISTED, CORE, IMPORT):
            return {LISTED: "listed electives", CORE: "core", IMPORT: "units from elsewhere"}[id]
        what, mark, words = id.partition(":")
        if mark:
            told = {
                "unit": "",
                "prefix": "units coded ",
                "digit": "units with first digit ",
                "title": "units titled ",
            }
            return f"{told.get(what, '')}{words}"
        group = self.rule.group(id)
        if group is None:
            return id
        return f"Group {id}" if group.name == id or len(id) <= 2 else group.name

    def amount(self, n: int) -> str:
        """A number of units or points in words."""
        return f"{n} {self.measure if n != 1 else self.measure.removesuffix('s')}"

    def shortfalls(self, problem: Problem, placement: Placement) -> Iterator[Shortfall]:
        """What stays short, in the order of the slots."""
        for at, (demand, short) in enumerate(zip(problem.slots, placement.short, strict=True)):
            if short:
                inside = [code for code, place in placement.places.items() if place.slot == at]
                statement = self._statement(demand.id)
                if demand.id == CORE:
                    yield self._core(demand.n, inside, demand.path)
                else:
                    yield self._short(
                        self._name(demand.id), demand.n, demand.n - short, demand.path, statement, inside
                    )
        for total, short in zip(problem.totals, placement.short_totals, strict=True):
            if short:
                inside = [code for code, place in placement.places.items() if place.slot in total.slots]
                statement = self._statement(total.id)
                name = self._name(total.id)
                yield self._short(name, total.n, total.n - short, total.path, statement, inside)

    def _name(self, id: str) -> str:
        name = self.slot(id)
        return f"Elective {name}" if name.startswith("Group ") else name[:1].upper() + name[1:]

    def _core(self, need: int, inside: list[str], path: str) -> Shortfall:
        core = dict.fromkeys(self.rule.core_units)
        missing = [code for code in core if code not in inside]
        have = sum(self._weight(code) for code in inside)
        message = f"The core needs {self.amount(need)}; you have {have}."
        if missing:
            message += f" Missing: {', '.join(missing)}."
        line = next((group.line for group in self.rule.groups if group.role == "core"), None)
        return Shortfall(path=path, need=need, have=have, message=message, text=None, line=line)

    def _weight(self, code: str) -> int:
        if self.measure == "units":
            return 1
        return next((item.points or 0 for _, item in self.rule.members() if item.code == code), 0)

    def _short(
        self, name: str, need: int, have: int, path: str, statement: RuleStatement | None, inside: list[str]
    ) -> Shortfall:
        named = f" ({', '.join(inside)})" if 0 < len(inside) <= 12 else ""
        verb = "needs" if name.startswith("Elective Group ") and " or " not in name else "need"
        message = f"{name} {verb} {self.amount(need)}; you have {have}{named}."
        if statement is not None:
            message = f"{message} {self._quoted(statement)}".rstrip()
        return Shortfall(
            path=path,
            need=need,
            have=have,
            message=message,
            text=statement.text if statement else None,
            line=statement.line if statement else None,
        )

    def _quoted(self, statement: RuleStatement) -> str:
        at = f"line {statement.line}" if statement.line is not None else ""
        quoted = f'"{statement.text}"' if statement.text else ""
        return f"Rule: {', '.join(filter(None, (quoted, at)))}." if quoted or at else ""

    def _statement(self, id: str) -> RuleStatement | None:
        slot = next((item for item in (*self.form.slots, *self.form.overlays) if item.id == id), None)
        ids = slot.from_rules if slot is not None and slot.from_rules else (id,)
        return next((found for found in map(self.rule.rule, ids) if found is not None), None)

    def left_out(self, id: str) -> MissingFact:
        """A rule that was read and cannot be judged."""
        statement = self.rule.rule(id)
        return MissingFact(
            path=statement.path if statement else self.form.path,
            fact="whether the units meet this sentence, which is not judged",
            text=statement.text if statement else None,
            line=statement.line if statement else None,
        )

    def not_proven(self, code: str, problem: Problem, place: Place) -> MissingFact:
        """The fact that would let a unit take the place."""
        ways = [way for way in problem.imports if way.place == place]
        wanted = " or ".join(dict.fromkeys(self.packaged(way.pool) for way in ways))
        statement = next(
            (
                found
                for limit in sorted(place.limits)
                if (found := self.rule.rule(problem.limits[limit].id)) is not None
                and found.import_ is not None
            ),
            self._statement(problem.slots[place.slot].id),
        )
        fact = f"whether {code} is {wanted}"
        if problem.weights and code not in problem.weights:
            fact = f"how many points {code} counts" + (
                f", and {fact}" if any(way.pool.levels for way in ways) else ""
            )
        if place in problem.as_prerequisite.get(code, ()) or any(way.as_prerequisite for way in ways):
            fact = f"whether {code} is a prerequisite of a unit chosen"
            statement = next(
                (item for item in self.rule.rules if item.condition == "as-prerequisite"), statement
            )
        elif code in problem.units:
            fact = f"whether {code}, a listed unit, may fill a place for units from elsewhere"
        return MissingFact(
            path=statement.path if statement else self.form.path,
            fact=fact,
            unit=code,
            text=statement.text if statement else None,
            line=statement.line if statement else None,
        )

    def packaged(self, pool: ImportPool) -> str:
        """Where and at which level a unit that is not listed has to be packaged, in words."""
        sources = [_SOURCES.get(source, source) for source in pool.sources]
        sources += [*pool.packages, *(f"qualification {code}" for code in pool.qualifications)]
        words = "packaged"
        if pool.levels:
            levels = " or ".join(_LEVELS.get(level, f"the level {level}") for level in pool.levels)
            words += f" at {levels}"
        if sources and ("any-package" not in pool.sources or not pool.levels):
            words += f" in {' or '.join(sources)}"
        if pool.except_packages:
            words += f" outside the training package {' or '.join(pool.except_packages)}"
        return words

    def why_not(self, code: str, possible: UnitClass, problem: Problem, placement: Placement) -> str:
        """Why a unit does not count."""
        if code not in problem.units and not well_formed(code):
            return "this is not the code of a unit"
        if not possible:
            if code in problem.units:
                return "no rule lets this listed unit count here"
            return "it is not listed, and no rule lets in units from elsewhere"
        if placement.met:
            return "not needed: the rule is met without it"
        full = self._full(possible, problem, placement)
        if full is not None:
            return full
        return "every place that it could take is filled"

    def _full(self, possible: UnitClass, problem: Problem, placement: Placement) -> str | None:
        """The limit that keeps the unit out, where one does."""
        for place in sorted(possible, key=lambda place: (place.slot, sorted(place.limits))):
            for at in sorted(place.limits):
                used = sum(
                    self._weight(code) if problem.weights else 1
                    for code, taken in placement.places.items()
                    if at in taken.limits
                )
                if used >= problem.limits[at].n:
                    statement = self.rule.rule(problem.limits[at].id)
                    quoted = f" {self._quoted(statement)}" if statement else ""
                    return f"at most {self.amount(problem.limits[at].n)} may count in this way.{quoted}"
        return None
