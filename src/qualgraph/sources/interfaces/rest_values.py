"""Values out of answers of the REST interface: what is absent, null or of another type is None, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from qualgraph.errors import ParameterError
from qualgraph.identifiers import Kind, national_code
from qualgraph.model import Problem, ProblemKind, UsageRecommendation
from qualgraph.sources.interfaces.rest_fields import Change, Difference, differences
from qualgraph.sources.interfaces.rest_paths import Answer
from qualgraph.sources.tokens import problem

Object = Mapping[str, Any]

KINDS: Final = {
    "qualification": Kind.QUALIFICATION,
    "unit": Kind.UNIT,
    "skillset": Kind.SKILL_SET,
    "trainingpackage": Kind.TRAINING_PACKAGE,
    "accreditedcourse": Kind.ACCREDITED_COURSE,
    "accreditedunit": Kind.UNIT,
}
"""The component types of the interface, in small letters, that are components of the register here."""

USAGES: Final = {each.value.lower(): each for each in UsageRecommendation}
_STATUSES: Final = {
    **USAGES,
    "supersededequivalent": UsageRecommendation.SUPERSEDED,
    "supersedednonequivalent": UsageRecommendation.SUPERSEDED,
}
_NO_USAGE: Final = frozenset({"unknown", "pending", "cancelled", "noncurrent"})
_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?(?:Z|[+-]\d{2}:\d{2})?)?")
_OPEN: Final = 9999


class Doubts:
    """The problems of one file; what differs from the expected fields is told once in it, where it is first met."""

    def __init__(self) -> None:
        self._told: set[Difference] = set()

    def of(self, answer: Answer, value: Any, line: int) -> Iterator[Problem]:
        """How an answer, or a row of one, differs from the fields that are expected."""
        found = [one for one in differences(answer, value) if one not in self._told]
        self._told.update(found)
        new = [one.path for one in found if one.change is Change.NEW]
        if new:
            message = f"Fields of the {answer.value} that are not known are not read: {', '.join(new)}."
            yield problem(ProblemKind.NOT_READ, message, line, info=True)
        for one in found:
            if one.change is Change.MISSING:
                message = f"The {answer.value} does not state the field '{one.path}' ({one.expected})."
                yield problem(ProblemKind.NOT_READ, message, line)
            elif one.change is Change.OTHER_TYPE:
                what = f"The field '{one.path}'" if one.path else "A row"
                message = (
                    f"{what} of the {answer.value} is {one.found} where {one.expected} is expected; not read."
                )
                yield problem(ProblemKind.NOT_READ, message, line)


def text(value: Object, *path: str) -> str | None:
    """The text at a path, without white space around it; a number as its figures; None for anything else."""
    found: Any = value
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return str(found)
    return " ".join(found.split()) or None if isinstance(found, str) else None


def day(value: Object, *path: str) -> date | None:
    """The day at a path; None for no day, for an open end (year 9999), and for a time of day, which leaves it open."""
    match = _DAY.fullmatch(text(value, *path) or "")
    if not match:
        return None
    try:
        found = date.fromisoformat(match[1])
    except ValueError:
        return None
    return None if found.year == _OPEN else found


def number(value: Object, *path: str) -> int | None:
    """The whole number at a path."""
    found = text(value, *path)
    return int(found) if found is not None and re.fullmatch(r"\d{1,6}", found) else None


def rows(value: Object, *path: str) -> list[Object]:
    """The objects of the list at a path; elements that are no objects are left out."""
    found: Any = value
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def code_of(value: Object, *path: str) -> str | None:
    """The national code at a path; None where there is none, or something that is no code."""
    found = text(value, *path)
    try:
        return national_code(found) if found else None
    except ParameterError:
        return None


def word(value: Object, name: str) -> str | None:
    """A word of one of the interface's lists, in small letters: ``type: "unit"`` and ``type: {"id": "unit"}`` alike."""
    found = text(value, name) or text(value, name, "id") or text(value, name, "name")
    return re.sub(r"[^a-z]", "", found.lower()) if found else None


def kind_of(value: Object) -> Kind | None:
    """Which kind of component an answer is about."""
    return KINDS.get(word(value, "type") or "")


def usage_of(value: Object) -> tuple[UsageRecommendation | None, str | None]:
    """The usage recommendation of a component or grid row, and what speaks against reading it, in words.

    'Superseded and equivalent' is a status of the component: to which other it is equivalent, it does not say.
    """
    stated, status = word(value, "usageRecommendation"), word(value, "status")
    usage = USAGES.get(stated or "")
    by_status = _STATUSES.get(status or "")
    if usage is not None:
        if by_status not in (None, usage):
            return usage, f"The status '{status}' does not go with the usage recommendation '{stated}'."
        return usage, None
    if stated:
        known = "says nothing" if stated in _NO_USAGE else "is not known"
        return None, f"The usage recommendation '{stated}' {known}."
    if by_status is None and status:
        known = "is no usage recommendation" if status in _NO_USAGE else "is not known"
        return None, f"The status '{status}' {known}."
    return by_status, None
