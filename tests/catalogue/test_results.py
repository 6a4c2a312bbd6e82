"""Answers as rows, files, frames and notebook tables; the W3C formats are read back by another library."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest

from qualgraph.catalogue import BOOLEAN_FORMATS, FORMATS, GRAPH_FORMATS, TABLE_FORMATS, Result, run_text
from qualgraph.errors import MissingDependencyError, UsageError
from qualgraph.rdf import (
    IRI,
    BlankNode,
    Literal,
    QueryResultsFormat,
    Triple,
    boolean,
    day,
    integer,
    ntriples,
    parse_data,
    parse_query_results,
    text,
)
from qualgraph.store import Graph, OxigraphStore, Table
from qualgraph.store.base import Row

XSD = "http://www.w3.org/2001/XMLSchema#"
HARD = 'a,"b";\t<c> & \r\n\\u0041 =1+1 é😀 '


COLUMNS = ("code", "n", "on", "ok", "hours", "share", "label")
A_DAY, A_LEAP_DAY, OLD_DAY = day(date(2015, 6, 1)), day(date(2020, 2, 29)), day(date(1999, 12, 31))
YES, NO = boolean(True), boolean(False)


def typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=IRI(XSD + kind))


def hours(value: str) -> Literal:
    return typed(value, "decimal")


def share(value: str) -> Literal:
    return typed(value, "double")


ROWS: list[Row] = [
    (IRI("http://x/a"), integer(4), A_DAY, YES, hours("520.5"), share("1e0"), text("A", "en-au")),
    (IRI("http://x/b?q=1&r="), integer(-7), OLD_DAY, NO, hours("0.25"), share("0.5"), text(HARD)),
    (BlankNode("x1"), None, None, None, None, None, None),
    (text(""), integer(0), A_LEAP_DAY, YES, hours("7"), None, text(" two  spaces ")),
]
TRIPLES = [
    Triple(IRI("http://x/a"), IRI("http://x/p"), text(HARD)),
    Triple(BlankNode("b"), IRI("http://x/p"), integer(1)),
]


def table(columns: tuple[str, ...] = COLUMNS, rows: list[Row] | None = None) -> Result:
    return Result(Table(columns=columns, rows=iter(ROWS if rows is None else rows)))


def graph() -> Result:
    return Result(Graph(triples=iter(TRIPLES)))


# Plain values


def test_rows_are_plain_values_and_terms_are_terms() -> None:
    result = table()
    assert result.columns == COLUMNS
    assert result.rows[0] == ("http://x/a", 4, date(2015, 6, 1), True, Decimal("520.5"), 1.0, "A")
    assert result.rows[2] == ("_:x1", None, None, None, None, None, None)
    assert result.terms == ROWS
    assert len(result) == 4
    assert result.rows[0] == next(iter(result.rows))


def test_iterating_gives_dicts_and_can_be_done_again() -> None:
    result = table()
    assert next(iter(result))["n"] == 4
    assert [row["n"] for row in result] == [4, -7, None, 0]
    assert [row["n"] for row in result] == [4, -7, None, 0]


def test_rows_are_fetched_only_as_they_are_read() -> None:
    fetched = []

    def rows() -> Iterator[Row]:
        for row in ROWS:
            fetched.append(row)
            yield row

    result = Result(Table(columns=COLUMNS, rows=rows()))
    assert fetched == []
    assert bool(result) is True
    assert len(fetched) == 1
    next(iter(result))
    assert len(fetched) == 1
    assert len(result.rows) == len(fetched) == 4


def test_a_literal_that_is_not_valid_stays_text() -> None:
    odd = ("four", "2015-02-30", "2015-06-01Z", "maybe")
    kinds = ("integer", "date", "date", "boolean")
    result = table(("a", "b", "c", "d"), [tuple(typed(*pair) for pair in zip(odd, kinds, strict=True))])
    assert result.rows == [odd]


def test_a_boolean_and_a_graph_answer_only_what_they_can() -> None:
    yes = Result(True)
    assert (bool(yes), bool(Result(False)), yes.form, yes.default_format) == (True, False, "boolean", "table")
    assert (graph().form, graph().default_format, len(graph()), bool(graph())) == ("graph", "ttl", 2, True)
    assert graph().triples == TRIPLES
    assert (bool(table(rows=[])), table().form) == (False, "table")
    for wrong in (
        lambda: yes.rows, lambda: yes.columns, lambda: len(yes), lambda: yes.triples, lambda: list(yes),
        lambda: graph().rows, lambda: graph().to_polars(), lambda: table().triples,
    ):  # fmt: skip
        with pytest.raises(UsageError):
            wrong()


# W3C formats


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_a_table_is_read_back_as_it_was(form: str) -> None:
    syntax = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}[
        form
    ]
    read = parse_query_results(table().text(form).encode(), syntax)
    assert tuple(variable.value for variable in read.variables) == COLUMNS
    assert [tuple(row) for row in read] == ROWS


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_a_table_is_written_as_the_engine_itself_writes_it(form: str) -> None:
    """CSV byte for byte; the others as the same rows."""
    store = OxigraphStore(None)
    values = " ".join(
        f"({' '.join('UNDEF' if cell is None else str(cell) for cell in row)})"
        for row in ROWS
        if not isinstance(row[0], BlankNode)
    )
    query = f"SELECT * WHERE {{ VALUES ({' '.join('?' + name for name in COLUMNS)}) {{ {values} }} }}"
    ours = run_text(store, query).text(form)
    import pyoxigraph

    syntax = getattr(pyoxigraph.QueryResultsFormat, form.upper())
    columns = " ".join(f"?{name}" for name in COLUMNS)
    theirs = (
        pyoxigraph.Store()
        .query(query.replace("SELECT *", f"SELECT {columns}"))
        .serialize(format=syntax)
        .decode()
    )
    if form == "csv":
        assert ours == theirs
    else:
        assert rows_of(ours, syntax) == rows_of(theirs, syntax)


def rows_of(document: str, syntax: QueryResultsFormat) -> list[Row]:
    return [tuple(row) for row in parse_query_results(document.encode(), syntax)]


def test_csv_has_bare_values_quotes_where_needed_and_crlf() -> None:
    document = table().text("csv")
    assert document.startswith(
        "code,n,on,ok,hours,share,label\r\nhttp://x/a,4,2015-06-01,true,520.5,1e0,A\r\n"
    )
    read = list(csv.reader(io.StringIO(document, newline="")))
    assert read[2][-1] == HARD
    assert read[3] == ["_:x1", "", "", "", "", "", ""]


def test_a_table_without_rows_still_has_its_columns() -> None:
    assert table(rows=[]).text("csv") == "code,n,on,ok,hours,share,label\r\n"
    for form, syntax in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        read = parse_query_results(table(rows=[]).text(form).encode(), syntax)
        assert tuple(variable.value for variable in read.variables) == COLUMNS


def test_a_control_character_cannot_be_written_as_xml_but_as_json() -> None:
    rows: list[Row] = [(text("a\x01b"),)]
    with pytest.raises(UsageError, match="Use json"):
        table(("v",), rows).text("xml")
    assert rows_of(table(("v",), rows).text("json"), QueryResultsFormat.JSON) == rows


@pytest.mark.parametrize("answer", [True, False])
def test_a_boolean_is_read_back_as_it_was(answer: bool) -> None:
    for form, syntax in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        assert bool(parse_query_results(Result(answer).text(form).encode(), syntax)) is answer
    assert str(Result(answer)) == ("yes\n" if answer else "no\n")


@pytest.mark.parametrize("form", ["ttl", "nt"])
def test_a_graph_is_read_back_as_it_was(form: str) -> None:
    read = [quad.triple for quad in parse_data(graph().text(form), form)]
    assert ntriples(read) == ntriples(TRIPLES)


ANSWERS = {
    "table": (table, TABLE_FORMATS),
    "graph": (graph, GRAPH_FORMATS),
    "boolean": (lambda: Result(True), BOOLEAN_FORMATS),
}


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.parametrize("form", [*FORMATS, "docx"])
def test_each_kind_of_answer_has_its_formats_and_no_other(kind: str, form: str, tmp_path: Path) -> None:
    make, formats = ANSWERS[kind]
    path = tmp_path / "answer"
    if form in formats or (kind, form) == ("table", "parquet"):
        make().write(form, path)
        assert path.stat().st_size > 0
        return
    with pytest.raises(UsageError, match=r"Use one of: (table, json|table, csv|ttl, nt)"):
        make().write(form, path)
    assert list(tmp_path.iterdir()) == []


def test_the_formats_are_those_promised() -> None:
    assert FORMATS == ("table", "csv", "tsv", "json", "xml", "parquet", "ttl", "nt")


# Writing


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("old")

    def rows() -> Iterator[Row]:
        yield ROWS[0]
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        Result(Table(columns=COLUMNS, rows=rows())).write("csv", path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("answer.csv", "old")]


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        table().write("csv", tmp_path / "no" / "answer.csv")


def test_streams_of_bytes_and_of_text_get_the_same() -> None:
    as_bytes, as_text = io.BytesIO(), io.StringIO(newline="")
    table().write("json", as_bytes)
    table().write("json", as_text)
    assert as_bytes.getvalue().decode() == as_text.getvalue() == table().text("json")
    with pytest.raises(UsageError, match="parquet is not text"):
        table().write("parquet", io.StringIO())


def test_a_device_is_written_directly() -> None:
    table().write("csv", "/dev/null")
    assert not Path("/dev/null.part").exists()


def test_the_plain_table_is_aligned_and_keeps_a_cell_on_one_line() -> None:
    heading, rule, first, *_ = str(table(("code", "label"), [(row[0], row[6]) for row in ROWS])).splitlines()
    assert heading == "code               label"
    assert set(rule) == {"-", " "}
    assert first == "http://x/a         A"
    assert len(str(table()).splitlines()) == 2 + len(ROWS)


def test_a_notebook_shows_a_table_whose_cells_cannot_be_markup() -> None:
    rows: list[Row] = [(text("<script>alert(1)</script>&"), None)] + [(integer(n), None) for n in range(300)]
    shown = table(("<b>", "x"), rows)._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in shown
    assert "<th>&lt;b&gt;</th>" in shown
    assert shown.count("<tr>") == 201
    assert "101 more rows" in shown
    assert graph()._repr_html_().startswith("<pre>")
    assert Result(True)._repr_html_() == "<pre>yes\n</pre>"


# Frames


def test_a_polars_frame_has_typed_columns_and_nulls() -> None:
    frame = table().to_polars()
    assert frame.schema == {
        "code": polars.String, "n": polars.Int64, "on": polars.Date, "ok": polars.Boolean,
        "hours": polars.Decimal(5, 2), "share": polars.Float64, "label": polars.String,
    }  # fmt: skip
    assert frame["n"].to_list() == [4, -7, None, 0]
    assert frame["hours"].to_list() == [Decimal("520.50"), Decimal("0.25"), None, Decimal("7.00")]
    assert frame["label"].to_list()[1] == HARD
    assert frame["code"].to_list()[2] == "_:x1"


def test_a_pandas_frame_has_nullable_typed_columns() -> None:
    frame = table().to_pandas()
    kinds = [str(kind) for kind in frame.dtypes]
    assert [kinds[index] for index in (1, 2, 3, 5)] == ["Int64", "datetime64[ms]", "boolean", "Float64"]
    assert frame["n"].tolist() == [4, -7, pandas.NA, 0]
    assert frame["on"][0] == pandas.Timestamp("2015-06-01")
    assert pandas.isna(frame["label"][2])


def test_an_arrow_table_has_typed_columns() -> None:
    schema = table().to_arrow().schema
    assert [schema.field(name).type for name in COLUMNS] == [
        pyarrow.string(), pyarrow.int64(), pyarrow.date32(), pyarrow.bool_(),
        pyarrow.decimal128(5, 2), pyarrow.float64(), pyarrow.string(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        [integer(1), text("one")],
        [integer(1), typed("1.5", "decimal")],
        [typed("four", "integer"), integer(1)],
        [integer(2**70)],
        [typed("1" * 39, "decimal")],
        [typed("2015-02-30", "date"), day(date(2015, 1, 1))],
        [None, None],
    ],
)
def test_a_column_of_mixed_or_odd_values_is_text_and_loses_nothing(cells: list[Literal | None]) -> None:
    frame = table(("v",), [(cell,) for cell in cells]).to_polars()
    assert frame.schema == {"v": polars.String}
    assert frame["v"].to_list() == [None if cell is None else cell.value for cell in cells]


def test_frames_of_no_rows_have_their_columns() -> None:
    assert table(rows=[]).to_polars().columns == list(COLUMNS)
    assert list(table(rows=[]).to_pandas().columns) == list(COLUMNS)


def test_parquet_is_read_back_with_its_types(tmp_path: Path) -> None:
    table().write("parquet", tmp_path / "answer.parquet")
    assert polars.read_parquet(tmp_path / "answer.parquet").equals(table().to_polars())


@pytest.mark.parametrize(
    ("library", "use"),
    [
        ("polars", lambda: table().to_polars()),
        ("pandas", lambda: table().to_pandas()),
        ("pyarrow", lambda: table().to_arrow()),
        ("pyarrow", lambda: table().write("parquet", io.BytesIO())),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch, library: str, use: object
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingDependencyError, match=rf"'{library}'.*pip install 'qualgraph\[frames\]'"):
        use()


def test_a_result_shows_what_it_is_without_fetching_it() -> None:
    rows = iter([(text("a"),), (text("b"),)])
    result = Result(Table(columns=("code",), rows=rows))
    assert repr(result) == "<Result: rows of code; 0 fetched so far>"
    assert next(rows) == (text("a"),)
    assert repr(Result(True)) == "<Result: yes>"
    assert repr(Result(Graph(triples=iter(())))) == "<Result: triples; 0 fetched so far>"
