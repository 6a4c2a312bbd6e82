"""Every error qualgraph raises on purpose. Each has an anchor of the same name in ``docs/errors.md``.

::

    QualgraphError
    ├── UsageError                 the call itself is wrong            exit 2
    │   ├── UnknownQueryError
    │   ├── ParameterError
    │   └── UnknownComponentError
    ├── DocumentError              a source document cannot be read    exit 3
    │   ├── UnrecognisedDocumentError
    │   ├── BrokenDocumentError
    │   ├── UnidentifiedDocumentError
    │   ├── DocumentTooLargeError
    │   └── OlderDocumentError
    ├── DataError                  RDF given to us cannot be parsed    exit 3
    ├── StoreError                 the embedded store                  exit 4
    │   ├── StoreMissingError
    │   ├── StoreLockedError
    │   └── StoreReadOnlyError
    ├── QueryError                 a SPARQL query cannot be answered   exit 2
    │   ├── QueryTimeoutError
    │   └── AnswerTooLargeError
    ├── EndpointError              a remote SPARQL endpoint            exit 5
    │   ├── EndpointUnreachableError
    │   ├── EndpointTimeoutError
    │   ├── EndpointRefusedError
    │   └── EndpointAnswerError
    ├── HarvestError               the register's interface            exit 5
    │   ├── RegisterUnreachableError
    │   ├── RegisterRefusedError
    │   ├── RegisterAnswerError
    │   ├── NotOnRegisterError
    │   └── HarvestLockedError
    ├── BusyError                  a server has enough to do           exit 5
    ├── MissingDependencyError     an extra is not installed           exit 6
    └── ReasonerError              the OWL reasoner                    exit 6
        └── NoJavaRuntimeError
"""

from __future__ import annotations

import errno
import os
from typing import ClassVar, Final, Self

_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class QualgraphError(Exception):
    """What went wrong, where, and what to do next, in words for the person who has to act."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        """``what`` is one sentence; ``where`` a file:line, IRI or URL; ``hint`` the next step."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} {self.hint}" if self.hint else text

    @property
    def anchor(self) -> str:
        """The heading of this error in ``docs/errors.md``."""
        return type(self).__name__.lower()

    def as_dict(self) -> dict[str, str | int | None]:
        """The one error shape that ``--json`` prints."""
        return {
            "error": type(self).__name__,
            "what": self.what,
            "where": self.where,
            "hint": self.hint,
            "exit_code": self.exit_code,
        }


class UsageError(QualgraphError):
    """The command or call was given something it cannot use."""

    exit_code = 2


class UnknownQueryError(UsageError):
    """No catalogue query has this name."""


class ParameterError(UsageError):
    """A query parameter is missing, unknown, or not of its type."""


class UnknownComponentError(UsageError):
    """The store holds nothing about this code."""


class DocumentError(QualgraphError):
    """A source document cannot be read; nothing was stored."""

    exit_code = 3


class UnrecognisedDocumentError(DocumentError):
    """No reader recognises the document by its content."""


class BrokenDocumentError(DocumentError):
    """The document is of a known kind but too damaged to read anything from it."""


class UnidentifiedDocumentError(DocumentError):
    """The document never states its own code and none was given."""


class DocumentTooLargeError(DocumentError):
    """The document is larger than a reader will take."""


class OlderDocumentError(DocumentError):
    """The store holds a copy of this document that was retrieved later."""


class DataError(QualgraphError):
    """RDF data cannot be parsed."""

    exit_code = 3


class StoreError(QualgraphError):
    """The embedded store cannot do what was asked."""

    exit_code = 4


class StoreMissingError(StoreError):
    """There is no store at this path."""


class StoreLockedError(StoreError):
    """Another process holds the store."""


class StoreReadOnlyError(StoreError):
    """The store cannot be written."""


class QueryError(QualgraphError):
    """A SPARQL query is not valid, or asks for what is not allowed."""

    exit_code = 2


class QueryTimeoutError(QueryError):
    """A query was not answered within its time, and was stopped."""


class AnswerTooLargeError(QueryError):
    """The answer to a query has more rows or bytes than are given out at once, or took too much memory."""


class EndpointError(QualgraphError):
    """A remote SPARQL endpoint failed."""

    exit_code = 5


class EndpointUnreachableError(EndpointError):
    """Nothing answers at the endpoint's address."""


class EndpointTimeoutError(EndpointError):
    """The endpoint did not answer within the time allowed."""


class EndpointRefusedError(EndpointError):
    """The endpoint refused the request (authentication, authorisation, or rate)."""


class EndpointAnswerError(EndpointError):
    """The endpoint answered with something that is not a SPARQL result."""


class HarvestError(QualgraphError):
    """The register's interface did not answer as it should, or cannot be harvested."""

    exit_code = 5


class RegisterUnreachableError(HarvestError):
    """The register cannot be asked at present; later it may do."""


class RegisterRefusedError(HarvestError):
    """The register refuses this request."""


class RegisterAnswerError(HarvestError):
    """The register answers with something else than what is expected at this address."""


class NotOnRegisterError(HarvestError):
    """The register knows nothing at this address."""


class HarvestLockedError(HarvestError):
    """Another process is harvesting into this folder."""


class BusyError(QualgraphError):
    """More queries wait for an answer than a server lets wait."""

    exit_code = 5


class MissingDependencyError(QualgraphError):
    """An optional part of qualgraph is not installed."""

    exit_code = 6

    @classmethod
    def of(cls, library: str | None, extra: str) -> Self:
        """``library`` is what could not be imported, ``extra`` the extra of qualgraph that brings it."""
        return cls(
            f"the library '{library}' is not installed.",
            hint=f"Install it: pip install 'qualgraph[{extra}]', or in a checkout pip install '.[{extra}]'.",
        )


class ReasonerError(QualgraphError):
    """The OWL reasoner could not do its work."""

    exit_code = 6


class NoJavaRuntimeError(ReasonerError):
    """HermiT needs a Java runtime and none was found."""


def no_room(error: Exception) -> str | None:
    """Why a write had no room, in the system's words: a full disk, a quota, a limit on files; None for another reason.

    Libraries that write by themselves say it in the text of their error only.
    """
    number = error.errno if isinstance(error, OSError) else None
    said = str(error)
    return next((words for code in _NO_ROOM if (words := os.strerror(code)) in said or code == number), None)
