"""Caps and gates of the statements that hold together, once the places that they limit are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualgraph.packaging.judging.held import Held, share, told_by_code
from qualgraph.packaging.judging.normal import REST, Cap, Gate, Slot
from qualgraph.packaging.tree import IMPORT, LISTED, RuleStatement


class Limits:
    """Limits of statements that fill these slots; ``afresh``: they count again what other statements place."""

    def __init__(
        self, held: Held, slots: Sequence[Slot], rest: Slot | None, left: int, *, afresh: bool = False
    ) -> None:
        self.held = held
        self.afresh = afresh
        self.left_out: list[str] = []
        self.slots = slots
        self.rest = rest
        self.left = left
        self.asked = [slot for slot in slots if not slot.rest]
        self.partition = not held.points and left == sum(item.n or 0 for item in held.opened)

    def caps(self) -> Iterator[Cap]:
        """At most so many of all the electives that are chosen."""
        for item in self.held.statements:
            if item.within is not None or item.n is None:
                continue
            if item.kind == "exact" and IMPORT not in item.pools and item.reading != "bucket":
                if not self.held.points:
                    yield self._cap(item, item.pools)
            elif item.kind == "max" and item.pools == (IMPORT,):
                yield from self._import_cap(item)
            elif item.kind == "max" and IMPORT in item.pools:
                yield from self._bucket_cap(item)
            elif item.kind == "max" and self._holds_everywhere(item) and not self._permits_any(item):
                yield self._cap(item, item.pools)

    def _permits_any(self, item: RuleStatement) -> bool:
        """'1 may be from any group', counted afresh, limits nothing that the plain award places."""
        return self.afresh and LISTED in item.pools and bool(item.n) and not item.only

    def _import_cap(self, item: RuleStatement) -> Iterator[Cap]:
        elsewhere = any(IMPORT in slot.pools for slot in self.asked)
        if self.afresh or (self.rest is None and elsewhere):
            yield self._cap(item, (IMPORT,))
        elif self.rest is None and item.n:
            if self.held.statements and self.slots:
                self.left_out.append(item.id)
        elif item.n == 0:
            yield self._cap(item, (IMPORT,))
        elif self.rest is None or item.import_ != self.rest.import_ or item.only:
            yield self._cap(item, (IMPORT,), opens=True)

    def _bucket_cap(self, item: RuleStatement) -> Iterator[Cap]:
        if self.afresh:
            yield self._cap(item, (IMPORT,))
        elif self.rest is None:
            self.left_out.append(item.id)
        elif item.import_ is not self.rest.import_:
            own = [pool for pool in item.pools if pool != IMPORT] if self._only_there(item) else []
            yield self._cap(item, (*own, IMPORT), opens=True)

    def _only_there(self, item: RuleStatement) -> bool:
        """Whether no other sentence names the listed pools of this one, so that its number holds for them too."""
        own = {pool for pool in item.pools if pool != IMPORT}
        others = [other for other in self.held.statements if other is not item]
        return LISTED not in own and not any(
            own & set(other.pools) or LISTED in other.pools for other in others
        )

    def _cap(self, item: RuleStatement, pools: tuple[str, ...], *, opens: bool = False) -> Cap:
        return Cap(
            path=f"{self.held.path}/cap/{item.id}",
            id=item.id,
            limit=item.n or 0,
            pools=pools,
            import_=item.import_ if opens else None,
            from_rule=item.id,
            opens=opens,
            only=item.only,
        )

    def _holds_everywhere(self, item: RuleStatement) -> bool:
        """Whether a maximum of listed units counts all that are chosen, and not only those in the places left."""
        if item.n == 0 or told_by_code(item) or self.held.points or self.rest is None:
            return True
        if item.reading == "remainder" or item.condition is not None:
            return False
        shared = [slot for slot in self.asked if share(slot.pools, item.pools)]
        if not shared or ((item.n or 0) >= self.left > 0 and self.partition):
            return False
        ranged = any(
            other.kind == "min" and other.pools == item.pools and other.text == item.text
            for other in self.held.statements
        )
        wider = any(set(slot.pools) < set(item.pools) or LISTED in item.pools for slot in shared)
        return ranged or (not (self.partition or wider) and self._room(item))

    def _room(self, item: RuleStatement) -> bool:
        """Whether the electives can be filled if at most this many of all come from the pools."""
        open_ = {pool for slot in self.slots for pool in slot.pools}
        others = {
            code
            for group in self.held.groups
            if group.role == "elective" and group.id not in item.pools
            if LISTED in open_ or group.id in open_
            for code in group.units
        }
        imports = sum(other.n or 0 for other in self.held.opened if IMPORT in other.pools)
        asked = sum(slot.demand for slot in self.asked if IMPORT in slot.pools)
        needed = sum(slot.demand for slot in self.slots)
        return (item.n or 0) + len(others) + imports + asked >= needed

    def gates(self) -> Iterator[Gate]:
        """A maximum of listed units counts in the places that are left, a nested one in the slots it is within."""
        for item in self.held.statements:
            if item.n is not None and item.within is not None and item.kind in ("max", "exact"):
                yield from self._nested_gate(item)
        for item in self.held.opened:
            if item.n is not None and self.rest is not None and item.n < self.left:
                yield from self._gates_in_rest(item)

    def _gates_in_rest(self, item: RuleStatement) -> Iterator[Gate]:
        """Where the permitted numbers fill the places left, each is so many places; units may take any they fit.

        Units of lists that a sentence asks for at least come under that sentence, however many they are.
        """
        if IMPORT not in item.pools and self._holds_everywhere(item):
            return
        own = self.held.lists_of(item) - {
            pool for other in self.held.least for pool in self.held.lists_of(other)
        }
        others = [
            other for other in self.held.opened if other is not item and self.held.lists_of(other) & own
        ]
        if not own:
            return
        if not self.partition or not others:
            if IMPORT not in item.pools:
                yield self._gate(
                    item, [REST], item.pools if own == self.held.lists_of(item) else tuple(sorted(own))
                )
            return
        together = (item.n or 0) + sum(other.n or 0 for other in others)
        if together < self.left:
            yield self._gate(replace(item, n=together), [REST], tuple(sorted(own)))
        alone = own - {pool for other in others for pool in self.held.lists_of(other)}
        if alone:
            gate = self._gate(item, [REST], tuple(sorted(alone)))
            yield replace(gate, id=f"{item.id}-alone", path=f"{gate.path}-alone")

    def _nested_gate(self, item: RuleStatement) -> Iterator[Gate]:
        outer = item.within or ""
        inside = [slot for slot in self.asked if self.held.is_of(slot.id, outer)]
        if item.kind == "exact":
            inside = [slot for slot in inside if slot.id != item.id]
            if inside:
                yield self._gate(replace(item, n=0), [slot.id for slot in inside], item.pools)
            return
        if not inside and self.rest is not None:
            inside = [self.rest]
        if not inside:
            self.left_out.append(item.id)
            return
        yield self._gate(item, [slot.id for slot in inside], item.pools)

    def _gate(self, item: RuleStatement, slots: list[str], pools: tuple[str, ...]) -> Gate:
        return Gate(
            path=f"{self.held.path}/gate/{item.id}",
            id=item.id,
            slot=slots[0],
            also=tuple(slots[1:]),
            limit=item.n or 0,
            pools=pools,
            import_=item.import_,
            from_rule=item.id,
            only=item.only,
        )
