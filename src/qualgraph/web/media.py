"""Media types: what each kind of answer can be written as, and which of them a client wants.

Source: RFC 9110, sections 8.3 and 12.5.1; media types of the W3C recommendations for RDF and SPARQL results.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import mimeparse

from qualgraph.rdf import RdfFormat


@dataclass(frozen=True, slots=True)
class Media:
    """A way to write an answer: its media type, the ending of file names, and other types that ask for it."""

    type: str
    ending: str
    others: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header: text says that it is UTF-8."""
        return f"{self.type}; charset=utf-8" if self.type.startswith("text/") else self.type


HTML: Final = Media("text/html", "html", ("application/xhtml+xml",))
TURTLE: Final = Media("text/turtle", "ttl", ("application/x-turtle",))
NTRIPLES: Final = Media("application/n-triples", "nt")
JSONLD: Final = Media("application/ld+json", "jsonld", ("application/json",))
RDFXML: Final = Media("application/rdf+xml", "rdf", ("application/xml",))
TRIG: Final = Media("application/trig", "trig")
NQUADS: Final = Media("application/n-quads", "nq")

JSON: Final = Media("application/json", "json")
PROBLEM: Final = Media("application/problem+json", "json", ("application/json",))
RESULTS_JSON: Final = Media("application/sparql-results+json", "srj", ("application/json",))
RESULTS_XML: Final = Media("application/sparql-results+xml", "srx", ("application/xml", "text/xml"))
CSV: Final = Media("text/csv", "csv")
TSV: Final = Media("text/tab-separated-values", "tsv")

SYNTAXES: Final[Mapping[Media, RdfFormat]] = {
    TURTLE: RdfFormat.TURTLE,
    NTRIPLES: RdfFormat.N_TRIPLES,
    JSONLD: RdfFormat.JSON_LD,
    RDFXML: RdfFormat.RDF_XML,
    TRIG: RdfFormat.TRIG,
    NQUADS: RdfFormat.N_QUADS,
}
"""How RDF is written; the last two tell named graphs apart."""

GRAPHS: Final = tuple(SYNTAXES)
TABLES: Final[Mapping[Media, str]] = {RESULTS_JSON: "json", RESULTS_XML: "xml", CSV: "csv", TSV: "tsv"}
"""How rows are written, with the name that the writers of results give it."""
BOOLEANS: Final[Mapping[Media, str]] = {RESULTS_JSON: "json", RESULTS_XML: "xml"}


def wanted(accept: Sequence[str], offered: Iterable[Media]) -> Media | None:
    """Which of the ways that are offered, the best first, a client's Accept headers ask for; None for none of them.

    No header, or an empty one, asks for anything. A range that cannot be read is passed over.
    """
    choices = list(offered)
    header = ", ".join(part for line in accept for part in line.lower().split(",") if _is_range(part))
    if not header:
        return choices[0] if not any(line.strip() for line in accept) else None
    types: dict[str, Media] = {}
    for media in choices:
        types.setdefault(media.type, media)
    for media in choices:
        for other in media.others:
            types.setdefault(other, media)
    best = mimeparse.best_match(list(reversed(types)), header)
    return types.get(best)


def _is_range(part: str) -> bool:
    try:
        kind, subtype, _ = mimeparse.parse_media_range(part.strip())
    except mimeparse.MimeTypeParseException:
        return False
    return bool(kind and subtype)


def by_ending(ending: str, offered: Iterable[Media]) -> Media | None:
    """The way with this ending of file names; ``json`` is the JSON of whatever is offered."""
    choices = list(offered)
    exact = next((media for media in choices if media.ending == ending), None)
    asked = {"json": "application/json", "xml": "application/xml"}.get(ending)
    return exact or next((media for media in choices if asked in (media.type, *media.others)), None)
