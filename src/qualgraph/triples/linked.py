"""Statements of another publisher's RDF, under our identifiers and in the graph of its document alone."""

from __future__ import annotations

from typing import Final

from qualgraph.model import LEVELS, LinkedThing, Organisation, Thing, depth_of
from qualgraph.namespaces import SCHEMA
from qualgraph.rdf import IRI, RDF_TYPE
from qualgraph.sources.linked_data.terms import ANYWHERE
from qualgraph.triples.builder import (
    ALT_LABEL,
    CONCEPT,
    IN_SCHEME,
    LABEL,
    NOTATION,
    TITLE,
    Builder,
    TextPolicy,
)
from qualgraph.triples.concepts import CONCEPT_SCHEME, describe_level_member

SAME_AS = IRI(f"{SCHEMA}sameAs")
ORGANISATION = IRI(f"{SCHEMA}Organization")
NAME = IRI(f"{SCHEMA}name")
ALTERNATE_NAME = IRI(f"{SCHEMA}alternateName")
PAGE = IRI(f"{SCHEMA}url")

_UNCODED: Final = frozenset({"taxonomy-occupation", "taxonomy-industry-sector", "aqf-type"})


def describe_linked_thing(builder: Builder, item: LinkedThing) -> None:
    """Its names and links, and by ``schema:sameAs`` what the publisher calls it."""
    iri = _named(builder, item.thing)
    builder.add(iri, SAME_AS, _external(item.thing.iri))
    _describe_names(builder, iri, item)
    if item.thing.scheme in LEVELS and item.thing.code:
        scheme, code = item.thing.scheme, item.thing.code
        describe_level_member(builder, builder.ids.scheme(scheme), scheme, depth_of(scheme, code), iri)
    for predicate, value in item.links:
        builder.add(iri, IRI(predicate), _end(builder, predicate, value))
    if builder.policy is TextPolicy.ALL:
        for predicate, text in item.texts:
            builder.add(iri, IRI(predicate), text)


def _describe_names(builder: Builder, iri: IRI, item: LinkedThing) -> None:
    if item.thing.kind is not None:
        for label in item.labels[:1]:
            builder.add(iri, TITLE, label)
            builder.add(iri, LABEL, f"{item.thing.code} {label}")
            node = builder.ids.below(builder.document, item.thing.kind, item.thing.code or "")
            builder.mention(node, "Mention", iri, label, None)
            builder.add(builder.document, "describes", iri)
    else:
        for label in item.labels[:1]:
            builder.add(iri, LABEL, label)
    for label in (*item.labels[1:], *item.other_labels):
        builder.add(iri, ALT_LABEL, label)


def _named(builder: Builder, thing: Thing) -> IRI:
    """Our identifier of a thing, with what it is."""
    if thing.kind is not None:
        return builder.named(thing.kind, thing.code or "")
    scheme = builder.ids.scheme(thing.scheme or "")
    if thing.code is None:
        builder.add(scheme, RDF_TYPE, CONCEPT_SCHEME)
        return scheme
    concept = builder.ids.concept(thing.scheme or "", thing.code)
    builder.add(concept, RDF_TYPE, CONCEPT)
    builder.add(concept, IN_SCHEME, scheme)
    builder.add(concept, NOTATION, None if thing.scheme in _UNCODED else thing.code)
    return concept


def _end(builder: Builder, predicate: str, value: Thing | str) -> IRI | None:
    """What a link leads to; an IRI of no thing of ours is kept where matches and organisations may lead to any."""
    if isinstance(value, Thing):
        return _named(builder, value)
    return _external(value) if predicate in ANYWHERE else None


def _external(iri: str) -> IRI | None:
    """The IRI, or None where it is not valid."""
    try:
        return IRI(iri)
    except ValueError:
        return None


def describe_organisation(builder: Builder, item: Organisation) -> None:
    """An organisation by its own IRI."""
    iri = _external(item.iri)
    if iri is None:
        return
    builder.add(iri, RDF_TYPE, ORGANISATION)
    for name in item.names:
        builder.add(iri, NAME, name)
    for name in item.other_names:
        builder.add(iri, ALTERNATE_NAME, name)
    for page in item.pages:
        builder.add(iri, PAGE, page)
