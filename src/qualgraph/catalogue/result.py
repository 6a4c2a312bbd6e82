"""An answer as Python people use one: rows of plain values, data frames, files, and a table in a notebook."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from qualgraph import frames
from qualgraph.catalogue.formats import boolean_to, graph_to, table_to
from qualgraph.errors import UsageError
from qualgraph.rdf import Triple, python_value
from qualgraph.store.base import Answer, Graph, Row, Table

if TYPE_CHECKING:
    from qualgraph.frames import ArrowTable, PandasFrame, PolarsFrame

Value = Any
"""A plain value: str, int, float, Decimal, bool, date, or None where a cell has none."""

_ROWS_IN_NOTEBOOK = 200


class Result:
    """The answer to one query. Rows are fetched as they are first read and then kept, so it can be read again.

    A SELECT has ``columns`` and ``rows``, a CONSTRUCT or DESCRIBE ``triples``, and an ASK is true or false; asking
    one kind for what another has raises UsageError.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._fetched: list[Any] = []
        self._source: Iterator[Any] = iter(())
        if isinstance(answer, Table):
            self._source = answer.rows
        elif isinstance(answer, Graph):
            self._source = answer.triples

    @property
    def form(self) -> str:
        """'table', 'graph' or 'boolean'."""
        return "table" if isinstance(self._answer, Table) else "graph" if self.is_graph else "boolean"

    @property
    def is_graph(self) -> bool:
        """Whether this is the answer to a CONSTRUCT or DESCRIBE."""
        return isinstance(self._answer, Graph)

    @property
    def default_format(self) -> str:
        """The format for a person: 'ttl' for a graph, else 'table'."""
        return "ttl" if self.is_graph else "table"

    def _table(self) -> Table:
        if isinstance(self._answer, Table):
            return self._answer
        raise UsageError(
            f"the answer is a {self.form} and has no rows.", hint="Use a SELECT query, or .triples or bool()."
        )

    def _each(self) -> Iterator[Any]:
        """What was fetched, then what is still to come."""
        position = 0
        while True:
            while position < len(self._fetched):
                yield self._fetched[position]
                position += 1
            try:
                self._fetched.append(next(self._source))
            except StopIteration:
                return

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return self._table().columns

    @property
    def terms(self) -> list[Row]:
        """The rows as RDF terms."""
        self._table()
        return list(self._each())

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The rows as plain Python values."""
        return [tuple(python_value(cell) for cell in row) for row in self.terms]

    @property
    def triples(self) -> list[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE; raises UsageError for any other answer."""
        if not self.is_graph:
            raise UsageError(
                f"the answer is a {self.form} and has no triples.", hint="Use a CONSTRUCT query."
            )
        return list(self._each())

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Each row as a dict from column to plain value."""
        columns = self.columns
        for row in self._each():
            yield dict(zip(columns, map(python_value, row), strict=True))

    def __len__(self) -> int:
        """How many rows or triples there are."""
        if isinstance(self._answer, bool):
            raise UsageError("the answer is yes or no and has no length.", hint="Use bool().")
        return sum(1 for _ in self._each())

    def __bool__(self) -> bool:
        """The answer to an ASK; else whether there is any row or triple."""
        return self._answer if isinstance(self._answer, bool) else next(self._each(), None) is not None

    def to_polars(self) -> PolarsFrame:
        """A polars data frame with typed columns; needs ``qualgraph[frames]``."""
        return frames.to_polars(self.columns, self.terms)

    def to_pandas(self) -> PandasFrame:
        """A pandas data frame with typed, nullable columns; needs ``qualgraph[frames]``."""
        return frames.to_pandas(self.columns, self.terms)

    def to_arrow(self) -> ArrowTable:
        """An Arrow table with typed columns; needs ``qualgraph[frames]``."""
        return frames.to_arrow(self.columns, self.terms)

    def write(self, form: str, target: str | Path | IO[bytes] | IO[str]) -> None:
        """Write table, csv, tsv, json, xml, parquet, ttl or nt to a file or stream.

        A file appears whole or not at all. Raises UsageError for a format that this kind of answer cannot have.
        """
        if isinstance(target, str | Path):
            _write_file(Path(target), lambda stream: self._write(form, stream))
        elif isinstance(target, io.TextIOBase):
            if form == "parquet":
                raise UsageError("parquet is not text.", hint="Give a file name or a binary stream.")
            self._write(form, _Decoding(target))  # type: ignore[arg-type]
        else:
            self._write(form, target)  # type: ignore[arg-type]

    def _write(self, form: str, stream: IO[bytes]) -> None:
        if isinstance(self._answer, Table):
            table_to(stream, form, self.columns, self._each())
        elif isinstance(self._answer, Graph):
            graph_to(stream, form, self._each())
        else:
            boolean_to(stream, form, self._answer)

    def text(self, form: str | None = None) -> str:
        """The answer in one of the text formats of ``write``."""
        buffer = io.StringIO(newline="")
        self.write(form or self.default_format, buffer)
        return buffer.getvalue()

    def __repr__(self) -> str:
        """The kind of answer and what it has; nothing more is fetched for it."""
        if isinstance(self._answer, bool):
            return f"<Result: {'yes' if self._answer else 'no'}>"
        noun = "rows" if isinstance(self._answer, Table) else "triples"
        shown = f" of {', '.join(self.columns)}" if isinstance(self._answer, Table) else ""
        return f"<Result: {noun}{shown}; {len(self._fetched)} fetched so far>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """A table for a notebook: the first 200 rows."""
        if not isinstance(self._answer, Table):
            return f"<pre>{escape(self.text())}</pre>"
        count = len(self)
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        body = "".join(_html_row(row) for row in self.rows[:_ROWS_IN_NOTEBOOK])
        more = f"<p>{count - _ROWS_IN_NOTEBOOK} more rows</p>" if count > _ROWS_IN_NOTEBOOK else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _html_row(row: tuple[Value, ...]) -> str:
    cells = ("" if value is None else escape(str(value)) for value in row)
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


class _Decoding:
    """A text stream that takes UTF-8 bytes."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> int:
        self._stream.write(self._decoder.decode(data))
        return len(data)


def _write_file(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write beside the file and then put it in place; a device such as a pipe is written directly."""
    pending = path if path.exists() and not path.is_file() else path.with_name(path.name + ".part")
    try:
        with pending.open("wb") as stream:
            write(stream)
        if pending != path:
            os.replace(pending, path)
    except OSError as error:
        raise UsageError(f"cannot be written ({error.strerror or error}).", where=str(path)) from error
    finally:
        if pending != path:
            pending.unlink(missing_ok=True)
