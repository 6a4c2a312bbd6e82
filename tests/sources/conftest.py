"""What the tests of the readers share: the invented documents and the four seeds, read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from typing import Any

import pytest

from qualgraph.model import Problem, ProblemKind, Reading
from qualgraph.sources import read_file
from support import DOCUMENTS, seed_path

SEED_CODES = {"003": "BSB50311"}


class Read:
    """A reading with its records by type and its problems by kind."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.document = reading.document

    def all(self, kind: type) -> list[Any]:
        """The records of a type."""
        return [record for record in self.reading.records if isinstance(record, kind)]

    def one(self, kind: type) -> Any:
        """The only record of a type."""
        [record] = self.all(kind)
        return record

    def problems(self, kind: ProblemKind) -> list[Problem]:
        """The problems of a kind."""
        return [problem for problem in self.reading.problems if problem.kind is kind]

    def problem_lines(self) -> set[tuple[str, int | None]]:
        """Every problem as kind and line."""
        return {(problem.kind.value, problem.line) for problem in self.reading.problems}


@lru_cache
def _seed(number: str) -> Read:
    return Read(read_file(seed_path(number), code=SEED_CODES.get(number)))


@pytest.fixture
def seed() -> Callable[[str], Read]:
    """A seed document, read, by its number."""
    return _seed


@pytest.fixture
def invented() -> Callable[..., Read]:
    """An invented document of tests/sources/documents, read."""
    return lambda name, code=None: Read(read_file(DOCUMENTS / name, code=code))


@pytest.fixture
def as_read() -> type[Read]:
    """Wraps a reading for looking things up."""
    return Read


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """A PDF of pages, each a list of lines; ``password`` locks it."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    def make(pages: list[list[str]], password: str | None = None) -> bytes:
        out = BytesIO()
        lock = StandardEncryption(password, canPrint=0) if password else None
        canvas = Canvas(out, encrypt=lock, invariant=1)
        for page in pages:
            for at, line in enumerate(page):
                canvas.drawString(50, 800 - 14 * at, line)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make
