"""Source documents in, records and problems out: the readers, one for each kind of document.

``open_dataset`` streams a file about many components; ``read_file`` and ``read_bytes`` read a document about one and
choose its reader by content. They change nothing, and raise a DocumentError where
nothing can be read; whatever can be read comes with the problems met on the way.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from qualgraph.model import Problem, Reading, SourceDocument
from qualgraph.sources.base import Extract, Reader
from qualgraph.sources.datasets import DATASETS, open_dataset
from qualgraph.sources.opening import base_name, file_bytes, opened
from qualgraph.sources.recognise import READERS, recognise
from qualgraph.sources.text import MAX_BYTES, check_size
from qualgraph.sources.tokens import bounded

__all__ = [
    "DATASETS",
    "MAX_BYTES",
    "READERS",
    "VERSIONS",
    "Reader",
    "open_dataset",
    "read_bytes",
    "read_file",
]

VERSIONS = {
    **{reader.name: reader.version for reader in READERS},
    **{reader.name: reader.version for reader in DATASETS},
}
"""The version of each reader, by its name."""


def read_file(
    path: str | Path,
    *,
    code: str | None = None,
    retrieved: date | None = None,
    url: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Reading:
    """What the document at ``path`` says; see :func:`read_bytes`. Its size is checked before it is read.

    Raises BrokenDocumentError for a file that cannot be opened, DocumentTooLargeError for one over ``max_bytes``.
    """
    place = Path(path)
    data = file_bytes(place, max_bytes)
    return read_bytes(data, str(place), code=code, retrieved=retrieved, url=url, max_bytes=max_bytes)


def read_bytes(
    data: bytes,
    name: str,
    *,
    code: str | None = None,
    retrieved: date | None = None,
    url: str | None = None,
    max_bytes: int = MAX_BYTES,
) -> Reading:
    """What a document says: its records and problems, in the document's order.

    ``name`` is the file's name or path, of which the base name is kept. ``code`` is the code of the qualification,
    needed where the document never states it, and refused where it contradicts the document. Raises DocumentError
    (and ParameterError for a ``code`` that is none); no other exception comes out of a document, however broken.
    """
    check_size(len(data), name, max_bytes)
    file = opened(data, base_name(name))
    source = file.text
    reader = recognise(source.lines, source.name)
    extract = reader.read(source, code=code)
    document = SourceDocument(
        reader=reader.name,
        reader_version=reader.version,
        key=extract.key,
        name=source.name,
        sha256=hashlib.sha256(data).hexdigest(),
        byte_size=len(data),
        media_type=file.media_type,
        line_count=file.line_count,
        authority=reader.authority,
        subject_kind=extract.subject_kind,
        subject_code=extract.subject_code,
        retrieved=retrieved,
        url=url,
    )
    return _reading(document, extract, file.problems)


def _reading(document: SourceDocument, extract: Extract, problems: tuple[Problem, ...]) -> Reading:
    last = document.line_count
    of_file = [replace(one, line=min(one.line, last)) if one.line else one for one in problems]
    found = [*of_file, *(one for one in extract.found if isinstance(one, Problem))]
    ordered = sorted(found, key=lambda one: (one.line is None, one.line or 0))
    return Reading(
        document=document,
        records=tuple(one for one in extract.found if not isinstance(one, Problem)),
        problems=bounded(ordered),
    )
