"""What the tests of saved answers share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualgraph.model import Entry, Problem
from qualgraph.sources.dataset import Dataset
from qualgraph.sources.datasets import open_dataset


class Answered:
    """A saved answer, read: its entries, their records by type, and the problems."""

    def __init__(self, dataset: Dataset) -> None:
        self.items = list(dataset)
        self.entries: list[Entry] = [item for item in self.items if isinstance(item, Entry)]
        self.document = dataset.document
        self.problems: tuple[Problem, ...] = dataset.problems

    def all(self, kind: type) -> list[Any]:
        return [record for entry in self.entries for record in entry.records if isinstance(record, kind)]

    def one(self, kind: type) -> Any:
        [record] = self.all(kind)
        return record

    def warnings(self) -> list[str]:
        return [one.message for one in self.problems if one.severity.value == "warning"]

    def notes(self) -> list[str]:
        return [one.message for one in self.problems if one.severity.value == "info"]


@pytest.fixture
def answered(tmp_path: Path) -> Callable[..., Answered]:
    """An answer saved in a file and read; text as it is, anything else as JSON."""

    def read(value: Any, code: str | None = None, name: str = "answer.json") -> Answered:
        path = tmp_path / name
        content = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else None
        path.write_bytes(json.dumps(value).encode() if content is None else content)
        found = open_dataset(path, code=code)
        assert found is not None, "no reader knows it"
        return Answered(found)

    return read
