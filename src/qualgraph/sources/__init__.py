"""Source documents in, records and problems out: the readers, one for each kind of document.

``read_file`` and ``read_bytes`` choose the reader by content. They change nothing, and raise a DocumentError where
nothing can be read; whatever can be read comes with the problems met on the way.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import Problem, ProblemKind, Reading, SourceDocument
from qualgraph.sources.base import Extract, Reader, SourceText
from qualgraph.sources.html import html_lines, is_html
from qualgraph.sources.pdf import is_pdf, pdf_text
from qualgraph.sources.recognise import READERS, recognise
from qualgraph.sources.text import MAX_BYTES, check_size, decode, lines_of, split_lines, too_long
from qualgraph.sources.tokens import bounded

__all__ = ["MAX_BYTES", "READERS", "Reader", "read_bytes", "read_file"]


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
    try:
        check_size(place.stat().st_size, str(place), max_bytes)
        with place.open("rb") as file:
            data = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BrokenDocumentError(f"cannot be opened: {reason}.", where=str(place)) from error
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
    base = PurePath(name.replace("\\", "/")).name.encode("utf-8", "replace").decode() or "unnamed"
    source, media_type, line_count, problems = _source(data, base)
    reader = recognise(source.lines, base)
    extract = reader.read(source, code=code)
    document = SourceDocument(
        reader=reader.name,
        reader_version=reader.version,
        key=extract.key,
        name=base,
        sha256=hashlib.sha256(data).hexdigest(),
        byte_size=len(data),
        media_type=media_type,
        line_count=line_count,
        subject_kind=extract.subject_kind,
        subject_code=extract.subject_code,
        retrieved=retrieved,
        url=url,
    )
    return _reading(document, extract, problems)


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


def _source(data: bytes, name: str) -> tuple[SourceText, str, int, tuple[Problem, ...]]:
    """The document as lines, its media type, how many lines its text has, and what was wrong with it as a file."""
    if not data.strip():
        raise BrokenDocumentError("is empty.", where=name, hint="Save or download the document again.")
    joined: frozenset[int] = frozenset()
    if is_pdf(data):
        found = pdf_text(data, name)
        media_type, text, problems, joined = "application/pdf", found.text, found.problems, found.joined
    else:
        media_type, (text, problems) = "text/plain", decode(data, name)
    raw = split_lines(text, name)
    numbered = [(number, line) for number, line in enumerate(raw, start=1) if number not in joined]
    cut = any(problem.kind is ProblemKind.TRUNCATED for problem in problems)
    line_end = media_type != "text/plain" or bool(re.search(r"[\r\n]\s*$", text))
    if media_type == "text/plain" and is_html(data):
        media_type, (numbered, more) = "text/html", html_lines(text, name)
        problems, line_end = (*problems, *more), not more
    lines = tuple(lines_of(numbered))
    if not lines:
        raise BrokenDocumentError("holds no text.", where=name, hint="Save or download the document again.")
    source = SourceText(name=name, lines=lines, line_end=line_end and not cut)
    return source, media_type, len(raw), (*problems, *too_long(numbered))
