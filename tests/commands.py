"""What a command that a test runs gives back, and the documents it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from support import DOCUMENTS

PAGE = DOCUMENTS / "register-page.txt"
COPY = DOCUMENTS / "third-party-copy.txt"


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """The one JSON object on standard error."""
        return json.loads(self.err)


Run = Callable[..., Ran]
