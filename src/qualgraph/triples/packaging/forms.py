"""What a rule comes to: its normal forms with slots, caps and gates, each tied to the statements it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from qualgraph.packaging import normal_forms
from qualgraph.packaging.judging.normal import Cap, Gate, NormalForm, Slot
from qualgraph.packaging.tree import IMPORT, ImportPool, PackagingRule
from qualgraph.rdf import IRI
from qualgraph.triples.builder import Builder
from qualgraph.triples.packaging.places import Places
from qualgraph.triples.packaging.pools import describe_import, pool_iris

MOST_FORMS: Final = 64
"""Of one award. A rule with more ways to choose has its statements; a judge works its forms out."""


def describe_forms(builder: Builder, places: Places) -> None:
    """Every form of the plain award and of each specialisation, where the whole rule was read; else none.

    A rule whose plain award has exactly one form, which carries all of it, also has its slots and caps itself.
    """
    rule = places.rule
    if rule.status != "complete":
        return
    plain = normal_forms(rule)
    for form in _few(plain):
        sole = len(plain) == 1 and not form.left_out and form.specialisation is None
        _Form(builder, places, form, sole=sole).describe()
    for form in _of_specialisations(rule):
        _Form(builder, places, form, sole=False).describe()


def _few(forms: tuple[NormalForm, ...]) -> tuple[NormalForm, ...]:
    return forms if len(forms) <= MOST_FORMS else ()


def _of_specialisations(rule: PackagingRule) -> Iterator[NormalForm]:
    for item in rule.specialisations:
        yield from _few(normal_forms(rule, specialisation=item.name))


class _Form:
    """Writes one form. The slots and caps of the sole form are those of the rule, too."""

    def __init__(self, builder: Builder, places: Places, form: NormalForm, *, sole: bool) -> None:
        self.builder = builder
        self.places = places
        self.form = form
        self.node = places.at(form.path)
        self.owners = [self.node, *([places.iri] if sole else [])]

    def describe(self) -> None:
        form, add, places = self.form, self.builder.add, self.places
        self.builder.hang(places.iri, "hasNormalForm", self.node, "NormalForm", None)
        add(self.node, "isNecessaryOnly", bool(form.left_out))
        if form.specialisation is not None:
            add(self.node, "appliesTo", places.specialisation.get(form.specialisation))
        for id in form.left_out:
            add(self.node, "hasLeftOut", places.statement.get(id))
        for id in form.chosen_groups:
            add(self.node, "appliesChosenGroup", places.group.get(id))
        for pool in pool_iris(self.builder, places, form.as_prerequisite, self._key(form.path)):
            add(self.node, "admitsAsPrerequisite", pool)
        self._parts()

    def _parts(self) -> None:
        for link, slots in (("hasSlot", self.form.slots), ("hasOverlay", self.form.overlays)):
            for slot in slots:
                self._slot(slot, link)
        for cap in self.form.caps:
            node = self.places.at(cap.path)
            for owner in self.owners:
                self.builder.add(owner, "hasCap", node)
            self._limit(node, cap, opens=cap.opens)
        for gate in self.form.gates:
            self._gate(gate)
        self._sums()

    def _slot(self, slot: Slot, link: str) -> None:
        node = self.places.at(slot.path)
        for owner in self.owners:
            self.builder.add(owner, link, node)
        self.builder.node(
            node,
            "Slot",
            demand=slot.demand,
            isRemainder=True if slot.rest else None,
            isCoreSlot=True if slot.core else None,
        )
        self._pools(node, "drawsFrom", slot.pools, slot.import_, slot.from_rules, slot.path)
        self._narrow(node, slot.only)

    def _gate(self, gate: Gate) -> None:
        """A limit inside a slot, or inside several together."""
        node = self.places.at(gate.path)
        for id in (gate.slot, *gate.also):
            slot = self.form.slot(id)
            if slot is not None:
                self.builder.add(self.places.at(slot.path), "hasGate", node)
        self._limit(node, gate, opens=gate.import_ is not None)

    def _limit(self, node: IRI, limit: Cap | Gate, *, opens: bool) -> None:
        self.builder.node(node, type(limit).__name__, limit=limit.limit, opensImports=True if opens else None)
        self._pools(node, "capsPool", limit.pools, limit.import_, (limit.from_rule,), limit.path)
        self._narrow(node, limit.only)

    def _sums(self) -> None:
        for sum in self.form.sums:
            node = self.places.at(sum.path)
            self.builder.hang(self.node, "hasSum", node, "SlotSum", None, demand=sum.demand)
            for id in sum.slots:
                slot = self.form.slot(id)
                self.builder.add(node, "countsSlot", self.places.at(slot.path) if slot else None)

    def _pools(
        self,
        node: IRI,
        link: str,
        pools: tuple[str, ...],
        pool: ImportPool | None,
        from_rules: tuple[str, ...],
        path: str,
    ) -> None:
        key = self._import_key(from_rules, pool, path)
        if IMPORT in pools:
            describe_import(self.builder, self.places, key, pool)
        for found in pool_iris(self.builder, self.places, pools, key):
            self.builder.add(node, link, found)
        for id in from_rules:
            self.builder.add(node, "isReadFrom", self.places.statement.get(id))

    def _narrow(self, node: IRI, only: tuple[str, ...]) -> None:
        for pool in pool_iris(self.builder, self.places, only, self._key(self.form.path)):
            self.builder.add(node, "appliesOnlyTo", pool)

    def _import_key(self, from_rules: tuple[str, ...], pool: ImportPool | None, path: str) -> str:
        """The import pool is that of the statement it was read from, where there is one that says the same."""
        for statement in self.places.rule.rules:
            if statement.id in from_rules and IMPORT in statement.pools and statement.import_ == pool:
                return statement.id
        return self._key(path)

    def _key(self, path: str) -> str:
        return "-".join(path.split("/")[1:])
