"""The values of a classification scheme as the REST interface lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from qualgraph.model import Authority, Problem, Scheme, SchemeValue
from qualgraph.sources.dataset import DatasetReader, Item, SourceFile
from qualgraph.sources.interfaces.json_text import JsonText
from qualgraph.sources.interfaces.rest_opening import opening
from qualgraph.sources.interfaces.rest_paths import Answer
from qualgraph.sources.interfaces.rest_values import Doubts, text
from qualgraph.sources.tokens import not_read

SCHEMES: Final[Mapping[str, Scheme]] = MappingProxyType(
    {
        "01": Scheme.ANZSCO,
        "02": Scheme.ASCO,
        "03": Scheme.ASCED_FIELD,
        "04": Scheme.ASCED_FIELD,
        "05": Scheme.LEVEL_OF_EDUCATION,
    }
)
"""The register's numbers of classification schemes; 06, the types of component, is no classification here."""

_NEEDED: Final = frozenset({"schemeCode", "code", "name"})


class RestClassification(DatasetReader):
    """Reads every value of a list that says which scheme it is of."""

    name = "rest-classification"
    version = "1"
    media_type = "application/json"
    authority = Authority.REGISTER

    def recognises(self, file: SourceFile) -> bool:
        """Rows with a code, a name and the number of a scheme."""
        found = opening(file.head)
        return found is not None and set(found.row) >= _NEEDED

    def items(self, file: SourceFile) -> Iterator[Item | Problem]:
        """Each value as it streams."""
        doubts = Doubts()
        with file.open() as stream:
            source = JsonText(stream, file.name)
            for line, row in source.rows("data"):
                number = text(row, "schemeCode") if isinstance(row, dict) else None
                yield from values([row], number, line, doubts)


def values(rows: list[Any], number: str | None, line: int, doubts: Doubts) -> Iterator[SchemeValue | Problem]:
    """The values of a scheme by the register's number of it; problems for what is not read."""
    scheme = SCHEMES.get(number or "")
    if scheme is None:
        yield not_read(f"Values of scheme {number or '(not stated)'} are not read.", line)
        return
    for row in rows:
        yield from doubts.of(Answer.VALUES, row, line)
        code, name = (text(row, "code"), text(row, "name")) if isinstance(row, dict) else (None, None)
        if code and name:
            yield SchemeValue(scheme=scheme, code=code, title=name, line=line)
        else:
            yield not_read("A value without code and name is not read.", line)


READER = RestClassification()
