"""A store given to the world as files: dumps in every syntax, with a description, licences and checksums."""

from qualgraph.publishing.description import SD, VOID, dataset_description
from qualgraph.publishing.dumps import DUMPS, Dumped, dump
from qualgraph.publishing.examples import sparql_examples

__all__ = ["DUMPS", "SD", "VOID", "Dumped", "dataset_description", "dump", "sparql_examples"]
