"""The files that a user means: those that are named, and all those in folders that are named."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and whether the user named it (and not a folder that it is in)."""

    path: Path
    named: bool


def files_in(paths: Iterable[Path]) -> Iterator[Found]:
    """Each named file, and every file below each named folder by its path; each file once.

    Hidden files and folders, and links to folders, are passed over.
    """
    seen: set[Path] = set()
    for given in paths:
        named = not given.is_dir()
        for path in [given] if named else _below(given):
            if path not in seen:
                seen.add(path)
                yield Found(path, named)


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                yield path
