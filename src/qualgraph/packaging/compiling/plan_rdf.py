"""A plan as RDF, for the compiled shapes: its units, and what is known of those that come from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qualgraph.identifiers import Identifiers, Kind, national_code, slug
from qualgraph.namespaces import QG
from qualgraph.packaging.compiling.shacl import import_pool_iri, planned_for
from qualgraph.packaging.facts import NO_FACTS, Award, UnitFacts, proves, restricts
from qualgraph.packaging.judging.lowering import lower
from qualgraph.packaging.judging.selection import codes, specialisation_named
from qualgraph.packaging.tree import ImportPool, PackagingRule
from qualgraph.rdf import IRI, RDF_TYPE, Triple, text


def plan_triples(
    id: str,
    rule: PackagingRule,
    units: Iterable[str],
    facts: UnitFacts = NO_FACTS,
    *,
    specialisation: str | None = None,
    ids: Identifiers | None = None,
) -> Iterator[Triple]:
    """The statements of a plan; ``id`` is what its owner calls it. Raises ParameterError for what is no unit code."""
    known = ids or Identifiers()
    name = specialisation_named(rule, specialisation)
    plan = known.plan(id)
    yield Triple(plan, RDF_TYPE, IRI(f"{QG}Plan"))
    yield Triple(plan, IRI(f"{QG}isPlanFor"), planned_for(rule, specialisation=name, ids=known))
    pools = _import_pools(rule, name)
    for code in codes(units):
        unit = known.component(Kind.UNIT, national_code(code))
        yield Triple(plan, IRI(f"{QG}includesUnit"), unit)
        yield Triple(unit, RDF_TYPE, IRI(f"{QG}UnitOfCompetency"))
        yield Triple(unit, IRI(f"{QG}code"), text(code))
        yield from _known_of(unit, code, rule, pools, facts, known)


def _import_pools(rule: PackagingRule, specialisation: str | None) -> list[ImportPool]:
    forms = lower(rule, specialisation=specialisation) if rule.status == "complete" else ()
    ways = (way for form in forms for problem in form.problems for way in problem.imports)
    return [pool for pool in dict.fromkeys(way.pool for way in ways) if restricts(pool)]


def _known_of(
    unit: IRI, code: str, rule: PackagingRule, pools: list[ImportPool], facts: UnitFacts, ids: Identifiers
) -> Iterator[Triple]:
    packagings = facts.packagings(code)
    for level in dict.fromkeys(item.level for item in packagings if item.level):
        yield Triple(unit, IRI(f"{QG}isPackagedAt"), ids.concept("aqf-type", slug(level)))
    for pool in pools:
        if proves(pool, Award.of(rule), packagings):
            yield Triple(unit, IRI(f"{QG}countsTowards"), import_pool_iri(rule, pool, ids))
