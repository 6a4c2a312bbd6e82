"""A full-text index of codes and titles, kept in memory by SQLite (FTS5) and made anew when the store has changed."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Final

from qualgraph.store import Store, Table

_COMPONENTS: Final = """
PREFIX qg: <https://w3id.org/qualgraph/def#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?kind ?code ?title ?usage WHERE {
  { ?thing qg:code ?code ; a ?kind .
    FILTER (?kind IN (qg:Qualification, qg:UnitOfCompetency, qg:SkillSet, qg:TrainingPackage, qg:AccreditedCourse))
    OPTIONAL { ?thing qg:preferredTitle ?title }
    OPTIONAL { ?thing qg:hasLatestUsage ?usage } }
  UNION
  { ?thing skos:notation ?code ; skos:inScheme ?kind . OPTIONAL { ?thing skos:prefLabel ?title } }
}"""
_CREATE: Final = (
    "CREATE VIRTUAL TABLE things USING fts5(code, title, iri UNINDEXED, kind UNINDEXED, usage UNINDEXED, "
    "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3 4')"
)
_WORD = re.compile(r"\w+")
_FIND: Final = """
SELECT iri, kind, code, title, usage FROM things WHERE things MATCH ?
ORDER BY (lower(code) = lower(?)) DESC, (usage = 'Current') DESC, bm25(things, 4.0, 1.0), code LIMIT ? OFFSET ?"""
_COUNT: Final = "SELECT count(*) FROM things WHERE things MATCH ?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A component or concept that was searched for; ``kind`` is its class, or the scheme that it is in."""

    iri: str
    kind: str
    code: str
    title: str | None
    usage: str | None


@dataclass(frozen=True, kw_only=True)
class Hits:
    """Some of what was found, and how much there is of it."""

    found: tuple[Found, ...]
    total: int


class SearchIndex:
    """Finds components and concepts of a store by the beginnings of words in their codes and titles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._made_for: Hashable = None
        self._index: sqlite3.Connection | None = None

    def find(self, text: str, *, limit: int = 20, offset: int = 0) -> Hits:
        """What has all the words of the text, each as the beginning of a word: an equal code first, then the best."""
        words = _WORD.findall(text.lower())[:12]
        if not words:
            return Hits(found=(), total=0)
        wanted = " AND ".join(f'"{word}"*' for word in words)
        with self._lock:
            index = self._current()
            [total] = index.execute(_COUNT, (wanted,)).fetchone()
            rows = index.execute(_FIND, (wanted, text.strip(), limit, offset)).fetchall()
        return Hits(
            found=tuple(
                Found(iri=iri, kind=kind, code=code, title=title, usage=usage)
                for iri, kind, code, title, usage in rows
            ),
            total=int(total),
        )

    def _current(self) -> sqlite3.Connection:
        """The index of the store as it is now; a search waits while it is made."""
        state = getattr(self._store, "database_folder", None)
        if self._index is None or state != self._made_for:
            made = sqlite3.connect(":memory:", check_same_thread=False)
            made.execute(_CREATE)
            made.executemany(
                "INSERT INTO things (iri, kind, code, title, usage) VALUES (?, ?, ?, ?, ?)", self._rows()
            )
            made.execute("INSERT INTO things (things) VALUES ('optimize')")
            self._index, self._made_for = made, state
        return self._index

    def _rows(self) -> Iterator[tuple[str | None, ...]]:
        answer = self._store.query(_COMPONENTS)
        if isinstance(answer, Table):
            for row in answer.rows:
                thing, kind, code, title, usage = (getattr(cell, "value", None) for cell in row)
                yield thing, _local(kind), code, title, _local(usage)


def _local(iri: str | None) -> str | None:
    return iri.replace("#", "/").rsplit("/", 1)[-1] if iri else None
