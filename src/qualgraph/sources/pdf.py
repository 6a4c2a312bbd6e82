"""A PDF file as numbered lines: those of the text extracted from it, page after page."""

from __future__ import annotations

import logging
from io import BytesIO

from pypdf import PasswordType, PdfReader

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import Problem, ProblemKind
from qualgraph.sources.tokens import problem

MAX_PAGES = 3_000
"""Pages read from one file; the whole of a training package has about that many."""

_SCANNED = 20
"""A page with fewer characters than this holds no text worth the name."""


def is_pdf(data: bytes) -> bool:
    """Whether the file is a PDF by its first bytes; a few stray bytes before the header are allowed for."""
    return b"%PDF-" in data[:1024]


def pdf_text(data: bytes, where: str) -> tuple[str, tuple[Problem, ...]]:
    """The text of a PDF, a line end after each page.

    Raises BrokenDocumentError for a file that is damaged, locked with a password, or only scanned.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        pages = [] if locked else [page.extract_text() or "" for page in reader.pages[:MAX_PAGES]]
        total = 0 if locked else len(reader.pages)
    except Exception as error:  # pypdf lets many kinds of error out of a damaged file, not only its own
        raise BrokenDocumentError(
            f"cannot be read as PDF: {type(error).__name__}: {error}"[:300].rstrip(".") + ".",
            where=where,
            hint="Open it in a PDF viewer and save or print it to a new PDF, or download it again.",
        ) from error
    if locked:
        raise BrokenDocumentError(
            "is a PDF locked with a password.",
            where=where,
            hint="Save a copy without the password and read that.",
        )
    if sum(len(page.strip()) for page in pages) < _SCANNED:
        raise BrokenDocumentError(
            f"is a PDF without text on its {total:,} page(s): probably scanned.",
            where=where,
            hint="Put it through text recognition (OCR) first, or download the original from the register.",
        )
    return "\n".join(pages), tuple(_problems(data, pages, total))


def _problems(data: bytes, pages: list[str], total: int) -> list[Problem]:
    found = []
    line = 1
    for number, page in enumerate(pages, start=1):
        if len(page.strip()) < _SCANNED:
            message = f"Page {number} of {total} holds no text (a picture?)."
            found.append(problem(ProblemKind.NOT_READ, message, line, info=True))
        line += page.count("\n") + 1
    if total > len(pages):
        message = f"Only the first {len(pages):,} of {total:,} pages are read."
        found.append(problem(ProblemKind.NOT_READ, message, line))
    if b"%%EOF" not in data[-4096:]:
        found.append(problem(ProblemKind.TRUNCATED, "The PDF file has no end mark: it was cut off.", line))
    return found
