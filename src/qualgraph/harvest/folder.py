"""The folder of a harvest: the answers that were fetched, the files made of them, and how far each harvest has come.

::

    harvest.lock       held by the one process that harvests into the folder
    answers/           every answer as it came, with what tells whether it is still right
    components/        one file for each component, as they are ingested
    harvests/          for each harvest what waits and what is done
    pending/           files that are being written
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from qualgraph.errors import HarvestLockedError, UsageError, no_room
from qualgraph.harvest.transport import Validators
from qualgraph.store.locks import lock_file

_LOCK: Final = "harvest.lock"
_PENDING: Final = "pending"


def default_folder() -> Path:
    """The folder of harvests unless another is named: one in the user's folder of caches."""
    return Path(platformdirs.user_cache_dir("qualgraph", appauthor=False)) / "harvest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """An answer that was fetched before: in which harvest it was last found right, and what tells if it still is."""

    run: str
    validators: Validators
    body: bytes


class HarvestFolder:
    """A folder for the answers of one or several harvests."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other processes from harvesting into the folder; raises HarvestLockedError while one does."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            handle = lock_file(self.path / _LOCK)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        if handle is None:
            raise HarvestLockedError(
                "another process is harvesting into this folder.",
                where=str(self.path),
                hint="Wait until it has finished, or give another folder with --cache.",
            )
        try:
            for left in (self.path / _PENDING).glob("*"):  # by a harvest that was killed
                left.unlink(missing_ok=True)
            yield
        finally:
            os.close(handle)

    def kept(self, url: str) -> Kept | None:
        """The answer of an address, where it was fetched before and is whole."""
        try:
            head, _, body = self._answer_file(url).read_bytes().partition(b"\n")
            known = json.loads(head)
            if known["url"] != url:
                return None
            validators = Validators(etag=known["etag"], last_modified=known["last_modified"])
            return Kept(run=known["run"], validators=validators, body=body)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, url: str, kept: Kept) -> None:
        """Keep an answer, in one step."""
        head = {
            "url": url,
            "run": kept.run,
            "etag": kept.validators.etag,
            "last_modified": kept.validators.last_modified,
        }
        self.write(self._answer_file(url), json.dumps(head).encode() + b"\n" + kept.body)

    def component_file(self, code: str) -> Path:
        """The file with all answers about a component."""
        return self.path / "components" / f"{code}.jsonl"

    def journal_file(self, key: str) -> Path:
        """The file that says how far a harvest has come."""
        return self.path / "harvests" / f"{key}.jsonl"

    def write(self, path: Path, content: bytes) -> None:
        """Write a file in one step that survives a kill; a file of the same content stays untouched."""
        try:
            if path.is_file() and path.read_bytes() == content:
                return
            for folder in (path.parent, self.path / _PENDING):
                folder.mkdir(parents=True, exist_ok=True)
            handle, pending = tempfile.mkstemp(dir=self.path / _PENDING)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(content)
                    stream.flush()
                    os.fsync(stream.fileno())
                os.replace(pending, path)
            finally:
                Path(pending).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(path, error) from error

    def read(self, path: Path) -> bytes:
        """What a file holds, nothing where there is none; raises UsageError for one that is there and not readable."""
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise UsageError(
                f"cannot be read ({error.strerror or error}).",
                where=str(path),
                hint="Look at its permissions, or give another folder with --cache.",
            ) from error

    def append(self, path: Path, line: bytes) -> None:
        """Add a line to a file, wholly or not at all where there is no room for it."""
        try:
            with path.open("ab", buffering=0) as stream:
                size = stream.tell()
                try:
                    if stream.write(line) != len(line):
                        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                    os.fsync(stream.fileno())
                except OSError:
                    stream.truncate(size)
                    raise
        except OSError as error:
            raise _unwritable(path, error) from error

    def _answer_file(self, url: str) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()
        return self.path / "answers" / name[:2] / name


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"cannot be written ({error.strerror or error}).",
        where=str(path),
        hint="Make room on the disk and give the same command again: it goes on where it was."
        if no_room(error)
        else "Give a folder that you can write to with --cache.",
    )
