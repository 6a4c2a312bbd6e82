"""The statements of an RDF file, subject by subject as they stand in it, whatever its syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from qualgraph.errors import BrokenDocumentError, DataError
from qualgraph.rdf import IRI, Literal, Quad, parse_stream
from qualgraph.sources.dataset import SourceFile
from qualgraph.sources.linked_data.terms import IMPLIED
from qualgraph.sources.linked_data.things import RELATIVE, thing_named

FIRST: Final = 2000
"""Statements among which a file of the JSA shape has one about a thing of it."""

_JSON = re.compile(rb"\s*[\[{]")
_XML = re.compile(rb"\s*<(?:\?xml|rdf:RDF|!--)")
_NQUAD = re.compile(rb"^\s*(?:<[^>]*>|_:\S+)\s+<[^>]*>\s+.+?\s+<[^>]*>\s*\.\s*$")
_TURTLE = re.compile(rb"\s*(?:@?prefix\b|@?base\b|#|<|_:|\[|[A-Za-z][\w-]*:)", re.IGNORECASE)

MEDIA_TYPES: Final = {
    "trig": "text/turtle",
    "nq": "application/n-quads",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


@dataclass(kw_only=True)
class Subject:
    """What one stretch of a file says of one subject: literals and IRIs by property, without what others imply."""

    iri: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    anonymous: int = 0
    """Statements whose value is a blank node, which has no name to be known by."""


def syntax_of(head: bytes) -> str | None:
    """The RDF syntax that a file begins as, as ``rdf.FORMATS`` calls it; None for what is none."""
    head = head.removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in head:
        return None
    if _JSON.match(head):
        return "jsonld" if b'"@' in head else None
    if _XML.match(head):
        return "rdf" if b"rdf-syntax-ns#" in head else None
    if any(_NQUAD.match(line) and not line.lstrip().startswith(b"@") for line in _whole_lines(head)):
        return "nq"
    return "trig" if _TURTLE.match(head) else None


def _whole_lines(head: bytes) -> list[bytes]:
    """The first lines that are whole statements; a Turtle line can look like one of four terms only by its objects."""
    lines = [line for line in head.split(b"\n")[:20] if line.strip() and not line.lstrip().startswith(b"#")]
    return [line for line in lines if line.count(b"> ") >= 3 and b" ," not in line and b" ;" not in line]


def is_about_things(file: SourceFile, syntax: str) -> bool:
    """Whether one of the first statements is about a thing of the JSA shape."""
    try:
        with file.open() as stream:
            for at, quad in enumerate(parse_stream(stream, syntax, base=RELATIVE, where=file.name)):
                if isinstance(quad.subject, IRI) and thing_named(quad.subject.value)[0]:
                    return True
                if at == FIRST:
                    return False
    except DataError:
        pass
    return False


def subjects(file: SourceFile, syntax: str) -> Iterator[Subject]:
    """Every subject as often as its statements are interrupted by those of another; raises BrokenDocumentError."""
    try:
        with file.open() as stream:
            quads = parse_stream(stream, syntax, base=RELATIVE, where=file.name)
            for iri, group in groupby(quads, key=lambda quad: str(quad.subject)):
                yield _collected(iri, group)
    except DataError as error:
        raise BrokenDocumentError(error.what, where=error.where, hint=error.hint) from error


def _collected(iri: str, group: Iterator[Quad]) -> Subject:
    found = Subject(iri=iri[1:-1] if iri.startswith("<") else iri)
    for quad in group:
        predicate, value = quad.predicate.value, quad.object
        if predicate in IMPLIED:
            continue
        if isinstance(value, Literal):
            found.texts.append((predicate, " ".join(value.value.split())))
        elif isinstance(value, IRI):
            found.links.append((predicate, value.value))
        else:
            found.anonymous += 1
    return found
