"""What a reader is: it knows its kind of document by content, and yields records and problems with line numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qualgraph.errors import UnidentifiedDocumentError
from qualgraph.identifiers import Kind, national_code
from qualgraph.model import Authority, Problem, Record
from qualgraph.sources.text import Line


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceText:
    """A document as lines, whatever file it came in. ``line_end``: its last line is ended, as far as can be told."""

    name: str
    """The base name of the file; readers use it in messages and keys, never to tell the kind of document."""
    lines: tuple[Line, ...]
    line_end: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Extract:
    """What a reader makes of a document: its key, its subject, and what was found."""

    key: str
    subject_kind: Kind | None
    subject_code: str | None
    found: tuple[Record | Problem, ...]


class Reader(Protocol):
    """Reads one kind of document. ``version`` changes whenever the same document would give other records."""

    @property
    def name(self) -> str:
        """The document kind, as it stands in identifiers."""

    @property
    def version(self) -> str:
        """The reader's version."""

    @property
    def authority(self) -> Authority:
        """How near its documents are to the register."""

    def recognises(self, lines: Sequence[Line]) -> int:
        """How strongly the lines look like this kind of document; 0 for not at all."""

    def read(self, source: SourceText, *, code: str | None) -> Extract:
        """Everything the document says; ``code`` is given by the user. Raises DocumentError."""


def agreed_code(stated: str | None, given: str | None, where: str) -> tuple[str, bool]:
    """The document's code, and whether it is the given one because the document states none.

    Raises UnidentifiedDocumentError where there is none, or where the two contradict each other.
    """
    code = stated_or_given(stated, given, where)
    if code is None:
        raise UnidentifiedDocumentError(
            "never states the code of the qualification it describes.",
            where=where,
            hint="Say which it is: --code CODE on the command line (for example --code BSB50311), code= in Python.",
        )
    return code, stated is None


def stated_or_given(stated: str | None, given: str | None, where: str) -> str | None:
    """The stated code, else the given one; raises UnidentifiedDocumentError where they contradict each other."""
    wanted = national_code(given) if given is not None else None
    if stated and wanted and stated != wanted:
        raise UnidentifiedDocumentError(
            f"says that it is {stated}, but the code given for it is {wanted}.",
            where=where,
            hint="Leave the code out, or give the code of the document.",
        )
    return stated or wanted


def in_order(found: Iterable[Record | Problem]) -> tuple[Record | Problem, ...]:
    """What was found in the order of the document; what has no line comes last."""
    return tuple(sorted(found, key=_place))


def _place(one: Record | Problem) -> tuple[int, int]:
    match getattr(one, "line", None) or getattr(one, "first_line", None):
        case int(line):
            return (0, line)
        case _:
            return (1, 0)
