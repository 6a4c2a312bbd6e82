"""Which dataset a file is: by its content, never by its name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qualgraph.model import SourceDocument
from qualgraph.sources.classifications import correspondence, structure, title_index
from qualgraph.sources.dataset import Dataset, DatasetReader, SourceFile
from qualgraph.sources.exports import (
    component_list,
    package_xml,
    packaging_export,
    scope_export,
    unit_documents,
    unit_links,
    unit_list,
)
from qualgraph.sources.interfaces import rest_classification, rest_documents, rest_search, soap_details
from qualgraph.sources.linked_data import jsa

DATASETS: tuple[DatasetReader, ...] = (
    scope_export.READER,
    packaging_export.READER,
    component_list.READER,
    unit_links.READER,
    unit_list.READER,
    package_xml.READER,
    *rest_documents.READERS,
    rest_search.READER,
    rest_classification.READER,
    soap_details.READER,
    title_index.READER,
    correspondence.READER,
    structure.READER,
    unit_documents.READER,
    jsa.READER,
)
"""Every reader of datasets; the first that recognises a file reads it."""


def open_dataset(
    path: str | Path, *, code: str | None = None, retrieved: date | None = None, url: str | None = None
) -> Dataset | None:
    """The dataset at ``path``, to be read by iterating over it; None where the file is of no such kind.

    ``code`` is that of the one component it is about, where it states none; ``retrieved`` the day it was taken from
    its publisher. Raises BrokenDocumentError for a file that cannot be opened, UnidentifiedDocumentError for one that
    needs a code; what else is wrong with it is raised while it is read.
    """
    file = SourceFile(Path(path), code)
    reader = next((reader for reader in DATASETS if reader.recognises(file)), None)
    if reader is None:
        return None
    content = file.fingerprint
    document = SourceDocument(
        reader=reader.name,
        reader_version=reader.version,
        key=reader.key(file),
        name=file.name,
        sha256=content.sha256,
        byte_size=content.size,
        media_type=reader.media_type_of(file),
        line_count=content.lines,
        authority=reader.authority,
        retrieved=retrieved,
        url=url,
    )
    return Dataset(reader, file, document)
