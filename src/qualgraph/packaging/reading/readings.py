"""What the clauses of one sentence say: which count of the rule they state, or which electives they count.

Each function takes clauses of the grammar and gives a reading, or None where the words say something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from qualgraph.packaging.reading.grammar import Clause, Word
from qualgraph.packaging.reading.group_names import GroupNames
from qualgraph.packaging.reading.pools import LEVEL_KINDS, SEPARATORS, SOURCE_KINDS, levels_of, pools_of
from qualgraph.packaging.tree import ImportPool

Amount = Literal["min", "max", "plain", "all", "both", "range"]
Modal = Literal["must", "may", "none"]

_AMOUNTS: tuple[tuple[str, Amount], ...] = (
    ("BETWEEN", "range"),
    ("MIN", "min"),
    ("MAX", "max"),
    ("BOTH", "both"),
    ("ALL", "all"),
)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One clause as a choice of electives. ``pools`` is empty for a clause that leads others ('of the remaining 5').

    ``places_of`` are the groups in whose places imports stand ('2 of the Group B units may be from ...').
    """

    amount: Amount
    n: int | None
    upper: int | None
    remaining: bool
    modal: Modal
    pools: tuple[str, ...]
    import_: ImportPool | None
    only: tuple[str, ...]
    doubt: str | None
    as_prerequisite: bool
    excludes: bool
    one_of: bool
    either: bool
    either_of: bool
    joined_by: str | None
    includes: bool
    electives: bool
    of: int | None
    points: bool
    units: bool
    follows_or: bool
    places_of: tuple[str, ...] = ()

    @classmethod
    def of_units(
        cls, kind: Literal["all", "exact", "min", "max"], n: int | None, pools: tuple[str, ...]
    ) -> Choice:
        """The choice of ``n`` of the units that the lines after a sentence name."""
        return cls(
            amount="plain" if kind == "exact" else kind,
            n=n,
            upper=None,
            remaining=False,
            modal="must",
            pools=pools,
            import_=None,
            only=(),
            doubt=None,
            as_prerequisite=False,
            excludes=False,
            one_of=False,
            either=False,
            either_of=False,
            joined_by=None,
            includes=False,
            electives=False,
            of=None,
            points=False,
            units=True,
            follows_or=False,
        )


@dataclass(frozen=True, kw_only=True)
class Count:
    """A count that the rule states: of all the units, the core units, the electives; ``whole``: all are core."""

    of: Literal["total", "core", "elective", "whole"]
    n: int
    points: bool


def count(clauses: tuple[Clause, ...]) -> Count | None:
    """The count that the sentence states ('7 core units plus', 'Total number of units = 13'), if that is all."""
    words = [word for clause in clauses for word in (*clause.words, *clause.amount)]
    numbers = [word for word in words if word.kind == "NUMBER"]
    kinds = {word.kind for word in words} - {
        "EQUALS",
        "COMMA",
        "AND",
        "PLUS",
        "REQUIRED",
        "INCLUDING",
        "IN",
        "NUMBER",
    }
    if len(numbers) != 1:
        return None
    if "LISTED" in kinds and "CORE" in kinds:
        kinds.discard("LISTED")
    points = "POINTS" in kinds
    kinds -= {"POINTS"}
    n = int(numbers[0].text)
    if kinds <= {"TOTAL", "UNITS", "MUST", "ALL", "MIN"} and _states_total(kinds, words):
        return Count(of="total", n=n, points=points)
    if {"TOTAL", "CORE"} <= kinds <= {"TOTAL", "CORE", "UNITS", "ALL", "MUST"}:
        return Count(of="whole", n=n, points=points)
    if "CORE" in kinds and kinds <= {"CORE", "UNITS", "ALL", "MUST", "SELECT"}:
        return Count(of="core", n=n, points=points)
    if points and kinds <= {"LISTED", "FROM", "ELECTIVES", "MIN"} and _elective_points(words):
        return Count(of="elective", n=n, points=True)
    if "ELECTIVES" in kinds and kinds <= {"ELECTIVES", "UNITS", "TOTAL"}:
        return Count(of="elective", n=n, points=points)
    return None


