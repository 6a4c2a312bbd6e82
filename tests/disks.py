"""Disks that are full or cannot be written, as the operating system makes them: no function is replaced."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

FULL = "full disk"
LIMIT = "limit on files"


@dataclass(frozen=True, kw_only=True)
class Disk:
    """A folder, and what makes its disk full for as long as a block runs but for so many bytes."""

    folder: Path
    words: str
    """What the operating system then says."""
    full: Callable[[int], AbstractContextManager[None]]


@contextmanager
def mounted(script: str, folder: Path) -> Iterator[Path]:
    """The folder as a process sees it that has mounted something there; skips where nobody but root may do that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs the command unshare, to mount a disk that no other process sees")
    folder.mkdir(exist_ok=True)
    command = [unshare, "--map-root-user", "--mount", "sh", "-c", f"{script} && echo ready && exec cat", "sh"]
    with subprocess.Popen(
        [*command, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        try:
            if holder.stdout.readline() != b"ready\n":
                pytest.skip(
                    "needs leave to mount a disk in a name space of its own, which this system refuses"
                )
            yield Path(f"/proc/{holder.pid}/root{folder}")
        finally:
            holder.stdin.close()
            holder.wait(timeout=60)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A disk of its own that can be filled; skips where none can be mounted."""

    @contextmanager
    def full(room: int) -> Iterator[None]:
        filler = place / "filler"
        with filler.open("wb", buffering=0) as stream:
            filled(stream)
            stream.truncate(max(0, stream.tell() - room))
        try:
            yield
        finally:
            filler.unlink()

    with mounted(f'mount -t tmpfs -o size={megabytes}m tmpfs "$1"', folder) as place:
        yield Disk(folder=place, words=os.strerror(errno.ENOSPC), full=full)


def filled(stream: IO[bytes]) -> None:
    """Write until there is no room."""
    while True:
        try:
            stream.write(bytes(64 * 1024))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return
            raise


def limited_disk(folder: Path) -> Disk:
    """A folder in which no file may grow beyond some bytes: what any user may try, in place of a full disk."""

    @contextmanager
    def full(room: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    folder.mkdir()
    return Disk(folder=folder, words=os.strerror(errno.EFBIG), full=full)


@contextmanager
def disk_of(kind: str, folder: Path, megabytes: int = 24) -> Iterator[Disk]:
    """A disk that can be made full in one of the two ways."""
    if kind == LIMIT:
        yield limited_disk(folder)
        return
    with small_disk(folder, megabytes) as disk:
        yield disk


@contextmanager
def read_only_mount(folder: Path) -> Iterator[Path]:
    """The folder where nobody can write to it, not even root; skips where that cannot be made."""
    with mounted('mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"', folder) as place:
        yield place


@contextmanager
def without_write_permission(folder: Path) -> Iterator[Path]:
    """The folder without leave to write in it; skips for root, who needs none."""
    if os.geteuid() == 0:
        pytest.skip("root needs no leave to write; the read-only mount is tried")
    paths = [folder, *folder.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield folder
    finally:
        for path in paths:
            path.chmod(0o755 if path.is_dir() else 0o644)
