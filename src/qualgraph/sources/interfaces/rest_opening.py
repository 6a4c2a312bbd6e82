"""How a saved answer of the REST interface begins: enough to tell which answer it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from qualgraph.errors import BrokenDocumentError
from qualgraph.sources.interfaces.json_text import JsonText

_LISTS: Final = ("data", "items")


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """The members of the first object, as far as the beginning shows them, and the first row of its list."""

    is_list: bool
    names: frozenset[str]
    row: Mapping[str, Any]


def opening(head: bytes) -> Opening | None:
    """How a file begins that is JSON; None for any other."""
    text = JsonText(BytesIO(head), "")
    try:
        match text.peek():
            case "[":
                _, first = next(text.elements(), (0, {}))
                row = first if isinstance(first, dict) else {}
                return Opening(is_list=True, names=frozenset(row), row=row)
            case "{":
                return _object(text)
    except BrokenDocumentError:
        pass
    return None


def _object(text: JsonText) -> Opening:
    names: set[str] = set()
    row: Mapping[str, Any] = {}
    try:
        for name in text.members():
            names.add(name)
            if name in _LISTS and text.peek() == "[":
                for _, each in text.elements():
                    row = row or (each if isinstance(each, dict) else {})
            else:
                value = text.value()
                if name.isdecimal() and isinstance(value, dict):
                    row = row or value
    except BrokenDocumentError:
        pass  # the beginning of a longer file, or a damaged one, which is told when it is read
    return Opening(is_list=False, names=frozenset(names), row=row)
