"""Which qualifications package each unit, in small files by the first letters of its code, for the checker."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from qualgraph.identifiers import CODE_PATTERN
from qualgraph.namespaces import DCTERMS, QG, SKOS
from qualgraph.packaging import shipped_facts
from qualgraph.packaging.facts import level_in_title, training_package
from qualgraph.rulebook.facts import LEVELS_OF_EDUCATION
from qualgraph.store import Store
from qualgraph.store.rows import Row, selected

LETTERS: Final = 3
_PREFIXES: Final = f"PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}> PREFIX skos: <{SKOS}>\n"
_CODES: Final = "SELECT DISTINCT ?thing ?code WHERE { ?thing qg:code ?code }"
_TITLES: Final = "SELECT DISTINCT ?thing ?title WHERE { ?thing qg:code ?code ; dcterms:title ?title }"
_EDUCATION: Final = """
SELECT DISTINCT ?thing ?education WHERE {
  ?concept skos:inScheme ?scheme ; skos:notation ?education . FILTER (STRENDS(STR(?scheme), "level-of-education"))
  ?assignment qg:assignsConcept ?concept . ?thing qg:hasClassification ?assignment }"""
_LISTS: Final = (
    "SELECT DISTINCT ?list ?of WHERE { ?release dcterms:isVersionOf ?of ; qg:hasPackagingRule ?rule . "
    "?rule qg:hasGroup ?list }",
    "SELECT DISTINCT ?list ?of WHERE { ?release dcterms:isVersionOf ?of ; qg:hasUnitGrid ?list }",
)
_LISTED: Final = (
    "SELECT ?list ?unit WHERE { ?list qg:hasMembership ?place . ?place qg:mentions ?unit }",
    "SELECT ?list ?unit WHERE { ?list qg:hasRow ?place . ?place qg:mentions ?unit }",
)
Packagings = dict[tuple[str, str | None, str | None], None]
"""Rows of qualification, level and training package, each once."""


def fact_files(store: Store) -> Iterator[tuple[str, bytes]]:
    """Rows of [qualification, level, training package] for each unit that any document or shipped table packages."""
    known = _packagings(store)
    shipped = shipped_facts()
    codes = sorted(code for code in {*known, *shipped.codes()} if CODE_PATTERN.fullmatch(code))
    parts: defaultdict[str, dict[str, list[list[str | None]]]] = defaultdict(dict)
    for code in codes:
        rows = {**known.get(code, {})}
        rows |= {(one.qualification, one.level, one.package): None for one in shipped.packagings(code)}
        parts[code[:LETTERS]][code] = [list(row) for row in rows]
    for part, told in sorted(parts.items()):
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        yield f"unit-facts/{part}.json", text.encode()
    yield "unit-facts/parts.json", json.dumps(sorted(parts), separators=(",", ":")).encode()


def _packagings(store: Store) -> dict[str, Packagings]:
    """What the documents of a store say, as :class:`qualgraph.rulebook.StoreFacts` tells it of one unit."""
    codes = {row["thing"]: row["code"] for row in _rows(store, _CODES)}
    levels = _levels(store)
    found: defaultdict[str, Packagings] = defaultdict(dict)
    for lists, listed in zip(_LISTS, _LISTED, strict=True):
        owners: defaultdict[str, list[str]] = defaultdict(list)
        for row in _rows(store, lists):
            owners[row["list"]].append(row["of"])
        for row in _rows(store, listed):
            for owner in owners.get(row["list"], ()):
                if row["unit"] in codes and owner in codes:
                    code = codes[owner]
                    for level in levels.get(owner, {None: None}):
                        found[codes[row["unit"]]][code, level, training_package(code)] = None
    return {unit: dict(sorted(rows.items(), key=str)) for unit, rows in found.items()}


def _levels(store: Store) -> dict[str, dict[str | None, None]]:
    """The qualification types of each thing: those in its titles, else the levels of education assigned to it."""
    found: defaultdict[str, dict[str | None, None]] = defaultdict(dict)
    for row in _rows(store, _TITLES):
        if level := level_in_title(row["title"]):
            found[row["thing"]][level] = None
    titled = set(found)
    for row in _rows(store, _EDUCATION):
        if row["thing"] not in titled and (level := LEVELS_OF_EDUCATION.get(row["education"])):
            found[row["thing"]][level] = None
    return found


def _rows(store: Store, question: str) -> list[Row]:
    return selected(store, _PREFIXES + question)
