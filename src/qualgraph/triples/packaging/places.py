"""The IRIs of the parts of one packaging rule, made of what the document calls each part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualgraph.identifiers import Identifiers, slug
from qualgraph.packaging.tree import PackagingRule
from qualgraph.rdf import IRI


class Places:
    """Where each part of a rule is; two parts of one name get two IRIs.

    The mappings go from the id (for a specialisation: the name) to the IRI; the lists follow the order of the rule.
    """

    def __init__(self, ids: Identifiers, rule: PackagingRule, iri: IRI) -> None:
        self.ids = ids
        self.rule = rule
        self.iri = iri
        self.groups = self._named("group", (_key(group.id) for group in rule.groups))
        self.statements = self._named("statement", (statement.id for statement in rule.rules))
        self.specialisations = self._named(
            "specialisation", (slug(item.name) for item in rule.specialisations)
        )
        self.alternatives = self._named("alternative", (item.id for item in rule.alternatives))
        self.prerequisites = self._named("prerequisite", (item.unit for item in rule.prerequisites))
        self.group = _first([group.id for group in rule.groups], self.groups)
        self.statement = _first([statement.id for statement in rule.rules], self.statements)
        self.specialisation = _first([item.name for item in rule.specialisations], self.specialisations)
        self.alternative = _first([item.id for item in rule.alternatives], self.alternatives)

    def _named(self, kind: str, names: Iterable[str]) -> list[IRI]:
        taken: set[str] = set()
        found = []
        for name in names:
            key, again = name, 1
            while key in taken:
                again += 1
                key = f"{name}-{again}"
            taken.add(key)
            found.append(self.below(kind, key))
        return found

    def below(self, *parts: str) -> IRI:
        """The IRI of a part by its own name."""
        return self.ids.below(self.iri, *parts)

    def at(self, path: str) -> IRI:
        """The IRI of what has this path in the rule, such as ``packaging/form/1/slot/r1``."""
        return self.below(*path.split("/")[1:])

    def of_scope(self, scope: str) -> IRI | None:
        """The specialisation or alternative that a scope names; None for all, and for one the rule has not."""
        kind, _, name = scope.partition(":")
        known = {"specialisation": self.specialisation, "alternative": self.alternative}
        return known[kind].get(name) if kind in known else None


def _key(id: str) -> str:
    return id if id.isalnum() else slug(id)


def _first(keys: Sequence[str], places: Sequence[IRI]) -> dict[str, IRI]:
    """The first place of each key."""
    return dict(zip(reversed(keys), reversed(places), strict=True))