def _states_total(kinds: set[str], words: list[Word]) -> bool:
    """'17 units of competency' and '12 units must be completed' state a total; '4 units' alone does not."""
    if _elective_points(words) or ("MUST" in kinds and "TOTAL" not in kinds and not _completed(words)):
        return False
    return "TOTAL" in kinds or _all_units(words)


def _elective_points(words: list[Word]) -> bool:
    return any(
        word.kind == "ELECTIVES" or (word.kind == "POINTS" and "elective" in word.text) for word in words
    )


def _completed(words: list[Word]) -> bool:
    return any(word.kind == "MUST" and re.search(r"complet|achiev", word.text) for word in words)


def _all_units(words: list[Word]) -> bool:
    return _completed(words) or any(
        (word.kind == "UNITS" and "competenc" in word.text) or word.kind == "REQUIRED" for word in words
    )


def choices(clauses: tuple[Clause, ...], names: GroupNames) -> list[Choice] | None:
    """The clauses as choices of electives; None where one of them names an unknown group or counts something else."""
    if any(clause.has("EXCLUDING") for clause in clauses) and any(
        clause.has("BOTH", "INCLUDING") for clause in clauses
    ):
        return None
    found: list[Choice] = []
    for clause in chain.from_iterable(map(_each, chain.from_iterable(map(_including, clauses)))):
        choice = _choice(clause, names, found[-1] if found else None)
        if choice is None:
            return None
        found.append(choice)
    return found


def _including(clause: Clause) -> tuple[Clause, ...]:
    """'5 from Group A, and must include ZZZ101 and ZZZ102' as two clauses: the units are all of the second."""
    at = next((at for at, word in enumerate(clause.words) if word.kind == "INCLUDING"), None)
    after = clause.words[at + 1 :] if at is not None else ()
    kinds = {word.kind for word in after}
    if at is None or "PREDICATE" not in kinds or not kinds <= {"PREDICATE", "COMMA", "AND"}:
        return (clause,)
    if not all(word.text.startswith("%unit") for word in after if word.kind == "PREDICATE"):
        return (clause,)
    units = Clause(amount=(Word(kind="ALL", text="all"),), words=clause.words[at:])
    before = Clause(amount=clause.amount, words=clause.words[:at])
    return (before, units) if before.amount else (units,)


def _each(clause: Clause) -> tuple[Clause, ...]:
    """'At least 1 from each of Groups A to C', 'all units from Group A and Group B' as one clause a group."""
    groups = [word for word in clause.words if word.kind == "GROUP"]
    whole = (
        not clause.numbers
        and clause.has("ALL")
        and clause.has("AND")
        and not clause.has("OR", "MAY", "ONEOF")
    )
    if not (clause.has("EACH") or (whole and len(groups) > 1)) or not groups or not clause.amount:
        return (clause,)
    beside = tuple(word for word in clause.words if word.kind not in ("GROUP", "EACH", *SEPARATORS))
    joiner = Word(kind="AND", text="and")
    words = [(*beside, group, joiner) for group in groups[:-1]] + [(*beside, groups[-1])]
    return tuple(Clause(amount=clause.amount, words=row) for row in words)


