"""Records of a reading as RDF: one list of triples a document, for the graph named by the document's IRI."""

from qualgraph.triples.builder import TextPolicy
from qualgraph.triples.describe import describe, describe_dataset, document_iri

__all__ = ["TextPolicy", "describe", "describe_dataset", "document_iri"]
