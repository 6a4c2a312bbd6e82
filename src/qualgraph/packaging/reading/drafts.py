"""The choices of one sentence as drafts of rule statements, in the light of what was read before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualgraph.packaging.reading.readings import Choice
from qualgraph.packaging.reading.sentences import Sentence
from qualgraph.packaging.reading.statements import Draft
from qualgraph.packaging.tree import IMPORT, LISTED

_BOTH_WAYS = "'or' joins it to the next sentence: it is read as letting in units of both together"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a sentence may refer to: the number of electives, that of a remainder a line before it leads, and the
    pools that sentences before it limit."""

    electives: int | None
    remainder: int | None
    scope: str
    points: bool
    limited: frozenset[tuple[str, ...]] = frozenset()


def drafts_of(choices: Sequence[Choice], sentence: Sentence, setting: Setting) -> list[Draft] | None:
    """The drafts of a sentence; None where its clauses are joined, or refer to numbers, in a way not understood."""
    if choices and choices[0].follows_or and not _repeats_the_electives(choices, setting):
        return None
    drafts: list[Draft] = []
    for choice in _without_repeats(_swapped(choices, setting), setting):
        if choice.n is not None and _counts_other_things(choice, setting):
            return None
        n = _number(choice, drafts, setting)
        if n is None and not _may_lack_number(choice):
            return None
        if len(choices) == 1 and choice.joined_by == "OR":
            choice = _one_way(choice, n, setting)
        if choice.joined_by == "OR" and choice.amount != "all":
            return None
        draft = Draft(
            choice=choice,
            text=sentence.printed or sentence.text,
            line=sentence.line,
            last_line=sentence.last_line,
            scope=setting.scope,
            pools=choice.pools,
            n=n,
            only=choice.only,
            condition="as-prerequisite" if choice.as_prerequisite else None,
            ambiguity=choice.doubt or _either_doubt(choice),
        )
        if not _may_exclude(draft):
            return None
        drafts += _range(draft, setting.electives) if choice.amount == "range" else [draft]
    return _alternatives_merged([_capped(draft, setting.electives) for draft in drafts])


def _one_way(choice: Choice, n: int | None, setting: Setting) -> Choice:
    """A sentence that ends in 'or' by itself, where it only permits: what comes next is one more way."""
    if choice.amount == "max" or (choice.modal == "may" and choice.remaining):
        return replace(choice, joined_by=None, doubt=choice.doubt or _BOTH_WAYS)
    if choice.amount == "all" and n == setting.electives and choice.pools == (LISTED,):
        return replace(choice, joined_by=None, modal="may")
    return choice


def _may_exclude(draft: Draft) -> bool:
    """Units told by their code, and groups, may be excluded; 'must not include more than 1 unit' is no exclusion."""
    named = not {LISTED, IMPORT} & set(draft.pools)
    return not draft.choice.excludes or (draft.choice.n is None and named and bool(draft.pools))


def _capped(draft: Draft, electives: int | None) -> Draft:
    """'at least 5 of the 9 electives must be coded at level 3 or above': at most 4 may be coded below.

    A count over all the electives, whichever places they fill.
    """
    digits = {pool for pool in draft.pools if pool.startswith("digit:")}
    whole = electives is not None and draft.choice.of == electives and len(digits) == len(draft.pools)
    if not digits or not whole or draft.choice.amount != "min":
        return draft
    others = tuple(f"digit:{digit}" for digit in range(1, 10) if f"digit:{digit}" not in digits)
    n = (electives or 0) - (draft.n or 0)
    because = f"at least {draft.n} of the {electives} electives are not of them"
    return replace(draft, choice=replace(draft.choice, amount="max"), pools=others, n=n, because=because)


def _counts_other_things(choice: Choice, setting: Setting) -> bool:
    """Points in a rule of units, or units in a rule of points; a bare number counts what the rule counts."""
    return (choice.points and not setting.points) or (setting.points and choice.units and not choice.points)


def _either_doubt(choice: Choice) -> str | None:
    """'5 from either Group A or Group B' may ask all five from one of them."""
    if choice.either_of and (choice.n or 0) > 1 and len(choice.pools) > 1:
        return "'either' may ask all of them from one group; it is read as any of the groups"
    return None


def _swapped(choices: Sequence[Choice], setting: Setting) -> Sequence[Choice]:
    """'3 from the lists, or 2 from the lists and 1 from any training package': at most one import."""
    if len(choices) != 3:
        return choices
    whole, part, import_ = choices
    same = whole.pools == part.pools == (LISTED,) and import_.pools == (IMPORT,)
    adds_up = whole.n == setting.electives == (part.n or 0) + (import_.n or 0)
    if whole.joined_by == "OR" and same and adds_up and {whole.amount, part.amount} <= {"plain", "all"}:
        return [replace(import_, amount="max")]
    return choices


