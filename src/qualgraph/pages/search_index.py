"""A full-text index of codes and titles, kept in memory by SQLite (FTS5) and made anew when the store has changed.

It is made in a thread of its own, as that takes a while for a whole register; who searches need not wait for it.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Hashable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final

from qualgraph.errors import BusyError
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
    """Some of what was found, and how much there is of it; ``older``: as the store was before it was written to."""

    found: tuple[Found, ...]
    total: int
    older: bool = False


@dataclass(frozen=True, kw_only=True)
class _Made:
    """An index, and the state of the store that it was made for."""

    index: sqlite3.Connection
    state: Hashable


class SearchIndex:
    """Finds components and concepts of a store by the beginnings of words in their codes and titles."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._made: _Made | None = None
        self._making: Future[_Made] | None = None
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    @property
    def ready(self) -> bool:
        """Whether there is an index, be it of the store as it was before."""
        return self._made is not None

    def begin(self) -> Future[_Made] | None:
        """Make the index of the store as it is now, without waiting for it; None where it is there already.

        The future has what is being made, or the error of a store that does not answer.
        """
        with self._lock:
            state = self._state()
            if self._making is None and (self._made is None or self._made.state != state):
                self._making = Future()
                self._making.set_running_or_notify_cancel()
                self._thread = threading.Thread(
                    target=self._make, args=(self._making, state), name="search index", daemon=True
                )
                self._thread.start()
            return self._making

    def find(self, text: str, *, limit: int = 20, offset: int = 0, patience: float | None = None) -> Hits:
        """What has all the words of the text, each as the beginning of a word: an equal code first, then the best.

        It waits ``patience`` seconds for the index of the store as it is now (None: as long as it takes), and then
        finds what was there before. Raises BusyError where there was no index before.
        """
        words = _WORD.findall(text.lower())[:12]
        if not words:
            return Hits(found=(), total=0)
        wanted = " AND ".join(f'"{word}"*' for word in words)
        is_older = not self._waited(patience)
        with self._lock:
            index = self._made_before()
            [total] = index.execute(_COUNT, (wanted,)).fetchone()
            rows = index.execute(_FIND, (wanted, text.strip(), limit, offset)).fetchall()
        return Hits(
            found=tuple(
                Found(iri=iri, kind=kind, code=code, title=title, usage=usage)
                for iri, kind, code, title, usage in rows
            ),
            total=int(total),
            older=is_older,
        )

    def close(self) -> None:
        """Let the index go, and stop making another, so that the store can be closed."""
        self._closed.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        with self._lock:
            if self._made is not None:
                self._made.index.close()
            self._made = None

    def _waited(self, patience: float | None) -> bool:
        """Whether the index is that of the store as it is now, after so many seconds at most."""
        making = self.begin()
        try:
            if making is not None:
                making.result(patience)
        except TimeoutError:
            return False
        return True

    def _made_before(self) -> sqlite3.Connection:
        if self._made is None:
            raise BusyError(
                "is still reading the codes and titles of its store.",
                where="search",
                hint="Wait some seconds and search again.",
            )
        return self._made.index

    def _state(self) -> Hashable:
        return getattr(self._store, "database_folder", None)

    def _make(self, making: Future[_Made], state: Hashable) -> None:
        index = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            index.execute(_CREATE)
            index.executemany(
                "INSERT INTO things (iri, kind, code, title, usage) VALUES (?, ?, ?, ?, ?)", self._rows()
            )
            index.execute("INSERT INTO things (things) VALUES ('optimize')")
        except BaseException as error:
            index.close()
            self._done(None)
            making.set_exception(_without_frames(error))
        else:
            made = _Made(index=index, state=state)
            self._done(made)
            making.set_result(made)

    def _done(self, made: _Made | None) -> None:
        with self._lock:
            self._making = None
            if made is not None:
                if self._made is not None:
                    self._made.index.close()
                self._made = made

    def _rows(self) -> Iterator[tuple[str | None, ...]]:
        answer = self._store.query(_COMPONENTS)
        if isinstance(answer, Table):
            for row in answer.rows:
                if self._closed.is_set():
                    raise BusyError("is being stopped.", where="search")
                thing, kind, code, title, usage = (getattr(cell, "value", None) for cell in row)
                yield thing, _local(kind), code, title, _local(usage)


def _without_frames(error: BaseException) -> BaseException:
    """The error without what it was raised in: an answer that is half read may be freed only in its own thread."""
    each: BaseException | None = error
    while each is not None:
        each.__traceback__ = None
        each = each.__context__
    return error


def _local(iri: str | None) -> str | None:
    return iri.replace("#", "/").rsplit("/", 1)[-1] if iri else None
