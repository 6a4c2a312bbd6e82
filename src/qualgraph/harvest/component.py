"""Everything the register is asked about one component, and the file that is made of the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from qualgraph.errors import HarvestError, RegisterAnswerError, RegisterUnreachableError
from qualgraph.harvest.client import Client
from qualgraph.harvest.journal import Follow
from qualgraph.identifiers import Kind
from qualgraph.model import Entry, Mapping, Problem, UnitGrid
from qualgraph.sources.dataset import SourceFile
from qualgraph.sources.interfaces import rest_answers
from qualgraph.sources.interfaces.rest_component import release_keys
from qualgraph.sources.interfaces.rest_paths import (
    bundle_path,
    component_path,
    grid_path,
    is_key,
    item_path,
    release_path,
)
from qualgraph.sources.interfaces.rest_values import code_of, kind_of, rows, text

Answers = list[tuple[str, Any]]

_PACKAGING: Final = frozenset({Kind.QUALIFICATION, Kind.SKILL_SET, Kind.ACCREDITED_COURSE})
_MOST_BUNDLES: Final = 5
_NOT_SAVED: Final = frozenset({"contacts", "contentEnquiries", "otherContact", "searchScore"})
"""Persons, and what differs from one request to the next."""


def component_answers(
    client: Client, code: str, *, earlier: int | None = 0
) -> tuple[Answers, list[HarvestError]]:
    """Every answer about a component with its address, and the errors of those that were not had.

    Of its releases the current one is asked for, and as many ``earlier`` ones, the newest first; None for all.
    Raises HarvestError where the component itself is not answered, RegisterUnreachableError wherever that is met.
    """
    path = component_path(code)
    component = client.answer(path)
    if not isinstance(component, dict) or code_of(component, "code") != code:
        raise RegisterAnswerError(
            f"does not answer with the component {code}.", where=f"{client.base}/{path}"
        )
    answers: Answers = [(path, component)]
    failures: list[HarvestError] = []

    def ask(further: str) -> Any:
        try:
            answers.append((further, client.answer(further)))
        except RegisterUnreachableError:
            raise
        except HarvestError as error:
            failures.append(error)
            return None
        return answers[-1][1]

    ask(item_path(code))
    bundles: set[str] = set()
    for key in _releases(component, earlier):
        release = ask(release_path(code, key))
        if kind_of(component) not in _PACKAGING:
            continue
        ask(grid_path(code, key))
        for bundle in _bundles(release):
            if bundle not in bundles:
                bundles.add(bundle)
                ask(bundle_path(bundle))
    return answers, failures


def _releases(component: Any, earlier: int | None) -> list[str]:
    current, *others = release_keys(component) or [""]
    asked = [current, *(others if earlier is None else others[:earlier])]
    return [key for key in asked if is_key(key)]


def _bundles(release: Any) -> list[str]:
    listed = rows(release, "contentBundles") if isinstance(release, dict) else []
    keys = [key for row in listed if (key := text(row, "id")) and is_key(key)]
    return keys[:_MOST_BUNDLES]


def as_saved(answers: Answers, code: str) -> bytes:
    """The answers as they are saved and ingested: of a search page only the row of the component; no persons."""
    return b"".join(
        json.dumps({"path": path, "answer": _kept(answer, code)}, ensure_ascii=False, sort_keys=True).encode(
            "utf-8", "surrogatepass"
        )
        + b"\n"
        for path, answer in answers
    )


def _kept(answer: Any, code: str) -> Any:
    if not isinstance(answer, dict):
        return answer
    kept = {name: value for name, value in answer.items() if name not in _NOT_SAVED}
    if not isinstance(kept.get("data"), list):
        return kept
    own = [_kept(row, code) for row in rows(answer, "data") if code_of(row, "code") == code]
    return {"data": own}


def named_components(path: Path, code: str, follow: frozenset[Follow]) -> Iterator[tuple[str, str]]:
    """The components that a saved file names and that are to be followed, each with the reason in words."""
    for item in rest_answers.READER.items(SourceFile(path)):
        if isinstance(item, Problem) or not isinstance(item, Entry):
            continue
        for record in item.records:
            match record:
                case UnitGrid() if Follow.UNITS in follow:
                    for row in record.rows:
                        yield row.code, f"unit of {code}"
                case Mapping() if record.new == code and Follow.SUPERSEDES in follow:
                    yield record.old, f"superseded by {code}"
                case Mapping() if record.old == code and Follow.SUPERSEDED_BY in follow:
                    yield record.new, f"supersedes {code}"
