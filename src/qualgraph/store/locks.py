"""Locks between processes: one writer of a store, and readers that keep their generation from being deleted."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def lock_file(path: Path) -> int | None:
        """An open file that only one process can hold, or None while another holds it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(handle)
            return None
        return handle

    def hold_folder(folder: Path) -> int | None:
        """Nothing to hold: Windows refuses to move a folder while files in it are open."""
        return None

    def folder_is_held(folder: Path) -> bool:
        """Whether somebody reads in the folder; tried by renaming it, see ``generations.sweep``."""
        return False

else:
    import fcntl

    def lock_file(path: Path) -> int | None:
        """An open file that only one process can hold, or None while another holds it."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # a file system without locks: two writers could not be told from one
            os.close(handle)
            raise
        return handle

    def hold_folder(folder: Path) -> int | None:
        """A handle that keeps ``folder`` from being swept; raises FileNotFoundError if it has just gone."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            if not os.path.samestat(os.fstat(handle), os.stat(folder)):
                raise FileNotFoundError(folder)
        except OSError:
            os.close(handle)
            raise
        return handle

    def folder_is_held(folder: Path) -> bool:
        """Whether somebody reads in the folder."""
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(handle)
        return False