def _choice(clause: Clause, names: GroupNames, before: Choice | None) -> Choice | None:
    if clause.has("CORE", "TOTAL", "EACH", "OUTSIDE") or (
        clause.has("PLUS") and not _ends_with(clause, "PLUS")
    ):
        return None
    if before is not None and before.includes and not clause.amount:
        return None
    chosen_from = _chosen_from(clause.words)
    dropped = [word for word in clause.words if word.kind == "GROUP" and word not in chosen_from]
    named = pools_of(chosen_from, names)
    numbers = clause.numbers
    if named is None or len(numbers) > 2 or (len(numbers) == 2 and not clause.has("BETWEEN")):
        return None
    return Choice(
        amount=_amount(clause),
        n=numbers[0] if numbers else None,
        upper=numbers[1] if len(numbers) == 2 else None,
        remaining=any(word.kind in ("REMAINING", "FURTHER") for word in clause.amount)
        or (not clause.amount and clause.has("REMAINING")),
        modal="must" if clause.has("MUST") else "may" if clause.has("MAY") else "none",
        pools=named.pools,
        import_=named.import_,
        only=named.only,
        doubt=named.doubt,
        as_prerequisite=clause.has("ASPREREQUISITE"),
        excludes=clause.has("EXCLUDING"),
        one_of=clause.has("ONEOF"),
        either=_either(clause.words),
        either_of=clause.has("EITHER") and clause.has("GROUP"),
        joined_by=_joiner(clause),
        includes=clause.has("INCLUDING"),
        electives=clause.has("ELECTIVES"),
        points=clause.has("POINTS"),
        units=clause.has("UNITS", "ELECTIVES"),
        follows_or=bool(clause.words) and clause.words[0].kind == "OR" and before is None,
        of=next((int(word.text.split()[-1]) for word in clause.words if word.kind == "OFTHE"), None),
        places_of=tuple(id for word in dropped if (id := names.id_of(word.text))),
    )


def _amount(clause: Clause) -> Amount:
    """The amount; units that are named without one, 'ZZZ101 and ZZZ102 must be selected', are all meant."""
    kinds = {word.kind for word in clause.amount}
    named = [word for word in clause.words if word.kind == "PREDICATE"]
    if not kinds and named and all(word.text.startswith("%unit") for word in named):
        return "plain" if clause.has("OR", "EXCLUDING") else "all"
    return next((amount for kind, amount in _AMOUNTS if kind in kinds), "plain")


def _either(words: tuple[Word, ...]) -> bool:
    """Whether 'or', and not 'and', stands between the groups."""
    groups = [at for at, word in enumerate(words) if word.kind == "GROUP"]
    between = words[groups[0] : groups[-1]] if groups else ()
    joiners = {word.text for word in between if word.kind in ("OR", "AND")}
    return joiners == {"or"}


def _ends_with(clause: Clause, kind: str) -> bool:
    return bool(clause.words) and clause.words[-1].kind == kind


def _joiner(clause: Clause) -> str | None:
    trailing: str | None = None
    for word in reversed(clause.words):
        if word.kind not in SEPARATORS:
            break
        if word.kind != "COMMA" or trailing is None:
            trailing = word.kind
    return trailing


def _chosen_from(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """'2 of the Group B units may be from any training package': imports in the places of Group B, so imports.

    Levels and codes that stand before the verb ('2 units first packaged at level 3 may be ...') are theirs too.
    """
    modal = next((at for at, word in enumerate(words) if word.kind in ("MAY", "MUST")), None)
    if modal is None:
        return words
    after = words[modal:]
    outside = any(word.kind in SOURCE_KINDS or word.kind == "NAMED" for word in after)
    inside = any(word.kind in ("GROUP", "LISTED", "ELECTIVES") for word in after)
    if not outside or inside:
        return words
    return (*(word for word in words[:modal] if word.kind in LEVEL_KINDS | {"PREDICATE"}), *after)


def level_restriction(clauses: tuple[Clause, ...]) -> tuple[str, ...] | None:
    """The levels in a sentence that counts nothing and restricts every import ('must be from an equivalent level')."""
    if len(clauses) != 1 or (clauses[0].amount and {word.kind for word in clauses[0].amount} != {"ALL"}):
        return None
    clause = clauses[0]
    if not clause.has("MUST") or not clause.has("OUTSIDE") or clause.has("GROUP", "LISTED", "CORE", "TOTAL"):
        return None
    return levels_of(clause.words) or None
