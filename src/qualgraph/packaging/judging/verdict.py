"""What a judge says of a selection of units: the verdict, where each unit was placed, what is missing and unknown.

Texts are for a course co-ordinator. The form is published as ``verdict.schema.json``, versioned by its ``$id``.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from itertools import repeat
from typing import Any, Literal

VERDICT_SCHEMA_ID = "https://w3id.org/qualgraph/schema/packaging-verdict/1"

Outcome = Literal["satisfied", "violated", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A unit that counts, and the slot it fills, in words ('core', 'Group A')."""

    unit: str
    slot: str


@dataclass(frozen=True, kw_only=True)
class Unplaced:
    """A unit that does not count, and why."""

    unit: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """A part of the rule that the units do not fill: the number it needs and the number that could be placed."""

    path: str
    need: int
    have: int
    message: str
    text: str | None
    line: int | None


@dataclass(frozen=True, kw_only=True)
class MissingFact:
    """A fact that would have to be known to decide; ``text`` and ``line`` where a sentence was not read."""

    path: str
    fact: str
    unit: str | None = None
    text: str | None = None
    line: int | None = None


@dataclass(frozen=True, kw_only=True)
class ForAPerson:
    """A sentence that no machine decides and somebody has to, whatever the verdict."""

    text: str
    line: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The verdict on one selection. ``satisfied`` and ``violated`` are definite.

    ``id`` is the caller's name of the plan. Where the verdict is ``unknown``, ``shortfalls`` is empty and the
    placement is the one that would hold if every unknown fact were so.
    """

    id: str | None
    code: str | None
    verdict: Outcome
    placed: tuple[Placed, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    unknowns: tuple[MissingFact, ...] = ()
    human_conditions: tuple[ForAPerson, ...] = ()


_PUT = {field.name: getattr(Verdict, field.name).__set__ for field in fields(Verdict)}


def brief_verdicts(like: Verdict, ids: Sequence[str | None], outcomes: Sequence[Outcome]) -> list[Verdict]:
    """A verdict for each plan, with its own id and outcome and all else as in ``like``.

    Field by field for all of them, as making very many one by one would take longer than judging them.
    """
    made = [object.__new__(Verdict) for _ in ids]
    own: Mapping[str, Sequence[object]] = {"id": ids, "verdict": outcomes}
    for name, put in _PUT.items():
        deque(map(put, made, own.get(name) or repeat(getattr(like, name))), maxlen=0)
    return made


@cache
def verdict_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one verdict."""
    text = resources.files(__package__ or "").joinpath("verdict.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as the published JSON."""
    return {
        "id": verdict.id,
        "code": verdict.code,
        "verdict": verdict.verdict,
        "placed": [{"unit": item.unit, "slot": item.slot} for item in verdict.placed],
        "unplaced": [{"unit": item.unit, "why": item.why} for item in verdict.unplaced],
        "shortfalls": [_shortfall(item) for item in verdict.shortfalls],
        "unknowns": [_missing_fact(item) for item in verdict.unknowns],
        "human_conditions": [{"text": item.text, "line": item.line} for item in verdict.human_conditions],
    }


def _shortfall(item: Shortfall) -> dict[str, Any]:
    return {key: getattr(item, key) for key in ("path", "need", "have", "message", "text", "line")}


def _missing_fact(item: MissingFact) -> dict[str, Any]:
    optional = {"unit": item.unit, "text": item.text, "line": item.line}
    given = {key: value for key, value in optional.items() if value is not None}
    return {"path": item.path, "fact": item.fact, **given}
