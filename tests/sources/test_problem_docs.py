"""The documents about reading say what the code does."""

from __future__ import annotations

import pytest

from qualgraph.model import ProblemKind
from qualgraph.sources import MAX_BYTES, READERS
from qualgraph.sources.text import MAX_LINE_LENGTH, MAX_LINES
from support import CHECKOUT


@pytest.mark.parametrize("kind", list(ProblemKind))
def test_every_kind_of_problem_is_explained(kind):
    assert f"| `{kind.value}` |" in (CHECKOUT / "docs" / "findings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_reader_is_described(reader):
    assert f"| `{reader.name}` |" in (CHECKOUT / "docs" / "documents.md").read_text(encoding="utf-8")


def test_the_limits_in_the_document_are_those_of_the_code():
    text = (CHECKOUT / "docs" / "documents.md").read_text(encoding="utf-8")
    for limit in (f"{MAX_BYTES // 1024**2} MB", f"{MAX_LINES:,} lines", f"{MAX_LINE_LENGTH:,} characters"):
        assert limit in text
