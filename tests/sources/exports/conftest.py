"""Small invented files, read as the pipeline reads them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from qualgraph.model import Entry, EntryRecord, Problem
from qualgraph.sources import open_dataset


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was read of one file."""

    kind: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    counts: dict[str, int]

    def records(self, code: str) -> list[EntryRecord]:
        """Everything said of this component, in order."""
        return [record for entry in self.entries if entry.code == code for record in entry.records]

    @property
    def messages(self) -> list[tuple[int | None, str]]:
        """Line and words of each problem."""
        return [(problem.line, problem.message) for problem in self.problems]


Read = Callable[..., Found]


def read_dataset(path: Path) -> Found:
    """The whole dataset; raises DocumentError where it does."""
    dataset = open_dataset(path)
    assert dataset is not None, "no reader recognises the file"
    items = list(dataset)
    entries = tuple(item for item in items if isinstance(item, Entry))
    assert len(entries) == len(items)
    return Found(
        kind=dataset.document.reader,
        entries=entries,
        problems=dataset.problems,
        counts=dict(dataset.counts),
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a file of this content."""

    def reading(content: str | bytes, name: str = "export.csv") -> Found:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_dataset(path)

    return reading


@pytest.fixture
def read_path() -> Callable[[Path], Found]:
    """Reads a file where it stands."""
    return read_dataset
