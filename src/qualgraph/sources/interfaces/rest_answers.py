"""The answers about components as a harvest saves them: JSON Lines, each line an address and what it answered.

A line is ``{"path": "training/ZZZ40120", "answer": {...}}``. The answer of a component comes first; those that follow
it (its search item, its releases, their unit grids and content bundles) are about the same component.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from qualgraph.identifiers import Kind
from qualgraph.model import Authority, Entry, EntryRecord, Packaging, Problem, UnitGrid
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.interfaces import rest_classification, rest_component, rest_release
from qualgraph.sources.interfaces.json_text import JsonText
from qualgraph.sources.interfaces.rest_opening import opening
from qualgraph.sources.interfaces.rest_paths import Answer, Place, place_of
from qualgraph.sources.interfaces.rest_values import Doubts, Object, code_of, kind_of, rows, text, word
from qualgraph.sources.tokens import not_read


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """One answer as it was saved."""

    place: Place
    value: Any
    line: int


@dataclass(kw_only=True, slots=True)
class _About:
    """All answers about one component, in the order they were saved."""

    component: Saved
    others: list[Saved] = field(default_factory=list)

    def of(self, answer: Answer) -> list[Saved]:
        return [saved for saved in self.others if saved.place.answer is answer]


class RestAnswers(DatasetReader):
    """Reads each component with its releases, the grid and the packaging rule of those that were asked for."""

    name = "rest-answers"
    version = "3"
    media_type = "application/jsonl"
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """The first line has an address and an answer."""
        found = opening(file.head)
        return found is not None and not found.is_list and {"path", "answer"} <= found.names

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """One entry for each release whose answers were saved, the first of them with all else of the component."""
        doubts = Doubts()
        with file.open() as stream:
            about: _About | None = None
            for found in _saved(JsonText(stream, file.name)):
                if isinstance(found, Problem):
                    yield found
                elif found.place.answer is Answer.VALUES:
                    yield from _values(found, doubts)
                elif found.place.answer is Answer.COMPONENT:
                    if about:
                        yield from _entries(about, doubts)
                    about = _About(component=found)
                elif about:
                    about.others.append(found)
                else:
                    yield not_read(
                        "An answer that no answer of a component comes before; not read.", found.line
                    )
            if about:
                yield from _entries(about, doubts)


def _values(saved: Saved, doubts: Doubts) -> Iterator[Item | Problem]:
    listed = saved.value.get("data") if isinstance(saved.value, dict) else saved.value
    if isinstance(listed, list):
        yield from rest_classification.values(listed, saved.place.code, saved.line, doubts)
    else:
        yield not_read("The values of a scheme are no list; not read.", saved.line)


def _saved(source: JsonText) -> Iterator[Saved | Problem]:
    for line, value in source.values():
        path = value.get("path") if isinstance(value, dict) else None
        place = place_of(path) if isinstance(path, str) else None
        if place is None or "answer" not in value:
            yield not_read("A line that is no answer of an address that is known; not read.", line)
        else:
            yield Saved(place=place, value=value["answer"], line=line)


def _entries(about: _About, doubts: Doubts) -> Iterator[Entry | Problem]:
    answer, line = about.component.value, about.component.line
    yield from doubts.of(Answer.COMPONENT, answer, line)
    code = code_of(answer, "code") if isinstance(answer, dict) else None
    if code is None or code != (about.component.place.code or "").upper():
        yield not_read("The answer does not state the code that was asked for; not read.", line)
        return
    kind = kind_of(answer)
    if kind is None:
        yield not_read(
            f"{code} is of a type that is not read ({word(answer, 'type') or 'not stated'}).", line
        )
        return
    item, item_line = _item(about, code)
    if item is not None:
        yield from doubts.of(Answer.SEARCH, item, item_line)
    else:
        for saved in about.of(Answer.SEARCH):
            yield not_read(f"The search page has no row of {code}.", saved.line, info=True)
    records: list[EntryRecord] = []
    for found in rest_component.component_records(answer, kind, code, line, item, item_line):
        if isinstance(found, Problem):
            yield found
        else:
            records.append(found)
    yield from _with_releases(about, kind, code, records, doubts)


def _item(about: _About, code: str) -> tuple[Object | None, int]:
    """The row of the component in a search page that was saved with it."""
    for saved in about.of(Answer.SEARCH):
        for row in rows(saved.value, "data"):
            if code_of(row, "code") == code:
                return row, saved.line
    return None, 0


def _with_releases(
    about: _About, kind: Kind, code: str, records: list[EntryRecord], doubts: Doubts
) -> Iterator[Entry | Problem]:
    line = about.component.line
    asked = {}
    for saved in about.of(Answer.RELEASE):
        if is_object(saved.value):
            asked[saved.place.key] = saved
        else:
            yield not_read("The answer about a release is no object; not read.", saved.line)
    own: list[list[EntryRecord]] = []
    for found in rest_component.releases(about.component.value, line):
        if isinstance(found, Problem):
            yield found
            continue
        key, plain = found
        if key not in asked:
            records.append(plain)
    for key, saved in asked.items():
        yield from doubts.of(Answer.RELEASE, saved.value, saved.line)
        mine: list[EntryRecord] = []
        for one in _of_release(about, key, saved, code, doubts):
            if isinstance(one, Problem):
                yield one
            else:
                mine.append(one)
        own.append(mine)
    first, *more = own or [[]]
    yield Entry(kind=kind, code=code, records=(*records, *first), line=line)
    for mine in more:
        yield Entry(kind=kind, code=code, records=tuple(mine), line=line)


def _of_release(
    about: _About, key: str | None, saved: Saved, code: str, doubts: Doubts
) -> Iterator[EntryRecord | Problem]:
    """The release that was asked for, its grid and its packaging rule."""
    yield rest_component.release(saved.value, saved.line, described=True)
    for grid in about.of(Answer.GRID):
        if grid.place.key == key:
            yield from grid_of(grid, doubts)
    bundles = {text(row, "id") for row in rows(saved.value, "contentBundles")}
    title = text(about.component.value, "title")
    for bundle in about.of(Answer.CONTENT):
        if bundle.place.key in bundles:
            yield from rule_of(bundle, doubts, code=code, title=title, release=saved.value)


def grid_of(saved: Saved, doubts: Doubts) -> Iterator[UnitGrid | Problem]:
    """The unit grid that was saved; a problem for what is none."""
    listed = rest_release.grid_rows(saved.value)
    if listed is None:
        yield not_read("The unit grid is no list; not read.", saved.line)
        return
    found = [(saved.line, row) for row in listed]
    yield from rest_release.grid(found, saved.line, doubts)


def rule_of(
    saved: Saved, doubts: Doubts, *, code: str, title: str | None, release: Object | None
) -> Iterator[Packaging | Problem]:
    """The packaging rule of a content bundle that was saved."""
    if not is_object(saved.value):
        yield not_read("The content bundle is no object; not read.", saved.line)
    else:
        yield from doubts.of(Answer.CONTENT, saved.value, saved.line)
        yield from rest_release.packaging(saved.value, saved.line, code=code, title=title, release=release)


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Whether an answer is an object, as most are."""
    return isinstance(value, dict)


READER = RestAnswers()