def _repeats_the_electives(choices: Sequence[Choice], setting: Setting) -> bool:
    """'or all 140 points can be taken from Group B' adds nothing to a range that reaches them all."""
    [*_, choice] = choices
    return len(choices) == 1 and _is_all_of_them(choice, setting) and choice.pools not in setting.limited


def _is_all_of_them(choice: Choice, setting: Setting) -> bool:
    return choice.amount == "all" and choice.modal == "may" and choice.n in (None, setting.electives)


def _without_repeats(choices: Sequence[Choice], setting: Setting) -> list[Choice]:
    """The choices without an 'or all of them' after a range."""
    kept: list[Choice] = []
    for choice in choices:
        if (
            kept
            and kept[-1].amount == "range"
            and kept[-1].upper == setting.electives
            and kept[-1].joined_by == "OR"
            and _is_all_of_them(choice, setting)
        ):
            kept[-1] = replace(kept[-1], joined_by=None)
        else:
            kept.append(choice)
    return kept


def _number(choice: Choice, before: Sequence[Draft], setting: Setting) -> int | None:
    """The printed number, or the one that 'both', 'all' or no number stands for here."""
    named = (setting.electives, setting.remainder, before[-1].n if before else None)
    if choice.of is not None and choice.of not in named:
        return None
    if choice.n is not None:
        return choice.n
    if choice.excludes:
        return 0
    if choice.as_prerequisite:
        return setting.electives
    if choice.amount == "both":
        return 2 if setting.remainder in (None, 2) else None
    if (
        setting.points
        and choice.points
        and choice.modal == "must"
        and not before
        and IMPORT not in choice.pools
    ):
        return setting.electives if choice.pools and choice.amount == "plain" else None
    permitted = choice.modal == "may" and not before
    permitted &= choice.pools != (IMPORT,) or (choice.amount == "all" and setting.remainder is not None)
    if (choice.amount == "all" and (permitted or choice.pools == (LISTED,))) or (
        choice.amount == "plain" and not choice.remaining and permitted
    ):
        return setting.remainder or setting.electives
    return None


def _may_lack_number(choice: Choice) -> bool:
    """'All Group A units' and 'the remaining units' name no number of their own."""
    return choice.of is None and (choice.amount == "all" or (choice.amount == "plain" and choice.remaining))


def _range(draft: Draft, electives: int | None) -> list[Draft]:
    """'between 2 and 5' as a minimum and a maximum; a minimum of none and a maximum of all say nothing."""
    low, high = draft.choice.n or 0, draft.choice.upper or 0
    parts = [replace(draft, choice=replace(draft.choice, amount="min"), n=low)] if low else []
    if electives is None or high < electives:
        parts.append(replace(draft, choice=replace(draft.choice, amount="max"), n=high))
    return parts


def _alternatives_merged(drafts: list[Draft]) -> list[Draft] | None:
    """'all 3 from A or all 3 from B' is one choice; any other 'or' between clauses is not read."""
    merged: list[Draft] = []
    for draft in drafts:
        before = merged[-1] if merged else None
        if before is not None and before.choice.joined_by == "OR":
            if before.choice.amount != "all" or draft.choice.amount != "all" or before.n != draft.n:
                return None
            choice = replace(draft.choice, pools=before.pools + draft.pools, one_of=True, either=True)
            merged[-1] = replace(before, choice=choice, pools=choice.pools)
        else:
            merged.append(draft)
    return None if merged and merged[-1].choice.joined_by == "OR" else merged


def completes(draft: Draft, before: Draft, electives: int | None) -> bool:
    """'up to 2 may be from other levels. The remaining 4 must be from this one': the rest of the same number."""
    return (
        draft.choice.remaining
        and draft.pools == (IMPORT,) == before.pools
        and before.choice.amount == "max"
        and before.scope == draft.scope
        and (draft.n or 0) + (before.n or 0) == electives
    )


def fold(draft: Draft, before: Draft) -> None:
    """Add the completing sentence to the one it completes, and record how it is read."""
    before.text = f"{before.text} {draft.text}"
    before.last_line = draft.last_line
    before.ambiguity = (
        f"'{draft.text}' is read of imports alone, as what is left of the electives: listed units stay free,"
        " and imports at the level of the other sentences are not limited further"
    )


def says_nothing(draft: Draft, electives: int | None) -> bool:
    """'6 elective units from the elective units listed' gives no more than the count and the lists do."""
    choice = draft.choice
    if draft.n != electives:
        return False
    if choice.follows_or:
        return True
    stated = choice.amount == "plain" or (choice.amount == "min" and choice.points)
    return draft.pools == (LISTED,) and stated and choice.modal == "none"
