"""Files that commands read and write for the user."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from qualgraph.errors import UsageError, no_room

STANDARD_INPUT: Final = "-"
PLAIN_TEXT: Final = "txt"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step, so that nobody ever sees half of it; raises UsageError where it cannot be written."""
    with written_whole(path) as stream:
        stream.write(content)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A stream whose bytes are the file once the block ends; where it fails the file is what it was."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
        os.replace(name, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"cannot be written ({error.strerror or error}).",
        where=str(path),
        hint="Make room on the disk, or give a file on another one."
        if no_room(error)
        else "Give a file in a folder you can write to.",
    )


def ending_of(path: Path, known: Iterable[str]) -> str | None:
    """The format that a file's name says by its ending; None for .txt or no ending, which is text for a person.

    Raises UsageError with all endings for one that is not known.
    """
    ending = path.suffix.lower().lstrip(".")
    if ending in ("", PLAIN_TEXT):
        return None
    choice = [PLAIN_TEXT, *known]
    if ending in choice:
        return ending
    raise UsageError(
        f"the ending '{path.suffix}' says no format.",
        where=str(path),
        hint=f"End it with one of {', '.join(f'.{each}' for each in choice)}, or say --format.",
    )


def read_text(path: Path) -> str:
    """A text file, or standard input for ``-``; raises UsageError where it cannot be read as UTF-8."""
    name = "standard input" if str(path) == STANDARD_INPUT else str(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == STANDARD_INPUT else path.read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror}).", where=name, hint="Check the name.") from error
    except UnicodeDecodeError as error:
        raise UsageError(
            "is not UTF-8 text.", where=name, hint="Save it as UTF-8; a query is plain text."
        ) from error


def write_out(content: bytes, out: Path | None) -> None:
    """Bytes to a file, or to standard output."""
    if out is not None:
        write_whole(out, content)
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    if content and not content.endswith(b"\n") and sys.stdout.isatty():
        sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()
