"""RDF terms and syntaxes: the project's one door to the RDF library.

Terms are pyoxigraph's (immutable, hashable, typed). Nothing else in qualgraph but the Oxigraph store imports
that library.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from io import BufferedIOBase
from pathlib import Path
from typing import IO, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from qualgraph.errors import DataError
from qualgraph.namespaces import DEFAULT_BASE, PREFIXES, RDF, XSD

IRI = NamedNode
Term = NamedNode | BlankNode | Literal

__all__ = [
    "IRI",
    "RDF_TYPE",
    "BlankNode",
    "DefaultGraph",
    "Literal",
    "Quad",
    "QueryBoolean",
    "QueryResultsFormat",
    "RdfFormat",
    "Term",
    "Triple",
    "boolean",
    "canonical_turtle",
    "day",
    "format_of",
    "integer",
    "ntriples",
    "parse_data",
    "parse_file",
    "parse_query_results",
    "parse_stream",
    "python_value",
    "serialize",
    "sorted_triples",
    "text",
    "written",
]

RDF_TYPE = IRI(f"{RDF}type")

FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "turtle": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "n3": RdfFormat.N3,
}


_PYTHON: Mapping[str, Callable[[str], int | float | bool | Decimal | date]] = {
    "integer": int,
    "boolean": lambda lexical: {"true": True, "1": True, "false": False, "0": False}[lexical],
    "date": date.fromisoformat,
    "decimal": Decimal,
    "double": float,
    "float": float,
}


def text(value: str, lang: str | None = None) -> Literal:
    """A plain string, or one in a language."""
    return Literal(value, language=lang) if lang else Literal(value)


def integer(value: int) -> Literal:
    """An ``xsd:integer``."""
    return Literal(str(value), datatype=IRI(f"{XSD}integer"))


def boolean(value: bool) -> Literal:
    """An ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=IRI(f"{XSD}boolean"))


def day(value: date) -> Literal:
    """An ``xsd:date`` without a time zone, as the register prints dates."""
    return Literal(value.isoformat(), datatype=IRI(f"{XSD}date"))


def python_value(term: Term | None) -> str | int | float | bool | Decimal | date | None:
    """A term as Python has it: whole and decimal numbers, booleans and days; anything else is its text.

    A literal that is not valid for its datatype stays text, and a blank node is ``_:`` and its label.
    """
    if isinstance(term, Literal):
        kind = term.datatype.value.removeprefix(XSD)
        try:
            return _PYTHON[kind](term.value) if kind in _PYTHON else term.value
        except (ValueError, ArithmeticError, KeyError):
            return term.value
    return str(term) if isinstance(term, BlankNode) else None if term is None else term.value


def format_of(path: Path) -> RdfFormat:
    """The RDF syntax a file's name says, ``.gz`` at its end or not; raises DataError for a name that says none."""
    suffix = Path(path.stem if _is_packed(path) else path.name).suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        raise DataError(
            f"cannot tell the RDF syntax from the ending '.{suffix}'.",
            where=str(path),
            hint=f"Rename it to one of: {', '.join('.' + known for known in sorted(FORMATS))}.",
        )
    return FORMATS[suffix]


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def parse_file(path: Path) -> Iterator[Quad]:
    """Stream the statements of an RDF file, also a packed one (``.nq.gz``).

    A syntax error becomes DataError with file and line, as does a packed file that breaks off.
    """
    syntax = format_of(path)
    try:
        if _is_packed(path):
            with gzip.open(path) as stream:
                name = next(name for name, known in FORMATS.items() if known == syntax)
                yield from parse_stream(stream, name, where=str(path))
        else:
            yield from parse(path=path, format=syntax)
    except SyntaxError as error:
        raise _data_error(error, str(path)) from error
    except (OSError, ValueError) as error:
        raise DataError(f"cannot be read as RDF ({error}).", where=str(path)) from error


def parse_stream(
    stream: IO[bytes] | BufferedIOBase, syntax: str, *, where: str, base: str | None = None
) -> Iterator[Quad]:
    """Stream the statements of RDF in an open file; ``syntax`` is a key of FORMATS.

    With a ``base``, relative IRIs are completed by it and IRIs are not checked: for RDF that others wrote.
    A syntax error, and a packed stream that breaks off, become DataError.
    """
    try:
        file = cast(IO[bytes], stream)
        yield from parse(input=file, format=FORMATS[syntax], base_iri=base, lenient=base is not None)
    except SyntaxError as error:
        raise _data_error(error, where) from error
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DataError(f"cannot be read as RDF ({error}).", where=where) from error


def parse_data(data: str | bytes, syntax: str = "ttl", *, where: str = "input") -> Iterator[Quad]:
    """Stream the statements of RDF in memory; ``syntax`` is a key of FORMATS. A syntax error becomes DataError."""
    try:
        yield from parse(input=data, format=FORMATS[syntax])
    except SyntaxError as error:
        raise _data_error(error, where) from error
    except ValueError as error:
        raise DataError(f"cannot be read as RDF ({error}).", where=where) from error


def _data_error(error: SyntaxError, where: str) -> DataError:
    line = f"{where}:{error.lineno}" if error.lineno else where
    return DataError(f"is not valid RDF: {error.msg}.", where=line, hint="Correct the line and try again.")


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Triples without repetition in the canonical order: subject, rdf:type first, predicate, object."""

    def key(triple: Triple) -> tuple[str, str, str]:
        predicate = "" if triple.predicate == RDF_TYPE else str(triple.predicate)
        return (str(triple.subject), predicate, str(triple.object))

    return sorted(set(triples), key=key)


def canonical_turtle(triples: Iterable[Triple], prefixes: Mapping[str, str] = PREFIXES) -> str:
    """Turtle in the one layout kept in git: sorted, a blank line before each subject, prefixes only where used.

    Instance IRIs are written in full: as prefixed names they would need every slash escaped.
    """
    ordered = sorted_triples(triples)
    used = ntriples(ordered).replace(str(RDF_TYPE), "a")
    kept = {prefix: iri for prefix, iri in prefixes.items() if iri != DEFAULT_BASE and f"<{iri}" in used}
    body = _written(ordered, RdfFormat.TURTLE, kept).rstrip("\n").split("\n")
    lines = [f"@prefix {prefix}: <{kept[prefix]}> ." for prefix in sorted(kept)]
    for line in body:
        if line.startswith("@prefix "):
            continue
        if not line.startswith("\t"):
            lines.append("")
        lines.append(line)
    return "\n".join(lines) + "\n"


def ntriples(triples: Iterable[Triple]) -> str:
    """Canonical sorted N-Triples, the form golden graphs are compared in."""
    return _written(sorted_triples(triples), RdfFormat.N_TRIPLES, {})


def written(triples: Iterable[Triple], syntax: RdfFormat, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """The triples in any syntax, with prefixes where it has them; the same triples, the same bytes."""
    ordered = sorted_triples(triples)
    if syntax == RdfFormat.TURTLE:
        return canonical_turtle(ordered, prefixes).encode()
    return serialize(ordered, format=syntax, prefixes=dict(prefixes)) or b""


def _written(triples: list[Triple], syntax: RdfFormat, prefixes: Mapping[str, str]) -> str:
    return (serialize(triples, format=syntax, prefixes=dict(prefixes)) or b"").decode("utf-8")
