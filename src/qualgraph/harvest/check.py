"""Whether the register still answers as expected: the fields of live answers held against those that readers know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from qualgraph.errors import HarvestError, RegisterAnswerError
from qualgraph.harvest.client import Client
from qualgraph.harvest.component import Answers, component_answers
from qualgraph.sources.interfaces.rest_fields import Difference, differences
from qualgraph.sources.interfaces.rest_paths import Answer, page_path, place_of
from qualgraph.sources.interfaces.rest_release import grid_rows
from qualgraph.sources.interfaces.rest_values import code_of, rows, word

_SAMPLE = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldDifference:
    """A field of one kind of answer that is not as expected, and the address where it was met."""

    answer: Answer
    path: str
    difference: Difference


@dataclass(frozen=True, kw_only=True)
class Check:
    """What was asked and what differs; ``failures`` are the answers that were not had."""

    code: str
    asked: tuple[str, ...]
    differences: tuple[FieldDifference, ...]
    failures: tuple[HarvestError, ...]

    @property
    def as_expected(self) -> bool:
        """Whether every answer was had and nothing differs."""
        return not self.differences and not self.failures


def check(client: Client, code: str | None) -> Check:
    """Answers about a component and two of its releases held against what is expected.

    Without a code it is any qualification that a search lists.

    Raises HarvestError where the component itself is not answered.
    """
    first: Answers = []
    if code is None:
        path = page_path("", 0, _SAMPLE)
        first = [(path, client.answer(path))]
        code = _any_qualification(first[0][1], f"{client.base}/{path}")
    answers, failures = component_answers(client, code, earlier=1)
    found: dict[tuple[Answer, Difference], FieldDifference] = {}
    for path, answer in (*first, *answers):
        place = place_of(path)
        if place is None:
            continue
        for part in _parts(place.answer, answer):
            for one in differences(place.answer, part):
                made = FieldDifference(answer=place.answer, path=path, difference=one)
                found.setdefault((place.answer, one), made)
    return Check(
        code=code,
        asked=tuple(path for path, _ in (*first, *answers)),
        differences=tuple(found.values()),
        failures=tuple(failures),
    )


def _any_qualification(page: Any, where: str) -> str:
    listed = rows(page, "data") if isinstance(page, dict) else []
    codes = [(word(row, "type") != "qualification", code) for row in listed if (code := code_of(row, "code"))]
    if not codes:
        raise RegisterAnswerError(
            "lists no component.", where=where, hint="Name one: qualgraph harvest --check CODE."
        )
    return min(codes)[1]


def _parts(answer: Answer, value: Any) -> list[Any]:
    """The rows of a page or grid, else the answer; what is no page or grid at all is compared as it is."""
    if answer is Answer.SEARCH and isinstance(value, dict) and isinstance(value.get("data"), list):
        return list(value["data"])
    if answer is Answer.GRID:
        found = grid_rows(value)
        return [value] if found is None else found
    return [value]
