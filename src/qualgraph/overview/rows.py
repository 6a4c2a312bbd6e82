"""An overview's questions asked of a store, and what is common to putting their rows together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from qualgraph.overview.questions import PREFIXES
from qualgraph.overview.source import Source
from qualgraph.store.base import Store
from qualgraph.store.rows import Row, selected

Answers = Mapping[str, list[Row]]
"""The rows of each question, by the question."""

_NUMBER: Final = "question_number"
_SELECT: Final = re.compile(r"SELECT\s+(?:DISTINCT\s+)?")
_COLUMNS: Final = re.compile(r"^\s*SELECT\s+(.*?)WHERE", re.DOTALL)
_ORDER: Final = re.compile(r"ORDER BY(.*)\Z", re.DOTALL)
_VARIABLE: Final = re.compile(r"\?(\w+)")
_KEY: Final = re.compile(r"(DESC\()?\?(\w+)")


def ask(store: Store, question: str, **filled: str) -> list[Row]:
    """The rows of one of ``questions``, with ``{name}`` replaced by what is given for it."""
    for name, value in {"of": "", **filled}.items():
        question = question.replace(f"{{{name}}}", value)
    return selected(store, PREFIXES + question)


def answers(store: Store, questions: Iterable[str], **filled: str) -> Answers:
    """The rows of several of ``questions``, asked as one query and given each as if it were asked alone.

    One query for all is what keeps a page or an endpoint from waiting for twenty.
    """
    asked = list(questions)
    parts = (f"{{ {_numbered(question, number)} }}" for number, question in enumerate(asked))
    rows = ask(store, f"SELECT * WHERE {{ {' UNION '.join(parts)} }}", **filled)
    found: list[list[Row]] = [[] for _ in asked]
    for row in rows:
        found[row[_NUMBER]].append(row)
    return {question: _alone(question, each) for question, each in zip(asked, found, strict=True)}


def answers_each(
    store: Store, questions: Iterable[str], components: Sequence[str]
) -> dict[str, dict[str, list[Row]]]:
    """For each component (an IRI) the rows of each question, asked once for all of them."""
    values = f"VALUES ?component {{ {' '.join(f'<{iri}>' for iri in components)} }}"
    found: dict[str, dict[str, list[Row]]] = {iri: {} for iri in components}
    for question in questions:
        asked = _SELECT.sub("\\g<0>?component ", _ORDER.sub("", question), count=1)
        rows = ask(store, asked, of=values, component="?component")
        for group in grouped(rows, "component"):
            found[group[0]["component"]][question] = _alone(question, group)
    return found


def _numbered(question: str, number: int) -> str:
    """A question without its order, whose rows say its number."""
    return _SELECT.sub(f"\\g<0>({number} AS ?{_NUMBER}) ", _ORDER.sub("", question), count=1)


def _alone(question: str, rows: list[Row]) -> list[Row]:
    """Rows with the columns of a question, in its order: SPARQL puts what has no value first."""
    [heading] = _COLUMNS.findall(question)
    columns = _VARIABLE.findall(heading)
    keys = "".join(_ORDER.findall(question))
    order = [(name, bool(descends)) for descends, name in _KEY.findall(keys)]
    ordered = [{column: row.get(column) for column in columns} for row in rows]
    for name, descends in reversed(order):
        ordered.sort(key=lambda row: (row[name] is not None, row[name]), reverse=descends)
    return ordered


def source(row: Row) -> Source:
    """Where the fact of a row was read."""
    return Source(document=row["document"], line=row.get("line"))


def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def grouped(rows: Iterable[Row], *keys: str) -> Iterator[list[Row]]:
    """Rows that agree in ``keys``, together, in the order in which each first stands."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    yield from groups.values()


def each_once(values: Iterable[Any]) -> tuple[Any, ...]:
    """Values without None and without repetition, in order."""
    return tuple(dict.fromkeys(value for value in values if value is not None))
