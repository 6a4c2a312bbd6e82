"""Tables as Arrow, polars and pandas data, with typed columns. Needs the extra ``qualgraph[frames]``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from qualgraph.errors import MissingDependencyError
from qualgraph.rdf import Literal, Term, python_value

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    ArrowTable: TypeAlias = pyarrow.Table
    PandasFrame: TypeAlias = pandas.DataFrame
    PolarsFrame: TypeAlias = polars.DataFrame

_WIDEST_INTEGER = 2**63
_MOST_DIGITS = 38


def to_arrow(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> ArrowTable:
    """An Arrow table: int64, bool, date32, decimal128 and double where all cells of a column agree, else text.

    A cell without a value is null. IRIs and strings are text; so is a column of more than one datatype.
    """
    pa = _arrow()
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [_column(pa, column) for column in cells]
    return pa.Table.from_arrays(arrays, names=list(columns))


def to_polars(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> PolarsFrame:
    """A polars data frame with the types of ``to_arrow``."""
    try:
        import polars
    except ImportError as error:
        raise MissingDependencyError.of("polars", "frames") from error
    frame = polars.from_arrow(to_arrow(columns, rows))
    return frame if isinstance(frame, polars.DataFrame) else frame.to_frame()


def to_pandas(columns: Sequence[str], rows: Iterable[Sequence[Term | None]]) -> PandasFrame:
    """A pandas data frame with nullable types: Int64, boolean, string, and datetime64 for days."""
    pa = _arrow()
    try:
        import pandas
    except ImportError as error:
        raise MissingDependencyError.of("pandas", "frames") from error
    types: dict[Any, Any] = {
        pa.int64(): pandas.Int64Dtype(),
        pa.bool_(): pandas.BooleanDtype(),
        pa.string(): pandas.StringDtype(),
        pa.float64(): pandas.Float64Dtype(),
    }
    frame: PandasFrame = to_arrow(columns, rows).to_pandas(types_mapper=types.get, date_as_object=False)
    return frame


def write_parquet(columns: Sequence[str], rows: Iterable[Sequence[Term | None]], stream: IO[bytes]) -> None:
    """A Parquet file with the types of ``to_arrow``."""
    table = to_arrow(columns, rows)
    import pyarrow.parquet

    pyarrow.parquet.write_table(table, stream)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MissingDependencyError.of("pyarrow", "frames") from error
    return pyarrow


def _column(pa: Any, cells: Sequence[Term | None]) -> Any:
    values = [python_value(cell) for cell in cells]
    kind = _arrow_type(pa, cells, values)
    if kind is None:
        return pa.array([None if cell is None else str(_lexical(cell)) for cell in cells], type=pa.string())
    return pa.array(values, type=kind)


def _lexical(cell: Term) -> object:
    return cell.value if isinstance(cell, Literal) else python_value(cell)


def _arrow_type(pa: Any, cells: Sequence[Term | None], values: Sequence[object]) -> Any:
    """The Arrow type that holds every value exactly, or None for text."""
    if len({cell.datatype if isinstance(cell, Literal) else None for cell in cells if cell is not None}) != 1:
        return None
    kinds = {type(value) for value in values if value is not None}
    if len(kinds) != 1:
        return None
    match kinds.pop().__name__:
        case "int":
            fits = all(
                -_WIDEST_INTEGER <= value < _WIDEST_INTEGER for value in values if isinstance(value, int)
            )
            return pa.int64() if fits else None
        case "bool":
            return pa.bool_()
        case "date":
            return pa.date32()
        case "float":
            return pa.float64()
        case "Decimal":
            return _decimal_type(pa, [value for value in values if isinstance(value, Decimal)])
    return None


def _decimal_type(pa: Any, values: Sequence[Decimal]) -> Any:
    parts = [value.as_tuple() for value in values]
    if any(not isinstance(part.exponent, int) for part in parts):
        return None
    scale = max(max(0, -int(part.exponent)) for part in parts)
    whole = max(max(0, len(part.digits) + int(part.exponent)) for part in parts)
    return pa.decimal128(max(1, whole + scale), scale) if whole + scale <= _MOST_DIGITS else None
