"""What a rule comes to: its normal forms with slots, caps and gates, each tied to the statements it was read from."""

from __future__ import annotations

from collections.abc import Iterator

from qualgraph.packaging import normal_forms
from qualgraph.packaging.normal import Cap, Gate, NormalForm, Slot
from qualgraph.packaging.tree import IMPORT, ImportPool, PackagingRule
from qualgraph.rdf import IRI
from qualgraph.triples.builder import Builder
from qualgraph.triples.packaging.places import Places
from qualgraph.triples.packaging.pools import describe_import, pool_iris

MAX_FORMS = 200
"""Of one award. A rule with more choices than that has its statements; a judge works its forms out."""


def describe_forms(builder: Builder, places: Places) -> None:
    """Every form of the plain award and of each specialisation, where the whole rule was read; else none.

    A rule whose plain award has exactly one form, which carries all of it, also has its slots and caps itself.
    """
    rule = places.rule
    if rule.status != "complete":
        return
    for key, specialisation, form in _forms_of(rule):
        root = places.below(*key) if key else places.iri
        node = places.below(*(key or ("form", "1")))
        builder.hang(
            places.iri, "hasNormalForm", node, "NormalForm", None, isNecessaryOnly=bool(form.left_out)
        )
        if specialisation is not None:
            builder.add(node, "appliesTo", places.specialisation.get(specialisation))
        for id in form.left_out:
            builder.add(node, "hasLeftOut", places.statement.get(id))
        for id in form.chosen_groups:
            builder.add(node, "appliesChosenGroup", places.group.get(id))
        _Form(builder, places, form, root, {node, root}).describe()


def _forms_of(rule: PackagingRule) -> Iterator[tuple[tuple[str, ...], str | None, NormalForm]]:
    """Each form with the name of its part of the rule, and its specialisation; no name for the sole exact one."""
    plain = normal_forms(rule)
    if len(plain) == 1 and not plain[0].left_out:
        yield (), None, plain[0]
    elif len(plain) <= MAX_FORMS:
        yield from ((("form", str(n)), None, form) for n, form in enumerate(plain, start=1))
    for number, item in enumerate(rule.specialisations, start=1):
        forms = normal_forms(rule, specialisation=item.name)
        if len(forms) <= MAX_FORMS:
            for n, form in enumerate(forms, start=1):
                yield ("specialisation-form", str(number), str(n)), item.name, form


class _Form:
    """Writes one form; ``owners`` are the nodes that have its slots and caps."""

    def __init__(
        self, builder: Builder, places: Places, form: NormalForm, root: IRI, owners: set[IRI]
    ) -> None:
        self.builder = builder
        self.places = places
        self.form = form
        self.root = root
        self.owners = owners

    def describe(self) -> None:
        for slot in self.form.slots:
            self._slot(slot, "hasSlot", "slot")
        for slot in self.form.overlays:
            self._slot(slot, "hasOverlay", "overlay")
        for cap in self.form.caps:
            self._cap(cap)

    def _slot(self, slot: Slot, link: str, kind: str) -> None:
        builder = self.builder
        node = builder.ids.below(self.root, kind, slot.id)
        for owner in self.owners:
            builder.add(owner, link, node)
        builder.node(node, "Slot", demand=slot.demand, isRemainder=True if slot.rest else None)
        self._pools(node, "drawsFrom", slot.pools, slot.from_rules, slot.id, slot.import_)
        for gate in self.form.gates:
            if gate.slot == slot.id and kind == "slot":
                place = builder.ids.below(node, "gate", gate.id)
                builder.add(node, "hasGate", place)
                self._limit(place, gate, None)

    def _cap(self, cap: Cap) -> None:
        node = self.builder.ids.below(self.root, "cap", cap.id)
        for owner in self.owners:
            self.builder.add(owner, "hasCap", node)
        self.builder.add(node, "opensImports", True if cap.opens else None)
        self._limit(node, cap, cap.import_)

    def _limit(self, node: IRI, limit: Cap | Gate, pool: ImportPool | None) -> None:
        self.builder.node(node, type(limit).__name__, limit=limit.limit)
        self._pools(node, "capsPool", limit.pools, (limit.from_rule,), limit.id, pool)

    def _pools(
        self,
        node: IRI,
        link: str,
        pools: tuple[str, ...],
        from_rules: tuple[str, ...],
        id: str,
        pool: ImportPool | None,
    ) -> None:
        key = self._import_key(from_rules, pool, id)
        if IMPORT in pools:
            describe_import(self.builder, self.places, key, pool)
        for found in pool_iris(self.builder, self.places, pools, key):
            self.builder.add(node, link, found)
        for statement in from_rules:
            self.builder.add(node, "isReadFrom", self.places.statement.get(statement))

    def _import_key(self, from_rules: tuple[str, ...], pool: ImportPool | None, id: str) -> str:
        """The import pool is that of the statement it was read from, where there is one that says the same."""
        for statement in self.places.rule.rules:
            if statement.id in from_rules and IMPORT in statement.pools and statement.import_ == pool:
                return statement.id
        return id
