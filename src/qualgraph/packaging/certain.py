"""What is certain of a rule that was not wholly read: core units and a total without which no plan is good."""

from __future__ import annotations

from qualgraph.packaging.judgement import judge
from qualgraph.packaging.lowering import LoweredForm
from qualgraph.packaging.normal import NormalForm
from qualgraph.packaging.problem import Demand, ImportWay, Place, Problem
from qualgraph.packaging.tree import CORE, ImportPool, PackagingRule


def certain_needs(rule: PackagingRule) -> tuple[frozenset[str], int]:
    """The units, and the number of units, that every plan needs; nothing and 0 where the rule was wholly read."""
    if rule.status == "complete":
        return frozenset(), 0
    needs = {item.path: item.need for item in judge(rule, ()).shortfalls}
    core = frozenset(rule.core_units) if "packaging/group/core" in needs else frozenset()
    return core, needs.get("packaging/total", 0)


def certain_form(rule: PackagingRule) -> LoweredForm | None:
    """A form that asks no more than that; None where nothing is certain."""
    core, total = certain_needs(rule)
    if not core and not total:
        return None
    path = f"{rule.path}/certain"
    anywhere = Place(slot=1)
    problem = Problem(
        path=path,
        slots=(
            Demand(id=CORE, n=len(core), path=f"{path}/slot/core"),
            Demand(id="electives", n=max(0, total - len(core)), path=f"{path}/slot/electives"),
        ),
        units={code: frozenset({Place(slot=0), anywhere}) for code in core},
        imports=(ImportWay(pool=ImportPool(), place=anywhere),),
    )
    return LoweredForm(form=NormalForm(path=path, slots=()), problems=(problem,))
