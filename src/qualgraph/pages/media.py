"""Media types: what each kind of answer can be written as, with the ending of files that hold it.

Source: RFC 9110, section 8.3; media types of the W3C recommendations for RDF and SPARQL results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

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
