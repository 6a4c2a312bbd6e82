"""A full-text index of codes and titles, kept in memory by SQLite (FTS5) and made anew when the store has changed.

It is made in a thread of its own, as that takes a while for a whole register; who searches need not wait for it.
"""

from __future__ import annotations

import difflib
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
_WORDS: Final = "CREATE VIRTUAL TABLE words USING fts5vocab(things, row)"
_BEGINS: Final = "SELECT 1 FROM words WHERE term >= ? AND term < ? LIMIT 1"
_LIKE: Final = "SELECT term FROM words WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?"
_ALIKE: Final = 0.75
"""How alike a word must be to one of the index to be offered in its place, from 0 to 1 as difflib counts."""
_AFTER_ALL: Final = chr(0x10FFFF)
_AS_DIGITS: Final = str.maketrans("oil", "011")
_LETTER_FOR_DIGIT = re.compile(r"(?<=\d)[oil]+|[oil]+(?=\d)")
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
    """Some of what was found, and how much there is of it; ``older``: as the store was before it was written to.

    ``meant`` is another text that finds something, where this one finds nothing.
    """

    found: tuple[Found, ...]
    total: int
    older: bool = False
    meant: str | None = None


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
        wanted = _all_of(words)
        is_older = not self._waited(patience)
        with self._lock:
            index = self._made_before()
            [total] = index.execute(_COUNT, (wanted,)).fetchone()
            rows = index.execute(_FIND, (wanted, text.strip(), limit, offset)).fetchall()
            meant = None if total else _meant(index, words)
        return Hits(
            found=tuple(
                Found(iri=iri, kind=kind, code=code, title=title, usage=usage)
                for iri, kind, code, title, usage in rows
            ),
            total=int(total),
            older=is_older,
            meant=meant,
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
            index.execute(_WORDS)
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


def _all_of(words: list[str]) -> str:
    """The search for all of the words, each as the beginning of one."""
    return " AND ".join(f'"{word}"*' for word in words)


def _meant(index: sqlite3.Connection, words: list[str]) -> str | None:
    """A text that is like these words and finds something: a code written with spaces, or words that are misspelt."""
    if len(words) > 1 and _begins(index, "".join(words)):
        return "".join(words).upper()
    near = [word if _begins(index, word) else _nearest(index, word) for word in words]
    known = [word for word in near if word is not None]
    if (
        len(known) < len(words)
        or known == words
        or not index.execute(_COUNT, (_all_of(known),)).fetchone()[0]
    ):
        return None
    return " ".join(word.upper() if any(map(str.isdigit, word)) else word for word in known)


def _begins(index: sqlite3.Connection, word: str) -> bool:
    """Whether any word of the index begins like this."""
    return index.execute(_BEGINS, (word, word + _AFTER_ALL)).fetchone() is not None


def _nearest(index: sqlite3.Connection, word: str) -> str | None:
    """The word of the index most like this one that begins with the same letter."""
    digits = _LETTER_FOR_DIGIT.sub(lambda found: found[0].translate(_AS_DIGITS), word)
    if _begins(index, digits):
        return digits
    bounds = (word[0], word[0] + _AFTER_ALL, len(word) - 2, len(word) + 2)
    alike = difflib.get_close_matches(word, [term for [term] in index.execute(_LIKE, bounds)], 1, _ALIKE)
    return alike[0] if alike else None


def _without_frames(error: BaseException) -> BaseException:
    """The error without what it was raised in: an answer that is half read may be freed only in its own thread."""
    each: BaseException | None = error
    while each is not None:
        each.__traceback__ = None
        each = each.__context__
    return error


def _local(iri: str | None) -> str | None:
    return iri.replace("#", "/").rsplit("/", 1)[-1] if iri else None
