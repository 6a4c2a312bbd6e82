"""From documents and assets to a store: build, ingest, derive, and what a store holds.

A document's triples live in the graph that its IRI names and are replaced whole, in one transaction, together
with the note of when that happened. What is derived from all documents lives in a graph of its own; between the
two a store is marked stale, and says so, so that no answer comes from an old derivation unnoticed.
"""

from qualgraph.pipeline.backup import Manifest, backup, checked_backup, restore
from qualgraph.pipeline.build import build
from qualgraph.pipeline.content import Status, StoredDocument, gaps, require_content, stored_documents
from qualgraph.pipeline.derivation import derive, is_current, refresh, status
from qualgraph.pipeline.folders import Found, files_in
from qualgraph.pipeline.forget import forget, short_name
from qualgraph.pipeline.ingest import Ingested, Outcome, Refused, ingest_file, ingest_files, licence_of
from qualgraph.pipeline.preparation import Action, Wanted

__all__ = [
    "Action",
    "Found",
    "Ingested",
    "Manifest",
    "Outcome",
    "Refused",
    "Status",
    "StoredDocument",
    "Wanted",
    "backup",
    "build",
    "checked_backup",
    "derive",
    "files_in",
    "forget",
    "gaps",
    "ingest_file",
    "ingest_files",
    "is_current",
    "licence_of",
    "refresh",
    "require_content",
    "restore",
    "short_name",
    "status",
    "stored_documents",
]
