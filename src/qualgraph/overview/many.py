"""Overviews of very many components: what most of them have is asked for hundreds at once.

Few components are described in full (with a packaging rule, elements, pathways); each of those is asked for by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from qualgraph.identifiers import Kind
from qualgraph.overview import questions, unit
from qualgraph.overview.composition import KINDS, OF_KIND, _overview, composed
from qualgraph.overview.levels import PACKAGERS, unit_levels
from qualgraph.overview.prerequisites import PREREQUISITES, RULE_PREREQUISITES, prerequisites_of
from qualgraph.overview.records import Overview, UnitSummary
from qualgraph.overview.rows import answers_each, ask, grouped, local
from qualgraph.store.base import Store
from qualgraph.store.rows import Row
from qualgraph.triples.builder import CLASSES

AT_ONCE: Final = 500
"""How many components are asked for in one query."""
_PLAIN: Final = (
    questions.DOCUMENTS,
    questions.TITLES,
    questions.USAGE,
    questions.RELEASES,
    questions.MAPPINGS,
    questions.CLASSIFICATIONS,
    questions.PACKAGES,
    questions.GRIDS,
    questions.GRID_UNITS,
    questions.IN_GRIDS,
    questions.PROBLEMS,
)
_PLAIN_OF_KIND: Final = {
    CLASSES[Kind.QUALIFICATION]: OF_KIND[CLASSES[Kind.QUALIFICATION]],
    CLASSES[Kind.UNIT]: (PACKAGERS, RULE_PREREQUISITES),
}
_OF_UNIT: Final = (unit.FIELDS, unit.ELEMENTS, PREREQUISITES, unit.SECTIONS, unit.INCLUSIONS)
_RELEASE_LINK: Final = re.compile(r"isVersionOf \{component\} ; (qg:\w+)")
_LINKS: Final = sorted(
    {
        *(
            link
            for question in (*questions.OF_COMPONENT, *_OF_UNIT)
            if question not in _PLAIN
            for link in _RELEASE_LINK.findall(question)
        ),
        "qg:competencyField",
        "qg:unitSector",
    }
)
"""What a release has that only the questions asked of one component read."""
_IN_FULL: Final = """
SELECT DISTINCT ?component WHERE {
  { ?of dcterms:isVersionOf ?component ; ?link ?value . FILTER (?link IN ({links})) }
  UNION { ?component qg:hasInclusion ?inclusion }
}"""
_NO_UNIT: Final = UnitSummary(
    competency_fields=(), sectors=(), elements=(), prerequisites=(), sections=(), included_in=(), levels=()
)


def components(store: Store) -> dict[str, Row]:
    """Every component by its IRI: ``component``, ``code``, ``kind``, ``title``, ``latest`` usage; in order of IRIs."""
    titles, usage = _names(store)
    rows = (row for row in ask(store, questions.COMPONENTS) if local(row["kind"]) in KINDS)
    return {
        row["component"]: {
            **row,
            "title": titles.get(row["component"]),
            "latest": usage.get(row["component"]),
        }
        for row in sorted(rows, key=lambda row: str(row["component"]))
    }


def _names(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """The preferred title and the latest usage recommendation of each component, the first where there are several."""
    titles, usage = (
        {row["component"]: row["value"] for row in sorted(ask(store, question), key=_by_value, reverse=True)}
        for question in (questions.PREFERRED_TITLES, questions.LATEST_USAGE)
    )
    return titles, usage


def _by_value(row: Row) -> str:
    return str(row["value"])


class Overviews:
    """Gives overviews of the components of one store, the same as :func:`qualgraph.overview.overview` does."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._titles, self._usage = _names(store)
        self._keys: dict[tuple[str, str], tuple[str, str]] = {}
        rows = ask(store, _IN_FULL, links=", ".join(_LINKS))
        self._in_full = {row["component"] for row in rows}
        lists = grouped(ask(store, questions.LISTS), "list", "document")
        self._lists = {(group[0]["list"], group[0]["document"]): group for group in lists}
        self._listings: dict[str, list[tuple[tuple[str, str], int | None]]] = {}
        for row in ask(store, questions.LISTINGS):
            known = self._listings.setdefault(row["component"], [])
            known.append((self._key(row), row["line"]))

    def _key(self, row: Row) -> tuple[str, str]:
        """What tells a unit list as one document states it; one object for all its units."""
        key = (row["list"], row["document"])
        return self._keys.setdefault(key, key)

    def of(self, found: Sequence[Row]) -> Iterator[Overview]:
        """The overview of each of these rows of :func:`components`."""
        for start in range(0, len(found), AT_ONCE):
            yield from self._some(found[start : start + AT_ONCE])

    def _some(self, found: Sequence[Row]) -> Iterator[Overview]:
        told = self._told([row for row in found if not self._is_in_full(row)])
        for row in found:
            if self._is_in_full(row):
                yield _overview(self._store, row["code"], row)
            else:
                yield self._plain(row, told[row["component"]])

    def _is_in_full(self, row: Row) -> bool:
        """Whether a component is asked for by itself; of training packages there are few, and each has much."""
        return row["component"] in self._in_full or local(row["kind"]) == CLASSES[Kind.TRAINING_PACKAGE]

    def _told(self, plain: Sequence[Row]) -> dict[str, dict[str, list[Row]]]:
        """The rows of each question for each of these components."""
        told: dict[str, dict[str, list[Row]]] = {row["component"]: {} for row in plain}
        of_kind = {
            kind: [row["component"] for row in plain if local(row["kind"]) == kind] for kind in _PLAIN_OF_KIND
        }
        for asked, some in (
            (_PLAIN, list(told)),
            *((_PLAIN_OF_KIND[kind], some) for kind, some in of_kind.items()),
        ):
            for component, rows in (answers_each(self._store, asked, some) if some else {}).items():
                told[component] |= rows
        return told

    def _plain(self, row: Row, told: dict[str, list[Row]]) -> Overview:
        rows: dict[str, list[Row]] = {question: [] for question in questions.OF_COMPONENT}
        rows |= told
        packaged = [
            {**known, "line": line}
            for key, line in self._listings.get(row["component"], ())
            for known in self._lists.get(key, ())
        ]
        rows[questions.PACKAGED_BY] = sorted(
            packaged,
            key=lambda each: (each["code"], each["document"], each["line"] is not None, each["line"]),
        )
        rows[questions.GRID_NAMES] = [
            {"thing": each, "title": self._titles.get(each), "usage": self._usage.get(each)}
            for each in (
                *(listed["unit"] for listed in told.get(questions.GRID_UNITS, ())),
                *(listing["qualification"] for listing in told.get(questions.IN_GRIDS, ())),
            )
        ]
        is_unit = local(row["kind"]) == CLASSES[Kind.UNIT]
        unit_summary = replace(
            _NO_UNIT, levels=unit_levels(told.get(PACKAGERS, ())), prerequisites=prerequisites_of(told)
        )
        return composed(row["code"], row, rows, unit_summary if is_unit else None)
