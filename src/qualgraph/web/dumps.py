"""The files of ``qualgraph dump`` to download: those that its checksums list, and no other file of the folder."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from qualgraph.errors import UsageError
from qualgraph.pages.media import TURTLE
from qualgraph.publishing import CHECKSUMS, DumpFile, dump_files
from qualgraph.web.conditional import is_right, unchanged
from qualgraph.web.problems import problem
from qualgraph.web.requests import RefusedError

PLACE: Final = "dumps/"
"""Where the files are, below the root."""
_TYPES: Final = {".gz": "application/gzip", ".ttl": TURTLE.content_type}
_TEXT: Final = "text/plain; charset=utf-8"


class Dumps:
    """Gives out the dumps in one folder as they are now, or none."""

    def __init__(self, folder: Path | None) -> None:
        """Raises UsageError for a folder that holds no dumps."""
        self._folder = folder
        if folder is not None:
            dump_files(folder)

    def files(self) -> list[DumpFile]:
        """The files that there are now; none of a folder that is gone, or while nothing is in it."""
        try:
            return dump_files(self._folder) if self._folder is not None else []
        except UsageError:
            return []

    async def one(self, request: Request) -> Response:
        """One file, whole or the part that is asked for; 304 for a copy that is still right."""
        found = await run_in_threadpool(self._found, request.path_params["name"])
        if found is None:
            raise RefusedError(
                problem(404, "There is no such dump.", hint="/.well-known/void names those that there are.")
            )
        path, status = found
        answer = FileResponse(path, media_type=_TYPES.get(path.suffix, _TEXT), stat_result=status)
        written = datetime.fromtimestamp(int(status.st_mtime), UTC)
        return unchanged(answer.headers) if is_right(request, answer.headers["ETag"], written) else answer

    def _found(self, name: str) -> tuple[Path, os.stat_result] | None:
        """A file that may be given out, as it is on the disk now."""
        listed = {file.name for file in self.files()}
        if self._folder is None or name not in listed | ({CHECKSUMS} if listed else set()):
            return None
        try:
            return self._folder / name, (self._folder / name).stat()
        except OSError:  # it went after it was listed
            return None
