"""Answers written in the W3C result formats, as a plain table, as RDF, or as Parquet.

Sources: SPARQL 1.1 Query Results JSON Format; SPARQL Query Results XML Format (second edition); SPARQL 1.1 Query
Results CSV and TSV Formats.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, Final, TypeVar
from xml.sax.saxutils import escape, quoteattr

from qualgraph import frames
from qualgraph.errors import UsageError
from qualgraph.namespaces import RDF, XSD
from qualgraph.rdf import IRI, BlankNode, Literal, Term, Triple, canonical_turtle, ntriples, python_value
from qualgraph.store.base import Row

Rows = Iterable[Row]
_Writer = TypeVar("_Writer")

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EDGES: Final = re.compile(r"^[ \t\n]+|[ \t\n]+$")
_XML_TOP: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)
_WIDEST: Final = 60


def plain_table(columns: Sequence[str], rows: Rows) -> Iterator[str]:
    """Aligned columns for a person to read; a cell on one line, without a value empty."""
    lines = [list(columns), *([_shown(cell) for cell in row] for row in rows)]
    widths = [min(_WIDEST, max(len(line[index]) for line in lines)) for index in range(len(columns))]
    lines.insert(1, ["-" * width for width in widths])
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"


def _shown(cell: Term | None) -> str:
    return "" if cell is None else " ".join(str(python_value(cell)).split())


def csv_text(columns: Sequence[str], rows: Rows) -> Iterator[str]:
    """SPARQL CSV: bare values, lines ended by CR LF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for line in _with_heading(columns, ([_lexical(cell) for cell in row] for row in rows)):
        writer.writerow(line)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _with_heading(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield columns
    yield from rows


def _lexical(cell: Term | None) -> str:
    return "" if cell is None else str(cell) if isinstance(cell, BlankNode) else cell.value


def tsv_text(columns: Sequence[str], rows: Rows) -> Iterator[str]:
    """SPARQL TSV: terms as Turtle writes them, with tabs and line ends escaped."""
    yield "\t".join(f"?{column}" for column in columns) + "\n"
    for row in rows:
        yield "\t".join("" if cell is None else str(cell) for cell in row) + "\n"


def json_text(columns: Sequence[str], rows: Rows) -> Iterator[str]:
    """SPARQL JSON."""
    yield f'{{"head":{{"vars":{json.dumps(list(columns))}}},"results":{{"bindings":['
    for index, row in enumerate(rows):
        bound = {name: _json_term(cell) for name, cell in zip(columns, row, strict=True) if cell is not None}
        yield (",\n" if index else "\n") + json.dumps(bound, ensure_ascii=False)
    yield "\n]}}\n"


def _json_term(cell: Term) -> dict[str, str]:
    if isinstance(cell, IRI):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, BlankNode):
        return {"type": "bnode", "value": cell.value}
    told = {"type": "literal", "value": cell.value}
    if cell.language:
        return {**told, "xml:lang": cell.language}
    return told if _is_string(cell) else {**told, "datatype": cell.datatype.value}


def _is_string(cell: Literal) -> bool:
    return cell.datatype.value in (f"{XSD}string", f"{RDF}langString")


def xml_text(columns: Sequence[str], rows: Rows) -> Iterator[str]:
    """SPARQL XML; raises UsageError for a character that XML cannot hold."""
    heads = "".join(f"<variable name={quoteattr(column)}/>" for column in columns)
    yield f"{_XML_TOP}<head>{heads}</head>\n<results>\n"
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(cell)}</binding>"
            for name, cell in zip(columns, row, strict=True)
            if cell is not None
        )
        yield f"<result>{''.join(cells)}</result>\n"
    yield "</results>\n</sparql>\n"


def _xml_term(cell: Term) -> str:
    if _NO_XML.search(cell.value):
        raise UsageError("a value has a control character, which XML cannot hold.", hint="Use json or tsv.")
    value = _EDGES.sub(_as_references, escape(cell.value, {"\r": "&#13;"}))
    if isinstance(cell, IRI):
        return f"<uri>{value}</uri>"
    if isinstance(cell, BlankNode):
        return f"<bnode>{value}</bnode>"
    if cell.language:
        return f"<literal xml:lang={quoteattr(cell.language)}>{value}</literal>"
    kind = "" if _is_string(cell) else f" datatype={quoteattr(cell.datatype.value)}"
    return f"<literal{kind}>{value}</literal>"


def _as_references(space: re.Match[str]) -> str:
    """White space at an end, so that a reader that trims (Oxigraph's does) leaves it alone."""
    return "".join(f"&#{ord(mark)};" for mark in space.group())


TableWriter = Callable[[Sequence[str], Rows], Iterator[str]]

TABLE_FORMATS: Final[Mapping[str, TableWriter]] = {
    "table": plain_table,
    "csv": csv_text,
    "tsv": tsv_text,
    "json": json_text,
    "xml": xml_text,
}
GRAPH_FORMATS: Final[Mapping[str, Callable[[Iterable[Triple]], str]]] = {
    "ttl": canonical_turtle,
    "nt": ntriples,
}
BOOLEAN_FORMATS: Final[Mapping[str, Callable[[bool], str]]] = {
    "table": lambda answer: "yes\n" if answer else "no\n",
    "json": lambda answer: json.dumps({"head": {}, "boolean": answer}) + "\n",
    "xml": lambda answer: f"{_XML_TOP}<head/>\n<boolean>{json.dumps(answer)}</boolean>\n</sparql>\n",
}
FORMATS: Final = (*TABLE_FORMATS, "parquet", *GRAPH_FORMATS)


def table_to(stream: IO[bytes], form: str, columns: Sequence[str], rows: Rows) -> None:
    """Write the answer to a SELECT, row by row where the format allows; raises UsageError for another's format."""
    if form == "parquet":
        frames.write_parquet(columns, rows, stream)
        return
    for part in known(form, TABLE_FORMATS, "a SELECT", extra=("parquet",))(columns, rows):
        stream.write(part.encode("utf-8"))


def graph_to(stream: IO[bytes], form: str, triples: Iterable[Triple]) -> None:
    """Write the answer to a CONSTRUCT or DESCRIBE; raises UsageError for the format of a table."""
    stream.write(known(form, GRAPH_FORMATS, "a CONSTRUCT or DESCRIBE")(triples).encode("utf-8"))


def boolean_to(stream: IO[bytes], form: str, answer: bool) -> None:
    """Write the answer to an ASK; raises UsageError for a format that has no place for yes or no."""
    stream.write(known(form, BOOLEAN_FORMATS, "an ASK")(answer).encode("utf-8"))


def known(form: str, formats: Mapping[str, _Writer], asked: str, *, extra: Sequence[str] = ()) -> _Writer:
    """The writer of a format; raises UsageError that says which formats the answer can have."""
    if form in formats:
        return formats[form]
    choice = ", ".join((*formats, *extra))
    raise UsageError(
        f"the answer to {asked} query cannot be written as '{form}'.", hint=f"Use one of: {choice}."
    )
