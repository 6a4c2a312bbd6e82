"""A store given to the world as files: dumps in every syntax, with a description, licences and checksums."""

from qualgraph.namespaces import VOID
from qualgraph.publishing.counts import Counts, counted
from qualgraph.publishing.description import DESCRIBED, SD, dataset_description
from qualgraph.publishing.dumps import Dumped, dump
from qualgraph.publishing.examples import sparql_examples
from qualgraph.publishing.offers import CHECKSUMS, DUMPS, DumpFile, dump_files, dump_triples, service_triples
from qualgraph.publishing.publication import NOTHING_STATED, Publication, licence_name, schema_org
from qualgraph.publishing.rights import Rights, rights_of

__all__ = [
    "CHECKSUMS",
    "DESCRIBED",
    "DUMPS",
    "NOTHING_STATED",
    "SD",
    "VOID",
    "Counts",
    "DumpFile",
    "Dumped",
    "Publication",
    "Rights",
    "counted",
    "dataset_description",
    "dump",
    "dump_files",
    "dump_triples",
    "licence_name",
    "rights_of",
    "schema_org",
    "service_triples",
    "sparql_examples",
]
