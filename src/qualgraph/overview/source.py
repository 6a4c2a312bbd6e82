"""Where a fact was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Source:
    """Where a fact was read: the document's IRI and a line counted from 1; ``line`` is None where none is known."""

    document: str
    line: int | None
