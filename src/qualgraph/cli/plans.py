"""Plans that a command is given: which units for which qualification, one a line of JSON."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualgraph.cli.files import STANDARD_INPUT
from qualgraph.errors import BrokenDocumentError, DataError, UsageError

MAX_LINE = 1024 * 1024
"""Bytes of one line of plans; a plan has some tens of units."""

_SEPARATORS = re.compile(r"[\s,;]+")
_FORM = 'Each line is one JSON object: {"id": ..., "code": ..., "units": [...], "specialisation": ...}.'


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One line: the units chosen for a qualification, or for one specialisation of it.

    ``id`` is as given, or the number of the line where the line gives none.
    """

    id: str | int
    code: str
    units: tuple[str, ...]
    specialisation: str | None = None


def units_of(text: str) -> tuple[str, ...]:
    """The codes in a list that commas, semicolons or spaces part."""
    return tuple(code for code in _SEPARATORS.split(text.strip()) if code)


def plans_in(path: Path, *, code: str | None = None) -> Iterator[Plan | DataError]:
    """The plans of a file, or of standard input for ``-``; a line that is no plan is an error and stops nothing.

    ``code`` holds for lines that name no qualification. Raises UsageError for a file that cannot be opened.
    """
    piped = str(path) == STANDARD_INPUT
    name = "standard input" if piped else str(path)
    try:
        with nullcontext(sys.stdin.buffer) if piped else path.open("rb") as stream:
            for number, line in enumerate(_lines(stream), start=1):
                text = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if text.strip():
                    yield _plan(text, number, f"{name}:{number}", code)
    except OSError as error:
        raise UsageError(f"cannot be read ({error.strerror}).", where=name, hint="Check the name.") from error


def _lines(stream: Any) -> Iterator[bytes]:
    """The lines; of one that is too long its beginning, which is then no plan."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_LINE + 1)
        yield line


def _plan(line: bytes, number: int, where: str, code: str | None) -> Plan | DataError:
    if len(line) > MAX_LINE:
        return DataError(f"is a line of more than {MAX_LINE:,} bytes.", where=where, hint=_FORM)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return DataError("is no JSON.", where=where, hint=_FORM)
    if not isinstance(row, dict):
        return DataError("is no JSON object.", where=where, hint=_FORM)
    try:
        return Plan(
            id=_id(row.get("id"), number),
            code=_words(row, "code", code).strip().upper(),
            units=_units(row.get("units")),
            specialisation=_words(row, "specialisation", "") or None,
        )
    except BrokenDocumentError as error:
        return DataError(error.what, where=where, hint=_FORM)


def _id(value: Any, number: int) -> str | int:
    if value is None:
        return number
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise BrokenDocumentError("has an 'id' that is neither text nor a whole number.")


def _words(row: dict[str, Any], key: str, otherwise: str | None) -> str:
    value = row.get(key)
    if value is None:
        value = otherwise
    if not isinstance(value, str):
        raise BrokenDocumentError(f"has no '{key}'." if value is None else f"has a '{key}' that is no text.")
    return value


def _units(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return units_of(value)
    if isinstance(value, list) and all(isinstance(code, str) for code in value):
        return tuple(value)
    raise BrokenDocumentError("has no 'units', a list of codes.")


def only_plans(found: Iterable[Plan | DataError], told: Any) -> Iterator[Plan]:
    """The plans; each error is handed to ``told``."""
    for one in found:
        if isinstance(one, Plan):
            yield one
        else:
            told(one)
