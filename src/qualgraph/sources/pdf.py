"""A PDF file as numbered lines: those of the text extracted from it, page after page."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from io import BytesIO
from math import hypot
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import Problem, ProblemKind
from qualgraph.sources.pdf_lines import Layout, Placed, rejoined
from qualgraph.sources.text import visible
from qualgraph.sources.tokens import item, problem

MAX_PAGES = 3_000
"""Pages read from one file; the whole of a training package has about that many."""

_SCANNED = 20
"""A page with fewer characters than this holds no text worth the name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfText:
    """The text of a PDF, a line end after each page. ``joined``: the numbers of the lines that stand in one above."""

    text: str
    joined: frozenset[int]
    problems: tuple[Problem, ...]


def is_pdf(data: bytes) -> bool:
    """Whether the file is a PDF by its first bytes; a few stray bytes before the header are allowed for."""
    return b"%PDF-" in data[:1024]


def pdf_text(data: bytes, where: str) -> PdfText:
    """The text of a PDF, lines that its layout broke put together.

    Raises BrokenDocumentError for a file that is damaged, locked with a password, or only scanned.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        locked = reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED
        placed = [] if locked else [_placed(page) for page in reader.pages[:MAX_PAGES]]
        width = float(reader.pages[0].mediabox.width) if placed else 0.0
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
    layout = Layout.of(placed, width)
    found = [rejoined(lines, layout) for lines in placed]
    pages = ["\n".join(texts) for texts, _ in found]
    if sum(len(page.strip()) for page in pages) < _SCANNED:
        raise BrokenDocumentError(
            f"is a PDF without text on its {total:,} page(s): probably scanned.",
            where=where,
            hint="Put it through text recognition (OCR) first, or download the original from the register.",
        )
    joined = _numbers(found)
    return PdfText(
        text="\n".join(pages),
        joined=joined,
        problems=(*_problems(data, pages, total), *_joined(joined)),
    )


def _placed(page: PageObject) -> list[Placed]:
    """The lines of a page with their places; without, where the library gives none that fit its text."""
    chunks: list[tuple[str, Placed]] = []

    def visit(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        chunks.append((text, _place(outer, inner, font, size)))

    whole = page.extract_text(visitor_text=visit) or ""
    texts = whole.replace("\r", " ").split("\n")
    places: list[Placed | None] = [None]
    for text, place in chunks:
        for number, part in enumerate(text.split("\n")):
            if number:
                places.append(None)
            if part.strip():
                places[-1] = _with_piece(places[-1], place, part)
    if "".join(text for text, _ in chunks) != whole:
        places = [None] * len(texts)
    return [
        replace(at, text=text) if at else Placed(text=text) for text, at in zip(texts, places, strict=True)
    ]


def _with_piece(line: Placed | None, piece: Placed, text: str) -> Placed:
    """A line with one more piece of it; the print of a bullet is not that of its line."""
    if line is None:
        return replace(piece, last=(piece.x, text))
    if line.last and item(visible(line.last[1])) == "":
        line = replace(line, size=piece.size, font=piece.font)
    return replace(line, last=(piece.x, text))


def _place(outer: list[float], inner: list[float], font: Any, size: float) -> Placed:
    """Where text stands by its two matrices; turned text has no place."""
    x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
    y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
    turned = any(abs(matrix[at]) > 1e-3 for matrix in (outer, inner) for at in (1, 2))
    real = 0.0 if turned else abs(size) * hypot(inner[1], inner[3]) * hypot(outer[1], outer[3])
    return Placed(text="", x=x, y=y, size=real, font=str((font or {}).get("/BaseFont", "")))


def _numbers(found: list[tuple[list[str], list[int]]]) -> frozenset[int]:
    numbers: set[int] = set()
    line = 1
    for texts, gone in found:
        numbers.update(line + at for at in gone)
        line += len(texts)
    return frozenset(numbers)


def _joined(numbers: frozenset[int]) -> list[Problem]:
    if not numbers:
        return []
    many = "line goes" if len(numbers) == 1 else "lines go"
    message = f"{len(numbers):,} {many} on with the line above, as the page is set; joined."
    return [problem(ProblemKind.CONTINUED_LINE, message, min(numbers), info=True)]


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
