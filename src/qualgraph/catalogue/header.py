"""The header of a catalogue query: what it asks, what it takes, what it gives.

::

    #+ title: Pathways from a qualification
    #+ question: Which qualifications do the documented pathways out of a qualification lead to?
    #+ parameter: code | component-code | required | BSB40307 | National code of the qualification held
    #+ parameter: on | date | 2015-06-01 | 2013-03-27 | The day asked about (here with a default)
    #+ column: target | National code of the qualification the pathway leads to
    #+ source: https://w3id.org/qualgraph/def#PathwayFrom
    #+ order: target
    #+ severity: warning
    #+ tags: pathway

A parameter states its name, type, ``required`` or the default, an example and a description. ``severity`` stands in
the header of a question about faults, each row of whose answer is one: ``error`` cannot be right, ``warning`` may be
wrong or matters to whoever relies on it, ``info`` is lawful and worth knowing. The lines stand at the very top of the
file. A derivation rule (a CONSTRUCT) has ``title``, ``derives`` and ``source`` instead, and may have ``each``: a
variable, the pattern that finds everything it can be, and of how many things the rule is asked at a time::

    #+ each: ?old | ?mapping qg:mapsFrom ?old | 5000
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from qualgraph.errors import QueryError

MARK: Final = "#+"
REQUIRED: Final = "required"
QUESTION_KEYS: Final = {
    "title": 1,
    "question": 1,
    "parameter": 99,
    "column": 999,
    "source": 9,
    "order": 1,
    "severity": 1,
    "tags": 1,
}
RULE_KEYS: Final = {"title": 1, "derives": 99, "source": 9, "each": 9}
_NEEDED: Final = {"title", "source"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_VARIABLE = re.compile(r"\?\w+")


class Severity(StrEnum):
    """How bad each row is that a question about faults gives, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """What a query takes: ``type`` is a key of ``bind.TYPES``; ``default`` is None if it must be given."""

    name: str
    type: str
    default: str | None
    example: str
    description: str

    @property
    def required(self) -> bool:
        """Whether a value must be given."""
        return self.default is None


@dataclass(frozen=True, kw_only=True)
class Column:
    """What a query gives in one column of its table."""

    name: str
    description: str


@dataclass(frozen=True, kw_only=True)
class Each:
    """What a rule is asked of in portions: everything that ``variable`` is where ``pattern`` holds."""

    variable: str
    pattern: str
    at_once: int


_Named = TypeVar("_Named", Parameter, Column)


@dataclass(frozen=True, kw_only=True)
class Header:
    """Everything the ``#+`` lines of a query or rule say, in their order."""

    title: str
    question: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    source: tuple[str, ...]
    order: str
    severity: Severity | None
    tags: tuple[str, ...]
    derives: tuple[str, ...]
    each: tuple[Each, ...]


@dataclass(frozen=True, kw_only=True)
class _Line:
    where: str
    key: str
    value: str


def parse_header(text: str, *, where: str, keys: dict[str, int] = QUESTION_KEYS) -> Header:
    """The header at the top of a query file; raises QueryError with file and line for a malformed one."""
    lines = list(_lines(text, where, keys))
    said: dict[str, list[_Line]] = {key: [line for line in lines if line.key == key] for key in keys}
    for key, found in said.items():
        if len(found) > keys[key]:
            raise _malformed(found[keys[key]].where, f"says '{key}' once too often")
    needed = _NEEDED | ({"question"} if "question" in keys else {"derives"})
    for key in sorted(needed):
        if not said[key]:
            raise _malformed(f"{where}:1", f"has no '{MARK} {key}:' line")
    return Header(
        title=said["title"][0].value,
        question=_single(said, "question"),
        parameters=_unlike([_parameter(line) for line in said.get("parameter", [])], where),
        columns=_unlike([_column(line) for line in said.get("column", [])], where),
        source=tuple(line.value for line in said["source"]),
        order=_single(said, "order"),
        severity=_severity(said.get("severity", [])),
        tags=tuple(tag.strip() for tag in _single(said, "tags").split(",") if tag.strip()),
        derives=tuple(line.value for line in said.get("derives", [])),
        each=tuple(_each(line) for line in said.get("each", [])),
    )


def _lines(text: str, where: str, keys: dict[str, int]) -> Iterator[_Line]:
    over = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith(MARK):
            over = True
            continue
        place = f"{where}:{number}"
        if over:
            raise _malformed(place, f"has a '{MARK}' line below the header; all of them stand at the top")
        key, colon, value = line.removeprefix(MARK).partition(":")
        key, value = key.strip(), value.strip()
        if not colon or key not in keys:
            raise _malformed(place, f"starts no '{MARK} key: value' line with a key of {', '.join(keys)}")
        if not value:
            raise _malformed(place, f"says nothing after '{key}:'")
        yield _Line(where=place, key=key, value=value)


def _single(said: dict[str, list[_Line]], key: str) -> str:
    return said[key][0].value if said.get(key) else ""


def _severity(said: list[_Line]) -> Severity | None:
    for line in said:
        if line.value not in set(Severity):
            raise _malformed(
                line.where, f"gives '{line.value}', which is no severity of {', '.join(Severity)}"
            )
        return Severity(line.value)
    return None


def _parameter(line: _Line) -> Parameter:
    parts = [part.strip() for part in line.value.split("|", 4)]
    if len(parts) != 5 or not all(parts) or not _NAME.fullmatch(parts[0]):
        raise _malformed(line.where, "is no 'name | type | required or default | example | description'")
    name, kind, default, example, description = parts
    return Parameter(
        name=name,
        type=kind,
        default=None if default == REQUIRED else default,
        example=example,
        description=description,
    )


def _column(line: _Line) -> Column:
    name, bar, description = (part.strip() for part in line.value.partition("|"))
    if not bar or not description or not re.fullmatch(r"\w+", name):
        raise _malformed(line.where, "is no 'name | description'")
    return Column(name=name, description=description)


def _each(line: _Line) -> Each:
    parts = [part.strip() for part in line.value.split("|")]
    if len(parts) != 3 or not _VARIABLE.fullmatch(parts[0]) or not re.fullmatch(r"[1-9]\d{0,6}", parts[2]):
        raise _malformed(line.where, "is no '?variable | pattern | how many at a time'")
    if parts[0] not in _VARIABLE.findall(parts[1]):
        raise _malformed(line.where, f"has no {parts[0]} in its pattern")
    return Each(variable=parts[0], pattern=parts[1], at_once=int(parts[2]))


def _unlike(found: list[_Named], where: str) -> tuple[_Named, ...]:
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1:
            raise _malformed(where, f"names '{name}' twice")
    return tuple(found)


def _malformed(where: str, what: str) -> QueryError:
    return QueryError(f"{what}.", where=where, hint="See docs/queries.md for the header of a query.")
