"""The folder of an embedded store: one generation is current, and a write makes the next one.

::

    store/
      store.json      which generation is current (replaced in one step when a write succeeds)
      writer.lock     held by the one process that may write
      g000007/        the database of a generation; never changed once it is current

A reader opens the current generation and is never disturbed; a writer that dies leaves the current one as it was.
A new generation shares its unchanged files with the old one by hard links, so that it costs no copy.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from qualgraph.errors import StoreError, StoreLockedError, StoreMissingError, StoreReadOnlyError, no_room
from qualgraph.store.locks import folder_is_held, hold_folder, lock_file

POINTER: Final = "store.json"
PENDING: Final = "store.json.new"
WRITER_LOCK: Final = "writer.lock"
FORMAT: Final = 1
_GENERATION = re.compile(r"g\d{6,}")
_SWEPT: Final = ".swept"
_NOT_CLONED: Final = re.compile(r"LOCK|LOG(\.old.*)?")


def current_generation(location: Path) -> Path | None:
    """The folder of the current generation, None before the first write; raises StoreError if damaged."""
    pointer = location / POINTER
    try:
        held = json.loads(pointer.read_text(encoding="utf-8"))
        version, name = held["format"], held["current"]
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as error:
        raise StoreError(
            f"cannot be read ({error.strerror}).", where=str(pointer), hint="Check its permissions."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"cannot be read ({error}).", where=str(pointer), hint="Build the store again in a new folder."
        ) from error
    if version != FORMAT:
        raise StoreError(
            f"has store format {version}; this qualgraph reads format {FORMAT}.",
            where=str(pointer),
            hint="Use the qualgraph version that wrote it, or build the store again.",
        )
    return location / str(name)


def require_store(location: Path) -> None:
    """Raise StoreMissingError if nothing is at the path, StoreError if something else is."""
    if location.is_file():
        raise StoreError("is a file; a store is a folder.", where=str(location), hint="Give another path.")
    if current_generation(location) is not None:
        return
    if location.is_dir() and _foreign(location):
        raise _not_a_store(location)
    raise StoreMissingError(
        "there is no store here.",
        where=str(location),
        hint="Make one with 'qualgraph build', or say where it is with --store or QUALGRAPH_STORE.",
    )


def _foreign(location: Path) -> bool:
    return any(path.name not in (WRITER_LOCK, PENDING) and not _ours(path) for path in location.iterdir())


def _ours(path: Path) -> bool:
    return _GENERATION.fullmatch(path.name.removesuffix(_SWEPT)) is not None


def _not_a_store(location: Path) -> StoreError:
    return StoreError(
        "is a folder with other things in it, not a qualgraph store; nothing was written.",
        where=str(location),
        hint="Give an empty or a new folder.",
    )


def lock_for_writing(location: Path) -> int:
    """Make the folder if needed and become its only writer; the handle is closed to let go."""
    if location.is_file():
        raise StoreError("is a file; a store is a folder.", where=str(location), hint="Give another path.")
    try:
        location.mkdir(parents=True, exist_ok=True)
        if current_generation(location) is None and _foreign(location):
            raise _not_a_store(location)
        if not os.access(location, os.W_OK):  # else this is found only once everything is read
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        handle = lock_file(location / WRITER_LOCK)
    except OSError as error:
        raise _not_writable(location, error) from error
    if handle is None:
        raise StoreLockedError(
            "another process is writing to this store.",
            where=str(location),
            hint="Wait until it has finished; reading is possible meanwhile.",
        )
    return handle


def _not_writable(location: Path, error: OSError) -> StoreError:
    if full := no_room(error):
        return StoreError(
            f"cannot be written ({full}).",
            where=str(location),
            hint="Make room on the disk and give the same command again.",
        )
    return StoreReadOnlyError(
        f"cannot be written ({error.strerror or error}).",
        where=str(location),
        hint="Check the folder's permissions, or name another folder; reading is possible.",
    )


def hold_current(location: Path) -> tuple[Path, int | None]:
    """The current generation and a handle that keeps it on disk; raises StoreMissingError if there is none."""
    for _ in range(100):
        require_store(location)
        folder = current_generation(location)
        try:
            if folder is not None:
                return folder, hold_folder(folder)
        except FileNotFoundError:
            if current_generation(location) == folder:
                break
    raise StoreError(
        "the generation that store.json names is not there.",
        where=str(location),
        hint="The store is damaged: build it again in a new folder.",
    )


def next_folder(location: Path) -> Path:
    """Where the next generation goes; it is not there yet."""
    numbers = [int(path.name[1:]) for path in location.iterdir() if _GENERATION.fullmatch(path.name)]
    return location / f"g{max(numbers, default=0) + 1:06d}"


def clone(base: Path, folder: Path) -> None:
    """Table files never change once written, so they are linked; the small ones that do are copied."""
    folder.mkdir()
    for path in base.iterdir():
        if _NOT_CLONED.fullmatch(path.name):
            continue
        if path.suffix == ".sst":
            try:
                os.link(path, folder / path.name)
                continue
            except OSError:
                pass  # a file system without hard links: copy
        shutil.copyfile(path, folder / path.name)


def size(folder: Path) -> int:
    """How many bytes the table files of a generation have; one that is being merged away meanwhile has none."""
    found = 0
    for path in folder.glob("*.sst"):
        with suppress(FileNotFoundError):
            found += path.stat().st_size
    return found


def publish(location: Path, folder: Path) -> None:
    """Make a generation current in one step that survives a power cut."""
    pending = location / PENDING
    try:
        with pending.open("w", encoding="utf-8") as stream:
            json.dump({"format": FORMAT, "current": folder.name}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(pending, location / POINTER)
    finally:
        pending.unlink(missing_ok=True)


def sweep(location: Path) -> None:
    """Delete the generations that are not current and that nobody reads; what is still read waits."""
    current = current_generation(location)
    for path in list(location.iterdir()):
        if not _ours(path) or path == current:
            continue
        if path.name.endswith(_SWEPT):
            shutil.rmtree(path, ignore_errors=True)
            continue
        try:
            if folder_is_held(path):
                continue
            swept = path.rename(path.with_name(path.name + _SWEPT))
        except OSError:
            continue  # Windows, while a reader has it open: the next write tries again
        shutil.rmtree(swept, ignore_errors=True)
