"""The counts of a rule in words for a course co-ordinator, and where in the rule each comes from. Quotes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.packaging.judging.cuts import Count
from qualgraph.packaging.judging.explanation import Words
from qualgraph.packaging.judging.lowering import LoweredForm
from qualgraph.packaging.judging.problem import Limit, Problem
from qualgraph.packaging.tree import IMPORT, PackagingRule, RuleStatement


@dataclass(frozen=True, kw_only=True)
class CountWords:
    """What a count asks, and the statements it comes from."""

    message: str
    statements: tuple[RuleStatement, ...]


def count_in_words(rule: PackagingRule, lowered: LoweredForm, problem: Problem, count: Count) -> CountWords:
    """The message of a count: what its slots need together, and what its limits keep out of that."""
    words = Words(rule, lowered)
    ids = [problem.slots[slot].id for slot in count.slots]
    names = list(dict.fromkeys(words.slot(id) for id in ids))
    demand = count.need + sum(problem.limits[limit].n for limit in count.limits)
    first = f"{_listed(names)} together need" if len(names) > 1 else _alone(names[0])
    message = f"{first} {words.amount(demand)}, each unit counted once."
    limits = [problem.limits[limit] for limit in count.limits]
    if limits:
        message += f" Of these, {' and '.join(_limit(words, rule, limit) for limit in limits)}."
        message += f" So at least {words.amount(count.need)} must be others that may fill these places."
    keys = dict.fromkeys([*ids, *(limit.id for limit in limits)])
    found = (rule.rule(key) for key in keys)
    return CountWords(message=message, statements=tuple(one for one in found if one is not None))


def _limit(words: Words, rule: PackagingRule, limit: Limit) -> str:
    statement = rule.rule(limit.id)
    pools = [_of(_pool(words, statement, pool)) for pool in statement.pools] if statement else []
    most = f"no more than {words.amount(limit.n)} may be"
    return f"{most} {' or '.join(pools)}" if pools else f"{most} of one kind"


def _pool(words: Words, statement: RuleStatement, pool: str) -> str:
    told = words.pool(pool)
    if pool != IMPORT or statement.import_ is None or not statement.import_.levels:
        return told
    return f"{told} {words.packaged(statement.import_)}"


def _of(pool: str) -> str:
    return pool if pool.startswith("units ") else f"from {pool}"


def _alone(name: str) -> str:
    if name == "core":
        return "The core needs"
    return f"{_sentence(name)} {'needs' if name.startswith('Group ') and ' or ' not in name else 'need'}"


def _listed(names: list[str]) -> str:
    return _sentence(f"{', '.join(names[:-1])} and {names[-1]}")


def _sentence(name: str) -> str:
    return name[:1].upper() + name[1:]
