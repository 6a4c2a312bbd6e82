"""RDF in the shape of the JSA skills graph: classifications, components, and links between them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from qualgraph.identifiers import Kind, slug
from qualgraph.model import LEVELS, Authority, LinkedThing, Organisation, Problem, Thing, depth_of
from qualgraph.namespaces import prefixed
from qualgraph.sources.dataset import DatasetReader, SourceFile
from qualgraph.sources.linked_data.statements import (
    MEDIA_TYPES,
    Subject,
    is_about_things,
    subjects,
    syntax_of,
)
from qualgraph.sources.linked_data.tally import Tally
from qualgraph.sources.linked_data.terms import (
    ANYWHERE,
    LABELS,
    LINKS,
    NOTATION,
    ORGANISATION,
    OTHER_LABELS,
    PAGES,
    SCHEME,
    TEXTS,
    TYPE,
    meant,
)
from qualgraph.sources.linked_data.things import LABEL_KEYED, hosts, thing_named

_NOUNS: Final = {
    Kind.UNIT: "unit of competency",
    "taxonomy-industry-sector": "industry sector",
    "taxonomy-occupation": "taxonomy occupation",
    "aqf-level": "AQF level",
    "aqf-type": "AQF qualification type",
    "level-of-education": "level of education",
}
_NOTED: Final = frozenset({"anzsco", "asced-field", "osca"})
"""Schemes whose codes are also stated by ``skos:notation``."""

_OTHERS: Final = "about things that are neither concepts, components nor organisations"
_OF_ORGANISATIONS: Final = {*OTHER_LABELS, *PAGES, *LABELS}
_HOSTS: Final = ("training.gov.au/", "abs.gov.au/")

_WIDE = re.compile(r"(?<=://)w{4,}\.")


class JsaReader(DatasetReader):
    """Reads any RDF syntax; terms and IRIs that are misspelt are read as what was meant, and told.

    Statements about one thing that stand apart become several items; what they say adds up.
    """

    name = "jsa-skills-graph"
    version = "2"
    authority = Authority.LINKED_DATA
    media_type = "text/turtle"

    def recognises(self, file: SourceFile) -> bool:
        """Its first statements are about things whose IRIs are those of the graph."""
        folded = file.head.lower()
        if not any(host in folded for host in hosts()) and b"training.gov.au" not in folded:
            return False
        syntax = syntax_of(file.head)
        return syntax is not None and is_about_things(file, syntax)

    def media_type_of(self, file: SourceFile) -> str:
        """That of its syntax."""
        return MEDIA_TYPES[syntax_of(file.head) or "trig"]

    def items(self, file: SourceFile) -> Iterator[LinkedThing | Organisation | Problem]:
        """Every thing in the order of the file; raises BrokenDocumentError for what is no RDF to its end."""
        syntax, tally = syntax_of(file.head) or "trig", Tally()
        waiting: list[LinkedThing] = []
        unsure: defaultdict[str, list[Organisation]] = defaultdict(list)
        known: defaultdict[str, bool] = defaultdict(bool)
        for subject in subjects(file, syntax):
            match _read(subject, tally):
                case LinkedThing() as found if _wants_label(found.thing) and not found.labels:
                    waiting.append(found)
                case LinkedThing() as found:
                    yield _keyed(found, found.labels[0] if found.labels else "")
                case Organisation() as found:
                    unsure[found.iri].append(found)
                    if found.is_stated or known[found.iri]:
                        known[found.iri] = True
                        yield from unsure.pop(found.iri)
        for left in unsure.values():
            tally.unread(_OTHERS, sum(one.statements for one in left))
        if waiting:
            yield from _with_labels(file, syntax, waiting, tally)
        yield from tally.problems()


def _wants_label(thing: Thing) -> bool:
    return thing.scheme in LABEL_KEYED and thing.code is not None


def _keyed(found: LinkedThing, label: str) -> LinkedThing:
    """The thing by its label, where its scheme has no codes on the register."""
    if not _wants_label(found.thing):
        return found
    return replace(found, thing=replace(found.thing, code=slug(label)))


def _with_labels(
    file: SourceFile, syntax: str, waiting: list[LinkedThing], tally: Tally
) -> Iterator[LinkedThing]:
    """What was said of things apart from their labels, which are looked for in a second reading of the file."""
    wanted = {found.thing.iri for found in waiting}
    labels: dict[str, str] = {}
    for subject in subjects(file, syntax):
        if subject.iri in wanted and (names := _names(subject)):
            labels.setdefault(subject.iri, names[0])
    for found in waiting:
        if found.thing.iri in labels:
            yield _keyed(found, labels[found.thing.iri])
        else:
            tally.unread(f"about things of {found.thing.scheme} without a label", len(found.links) or 1)


def _read(subject: Subject, tally: Tally) -> LinkedThing | Organisation | None:
    """What one stretch of statements says; an organisation may have its type in another stretch."""
    types = [_meant(iri, tally, of_types=True) for predicate, iri in subject.links if predicate == TYPE]
    thing, doubt = thing_named(subject.iri)
    if doubt and thing:
        tally.taken(doubt)
    if subject.anonymous:
        tally.unread("with a value that has no IRI", subject.anonymous)
    if thing is not None:
        return _thing(subject, thing, tally)
    named = any(meant(iri, of_types=False) in _OF_ORGANISATIONS for iri, _ in subject.texts)
    if ORGANISATION in types or (named and not types):
        return _organisation(subject, tally, stated=ORGANISATION in types)
    tally.unread(_OTHERS, len(subject.texts) + len(subject.links))
    return None


def _meant(iri: str, tally: Tally, *, of_types: bool) -> str | None:
    """The term that is meant; what it is not called, and what is no known term, is told."""
    term = meant(iri, of_types=of_types)
    if term is None:
        tally.unread(f"{'of type' if of_types else 'with the property'} {prefixed(iri)}")
    elif term != iri:
        tally.misspelt(iri, term)
    return term


def _thing(subject: Subject, thing: Thing, tally: Tally) -> LinkedThing:
    texts = [(term, text) for iri, text in subject.texts if (term := _meant(iri, tally, of_types=False))]
    _check_notation(thing, texts, tally)
    for term, _ in texts:
        if term in LINKS:
            tally.unread(f"with text where {prefixed(term)} leads to a thing")
    labels = _names(subject)
    return LinkedThing(
        thing=thing,
        noun=_noun(thing) if labels else "further statement",
        labels=labels,
        other_labels=tuple(text for term, text in texts if term in OTHER_LABELS),
        links=tuple(_links(subject, tally)),
        texts=tuple((term, text) for term, text in texts if term in TEXTS),
    )


def _names(subject: Subject) -> tuple[str, ...]:
    """The names that are given, the preferred one first and none twice."""
    found = sorted(
        (LABELS[term], text)
        for iri, text in subject.texts
        if (term := meant(iri, of_types=False)) in LABELS and text
    )
    return tuple(dict.fromkeys(text for _, text in found))


def _check_notation(thing: Thing, texts: list[tuple[str, str]], tally: Tally) -> None:
    for term, text in texts:
        if term == NOTATION and thing.scheme in _NOTED and text != thing.code:
            tally.taken(f"notation '{text[:20]}' of {thing.scheme} {thing.code} left for the code of its IRI")


def _links(subject: Subject, tally: Tally) -> Iterator[tuple[str, Thing | str]]:
    for iri, value in subject.links:
        if iri == TYPE or (term := _meant(iri, tally, of_types=False)) is None or term == TYPE:
            continue
        if term == SCHEME:
            _check_scheme(value, tally)
            continue
        if term not in LINKS:
            tally.unread(f"with an IRI where {prefixed(term)} gives text")
            continue
        thing, doubt = thing_named(value)
        if doubt and thing:
            tally.taken(doubt)
        if thing is not None and not _wants_label(thing):
            yield LINKS[term], thing
        elif LINKS[term] in ANYWHERE:
            yield LINKS[term], value
        else:
            tally.unread(f"with {prefixed(term)} to something that has no identifier here")


def _check_scheme(iri: str, tally: Tally) -> None:
    if iri.startswith("http://") and iri.removeprefix("http://").startswith(_HOSTS):
        tally.taken(f"<{iri}> taken for its https twin")


def _noun(thing: Thing) -> str:
    if thing.kind is not None:
        return _NOUNS.get(thing.kind, thing.kind.value.replace("-", " "))
    scheme, code = thing.scheme or "", thing.code
    if code is None:
        return "concept scheme"
    if scheme in LEVELS:
        return LEVELS[scheme][depth_of(scheme, code) - 1]
    return _NOUNS.get(scheme, "concept")


def _organisation(subject: Subject, tally: Tally, *, stated: bool) -> Organisation:
    texts = [(term, text) for iri, text in subject.texts if (term := _meant(iri, tally, of_types=False))]
    pages = []
    for term, text in texts:
        if term in PAGES:
            plain = _WIDE.sub("www.", text)
            if plain != text:
                tally.taken(f"address {text} taken for {plain}")
            pages.append(plain)
    return Organisation(
        iri=subject.iri,
        names=_names(subject),
        other_names=tuple(text for term, text in texts if term in OTHER_LABELS),
        pages=tuple(pages),
        is_stated=stated,
        statements=len(subject.texts) + len(subject.links),
    )


READER = JsaReader()
