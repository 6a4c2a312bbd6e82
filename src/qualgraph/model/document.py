"""What a document is, how it is divided, and what of it was not, or not cleanly, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

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


class Authority(IntEnum):
    """How near a kind of document is to the register; where documents disagree, the lower number is preferred."""

    REGISTER = 1
    """The register itself: a page, component XML, an answer of its interface; of a classification, its publisher."""
    EXPORT = 2
    """A table that the register exports on a day."""
    PRINT = 3
    """A document as it was published at one time: the PDF of a release."""
    LIST = 4
    """A national list of codes and titles."""
    DUMP = 5
    """What somebody copied off the whole register on a day."""
    COPY = 6
    """A copy of one document on anybody's page."""
    LINKED_DATA = 7
    """Somebody's data made from the register."""


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
    """The document kind: the name of the reader, such as register-page or scope-export."""
    reader_version: str
    key: str
    name: str
    sha256: str
    byte_size: int
    media_type: str
    line_count: int
    authority: Authority
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
