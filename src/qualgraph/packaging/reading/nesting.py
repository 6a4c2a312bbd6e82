"""Which statements count in the places of another: by the words of a sentence, or as the numbers fit no other way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qualgraph.packaging.reading.statements import Draft, asked
from qualgraph.packaging.tree import IMPORT, LISTED


def nest(drafts: list[Draft], start: int) -> None:
    """'5 from the lists, of which at least 1 from A': the second counts in the places of the first.

    ``start`` is the number of drafts before these.
    """
    for at in range(1, len(drafts)):
        first, second = drafts[at - 1].choice, drafts[at].choice
        fits = (drafts[at].n or 0) <= (drafts[at - 1].n or 0)
        part = second.amount in ("min", "max") or _of_these(drafts[at])
        if first.joined_by not in ("COMMA", None) or not fits:
            continue
        if part:
            drafts[at].within = start + at - 1
            _widen(drafts[at - 1], drafts[at])
        elif (
            second.amount == "plain"
            and (second.modal == "must" or first.includes)
            and _inside(drafts[at], drafts[at - 1])
        ):
            _count_within(drafts[at], drafts[at - 1], start + at - 1)


def _widen(outer: Draft, inner: Draft) -> None:
    """'8 from Group A, with up to 3 from Group C': Group C may serve three of the eight."""
    beside = set(inner.pools) - set(outer.pools)
    plain = not any(pool == IMPORT or ":" in pool for pool in (*outer.pools, *inner.pools))
    if inner.choice.amount == "max" and plain and LISTED not in outer.pools and beside == set(inner.pools):
        outer.pools += inner.pools


def _of_these(draft: Draft) -> bool:
    """'one of which must be ZZZ101', 'and must include ZZZ101': named units among those of the sentence."""
    return draft.choice.includes and all(pool.startswith("unit:") for pool in draft.pools)


def _inside(inner: Draft, outer: Draft) -> bool:
    """Whether the pools of one are some of those of the other, none of them imports."""
    if (
        IMPORT in inner.pools
        or IMPORT in outer.pools
        or inner.pools == outer.pools
        or inner.scope != outer.scope
    ):
        return False
    return LISTED in outer.pools or set(inner.pools) < set(outer.pools)


def _count_within(inner: Draft, outer: Draft, at: int) -> None:
    inner.within = at
    inner.kind = inner.reading = "min"
    inner.because = f"it counts in the {outer.n} of line {outer.line}"


def nest_by_numbers(
    drafts: Sequence[Draft], sizes: dict[str, int], electives_of: Callable[[str], int | None]
) -> None:
    """'At least 3 from the lists', '2 from Group A', 'the other 2 from anywhere': of 5, so the 2 are among the 3.

    Only where the sentences ask for more electives than there are, and for no more once those after a wider one
    count in its places.
    """
    for scope in dict.fromkeys(draft.scope for draft in drafts):
        scoped = [draft for draft in drafts if draft.scope == scope]
        electives = electives_of(scope)
        needed = sum(asked(draft, sizes) for draft in scoped)
        if electives is None or needed <= electives:
            continue
        for at, outer in enumerate(drafts):
            if outer not in scoped or outer.within is not None or outer.kind not in ("min", "exact"):
                continue
            inner = [
                draft
                for draft in drafts[at + 1 :]
                if draft in scoped
                and draft.within is None
                and draft.kind in ("min", "exact")
                and _inside(draft, outer)
            ]
            asks = sum(asked(draft, sizes) for draft in inner)
            if inner and asks <= (outer.n or 0) and needed - asks <= electives:
                for draft in inner:
                    _count_within(draft, outer, at)
                break


def count_together(drafts: Sequence[Draft]) -> None:
    """Minima before the last statement, from some of its groups, count in its places."""
    if not drafts or drafts[-1].choice.amount != "min":
        return
    for draft in drafts[:-1]:
        if draft.choice.amount == "min" and draft.within is None and _inside(draft, drafts[-1]):
            _count_within(draft, drafts[-1], len(drafts) - 1)
