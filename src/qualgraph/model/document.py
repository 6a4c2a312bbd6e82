"""What a document is, how it is divided, and what of it was not, or not cleanly, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qualgraph.identifiers import Kind


class Severity(StrEnum):
    """How much a reading problem matters."""

    WARNING = "warning"
    INFO = "info"


class ProblemKind(StrEnum):
    """What kind of thing was not, or not cleanly, read. Each is explained in ``docs/findings.md``."""

    TRUNCATED = "truncated"
    PARTIAL_TABLE = "partial-table"
    NOT_READ = "not-read"
    CODE_NOT_STATED = "code-not-stated"
    RELEASE_NOT_STATED = "release-not-stated"
    HEADING_LOST = "heading-lost"
    RESIDUE = "residue"
    CONTINUED_LINE = "continued-line"
    EMPTY_ITEM = "empty-item"
    ENCODING = "encoding"
    REPEATED = "repeated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Something a reader did not read, or read only by tidying. ``message`` quotes no source prose."""

    kind: ProblemKind
    message: str
    line: int | None
    severity: Severity = Severity.WARNING
    excerpt: str | None = None
    """The text concerned; source prose, stored only where text is wanted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceDocument:
    """A document as received. ``key`` tells it from others of its kind and stays the same for newer copies."""

    reader: str
    """The document kind: register-page, register-pdf, component-xml, third-party-copy, anzsco-unit-group."""
    reader_version: str
    key: str
    name: str
    sha256: str
    byte_size: int
    media_type: str
    line_count: int
    subject_kind: Kind | None = None
    subject_code: str | None = None
    retrieved: date | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A headed part of a document; lines are inclusive."""

    heading: str
    first_line: int
    last_line: int
