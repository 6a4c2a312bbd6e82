"""A packaging rule compiled to JSON that a page judges plans by: its forms as slots, limits, classes and counts.

The page has no solver and no knowledge of rules: all that is read, lowered and put into words is here.
``pages/static/judge.js`` decides by it as :func:`qualgraph.packaging.judge` does, or says that it is not known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from qualgraph.packaging import PackagingRule
from qualgraph.packaging.compiling.count_words import count_in_words
from qualgraph.packaging.facts import QUALIFICATION_TYPES, Award, level_agrees, restricts
from qualgraph.packaging.judging.cuts import Count, cuts
from qualgraph.packaging.judging.explanation import Words
from qualgraph.packaging.judging.lowering import LoweredForm, lower
from qualgraph.packaging.judging.partial import certain_needs, unread
from qualgraph.packaging.judging.problem import ImportWay, Place, Problem, UnitClass
from qualgraph.packaging.tree import ImportPool
from qualgraph.pages.text import in_script


def compiled_rule(rule: PackagingRule) -> str:
    """The JSON of a rule, for its plain award and each specialisation, fit to stand in a script element."""
    return in_script(json.dumps(compiled(rule), separators=(",", ":")))


def compiled(rule: PackagingRule) -> dict[str, Any]:
    """The same as plain data.

    ``awards`` has the forms by the name of the specialisation, the plain award by an empty name; none where the rule
    was not wholly read: then ``certain`` are the core units and the number of units that every plan needs.
    """
    complete = rule.status == "complete"
    names = ["", *dict.fromkeys(item.name for item in rule.specialisations)] if complete else []
    core, total = certain_needs(rule)
    return {
        "code": rule.code,
        "status": rule.status,
        "measure": rule.measure,
        "core": list(rule.core_units),
        "awards": {name: _forms(rule, name or None) for name in names},
        "certain": {"core": sorted(core), "total": total},
        "unread": [] if complete else [{"fact": item.fact, "line": item.line} for item in unread(rule)],
        "conditions": [
            {"text": item.text, "line": item.line, "scope": item.scope} for item in rule.human_conditions
        ],
        "prerequisites": [
            {
                "unit": item.unit,
                "requires": list(item.requires),
                "oneOf": [list(row) for row in item.one_of],
                "inside": item.policy == "inside",
            }
            for item in rule.prerequisites
        ],
        "groups": {group.id: list(group.units) for group in rule.groups},
    }


def _forms(rule: PackagingRule, specialisation: str | None) -> list[dict[str, Any]]:
    award = Award.of(rule)
    return [
        {
            "leftOut": [Words(rule, form).left_out(each).fact for each in form.form.left_out],
            "problems": [_problem(rule, form, problem, award) for problem in form.problems],
        }
        for form in lower(rule, specialisation=specialisation)
    ]


def _problem(rule: PackagingRule, form: LoweredForm, problem: Problem, award: Award) -> dict[str, Any]:
    found = cuts(problem)
    classes: dict[UnitClass, int] = {}
    units = {code: classes.setdefault(own, len(classes)) for code, own in problem.units.items()}
    held = {code: classes.setdefault(own, len(classes)) for code, own in problem.as_prerequisite.items()}
    doubtful = {code: classes.setdefault(own, len(classes)) for code, own in problem.doubtful.items()}
    return {
        "slots": [slot.n for slot in problem.slots],
        "limits": [limit.n for limit in problem.limits],
        "totals": [{"n": total.n, "slots": sorted(total.slots)} for total in problem.totals],
        "classes": [_places(own) for own in classes],
        "units": units,
        "held": held,
        "doubtful": doubtful,
        "points": dict(problem.weights) or None,
        "imports": [_way(way, award) for way in problem.imports],
        "counts": [_count(rule, form, problem, count) for count in found.counts],
        "exact": found.exact,
    }


def _count(rule: PackagingRule, form: LoweredForm, problem: Problem, count: Count) -> dict[str, Any]:
    return {
        "need": count.need,
        "slots": list(count.slots),
        "limits": list(count.limits),
        "message": count_in_words(rule, form, problem, count).message,
    }


def _places(own: Iterable[Place]) -> list[list[Any]]:
    return sorted([place.slot, sorted(place.limits)] for place in own)


def _way(way: ImportWay, award: Award) -> dict[str, Any]:
    return {
        "slot": way.place.slot,
        "limits": sorted(way.place.limits),
        "only": list(way.only),
        "waits": way.as_prerequisite,
        "told": [[limit, list(tests)] for limit, tests in way.told],
        "pool": _pool(way.pool, award) if restricts(way.pool) else None,
    }


def _pool(pool: ImportPool, award: Award) -> dict[str, Any]:
    """A pool that takes facts to say what belongs to it, with the qualification types that it lets in; None: all."""
    levels = [
        name
        for name in QUALIFICATION_TYPES
        if any(level_agrees(one, award.level, name) for one in pool.levels)
    ]
    return {
        "sources": list(pool.sources),
        "packages": sorted({word for name in pool.packages for word in name.upper().split()}),
        "named": bool(pool.packages or pool.qualifications),
        "qualifications": list(pool.qualifications),
        "without": list(pool.except_packages),
        "levels": levels if pool.levels else None,
        "own": award.package,
    }
