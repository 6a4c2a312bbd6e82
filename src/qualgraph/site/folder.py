"""The folder of a site: files appear whole, what did not change is not touched, what is no longer there goes."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from qualgraph.errors import UsageError

OWN: Final = ".qualgraph-site"
"""The folder that says which files are the site's."""
MANIFEST: Final = "SHA256SUMS"
STARTED: Final = "started"


class SiteFolder:
    """A folder that holds nothing but a site, or nothing at all."""

    def __init__(self, location: Path) -> None:
        self.location = location
        self._own = location / OWN
        self.scratch = self._own / "scratch"
        """A place for files that are only needed during a run."""

    def prepare(self) -> None:
        """Make the folder; raises UsageError where it holds what no site put there, or cannot be written."""
        try:
            self.location.mkdir(parents=True, exist_ok=True)
            if not self._own.is_dir():
                if any(self.location.iterdir()):
                    raise UsageError(
                        "is not empty, and no site was written to it.",
                        where=str(self.location),
                        hint="Give an empty folder, or one that 'qualgraph site' made.",
                    )
                self._own.mkdir()
            shutil.rmtree(self.scratch, ignore_errors=True)  # of a run that was killed
            self.scratch.mkdir()
            self._end_last_line()
        except OSError as error:
            raise not_written(self.location, error) from error

    def known(self) -> dict[str, str]:
        """The files of the last complete run with their checksums."""
        try:
            lines = (self._own / MANIFEST).read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return {}
        return {path: digest for digest, _, path in (line.partition("  ") for line in lines) if path}

    def _end_last_line(self) -> None:
        """A run that was killed may have written half a line; what is noted next begins one of its own."""
        with suppress(FileNotFoundError):
            started = self._own / STARTED
            if (text := started.read_bytes()) and not text.endswith(b"\n"):
                started.write_bytes(text + b"\n")

    def announce(self, paths: Iterable[str]) -> None:
        """Note files before they are written, so that a run that is broken off leaves none behind for good."""
        with (self._own / STARTED).open("a", encoding="utf-8") as stream:
            stream.writelines(f"{path}\n" for path in paths)

    def finish(self, files: Mapping[str, str]) -> int:
        """Remove what an earlier run wrote and this one did not; returns how many files went."""
        started: set[str] = set()
        with suppress(FileNotFoundError):
            started = set((self._own / STARTED).read_text(encoding="utf-8").split("\n"))
        gone = sorted(({*self.known()} | started) - {*files, ""})
        for path in started - {""}:
            _pending(self.location / path).unlink(missing_ok=True)
        for path in gone:
            self._remove(path)
        lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(files.items()))
        write_file(self._own, MANIFEST, lines.encode())
        (self._own / STARTED).unlink(missing_ok=True)
        shutil.rmtree(self.scratch, ignore_errors=True)
        return len(gone)

    def _remove(self, path: str) -> None:
        file = self.location / path
        if ".." in file.parts:
            return
        if file.is_dir():
            return  # half a path, as a run that was killed noted it
        file.unlink(missing_ok=True)
        for folder in file.parents:
            if folder == self.location:
                break
            try:
                folder.rmdir()
            except OSError:
                break  # other files are in it


def write_file(folder: Path, path: str, content: bytes) -> tuple[str, bool]:
    """Make a file hold this, whole or not at all; its checksum, and whether it had to be written.

    Raises UsageError where that cannot be done, for example on a disk that is full.
    """
    file = folder / path
    digest = hashlib.sha256(content).hexdigest()
    try:
        if file.stat().st_size == len(content) and file.read_bytes() == content:
            return digest, False
    except OSError:
        pass  # it is not there, or is no file: then it is written
    pending = _pending(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        pending.write_bytes(content)
        os.replace(pending, file)
    except OSError as error:
        with suppress(OSError):
            pending.unlink(missing_ok=True)
        raise not_written(file, error) from error
    return digest, True


def _pending(file: Path) -> Path:
    """Where a file is while it is written."""
    return file.with_name(f".{file.name}.part")


def not_written(where: Path, error: OSError) -> UsageError:
    """The error for what cannot be written."""
    return UsageError(
        f"cannot be written ({error.strerror}).",
        where=str(where),
        hint="What was written before stays. Make room or give another folder, and run it again.",
    )
