"""What a dataset is: one file that says something of many components or concepts, read a row at a time.

A document about one component is read whole (:mod:`qualgraph.sources.base`); a dataset may be of any size, so that
nothing of it is held but the entry that is being read.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import IO, Final

from qualgraph.identifiers import slug
from qualgraph.model import (
    Authority,
    ClassificationItem,
    Entry,
    LinkedItem,
    LinkedThing,
    Mapping,
    Organisation,
    Packaging,
    Problem,
    SourceDocument,
    UnitGrid,
)
from qualgraph.sources.opening import base_name, cannot_open
from qualgraph.sources.tokens import Problems

Item = Entry | ClassificationItem | LinkedItem
"""What a dataset reader yields beside problems."""

HEAD: Final = 64 * 1024
"""Bytes of a file by which its kind is told."""

_CHUNK: Final = 1024 * 1024


@dataclass(frozen=True)
class SourceFile:
    """A file that can be read from its beginning as often as needed."""

    path: Path
    code: str | None = None
    """The code that the user gave, for a file that never states whose it is."""

    @property
    def name(self) -> str:
        """The base name, for messages and keys; it never tells the kind of file."""
        return base_name(str(self.path))

    @cached_property
    def head(self) -> bytes:
        """The first ``HEAD`` bytes; raises BrokenDocumentError for a file that cannot be opened."""
        with self.open() as stream:
            return stream.read(HEAD)

    def open(self) -> IO[bytes]:
        """The file, to be read and closed by the caller; raises BrokenDocumentError."""
        try:
            return self.path.open("rb")
        except (OSError, ValueError) as error:
            raise cannot_open(self.path, error) from error

    @cached_property
    def fingerprint(self) -> Fingerprint:
        """Checksum and size of the file; raises BrokenDocumentError where it cannot be read."""
        digest, size, lines, last = hashlib.sha256(), 0, 0, b"\n"
        try:
            with self.open() as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
                    lines += chunk.count(b"\n")
                    last = chunk[-1:]
        except OSError as error:
            raise cannot_open(self.path, error) from error
        return Fingerprint(sha256=digest.hexdigest(), size=size, lines=lines + (last != b"\n"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """What tells a file's content from any other: its checksum, its bytes, and its lines if it is text."""

    sha256: str
    size: int
    lines: int


class DatasetReader(ABC):
    """Reads one kind of dataset. ``version`` changes whenever the same file would give other entries."""

    name: str
    """The document kind, as it stands in identifiers."""
    version: str
    media_type: str
    authority: Authority = Authority.COPY
    """How near its files are to the register, for where sources disagree."""

    @abstractmethod
    def recognises(self, file: SourceFile) -> bool:
        """Whether the file is of this kind, by its content."""

    @abstractmethod
    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """Everything the file says, row by row, with what of it was not read.

        Raises DocumentError for a file that breaks off or is damaged: nothing of it is then stored.
        """

    def media_type_of(self, file: SourceFile) -> str:
        """The media type of this file, where files of the kind come as more than one."""
        return self.media_type

    def key(self, file: SourceFile) -> str:
        """What tells this dataset from others of its kind and stays the same for newer copies; the file's name."""
        return slug(Path(file.name).stem)


class Dataset:
    """A dataset that is read once, while it is iterated; it counts what it yields."""

    def __init__(self, reader: DatasetReader, file: SourceFile, document: SourceDocument) -> None:
        self.document = document
        self.counts: Counter[str] = Counter()
        """How many of each thing have been read so far, by its singular noun."""
        self._reader = reader
        self._file = file
        self._problems = Problems()

    def __iter__(self) -> Iterator[Item]:
        """Every item; problems are kept. Raises DocumentError, whatever goes wrong in the file."""
        for found in self._reader.items(self._file):
            if isinstance(found, Problem):
                self._problems.add(found)
            else:
                self.counts.update(nouns(found))
                yield found

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What has not been read so far: some of each kind, and how many more there are."""
        return self._problems.kept()


def nouns(item: Item) -> Iterator[str]:
    """What an item counts as, in words."""
    if isinstance(item, LinkedThing | Organisation):
        yield from item.nouns
        return
    if not isinstance(item, Entry):
        yield item.noun
        return
    grids = [record for record in item.records if isinstance(record, UnitGrid)]
    if not any(grid.part > 1 for grid in grids):
        yield item.kind.value.replace("-", " ") if item.kind.value != "unit" else "unit of competency"
    for grid in grids:
        yield from repeat("grid row", len(grid.rows))
    for record in item.records:
        if isinstance(record, Mapping):
            yield "mapping"
        elif isinstance(record, Packaging):
            yield "packaging rule"
