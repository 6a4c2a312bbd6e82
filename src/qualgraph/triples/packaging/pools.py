"""Pools of units: groups, imports, units told by their code or title; and the words in which statements name them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from qualgraph.identifiers import Kind, slug
from qualgraph.packaging.tree import IMPORT, LISTED, ImportPool
from qualgraph.rdf import IRI
from qualgraph.triples.builder import Builder, qg
from qualgraph.triples.packaging.package_codes import package_code
from qualgraph.triples.packaging.places import Places
from qualgraph.vocabulary import QUALIFICATION_TYPES

SOURCES = {
    "this-package": "SameTrainingPackage",
    "any-package": "AnyEndorsedTrainingPackage",
    "accredited-course": "AccreditedCourses",
}
LEVELS = {"same": "SameLevel", "one higher": "OneLevelHigher", "one lower": "OneLevelLower"}
PREDICATES = {"unit": "admitsUnit", "prefix": "codePrefix", "digit": "codeDigit", "title": "titlePrefix"}
"""What a pool such as ``prefix:RII`` says of its units, by the word before the colon."""


def pool_iris(builder: Builder, places: Places, pools: Iterable[str], import_key: str) -> list[IRI]:
    """The nodes of pools, which are described where they are no groups.

    ``listed`` is every elective group, ``import`` the import pool of ``import_key``. A group that the rule has not
    has no node.
    """
    return [node for pool in pools for node in _nodes(builder, places, pool, import_key)]


def _nodes(builder: Builder, places: Places, pool: str, import_key: str) -> list[IRI]:
    if pool in places.group:
        return [places.group[pool]]
    if pool == IMPORT:
        return [places.below("import", import_key)]
    if pool == LISTED:
        pairs = zip(places.rule.groups, places.groups, strict=True)
        return [iri for group, iri in pairs if group.role == "elective"]
    word, _, value = pool.partition(":")
    return [_predicate(builder, places, word, value)] if word in PREDICATES and value else []


def _predicate(builder: Builder, places: Places, word: str, value: str) -> IRI:
    iri = places.below("units", word, value if value.isalnum() else slug(value))
    said = builder.named(Kind.UNIT, value) if word == "unit" else value
    builder.hang(places.iri, "hasUnitPredicate", iri, "UnitPredicate", None)
    builder.add(iri, PREDICATES[word], said)
    return iri


def describe_terms(
    builder: Builder, places: Places, statement: IRI, pools: Iterable[str], import_key: str, *, only: bool
) -> None:
    """The pools as the statement names them, in its order; ``only`` for those that narrow the others."""
    for position, pool in enumerate(pools, start=1):
        node = builder.ids.below(statement, "only" if only else "pool", str(position))
        builder.add(statement, "hasNarrowingTerm" if only else "hasPoolTerm", node)
        builder.node(node, "PoolTerm", position=position, poolKey=pool)
        for named in pool_iris(builder, places, [pool], import_key):
            builder.add(node, "namesPool", named)


def describe_import(builder: Builder, places: Places, key: str, pool: ImportPool | None) -> IRI:
    """Which units from elsewhere may be chosen; a level or package in words without a known code stays words."""
    iri = places.below("import", key)
    builder.hang(places.iri, "hasImportPool", iri, "ImportPool", None)
    if pool is None:
        return iri
    for source in pool.sources:
        builder.add(iri, "admitsSource", qg(SOURCES[source]) if source in SOURCES else None)
    for level in pool.levels:
        builder.add(iri, "admitsLevel", _level_iri(builder, level))
        builder.add(iri, "statedLevel", level)
    for package in pool.packages:
        code = package_code(package)
        builder.add(iri, "admitsPackage", builder.named(Kind.TRAINING_PACKAGE, code) if code else None)
    for code in pool.qualifications:
        builder.add(iri, "admitsQualification", builder.named(Kind.QUALIFICATION, code))
    _describe_import_terms(builder, iri, pool)
    return iri


def _describe_import_terms(builder: Builder, iri: IRI, pool: ImportPool) -> None:
    """Every word of the pool in its order, so that it can be read back."""
    for field in fields(pool):
        for position, value in enumerate(getattr(pool, field.name), start=1):
            node = builder.ids.below(iri, field.name, str(position))
            builder.add(iri, "hasImportTerm", node)
            builder.node(node, "ImportTerm", position=position, termKind=field.name, termText=value)


def _level_iri(builder: Builder, level: str) -> IRI | None:
    if level in LEVELS:
        return qg(LEVELS[level])
    if level in QUALIFICATION_TYPES:
        return builder.ids.concept("aqf-type", slug(level))
    return None
