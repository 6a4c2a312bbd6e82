"""How each choice of electives is meant: exact or minimum, bucket or maximum, remainder, whole groups.

The readings follow what the sentences of real rules mean together, not each alone; each statement says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qualgraph.packaging.reading.statements import Draft, asked, sizes_of
from qualgraph.packaging.tree import EVERYONE, IMPORT, LISTED, Kind, Reading, UnitGroup


def settle(
    drafts: Sequence[Draft],
    groups: Sequence[UnitGroup],
    electives_of: Callable[[str], int | None],
    whole: Callable[[str], bool],
) -> list[str]:
    """Give each draft its kind, number, reading and reason; what cannot be settled comes back as sentences.

    ``electives_of`` gives the number of electives of a scope; ``whole`` says whether its sentences are a whole rule
    and not what a specialisation asks beside the rules of the plain award.
    """
    sizes = sizes_of(groups)
    unsettled = [draft.text for draft in drafts if draft.kind is None and not _settle_alone(draft, sizes)]
    for scope in dict.fromkeys(draft.scope for draft in drafts):
        inside = [draft for draft in drafts if draft.scope == scope]
        electives = electives_of(scope)
        _share_out_remainder(inside, sizes, electives)
        _open_places(inside, sizes, electives)
        for draft in inside:
            if draft.kind is None:
                _exact_or_minimum(draft, inside, sizes, electives)
            if draft.reading == "exact" and IMPORT not in draft.pools and not whole(scope):
                because = "the rules of the plain award say where the other electives come from"
                _set(draft, "min", "min", because)
        _let_imports_in(inside, electives)
        _let_other_groups_in(inside, drafts, electives)
        _doubt_shared_maximum(inside, sizes, electives)
    return unsettled + [draft.text for draft in drafts if draft.kind is None and draft.text not in unsettled]


def _let_imports_in(drafts: list[Draft], electives: int | None) -> None:
    """Where one sentence asks all the electives of the lists and another permits imports, they take its places."""
    outside = [draft for draft in drafts if draft.pools == (IMPORT,) and draft.kind == "max" and draft.n]
    asking = [draft for draft in drafts if draft.within is None and draft.kind in ("min", "exact", "all")]
    if len(outside) != 1 or len(asking) != 1 or not electives or asking[0].n != electives:
        return
    [first], [second] = asking, outside
    if IMPORT in first.pools or first.only:
        return
    first.pools += (IMPORT,)
    first.choice = replace(first.choice, import_=second.choice.import_)
    first.ambiguity = (
        f"it asks for every elective; '{second.text}' is read as letting imports take its places"
    )


def _let_other_groups_in(inside: list[Draft], drafts: Sequence[Draft], electives: int | None) -> None:
    """'4 from Group A, of which 1 may be from Group B or imported': what is let in takes a place of the four."""
    asking = [draft for draft in inside if draft.within is None and draft.kind in ("min", "exact")]
    if len(asking) != 1 or not electives or asking[0].n != electives or asking[0].only:
        return
    [first] = asking
    for draft in inside:
        others = set(draft.pools) - {IMPORT}
        if draft.kind != "max" or draft.within is not None or draft.text != first.text or not draft.n:
            continue
        if others and not others & set(first.pools) and LISTED not in {*others, *first.pools}:
            first.pools += tuple(pool for pool in draft.pools if pool not in first.pools)
            first.choice = replace(first.choice, import_=first.choice.import_ or draft.choice.import_)
            draft.within = next(at for at, each in enumerate(drafts) if each is first)


def _doubt_shared_maximum(drafts: list[Draft], sizes: dict[str, int], electives: int | None) -> None:
    """'Up to 30 points of Group A may be imported': with what comes from Group A they may keep to its maximum."""
    left = (electives or 0) - sum(asked(draft, sizes) for draft in drafts)
    for draft in drafts:
        if draft.kind != "max" or draft.pools != (IMPORT,) or not draft.choice.places_of:
            continue
        for other in drafts:
            if other.kind == "max" and other.pools == draft.choice.places_of and 0 < (other.n or 0) < left:
                draft.ambiguity = draft.ambiguity or (
                    f"imports and units of the group may together keep to its maximum of {other.n}; "
                    "each is counted alone"
                )


def doubt_closed_groups(drafts: Sequence[Draft], whole: Callable[[str], bool]) -> None:
    """Note where a specialisation asks for units of a list that no sentence of the plain award lets in."""
    plain = {pool for draft in drafts if draft.scope == EVERYONE for pool in draft.pools}
    if not plain - {IMPORT} or LISTED in plain:
        return
    for draft in drafts:
        named = {pool for pool in draft.pools if ":" not in pool} - {LISTED, IMPORT}
        if not whole(draft.scope) and draft.kind != "max" and named and not named & plain:
            draft.ambiguity = draft.ambiguity or "no sentence of the plain award lets units of this list in"


def _settle_alone(draft: Draft, sizes: dict[str, int]) -> bool:
    """Settle what the sentence alone decides; False where its words contradict the lists."""
    choice, groups = draft.choice, [pool for pool in draft.pools if pool in sizes]
    if draft.condition is not None:
        _set(draft, "max", "max", "the text lets them in only as prerequisites of other units")
        return True
    if choice.excludes:
        _set(draft, "max", "max", "the text excludes them")
        return True
    if choice.one_of and (draft.n or 0) > 1 and choice.amount in ("plain", "min", "max", "both"):
        return _settle_one_of(draft, only_groups=len(groups) == len(draft.pools))
    if choice.amount == "min":
        _set(draft, "min", "min", "the text says at least")
    elif choice.amount == "max" or choice.amount == "both":
        _set_maximum(draft, "the text says up to" if choice.amount == "max" else "the text says both may be")
    elif choice.amount == "all":
        return _settle_all(draft, groups, sizes)
    elif choice.modal == "may" and draft.n is not None and not choice.remaining:
        _set_maximum(draft, "'may be' and 'can be' permit, they do not require")
    return True


def _settle_one_of(draft: Draft, *, only_groups: bool) -> bool:
    """Units asked from one of several groups; False for 'up to 3 from one of them' and where imports are beside."""
    if not only_groups or draft.choice.modal == "may" or draft.choice.amount not in ("plain", "min"):
        return False
    _set(draft, "one-of", "one-of", "the units come from one of the groups")
    return True


def _set(draft: Draft, kind: Kind, reading: Reading, because: str) -> None:
    draft.kind, draft.reading, draft.because = kind, reading, because


def _set_maximum(draft: Draft, because: str) -> None:
    if IMPORT in draft.pools and len(draft.pools) > 1:
        _set(
            draft,
            "max",
            "bucket",
            f"{because}; slots open to listed units and imports alike, so imports are at most {draft.n}",
        )
    else:
        _set(draft, "max", "max", because)


def _settle_all(draft: Draft, groups: list[str], sizes: dict[str, int]) -> bool:
    if draft.n is None and draft.pools and all(pool.startswith("unit:") for pool in draft.pools):
        _set(draft, "all", "all", "the text names each unit")
        return True
    if draft.choice.modal == "may" or not groups:
        if draft.n is None or draft.choice.modal == "must":
            return False
        _set_maximum(draft, "'all may be' permits")
        return True
    if draft.n is not None and any(sizes[id] != draft.n for id in groups):
        return False
    if len(groups) != len(draft.pools):
        return False
    if len(groups) == 1:
        draft.n = None
        _set(draft, "all", "all", "every unit of the group")
        return True
    if draft.choice.one_of or draft.choice.either:
        draft.n = None
        _set(draft, "one-of", "one-of", "every unit of one of the groups")
        return True
    return False


def _share_out_remainder(drafts: list[Draft], sizes: dict[str, int], electives: int | None) -> None:
    """A remainder without a number takes what the others leave of the electives."""
    blank = [draft for draft in drafts if draft.n is None and draft.choice.remaining and draft.kind is None]
    if len(blank) == 1 and electives is not None:
        left = electives - sum(asked(draft, sizes) for draft in drafts if draft is not blank[0])
        if left > 0:
            blank[0].n = left
            blank[0].because = f"{left} of the {electives} electives are left"
            if any(draft.kind == "one-of" for draft in drafts):
                _set_maximum(
                    blank[0], f"{left} of the {electives} electives are left, or fewer by the choice"
                )


def _open_places(drafts: list[Draft], sizes: dict[str, int], electives: int | None) -> None:
    """'3 from the lists. Up to 2 electives may be imported': with every place asked for, imports take those three."""
    imports = next((draft for draft in drafts if draft.kind == "max" and draft.pools == (IMPORT,)), None)
    lists = [
        draft
        for draft in drafts
        if draft.kind is None
        and IMPORT not in draft.pools
        and (LISTED in draft.pools or set(draft.pools) == set(sizes))
    ]
    if imports is None or len(lists) != 1 or len(drafts) < 3:
        return
    if sum(asked(draft, sizes) for draft in drafts) == electives:
        _set(lists[0], "max", "remainder", f"line {imports.line} lets imports take these places too")


def _exact_or_minimum(
    draft: Draft, drafts: list[Draft], sizes: dict[str, int], electives: int | None
) -> None:
    if draft.n is None:
        return
    others = [other for other in drafts if other is not draft and not other.narrows]
    if IMPORT in draft.pools:
        _settle_import(draft, others, sizes, electives)
        return
    if draft.choice.remaining and (draft.because or any(asked(other, sizes) for other in others)):
        _set(draft, "max", "remainder", draft.because or "what is left of the electives")
        return
    again = next((other for other in others if _reopens(other, draft)), None)
    if again is not None:
        _set(draft, "min", "min", f"line {again.line} opens the same units again")
    elif any(_part_of(other, draft, electives) for other in others):
        _set(draft, "min", "min", "another sentence asks units of the same lists in other places")
    elif electives is not None and draft.n < electives and not others:
        _set(draft, "min", "min", "nothing says where the other electives come from")
        if draft.scope == EVERYONE:
            draft.ambiguity = "the text names no source for the other electives"
    elif LISTED in draft.pools and _imports_fill(draft, others, sizes, electives):
        _set(draft, "min", "min", "without every import that is permitted there must be more of them")
        draft.ambiguity = "it may mean exactly so many, and every import that is permitted"
    else:
        _set(draft, "exact", "exact", "no other sentence opens the same units again")


def _imports_fill(draft: Draft, others: list[Draft], sizes: dict[str, int], electives: int | None) -> bool:
    """'5 from the list' and 'up to 2 imports', of 7: fewer imports leave places that only the list can fill."""
    imports = sum(other.n or 0 for other in others if other.kind == "max" and other.pools == (IMPORT,))
    placed = asked(draft, sizes) + sum(asked(other, sizes) for other in others)
    return imports > 0 and electives == placed + imports


def _part_of(other: Draft, draft: Draft, electives: int | None) -> bool:
    """Whether the other sentence asks units of some of the same lists for places beside those of this one."""
    theirs, ours = set(other.pools), set(draft.pools)
    inside = theirs != ours and (theirs < ours or (LISTED in ours and IMPORT not in theirs))
    named = any(":" in pool for pool in theirs)
    asks = other.within is None and other.choice.amount in ("min", "plain") and not other.open
    return inside and asks and not named and (draft.n or 0) + (other.n or 0) <= (electives or 0)


def _settle_import(draft: Draft, others: list[Draft], sizes: dict[str, int], electives: int | None) -> None:
    """A number without 'up to' that imports may serve: it fills places where the numbers add up, else it permits."""
    n = draft.n or 0
    placed = sum(asked(other, sizes) for other in others)
    permitted = sum(other.n or 0 for other in others if other.kind == "max" and other.within is None)
    fills = electives is not None and electives in (placed + n, placed + permitted + n)
    because = "with the other sentences it fills the electives" if fills else "the numbers pass the electives"
    reading: Reading = "bucket" if len(draft.pools) > 1 else "exact" if fills else "max"
    if not fills and draft.choice.modal == "must" and not draft.choice.remaining:
        return
    free = any(
        other.kind == "max" and other.n == electives and IMPORT not in other.pools and not other.narrows
        for other in others
    )
    required = fills and not free and draft.choice.modal != "may"
    _set(draft, "exact" if required else "max", reading, draft.because or because)
    if not fills and draft.choice.modal == "none" and not draft.choice.remaining:
        draft.ambiguity = "a number without 'up to' or 'must', and the numbers do not add up to the electives"


def _reopens(other: Draft, draft: Draft) -> bool:
    if other.within is not None:
        return False
    theirs, ours = set(other.pools) - {IMPORT}, set(draft.pools) - {IMPORT}
    shared = bool(theirs & ours) or (bool(theirs and ours) and LISTED in theirs | ours)
    return shared and not other.narrows and (other.open or _wider(theirs, ours) or other.pools == draft.pools)


def _wider(theirs: set[str], ours: set[str]) -> bool:
    return (LISTED in theirs and LISTED not in ours) or len(theirs) > len(ours)
